"""Dates: typed in any usual way, or picked from a calendar."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QWidget, QWidgetAction

from kam_desktop.services.clock import SystemClock
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import IconButton
from kam_desktop.ui.widgets.fields import InlineEditor

_RELATIVE = re.compile(r"([+-]\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def date_text(value: dt.date | None, locale: QLocale | None = None) -> str:
    """A date as the user's locale writes it, with four figures for the year; empty for None."""
    if value is None:
        return ""
    shown = QDate(value.year, value.month, value.day)
    return (locale or QLocale()).toString(shown, _long_year(locale or QLocale()))


def read_date(text: str, today: dt.date, locale: QLocale | None = None) -> dt.date | None:
    """The date that was typed: the locale's short form, 2026-11-20, or +7 days from today.

    Empty text is None. Raises ``ValueError`` with a message for the user otherwise.
    """
    text = text.strip()
    if not text:
        return None
    if found := _RELATIVE.fullmatch(text):
        return today + dt.timedelta(days=int(found[1]))
    try:
        if found := _ISO.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        return _read_locale(text, locale or QLocale())
    except (ValueError, OverflowError):
        example = date_text(today, locale)
        raise ValueError(
            _("This is not a date. Write it like {example}.").format(example=example)
        ) from None


def _read_locale(text: str, locale: QLocale) -> dt.date:
    for form in (_long_year(locale), locale.dateFormat(QLocale.FormatType.ShortFormat)):
        read = locale.toDate(text, form)
        if read.isValid():
            year = read.year()
            # A short form has two figures for the year; Qt reads them as 19xx.
            if form != _long_year(locale) and year < 2000 and str(year) not in text:
                year += 100
            return dt.date(year, read.month(), read.day())
    raise ValueError(text)


def _long_year(locale: QLocale) -> str:
    if locale.language() == QLocale.Language.C:
        return "yyyy-MM-dd"
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")


class InlineDate(InlineEditor):
    """A date or nothing; the value is ``datetime.date | None``."""

    def __init__(
        self,
        label: str,
        *,
        today: dt.date | None = None,
        show_label: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._today = today or SystemClock().today()
        super().__init__(label, show_label=show_label, parent=parent)

    def _make_editor(self) -> QWidget:
        self.line = QLineEdit()
        self.line.setPlaceholderText(date_text(self._today))
        self.line.textEdited.connect(self._edited)
        self._pick = IconButton("calendar", _("Pick a date"), parent=self.line)
        self._pick.clicked.connect(self._open_calendar)
        row = QHBoxLayout(self.line)
        row.setContentsMargins(0, 0, theme().px(Space.XS), 0)
        row.addStretch(1)
        row.addWidget(self._pick)
        self.line.setTextMargins(0, 0, theme().px(Space.XL), 0)
        return self.line

    def _draft(self) -> dt.date | None:
        return read_date(self.line.text(), self._today)

    def _show(self, value: Any) -> None:
        self.line.setText(date_text(value))

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self._today if self.has_draft else (self._stored or self._today)
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        item = QWidgetAction(menu)
        item.setDefaultWidget(calendar)
        menu.addAction(item)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.line.setText(date_text(dt.date(day.year(), day.month(), day.day())))
        self._edited()
        self.commit()
