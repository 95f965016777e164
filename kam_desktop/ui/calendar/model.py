"""What the views of the calendar show, read in blocks of weeks as they come into view."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from kam_desktop.services.analysis.calendar_layout import Piece, pieces
from kam_desktop.services.queries.calendar import CalendarSpan, DayMark, calendar_span
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.ui.shell.context import AppContext

BLOCK_DAYS = 42
KEPT_BLOCKS = 24
_EPOCH = dt.date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting with its part on one day."""

    row: MeetingRow
    piece: Piece

    @property
    def whole_day(self) -> bool:
        """Whether it takes the day from end to end."""
        return self.piece.top == 0 and self.piece.bottom == 24 * 60


@dataclass(slots=True)
class DayContents:
    """One day: its meetings in the order of their beginning, and its marks."""

    meetings: list[Shown] = field(default_factory=list)
    marks: list[DayMark] = field(default_factory=list)


NOTHING = DayContents()


class CalendarModel(QObject):
    """``changed`` carries the `CalendarSpan` whose days have other contents than before;
    ``loaded`` after each read."""

    changed = Signal(object)
    loaded = Signal()

    def __init__(self, context: AppContext, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.zone = zone
        self._days: dict[dt.date, DayContents] = {}
        self._spans: dict[int, CalendarSpan] = {}
        self._wanted: tuple[int, ...] = ()
        self._asking = False
        self._stale: set[int] = set()
        self._change = 0
        self._asked_at = 0

    def day(self, day: dt.date) -> DayContents:
        """What is known of a day."""
        return self._days.get(day, NOTHING)

    def want(self, first: dt.date, last: dt.date) -> None:
        """These days are to be seen: read them, and what is just outside."""
        blocks = range(_block(first) - 1, _block(last) + 2)
        middle = (blocks[0] + blocks[-1]) / 2

        def from_middle(block: int) -> float:
            return abs(block - middle)

        self._wanted = tuple(sorted(blocks, key=from_middle))
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown; the rest when it is shown again."""
        self._change += 1
        self._stale = set(self._spans)
        self._ask()

    def _ask(self) -> None:
        if self._asking:
            return
        block = next(
            (at for at in self._wanted if at not in self._spans or at in self._stale), None
        )
        if block is None:
            return
        self._asking = True
        self._asked_at = self._change
        first = _EPOCH + dt.timedelta(days=block * BLOCK_DAYS)
        self._context.lanes.read(
            self,
            calendar_span,
            first,
            first + dt.timedelta(days=BLOCK_DAYS),
            self.zone,
            self._context.clock.now(),
            on_done=self._arrived,
            on_error=self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        self._wanted = ()
        self._context.lanes.failed.emit(error)

    def _arrived(self, span: CalendarSpan) -> None:
        self._asking = False
        block = _block(span.first)
        before = self._spans.pop(block, None)
        self._spans[block] = span
        if self._asked_at == self._change:
            self._stale.discard(block)
        else:
            # It was changed while it was read: once more.
            self._stale.add(block)
        if before != span:
            self._lay_out(span)
            self.changed.emit(span)
        self._forget_far_ones()
        self._ask()
        self.loaded.emit()

    def _lay_out(self, span: CalendarSpan) -> None:
        day = span.first
        while day < span.last:
            self._days[day] = DayContents()
            day += dt.timedelta(days=1)
        for row in span.meetings:
            for piece in pieces(row.starts_at, row.minutes, self.zone):
                if span.first <= piece.day < span.last:
                    self._days[piece.day].meetings.append(Shown(row, piece))
        for mark in span.marks:
            self._days[mark.on].marks.append(mark)
        for contents in (
            self._days[span.first + dt.timedelta(days=at)] for at in range(BLOCK_DAYS)
        ):
            contents.meetings.sort(key=_order)

    def _forget_far_ones(self) -> None:
        for block in list(self._spans)[:-KEPT_BLOCKS]:
            if block not in self._wanted:
                first = self._spans.pop(block).first
                for at in range(BLOCK_DAYS):
                    self._days.pop(first + dt.timedelta(days=at), None)


def _order(shown: Shown) -> tuple[int, int, str]:
    return shown.piece.top, -shown.piece.bottom, shown.row.id


def _block(day: dt.date) -> int:
    return (day - _EPOCH).days // BLOCK_DAYS
