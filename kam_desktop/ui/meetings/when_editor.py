"""Date, time, length and zone of a meeting, with the hours that summer time skips or repeats."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import LocalTime, WallTime, wall_time, zone_names
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import elsewhere_text, home_zone
from kam_desktop.ui.widgets import QuietCombo, text_label
from kam_desktop.ui.widgets.number_fields import DayField, NumberField, TimeField


class WhenEditor(QWidget):
    """Edits a `LocalTime` and a length. ``changed`` is emitted after each edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._date = DayField()
        self._time = TimeField()
        self._minutes = NumberField()
        self._zone = QuietCombo()
        self._fold = QuietCombo()
        self._hint = text_label("", "hint", wrap=True)
        self._error = text_label("", "error", wrap=True)
        self._build()
        self._lay_out()
        self._connect_signals()

    def _build(self) -> None:
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("ddd d MMM yyyy")
        self._date.setAccessibleName(_("Day"))
        self._time.setAccessibleName(_("Time"))
        self._minutes.setRange(5, 14 * 24 * 60)
        self._minutes.setSingleStep(15)
        self._minutes.setSuffix(" " + _("min"))
        self._minutes.setAccessibleName(_("Length"))
        self._zone.setEditable(True)
        self._zone.setInsertPolicy(QuietCombo.InsertPolicy.NoInsert)
        self._zone.setAccessibleName(_("Time zone"))
        self._zone.addItems(list(zone_names()))
        self._zone.setSizeAdjustPolicy(
            QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._zone.setMinimumContentsLength(16)
        completer = self._zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._fold.addItems([_("before clocks go back"), _("after clocks went back")])
        self._fold.setAccessibleName(_("Which of the two"))
        for widget in (self._fold, self._hint, self._error):
            widget.hide()

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.S))
        grid.setVerticalSpacing(px(Space.XS))
        for at, (label, widget) in enumerate(
            (
                (_("Day"), self._date),
                (_("Time there"), self._time),
                (_("Length"), self._minutes),
                (_("Time zone"), self._zone),
            )
        ):
            grid.addWidget(text_label(label, "small"), at // 2 * 2, at % 2)
            grid.addWidget(widget, at // 2 * 2 + 1, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self._fold)
        column.addWidget(self._hint)
        column.addWidget(self._error)
        self.setFocusProxy(self._date)

    def _connect_signals(self) -> None:
        self._date.dateChanged.connect(self._edited)
        self._time.timeChanged.connect(self._edited)
        self._minutes.valueChanged.connect(self._edited)
        self._zone.currentTextChanged.connect(self._edited)
        self._fold.activated.connect(self._edited)

    def set_value(self, when: LocalTime, minutes: int) -> None:
        """Show a time and a length."""
        local = when.local
        self._date.setDate(QDate(local.year, local.month, local.day))
        self._time.setTime(QTime(local.hour, local.minute))
        self._minutes.setValue(minutes)
        self.set_zone(when.zone)
        self._fold.setCurrentIndex(when.fold or 0)
        self._edited()

    def set_zone(self, zone: str) -> None:
        """Show another zone; the time on the wall stays."""
        if self._zone.findText(zone) < 0:
            self._zone.addItem(zone)
        self._zone.setCurrentText(zone)

    @property
    def minutes(self) -> int:
        """The length."""
        return self._minutes.value()

    def value(self) -> LocalTime:
        """What is entered; whether it exists is checked by `LocalTime.instant`."""
        day, time = self._date.date(), self._time.time()
        local = dt.datetime.combine(
            dt.date(day.year(), day.month(), day.day()), dt.time(time.hour(), time.minute())
        )
        fold = self._fold.currentIndex() if not self._fold.isHidden() else None
        return LocalTime(local, self._zone.currentText().strip(), fold)

    def refuse(self, error: object) -> None:
        """Say under the fields why this time cannot be kept."""
        self._error.setText(str(error))
        self._error.show()

    def _edited(self, *_value: object) -> None:
        self._error.hide()
        when = self.value()
        try:
            kind = wall_time(when.local, when.zone)
        except UserError:
            self._hint.hide()
            return
        self._fold.setVisible(kind is WallTime.TWICE)
        try:
            instant = self.value().instant()
        except UserError as error:
            self.refuse(error)
            return
        text = elsewhere_text(instant, when.zone, home_zone(), here=True)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self.changed.emit()
