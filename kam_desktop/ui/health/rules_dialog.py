"""The health rules: weights, bands, vetoes and limits, edited as a new version."""

from __future__ import annotations

import copy
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import HealthGroup
from kam_desktop.services.health_words import group_name
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import (
    SHIPPED_VERSION,
    RulesInForce,
    rules_in_force,
    shipped_rules_body,
)
from kam_desktop.ui.health.rule_fields import (
    IndicatorFields,
    RuleField,
    indicator_fields,
    number_fields,
)
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Card, InlineLine, PrimaryButton, Scroller, text_label
from kam_desktop.ui.widgets.stored_numbers import NumberField, number_text, put_at_path

_NUMBER_WIDTH = 84


class HealthRulesDialog(QDialog):
    """Shows the rules in force. Saving makes a new version; scores kept before stay as they are."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Health rules"))
        self._context = context
        self._body: dict[str, Any] = {}
        self._fields: list[tuple[RuleField, InlineLine]] = []
        self._weights: list[tuple[IndicatorFields, InlineLine]] = []
        self._group_sums: dict[HealthGroup, Any] = {}
        self._version = text_label("", "secondary", wrap=True)
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self._sum = text_label("", "small")
        self.scroller = Scroller()
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.save_button = PrimaryButton(_("Save"))
        self.shipped_button = Button(_("As delivered"), "quiet")
        self.shipped_button.setToolTip(_("Fill in the numbers the program came with"))
        self.cancel_button = Button(_("Cancel"))
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.shipped_button.clicked.connect(self.show_shipped)
        self.cancel_button.clicked.connect(self.reject)
        context.lanes.read(self, rules_in_force, on_done=self._show)

    def _lay_out(self) -> None:
        px = theme().px
        room = self.screen().availableSize()
        self.resize(min(px(720), round(room.width() * 0.9)), min(px(680), room.height() - px(40)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
        column.setSpacing(px(Space.S))
        column.addWidget(text_label(_("Health rules"), "section"))
        column.addWidget(self._version)
        column.addWidget(self.scroller, 1)
        column.addWidget(self._error)
        buttons = QHBoxLayout()
        buttons.addWidget(self.shipped_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column.addLayout(buttons)

    # Showing

    def _show(self, rules: RulesInForce) -> None:
        self._body = rules.body
        text = _("Version {n}. Saving makes a new one; scores kept before stay as they are.")
        self._version.setText(text.format(n=rules.version))
        self.scroller.column.addWidget(self._indicator_card())
        for title, fields in number_fields(self._body).items():
            self.scroller.column.addWidget(self._number_card(title, fields))
        self.scroller.column.addStretch(1)
        self.shipped_button.setEnabled(rules.version != SHIPPED_VERSION)
        self._show_sums()
        self._fields[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _indicator_card(self) -> Card:
        card = Card(
            _("What a score is made of"),
            _("Each fact weighs in; what is not known is left out. The curve says what is scored."),
        )
        card.add_tool(self._sum)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.M))
        grid.setVerticalSpacing(theme().px(Space.XS))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        for column, text in ((1, _("Weight")), (2, _("Measured → score"))):
            grid.addWidget(text_label(text, "hint"), 0, column)
        row, group = 1, None
        for fields in indicator_fields(self._body):
            if fields.group is not group:
                group = fields.group
                heading = text_label("", "small")
                heading.setContentsMargins(0, theme().px(Space.S), 0, 0)
                self._group_sums[group] = heading
                grid.addWidget(heading, row, 0, 1, 3)
                row += 1
            weight = self._line(fields.weight, number=True)
            weight.line.textChanged.connect(self._show_sums)
            self._weights.append((fields, weight))
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(text_label(fields.name, wrap=True), row, 0)
            grid.addWidget(weight, row, 1, top)
            grid.addWidget(self._line(fields.curve), row, 2, top)
            row += 1
        card.body.addLayout(grid)
        return card

    def _number_card(self, title: str, fields: list[NumberField]) -> Card:
        card = Card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.M))
        grid.setVerticalSpacing(theme().px(Space.XS))
        grid.setColumnStretch(0, 1)
        for row, field in enumerate(fields):
            grid.addWidget(text_label(field.label, wrap=True), row, 0)
            grid.addWidget(self._line(field, number=True), row, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        return card

    def _line(self, field: RuleField, *, number: bool = False) -> InlineLine:
        line = InlineLine(field.label, show_label=False)
        if number:
            line.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.line.setFixedWidth(theme().px(_NUMBER_WIDTH))
        line.set_value(field.shown(self._body))
        self._fields.append((field, line))
        return line

    def line_of(self, *path: str) -> InlineLine:
        """The editor of the number at a path of the rules."""
        return next(line for field, line in self._fields if field.path == path)

    def _show_sums(self) -> None:
        sums: dict[HealthGroup, float] = dict.fromkeys(self._group_sums, 0.0)
        for fields, line in self._weights:
            try:
                sums[fields.group] += float(fields.weight.read(line.value()))
            except ValueError:
                continue
        for group, label in self._group_sums.items():
            label.setText(f"{group_name(group)}: {number_text(sums[group])}")
        total = number_text(sum(sums.values()))
        self._sum.setText(_("Weights: {total} in all").format(total=total))

    def show_shipped(self) -> None:
        """Fill in the numbers the program came with; they are in force once saved."""
        shipped = shipped_rules_body()
        for field, line in self._fields:
            line.line.setText(field.shown(shipped))
            line.clear_error()

    # Saving

    def save(self) -> None:
        """Put what is shown in force, or say beside the field what cannot be read."""
        body = copy.deepcopy(self._body)
        wrong: InlineLine | None = None
        for field, line in self._fields:
            line.clear_error()
            try:
                value = field.read(line.value())
            except ValueError as error:
                line.refuse(error)
                wrong = wrong or line
                continue
            put_at_path(body, field.path, value)
        if wrong is not None:
            wrong.setFocus()
            self.scroller.ensureWidgetVisible(wrong)
        elif body == self._body:
            self.accept()
        else:
            self._context.operations.run(
                self, _("Change the health rules"), _save_rules, body,
                on_done=self._saved, on_error=self._refuse,
            )  # fmt: skip

    def _saved(self, version: int) -> None:
        text = _("The new rules are in force as version {n}.").format(n=version)
        self._context.navigator.notify(text, kind="good")
        self.accept()

    def _refuse(self, error: object) -> None:
        field = str(getattr(error, "field", "") or "")
        if field == "bands":
            line = self.line_of("bands", "watch")
            line.refuse(_("Watch must begin below healthy."))
            line.setFocus()
            self.scroller.ensureWidgetVisible(line)
            return
        self._error.setText(str(error))
        self._error.show()


def _save_rules(work: Any, body: dict[str, Any]) -> int:
    from kam_desktop.services.health import save_rules

    return save_rules(work, body)
