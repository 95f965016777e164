"""Measurements of one account: the list, and a line to add one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kam_desktop.models.vocabulary import IndicatorKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import date, number, relative_date
from kam_desktop.services.health_words import kind_name
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import ObservationRow
from kam_desktop.services.words import word
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    IconButton,
    InlineDate,
    QuietCombo,
    clear_layout,
    text_label,
)
from kam_desktop.ui.widgets.stored_numbers import read_number

SHOWN = 12


class ObservationsCard(Card):
    """What was measured, newest first. ``removed`` carries the id of a line to delete."""

    removed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Measurements"), parent=parent)
        self._context = context
        self._account_id = ""
        px = theme().px
        form = QGridLayout()
        form.setSpacing(px(Space.S))
        self.kind = QuietCombo()
        self.kind.setAccessibleName(_("What was measured"))
        self.kind.setSizeAdjustPolicy(
            QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for kind in IndicatorKind:
            self.kind.addItem(kind_name(kind), kind)
        self.value = QLineEdit()
        self.value.setAccessibleName(_("Value"))
        self.value.setPlaceholderText(_("Value"))
        self.value.setFixedWidth(px(84))
        self.on = InlineDate(_("Day"), today=context.clock.today(), show_label=False)
        self.on.set_value(context.clock.today())
        self.on.setFixedWidth(px(148))
        self.source = QLineEdit()
        self.source.setAccessibleName(_("Source"))
        self.source.setPlaceholderText(_("Source, such as a survey"))
        self.add_button = Button(_("Add"))
        form.addWidget(self.kind, 0, 0, 1, 2)
        form.addWidget(self.value, 0, 2)
        form.addWidget(self.on, 1, 0)
        form.addWidget(self.source, 1, 1)
        form.addWidget(self.add_button, 1, 2)
        form.setColumnStretch(1, 1)
        self.error = text_label("", "error", wrap=True)
        self.error.hide()
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(px(Space.M))
        self._rows.setVerticalSpacing(px(Space.XS))
        self._rows.setColumnStretch(2, 1)
        self.body.addLayout(form)
        self.add(self.error)
        self.body.addLayout(self._rows)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.add_button.clicked.connect(self._add)
        self.value.returnPressed.connect(self._add)
        self.source.returnPressed.connect(self._add)

    def show_observations(self, account_id: str, rows: Sequence[ObservationRow]) -> None:
        """Show the measurements of an account; what is typed in the form stays."""
        if account_id != self._account_id:
            self._account_id = account_id
            self._clear()
        clear_layout(self._rows)
        today = self._context.clock.today()
        for at, row in enumerate(rows[:SHOWN]):
            self._add_row(row, at, relative_date(row.on, today))
        if not rows:
            self._rows.addWidget(
                text_label(_("Nothing measured yet. Start with your own reading."), "hint"), 0, 0
            )

    def _add_row(self, row: ObservationRow, at: int, when: str) -> None:
        day = text_label(when, "secondary")
        day.setToolTip(date(row.on))
        remove = IconButton("trash-2", _("Delete this measurement"))
        remove.setProperty("record", row.id)
        remove.clicked.connect(self._remove)
        self._rows.addWidget(text_label(word(row.kind)), at, 0)
        value = text_label(number(row.value, 1), "strong")
        self._rows.addWidget(value, at, 1, Qt.AlignmentFlag.AlignRight)
        self._rows.addWidget(ElidedLabel(row.source, "secondary"), at, 2)
        self._rows.addWidget(day, at, 3, Qt.AlignmentFlag.AlignRight)
        self._rows.addWidget(remove, at, 4)

    def start(self) -> None:
        """Put the focus where a measurement is entered."""
        self.value.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self) -> None:
        from kam_desktop.services import health

        try:
            on = self.on.value() or self._context.clock.today()
            value = read_number(self.value.text())
        except ValueError as error:
            self._refuse(error)
            return
        kind = IndicatorKind(self.kind.currentData())
        self._context.operations.run(
            self,
            _("Record a measurement"),
            health.record_observation,
            self._account_id,
            kind,
            on,
            value,
            self.source.text(),
            on_done=self._added,
            on_error=self._refuse,
        )

    def _added(self, _observation_id: str) -> None:
        self._clear()
        self.value.setFocus()

    def _clear(self) -> None:
        self.value.clear()
        self.source.clear()
        self.error.hide()

    def _refuse(self, error: object) -> None:
        self.error.setText(str(error))
        self.error.show()
        field = error.field if isinstance(error, UserError) else "value"
        (self.on if field == "on" else self.value).setFocus()

    def _remove(self) -> None:
        button = self.sender()
        if isinstance(button, IconButton):
            self.removed.emit(button.property("record"))
