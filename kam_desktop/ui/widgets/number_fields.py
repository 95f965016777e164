"""Fields for numbers, dates and times, with their text where other fields have it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QSpinBox, QTimeEdit, QWidget

from kam_desktop.ui.theme import Space, theme


class NumberField(QSpinBox):
    """A whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _indent(self)


class TimeField(QTimeEdit):
    """A time of day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _indent(self)


class DayField(QDateEdit):
    """A day, with a calendar to choose it from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)


def _indent(box: QAbstractSpinBox) -> None:
    """The style sheet's padding is not used by the line inside such a field."""
    box.lineEdit().setTextMargins(theme().px(Space.S), 0, 0, 0)
