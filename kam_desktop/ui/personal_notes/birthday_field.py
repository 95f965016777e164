"""Day and month of a birthday, with the year when it is known."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kam_desktop.services.analysis.birthdays import UNKNOWN_YEAR
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import QuietCombo, text_label

_OLDEST = 120


class BirthdayField(QWidget):
    """The value is a day; in the year `UNKNOWN_YEAR` when none is typed."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.day, self.month, self.year = QuietCombo(), QuietCombo(), QLineEdit()
        self.day.addItems([str(day) for day in range(1, 32)])
        self.day.setAccessibleName(_("Day"))
        # On its own a month may be written otherwise than within a date.
        self.month.addItems([QLocale().standaloneMonthName(month) for month in range(1, 13)])
        self.month.setAccessibleName(_("Month"))
        self.year.setPlaceholderText(_("year"))
        self.year.setAccessibleName(_("Year, if known"))
        self.year.setMaxLength(4)
        self.year.setMaximumWidth(theme().px(72))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.XS))
        for widget in (self.day, self.month, self.year):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        column.addWidget(text_label(_("Day; the year may stay empty"), "small"))
        column.addLayout(row)
        self.setFocusProxy(self.day)

    def value(self) -> dt.date:
        """The day that was chosen. Raises ``ValueError`` with a message for the user."""
        typed = self.year.text().strip()
        if typed and not (typed.isdecimal() and self._may_be(int(typed))):
            raise ValueError(_("This is not a year somebody was born in. It may stay empty."))
        try:
            return dt.date(
                int(typed) if typed else UNKNOWN_YEAR,
                self.month.currentIndex() + 1,
                self.day.currentIndex() + 1,
            )
        except ValueError:
            raise ValueError(_("This day does not exist.")) from None

    def set_value(self, day: dt.date | None) -> None:
        """Show a day; None: the first of this month, without a year."""
        shown = day or dt.date(UNKNOWN_YEAR, self._today.month, 1)
        self.day.setCurrentIndex(shown.day - 1)
        self.month.setCurrentIndex(shown.month - 1)
        self.year.setText(str(shown.year) if shown.year > UNKNOWN_YEAR else "")

    def _may_be(self, year: int) -> bool:
        return self._today.year - _OLDEST <= year <= self._today.year
