"""The geometry of the week: what is where, and how one moves about."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kam_desktop.services.analysis.calendar_layout import (
    DAY,
    SHORTEST,
    STEP,
    clock_change,
    moved_to,
    side_by_side,
    week_start,
)
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import first_weekday
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.calendar.chips import (
    line_height,
)
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.month_view import FIRST, LAST
from kam_desktop.ui.calendar.surface import CalendarSurface, Cursor, Drag, Hit
from kam_desktop.ui.calendar.words import mark_line
from kam_desktop.ui.theme import Space, TextRole, theme

_HOUR = 48
_NARROWEST = 104
SLIVER = 30
WORK_BEGINS, WORK_ENDS = 8, 18
STRIP_LINES = 2


class WeekFrame(CalendarSurface):
    """Where days, hours and meetings are, and how the keyboard and the mouse go through them."""

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, clock, cursor, parent)
        self._base = week_start(FIRST, first_weekday())
        self._head = 0
        self._placed: dict[dt.date, list[tuple[Shown, int, int, int]]] = {}
        self._strips: dict[dt.date, list[Shown]] = {}
        self._sized = False
        self._measure()
        self._column_width = _NARROWEST
        self.columns = 7
        self.setAccessibleName(_("Calendar, week"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    # Geometry

    def _measure(self) -> None:
        px = theme().px
        small = QFontMetrics(theme().font(TextRole.SMALL))
        self._hour = px(_HOUR)
        self._gutter = small.horizontalAdvance("00:00 AM") + px(Space.XS)
        self._day_head = QFontMetrics(theme().font(TextRole.HEADING)).height() + px(10)
        self._line = line_height()

    def _count_strips(self) -> None:
        """How high the head is, by the whole-day meetings of the days to be seen."""
        strip = max((len(self._strip(day)) for day in self._seen()), default=0)
        lines = min(strip, STRIP_LINES)
        head = self._day_head + lines * (self._line + 2) + theme().px(2)
        if head != self._head:
            self._head = head
            self._fit_hours()

    def _fit_hours(self) -> None:
        down, room = self.verticalScrollBar(), self.viewport().height() - self._head
        down.setRange(0, max(0, 24 * self._hour - room))
        down.setPageStep(max(1, room))
        down.setSingleStep(max(1, self._hour // 3))

    def _fit(self) -> None:
        self._measure()
        across = self.horizontalScrollBar()
        day = across.value() / self._column_width
        room = max(1, self.viewport().width() - self._gutter)
        self.columns = next((n for n in (7, 5, 3, 2) if room // n >= theme().px(_NARROWEST)), 1)
        self._column_width = max(1, room // self.columns)
        across.setRange(0, (LAST - self._base).days * self._column_width)
        across.setPageStep(room)
        across.setSingleStep(max(1, self._column_width // 3))
        across.setValue(round(day * self._column_width))
        self._count_strips()
        self._fit_hours()

    def _seen(self) -> list[dt.date]:
        first, last = self.seen_days()
        return [first + dt.timedelta(days=at) for at in range((last - first).days + 1)]

    def seen_days(self) -> tuple[dt.date, dt.date]:
        first = self.horizontalScrollBar().value() // self._column_width
        width = self.viewport().width() - self._gutter
        last = (self.horizontalScrollBar().value() + width - 1) // self._column_width
        start = self._base + dt.timedelta(days=first)
        return start, max(start, self._base + dt.timedelta(days=last))

    def middle_day(self) -> dt.date:
        """The day that says which month it is."""
        first, last = self.seen_days()
        return first + (last - first) / 2

    def left_of(self, day: dt.date) -> int:
        """The left edge of a day in the viewport."""
        at = (day - self._base).days * self._column_width
        return self._gutter + at - self.horizontalScrollBar().value()

    def top_of(self, minute: float) -> int:
        """Where a minute of the day is in the viewport."""
        return self._head + round(minute * self._hour / 60) - self.verticalScrollBar().value()

    def slot_at(self, position: QPoint) -> tuple[dt.date, int] | None:
        if position.x() < self._gutter:
            return None
        x = position.x() - self._gutter + self.horizontalScrollBar().value()
        day = self._base + dt.timedelta(days=x // self._column_width)
        y = position.y() - self._head + self.verticalScrollBar().value()
        minute = self.cursor_at.minute if position.y() < self._head else y * 60 // self._hour
        return day, min(max(0, minute), DAY - 1)

    def _strip(self, day: dt.date) -> list[Shown]:
        found = self._strips.get(day)
        if found is None:
            found = [shown for shown in self.model.day(day).meetings if shown.whole_day]
            self._strips[day] = found
        return found

    def _boxes(self, day: dt.date) -> list[tuple[Shown, int, int, int]]:
        """Meetings of a day with top, bottom (minutes), and left in 1/columns: see `_box`."""
        found = self._placed.get(day)
        if found is None:
            shown = [each for each in self.model.day(day).meetings if not each.whole_day]
            spans = [
                (s.piece.top, min(DAY, max(s.piece.bottom, s.piece.top + SHORTEST))) for s in shown
            ]
            places = side_by_side(spans)
            found = [
                (each, span[1], place.column, place.columns)
                for each, span, place in zip(shown, spans, places, strict=True)
            ]
            self._placed[day] = found
        return found

    def _most(self) -> int:
        """How many stand side by side at most; further ones are in the last one's place."""
        return max(1, (self._column_width - theme().px(8)) // theme().px(SLIVER))

    def _box(self, bottom: int, top: int, column: int, columns: int) -> QRect:
        """The rectangle of a meeting within its day's column."""
        room = self._column_width - theme().px(8)
        columns = min(columns, self._most())
        column = min(column, columns - 1)
        left, right = room * column // columns, room * (column + 1) // columns
        y = round(top * self._hour / 60)
        height = round(bottom * self._hour / 60) - y
        return QRect(left + theme().px(2), y + 1, right - left - 1, height - 1)

    def hit_at(self, position: QPoint) -> Hit | None:
        slot = self.slot_at(position)
        if slot is None:
            return None
        day = slot[0]
        if position.y() < self._head:
            for at, shown in enumerate(self._strip(day)[:STRIP_LINES]):
                rect = self._strip_chip(day, at)
                if rect.contains(position) and self._is_drawn(day, at):
                    return Hit(rect, shown)
            return None
        origin = QPoint(self.left_of(day), self.top_of(0))
        for shown, bottom, column, columns in reversed(self._boxes(day)):
            rect = self._box(bottom, shown.piece.top, column, columns).translated(origin)
            if rect.contains(position) and column < self._drawn(columns):
                return Hit(rect, shown)
        return None

    def _drawn(self, columns: int) -> int:
        """How many columns are meetings; a last one may say how many more there are."""
        return columns if columns <= self._most() else max(1, self._most() - 1)

    def _is_drawn(self, day: dt.date, at: int) -> bool:
        """Whether a whole-day meeting has a line; the last line may say how many more."""
        count = len(self._strip(day))
        return at < (STRIP_LINES if count <= STRIP_LINES else STRIP_LINES - 1)

    def more_at(self, position: QPoint) -> dt.date | None:
        slot = self.slot_at(position)
        if slot is None:
            return None
        day = slot[0]
        if position.y() < self._head:
            more = len(self._strip(day)) > STRIP_LINES
            return day if more and self._strip_chip(day, 1).contains(position) else None
        origin = QPoint(self.left_of(day), self.top_of(0))
        for shown, bottom, column, columns in self._boxes(day):
            rect = self._box(bottom, shown.piece.top, column, columns).translated(origin)
            if column >= self._drawn(columns) and rect.contains(position):
                return day
        return None

    def _strip_chip(self, day: dt.date, at: int) -> QRect:
        top = self._day_head + at * (self._line + 2)
        return QRect(
            self.left_of(day) + theme().px(2),
            top,
            self._column_width - theme().px(6),
            self._line,
        )

    def tip_at(self, position: QPoint) -> str:
        slot = self.slot_at(position)
        if slot is None or position.y() >= self._head:
            return ""
        lines = [mark_line(mark) for mark in self.model.day(slot[0]).marks[:12]]
        change = clock_change(slot[0], self.model.zone)
        if change > 0:
            lines.append(_("Clocks go forward by {n} minutes on this day.").format(n=change))
        elif change < 0:
            lines.append(_("Clocks go back by {n} minutes on this day.").format(n=-change))
        return "\n".join(lines)

    # Moving about

    def show_day(self, day: dt.date) -> None:
        """Show the week of a day, or as much of it from the day on as fits."""
        first = week_start(day, first_weekday()) if self.columns == 7 else day
        at = min(max(0, (first - self._base).days), (LAST - self._base).days)
        self.horizontalScrollBar().setValue(at * self._column_width)
        self.want_seen()

    def show_hour(self, hour: int) -> None:
        """Scroll to an hour."""
        self.verticalScrollBar().setValue(hour * self._hour - theme().px(10))

    def reveal(self) -> None:
        day = self.cursor_at.day
        left, right = self.left_of(day), self.left_of(day) + self._column_width
        if left < self._gutter or right > self.viewport().width():
            if self.columns == 7:
                self.show_day(day)
            else:
                past = left < self._gutter
                shift = left - self._gutter if past else right - self.viewport().width()
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() + shift)
        top, bottom = self.top_of(self.cursor_at.minute), self.top_of(self.cursor_at.minute + 60)
        down = self.verticalScrollBar()
        if top < self._head:
            down.setValue(down.value() + top - self._head)
        elif bottom > self.viewport().height():
            down.setValue(down.value() + bottom - self.viewport().height())

    def key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        pressed = Qt.Key(event.key())
        days = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -7,
            Qt.Key.Key_PageDown: 7,
        }  # fmt: skip
        hours = {Qt.Key.Key_Up: -30, Qt.Key.Key_Down: 30}
        cursor = self.cursor_at
        if pressed in days:
            day = min(max(cursor.day + dt.timedelta(days=days[pressed]), FIRST), LAST)
            self._step_to(day, cursor.minute)
        elif pressed in hours:
            self._step_to(cursor.day, min(max(0, cursor.minute + hours[pressed]), DAY - 30))
        else:
            return False
        return True

    def _step_to(self, day: dt.date, minute: int) -> None:
        """Go to a half hour, and to the meeting that is then."""
        minute = minute // 30 * 30
        self.go_to(Cursor(day, minute, self._under(day, minute)))

    def choose_under(self) -> None:
        """Choose the meeting there is at the cursor's half hour."""
        day, minute = self.cursor_at.day, self.cursor_at.minute
        found = self._under(day, minute)
        if found:
            self.go_to(Cursor(day, minute, found), reveal=False)

    def _under(self, day: dt.date, minute: int) -> str:
        """A meeting at a half hour, the one chosen already if it is one; '' for none."""
        found = [
            shown.row.id
            for shown in self.model.day(day).meetings
            if not shown.whole_day and shown.piece.top < minute + 30 and shown.piece.bottom > minute
        ]
        kept = self.cursor_at.meeting_id
        return kept if kept in found else found[0] if found else ""

    def land_on(self, day: dt.date) -> None:
        self._step_to(day, self.cursor_at.minute)

    def landing(self, drag: Drag, day: dt.date, minute: int) -> LocalTime:
        here = self.model.zone
        steps = round((minute - drag.minute) / STEP) * STEP
        shift = dt.timedelta(days=(day - drag.day).days, minutes=steps)
        target = local_of(drag.row.starts_at, here).replace(fold=0) + shift
        if not shift:
            return LocalTime.of_instant(drag.row.starts_at, drag.row.zone)
        return moved_to(drag.row.starts_at, drag.row.zone, here, target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Shift (or sideways) through the days, else through the hours."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not event.angleDelta().x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y() * self._column_width // 120)
            event.accept()
        else:
            super().wheelEvent(event)
