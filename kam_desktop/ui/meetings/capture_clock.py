"""The time beside the notes: what the clock says, and how much of the meeting is left."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import MeetingDetail, MeetingRow, PointRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.times import clock_text, countdown_text, elsewhere_text, home_zone
from kam_desktop.ui.widgets import Card, clear_layout, text_label


def left_text(row: MeetingRow, now: dt.datetime) -> str:
    """How much of a meeting is left, or how long until it begins."""
    if now < row.starts_at:
        return _("begins {when}").format(
            when=countdown_text(row.starts_at, row.ends_at, row.zone, now)
        )
    left = -((now - row.ends_at) // dt.timedelta(minutes=1))
    if left > 0:
        return ngettext("{n} minute left", "{n} minutes left", left).format(n=left)
    return _("over")


class ClockCard(Card):
    """What time it is at the meeting's place, and the agenda with the line that is due now."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._context = context
        self._detail: MeetingDetail | None = None
        self._zone = home_zone()
        self._shown: list[tuple[str, bool]] = []
        self.time = text_label("", "title")
        self.left = text_label("", "strong", wrap=True)
        self.here = text_label("", "small", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        for widget in (self.time, self.left, self.here):
            self.add(widget)
        self.body.addLayout(self._lines)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show the time of a meeting."""
        self._detail = detail
        self.show_time()

    def show_time(self) -> None:
        """What the clock says now."""
        detail = self._detail
        if detail is None:
            return
        row, now = detail.row, self._context.clock.now()
        self.time.setText(clock_text(now, row.zone))
        until = _("until {time}").format(time=clock_text(row.ends_at, row.zone))
        self.left.setText(f"{left_text(row, now)} · {until}")
        here = elsewhere_text(now, row.zone, self._zone, here=True)
        self.here.setText(here)
        self.here.setVisible(bool(here))
        self._show_agenda(detail, now)

    def _show_agenda(self, detail: MeetingDetail, now: dt.datetime) -> None:
        points = detail.points_of(PointKind.AGENDA)
        wanted = agenda_lines(points, detail.row, now)
        if not wanted and detail.agenda.strip():
            wanted = [(text, False) for text in detail.agenda.splitlines() if text.strip()]
        if wanted != self._shown:
            self._shown = wanted
            clear_layout(self._lines)
            for text, is_now in wanted:
                self._lines.addWidget(text_label(text, "strong" if is_now else "small", wrap=True))


def agenda_lines(
    points: tuple[PointRow, ...], row: MeetingRow, now: dt.datetime
) -> list[tuple[str, bool]]:
    """Each line of the agenda with when it is to begin, and whether it is due now.

    Lines without minutes take none; the times are those of the plan.
    """
    found = []
    begins = row.starts_at
    for point in points:
        ends = begins + dt.timedelta(minutes=point.minutes or 0)
        is_now = begins <= now < ends
        text = f"{clock_text(begins, row.zone)}  {isolate(point.text)}"
        if is_now:
            left = -((now - ends) // dt.timedelta(minutes=1))
            text = f"▸ {text} · " + ngettext("{n} minute left", "{n} minutes left", left).format(
                n=left
            )
        elif point.minutes:
            text = f"{text} · " + _("{n} min").format(n=point.minutes)
        found.append((text, is_now))
        begins = ends
    return found
