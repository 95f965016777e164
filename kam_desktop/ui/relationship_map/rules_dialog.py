"""The numbers behind the map: how judgements fade, role quotas, suggestions."""

from __future__ import annotations

import copy
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField, Confidence, DecisionRole
from kam_desktop.services.analysis.relationship_rules import MOST_DAYS, MOST_OF_A_ROLE
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_rules import (
    SHIPPED_VERSION,
    StoredRules,
    shipped_relationship_rules,
    stored_relationship_rules,
)
from kam_desktop.services.words import word
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Card, InlineLine, PrimaryButton, Scroller, text_label
from kam_desktop.ui.widgets.stored_numbers import NumberField, at_path, put_at_path

_NUMBER_WIDTH = 84


def rule_cards(body: dict[str, Any]) -> dict[tuple[str, str], list[NumberField]]:
    """The numbers by heading and explanation of their card."""
    for role in DecisionRole:
        # A role nobody asks for is not stored; here it is a nought that can be raised.
        body["quota"].setdefault(role.value, 0)
    suggestions = ("suggestions",)
    return {
        (
            _("How long a judgement holds"),
            _("After so many days half of what it is worth is gone."),
        ): [
            NumberField(("half_lives", field), word(field), 1, MOST_DAYS, whole=True)
            for field in ClaimField
        ],
        (
            _("What it is worth at first, in %"),
            _("The surer a judgement, the longer it lasts."),
        ): [
            *(
                NumberField(("confidences", sure), word(sure), 0, 1, factor=100)
                for sure in Confidence
            ),
            NumberField(("faded_below",), _("Faded below"), 0, 1, factor=100),
        ],
        (
            _("Whom a buying centre needs"),
            _("A buying centre can say otherwise, in the account's company section."),
        ): [
            NumberField(("quota", role), word(role), 0, MOST_OF_A_ROLE, whole=True)
            for role in DecisionRole
        ],
        (_("When something is suggested"), ""): [
            NumberField(
                (*suggestions, "met_together"),
                _("Two people met together so often"),
                1,
                1000,
                whole=True,
            ),
            NumberField(
                (*suggestions, "within_days"), _("Within so many days"), 1, MOST_DAYS, whole=True
            ),
            NumberField(
                (*suggestions, "influence_from"),
                _("Somebody counts from an influence of"),
                0,
                10,
                whole=True,
            ),
        ],
    }


class RelationshipRulesDialog(QDialog):
    """Shows the numbers in force. Saving makes a new version, which undo takes back."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Numbers behind the map"))
        self._context = context
        self._body: dict[str, Any] = {}
        self.lines: dict[tuple[str, ...], tuple[NumberField, InlineLine]] = {}
        self._version = text_label("", "secondary", wrap=True)
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self._scroller = Scroller()
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.save_button = PrimaryButton(_("Save"))
        self.shipped_button = Button(_("As delivered"), "quiet")
        self.shipped_button.setToolTip(_("Fill in the numbers the program came with"))
        self.cancel_button = Button(_("Cancel"))
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.shipped_button.clicked.connect(self.show_shipped)
        self.cancel_button.clicked.connect(self.reject)
        context.lanes.read(self, stored_relationship_rules, on_done=self._show)

    def _lay_out(self) -> None:
        px = theme().px
        room = self.screen().availableSize()
        self.resize(min(px(520), round(room.width() * 0.9)), min(px(640), room.height() - px(40)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
        column.setSpacing(px(Space.S))
        column.addWidget(text_label(_("Numbers behind the map"), "section"))
        column.addWidget(self._version)
        column.addWidget(self._scroller, 1)
        column.addWidget(self._error)
        buttons = QHBoxLayout()
        buttons.addWidget(self.shipped_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column.addLayout(buttons)

    def _show(self, rules: StoredRules) -> None:
        self._body = rules.body
        self._version.setText(_("Version {n}. Saving makes a new one.").format(n=rules.version))
        for (title, point), fields in rule_cards(self._body).items():
            card = self._card(title, point, fields)
            self._scroller.column.addWidget(card)
            # At once, not with the next layout: its first field is to take the focus.
            card.show()
        self._scroller.column.addStretch(1)
        self.shipped_button.setEnabled(rules.version != SHIPPED_VERSION)
        next(iter(self.lines.values()))[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, title: str, point: str, fields: list[NumberField]) -> Card:
        card = Card(title, point)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.M))
        grid.setVerticalSpacing(theme().px(Space.XS))
        grid.setColumnStretch(0, 1)
        for row, field in enumerate(fields):
            line = InlineLine(field.label, show_label=False)
            line.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.line.setFixedWidth(theme().px(_NUMBER_WIDTH))
            line.set_value(field.shown(self._body))
            self.lines[field.path] = (field, line)
            grid.addWidget(text_label(field.label, wrap=True), row, 0)
            grid.addWidget(line, row, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        return card

    def show_shipped(self) -> None:
        """Fill in the numbers the program came with; they are in force once saved."""
        shipped = shipped_relationship_rules().body
        rule_cards(shipped)
        for field, line in self.lines.values():
            line.line.setText(field.shown(shipped))
            line.clear_error()

    def save(self) -> None:
        """Put what is shown in force, or say beside the field what cannot be read."""
        body = copy.deepcopy(self._body)
        for field, line in self.lines.values():
            line.clear_error()
            try:
                put_at_path(body, field.path, field.read(line.value()))
            except ValueError as error:
                self._point_out(line, error)
                return
        if all(at_path(body, path) == at_path(self._body, path) for path in self.lines):
            self.accept()
            return
        self._context.operations.run(
            self, _("Change the numbers behind the map"), _save_rules, body,
            on_done=self._saved, on_error=self._refuse,
        )  # fmt: skip

    def _saved(self, version: int) -> None:
        text = _("The new numbers are in force as version {n}.").format(n=version)
        self._context.navigator.notify(text, kind="good")
        self.accept()

    def _refuse(self, error: UserError) -> None:
        path = tuple((error.field or "").split("."))
        if path[0] == "confidences" and path in self.lines:
            self._point_out(
                self.lines[path][1], _("A surer judgement cannot be worth less than another.")
            )
            return
        self._error.setText(str(error))
        self._error.show()

    def _point_out(self, line: InlineLine, error: object) -> None:
        line.refuse(error)
        line.setFocus()
        self._scroller.ensureWidgetVisible(line)


def _save_rules(work: Any, body: dict[str, Any]) -> int:
    from kam_desktop.services.relationship_rules import save_relationship_rules

    return save_relationship_rules(work, body)
