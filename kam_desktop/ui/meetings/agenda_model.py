"""The rows of the agenda: meetings under the headings of their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.services.words import word
from kam_desktop.ui.meetings.row_list import Index, RowListModel
from kam_desktop.ui.times import countdown_text, span_text


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A meeting, or the heading (``meeting`` None) of those that follow. ``days`` are days left."""

    id: str
    text: str
    meeting: MeetingRow | None = None
    days: int = 0
    countdown: str = ""
    past: bool = False


def agenda_rows(
    upcoming: Iterable[MeetingRow], past: Iterable[MeetingRow], now: dt.datetime
) -> list[AgendaRow]:
    """Meetings to come by nearness, then those that are over, each part under its heading."""
    return [*_with_heads(_coming(upcoming, now)), *_with_heads(_over(past, now))]


def _coming(meetings: Iterable[MeetingRow], now: dt.datetime) -> Iterator[tuple[str, AgendaRow]]:
    for meeting in meetings:
        days = meeting.days_left(now)
        head = _("Next 7 days") if days <= 7 else _("Later")
        text = countdown_text(meeting.starts_at, meeting.ends_at, meeting.zone, now)
        yield head, AgendaRow(meeting.id, meeting.title, meeting, days, text)


def _over(meetings: Iterable[MeetingRow], now: dt.datetime) -> Iterator[tuple[str, AgendaRow]]:
    for meeting in meetings:
        days = meeting.days_left(now)
        yield _("Past"), AgendaRow(meeting.id, meeting.title, meeting, days, "", past=True)


def _with_heads(rows: Iterable[tuple[str, AgendaRow]]) -> Iterator[AgendaRow]:
    shown = ""
    for head, row in rows:
        if head != shown:
            shown = head
            yield AgendaRow(f"head:{head}", head)
        yield row


def described(row: AgendaRow, today: dt.date) -> str:
    """A row as a screen reader says it."""
    meeting = row.meeting
    if meeting is None:
        return row.text
    parts = [
        meeting.title,
        meeting.account_name,
        word(meeting.type),
        span_text(meeting.starts_at, meeting.minutes, meeting.zone, today),
        row.countdown,
    ]
    if meeting.cancelled:
        parts.append(_("cancelled"))
    elif meeting.prepared is not None:
        total = meeting.done + meeting.open
        parts.append(
            ngettext("{done} of {n} prepared", "{done} of {n} prepared", total).format(
                done=meeting.done, n=total
            )
        )
    return ", ".join(part for part in parts if part)


class AgendaModel(RowListModel[AgendaRow]):
    """Headings cannot be chosen."""

    def __init__(self, today: dt.date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or row.meeting is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return described(row, self.today)
        return super().data(index, role)
