"""Months as weeks one below the other, without end in both directions."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.services.analysis.calendar_layout import moved_days, pieces, week_start
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import first_weekday
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.calendar import CalendarSpan
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.calendar.chips import ChipLook, draw_line, draw_marks, line_height
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.surface import CalendarSurface, Cursor, Drag, Hit
from kam_desktop.ui.calendar.words import mark_line, weekday_short
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, TextRole, colours, theme
from kam_desktop.ui.times import day_text

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
WEEKS_SEEN = 6
_SMALLEST_ROW = 74
_KEPT_ROWS = 40
_AHEAD_S = 0.003
"""So long what comes next is drawn ahead between two frames."""


@dataclass(slots=True)
class _Row:
    """The picture of a week, and how many of its days are drawn already."""

    picture: QPixmap
    cells: int = 0


class MonthView(CalendarSurface):
    """Rows of weeks; what a row looks like is kept, so that scrolling only moves pictures."""

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, clock, cursor, parent)
        self._base = week_start(FIRST, first_weekday())
        self._rows: dict[int, _Row] = {}
        self._head = self._number_height = 0
        self._down = 1
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._draw_ahead)
        self._row_height = theme().px(_SMALLEST_ROW)
        self._sized = False
        self._measure()
        self.setAccessibleName(_("Calendar, month"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    # Geometry

    def _measure(self) -> None:
        px = theme().px
        small = QFontMetrics(theme().font(TextRole.SMALL)).height()
        self._head = small + px(Space.S)
        bold = QFontMetrics(theme().font(TextRole.SMALL, bold=True)).height()
        self._number_height = bold + px(6)
        self._line = line_height()

    def _fit(self) -> None:
        """As many pixels for a week as are there; the same day stays at the top."""
        self._measure()
        bar = self.verticalScrollBar()
        top = bar.value() / self._row_height
        room = self.viewport().height() - self._head
        least = self._number_height + 2 * self._line + theme().px(6)
        height = max(theme().px(_SMALLEST_ROW), least, room // WEEKS_SEEN)
        # A notch of the wheel is three steps and a week.
        self._row_height = height - height % 3
        weeks = self._week_of(LAST) + 1
        bar.setRange(0, max(0, weeks * self._row_height - room))
        bar.setPageStep(max(1, room))
        bar.setSingleStep(max(1, self._row_height // 3))
        bar.setValue(round(top * self._row_height))

    def _week_of(self, day: dt.date) -> int:
        return (day - self._base).days // 7

    def _column(self, at: int) -> tuple[int, int]:
        width = self.viewport().width()
        return width * at // 7, width * (at + 1) // 7

    def cell(self, day: dt.date) -> QRect:
        """Where a day is in the viewport."""
        week, at = divmod((day - self._base).days, 7)
        left, right = self._column(at)
        top = self._head + week * self._row_height - self.verticalScrollBar().value()
        return QRect(left, top, right - left, self._row_height)

    def slot_at(self, position: QPoint) -> tuple[dt.date, int] | None:
        if position.y() < self._head:
            return None
        week = (position.y() - self._head + self.verticalScrollBar().value()) // self._row_height
        at = min(6, max(0, position.x() * 7 // max(1, self.viewport().width())))
        day = self._base + dt.timedelta(days=week * 7 + at)
        return min(max(day, FIRST), LAST), 10 * 60

    def seen_days(self) -> tuple[dt.date, dt.date]:
        week = self.verticalScrollBar().value() // self._row_height
        first = self._base + dt.timedelta(weeks=week)
        return first, first + dt.timedelta(weeks=WEEKS_SEEN + 1)

    def middle_day(self) -> dt.date:
        """The day that says which month it is."""
        middle = (self.viewport().height() - self._head) // 2
        value = self.verticalScrollBar().value() + max(0, middle)
        return self._base + dt.timedelta(weeks=value // self._row_height, days=3)

    def _fitting(self) -> int:
        """How many meetings fit into a day."""
        room = self._row_height - self._number_height - theme().px(4)
        return max(1, room // (self._line + theme().px(2)))

    def _visible(self, day: dt.date) -> tuple[list[Shown], int]:
        """The meetings of a day that are drawn, and how many are not."""
        found, fit = self.model.day(day).meetings, self._fitting()
        if len(found) <= fit:
            return found, 0
        kept = max(1, fit - 1)
        first = 0
        if day == self.cursor_at.day:
            ids = [shown.row.id for shown in found]
            chosen = self.cursor_at.meeting_id
            at = ids.index(chosen) if chosen in ids else 0
            first = max(0, at - kept + 1)
        return found[first : first + kept], len(found) - kept

    def _chip(self, cell: QRect, at: int) -> QRect:
        px = theme().px
        top = cell.top() + self._number_height + at * (self._line + px(2))
        return QRect(cell.left() + px(3), top, cell.width() - px(6), self._line)

    def hit_at(self, position: QPoint) -> Hit | None:
        slot = self.slot_at(position)
        if slot is None:
            return None
        cell = self.cell(slot[0])
        for at, shown in enumerate(self._visible(slot[0])[0]):
            rect = self._chip(cell, at)
            if rect.contains(position):
                return Hit(rect, shown)
        return None

    def more_at(self, position: QPoint) -> dt.date | None:
        slot = self.slot_at(position)
        if slot is None:
            return None
        shown, hidden = self._visible(slot[0])
        rect = self._chip(self.cell(slot[0]), len(shown))
        return slot[0] if hidden and rect.contains(position) else None

    def tip_at(self, position: QPoint) -> str:
        slot = self.slot_at(position)
        if slot is None:
            return ""
        return "\n".join(mark_line(mark) for mark in self.model.day(slot[0]).marks[:12])

    # Moving about

    def show_day(self, day: dt.date) -> None:
        """Put the week in which the month of ``day`` begins at the top."""
        week = self._week_of(min(max(day, FIRST), LAST).replace(day=1))
        self.verticalScrollBar().setValue(week * self._row_height)
        self.want_seen()

    def reveal(self) -> None:
        cell = self.cell(self.cursor_at.day)
        bar, bottom = self.verticalScrollBar(), self.viewport().height()
        if cell.top() < self._head:
            bar.setValue(bar.value() + cell.top() - self._head)
        elif cell.bottom() > bottom:
            bar.setValue(bar.value() + cell.bottom() - bottom + 1)

    def key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        day = self.cursor_at.day
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
        }  # fmt: skip
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self.go_to_day(_bounded(day + dt.timedelta(days=steps[pressed])))
        elif pressed in pages:
            target = _bounded(months_later(day, pages[pressed]))
            self.show_day(target)
            self.go_to_day(target)
        else:
            return False
        return True

    def land_on(self, day: dt.date) -> None:
        self.go_to_day(day)

    def landing(self, drag: Drag, day: dt.date, minute: int) -> LocalTime:
        del minute
        return moved_days(drag.row.starts_at, drag.row.zone, (day - drag.day).days)

    # Drawing

    def contents_changed(self, span: CalendarSpan) -> None:
        first, last = self._week_of(span.first), self._week_of(span.last)
        for week in [week for week in self._rows if first <= week <= last]:
            del self._rows[week]
        seen_first, seen_last = self.seen_days()
        if span.first <= seen_last and span.last >= seen_first:
            self.viewport().update()

    def forget_drawings(self) -> None:
        self._rows.clear()
        self._measure()
        super().forget_drawings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = QRect(QPoint(0, self._head), event.oldSize())
        seen = before.intersects(self.cell(self.cursor_at.day))
        self._fit()
        super().resizeEvent(event)
        if not self._sized:
            self._sized = True
            self.show_day(self.cursor_at.day)
            seen = True
        if seen:
            self.reveal()
        self.want_seen()

    def draw(self, painter: QPainter) -> None:
        value = self.verticalScrollBar().value()
        week = value // self._row_height
        top = self._head + week * self._row_height - value
        painter.fillRect(self.viewport().rect(), QColor(colours().surface))
        busy = {self._week_of(self.cursor_at.day)}
        while top < self.viewport().height():
            if week in busy:
                painter.save()
                painter.translate(0, top)
                self._draw_row(painter, week)
                painter.restore()
            else:
                painter.drawPixmap(0, top, self._row(week))
            top += self._row_height
            week += 1
        self._draw_cursor(painter)
        if self.drag is not None:
            self._draw_landing(painter, self.drag)
        self._draw_head(painter)

    def _row(self, week: int) -> QPixmap:
        """The picture of a week, finished now as far as it was not drawn ahead."""
        row = self._begin_row(week)
        while row.cells < 7:
            self._draw_next(week, row)
        return row.picture

    def _begin_row(self, week: int) -> _Row:
        row = self._rows.get(week)
        if row is None:
            ratio = self.devicePixelRatioF()
            width, height = self.viewport().width() * ratio, self._row_height * ratio
            picture = QPixmap(max(1, round(width)), max(1, round(height)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(colours().surface))
            while len(self._rows) >= _KEPT_ROWS:
                del self._rows[next(iter(self._rows))]
            row = self._rows[week] = _Row(picture)
        return row

    def _draw_next(self, week: int, row: _Row) -> None:
        painter = QPainter(row.picture)
        self._draw_at(painter, week, row.cells)
        painter.end()
        row.cells += 1

    def _draw_ahead(self) -> None:
        """Draw a little of what comes into view next, between two frames."""
        first = self.verticalScrollBar().value() // self._row_height
        below, above = first + WEEKS_SEEN + 1, first - 1
        until = time.perf_counter() + _AHEAD_S
        for week in (below, above) if self._down > 0 else (above, below):
            row = self._begin_row(week)
            while row.cells < 7:
                self._draw_next(week, row)
                if time.perf_counter() > until:
                    self._ahead.start(0)
                    return

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._down = 1 if dy < 0 else -1
        super().scrollContentsBy(dx, dy)
        self._ahead.start(0)

    def _draw_row(self, painter: QPainter, week: int) -> None:
        for at in range(7):
            self._draw_at(painter, week, at)

    def _draw_at(self, painter: QPainter, week: int, at: int) -> None:
        left, right = self._column(at)
        day = self._base + dt.timedelta(weeks=week, days=at)
        self._draw_cell(painter, QRect(left, 0, right - left, self._row_height), day)

    def _draw_cell(self, painter: QPainter, cell: QRect, day: dt.date) -> None:
        in_use, px = colours(), theme().px
        if day.isoweekday() > 5:
            painter.fillRect(cell, QColor(in_use.bg))
        month_begins = day.day <= 7
        painter.setPen(QPen(QColor(in_use.text3 if month_begins else in_use.line)))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if cell.left():
            painter.setPen(QPen(QColor(in_use.text3 if day.day == 1 else in_use.line)))
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        used = self._draw_number(painter, cell, day)
        contents = self.model.day(day)
        if contents.marks:
            middle = QPointF(cell.right() - px(4), cell.top() + self._number_height / 2)
            draw_marks(painter, middle, contents.marks, cell.width() - used - px(8))
        shown, hidden = self._visible(day)
        for at, meeting in enumerate(shown):
            draw_line(painter, self._chip(cell, at), meeting, self._look(meeting, day))
        if hidden:
            painter.setFont(theme().font(TextRole.SMALL, bold=True))
            painter.setPen(QColor(in_use.accent))
            area = self._chip(cell, len(shown)).adjusted(px(6), 0, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"+{hidden}")

    def _look(self, shown: Shown, day: dt.date) -> ChipLook:
        chosen = day == self.cursor_at.day and shown.row.id == self.cursor_at.meeting_id
        return ChipLook(self.model.zone, self.clock.now(), chosen, chosen and self.hasFocus())

    def _draw_number(self, painter: QPainter, cell: QRect, day: dt.date) -> int:
        in_use, px = colours(), theme().px
        today = day == self.today
        painter.setFont(theme().font(TextRole.SMALL, bold=today or day.day == 1))
        text = str(day.day) if day.day > 1 else day_text(day, day).partition(" ")[2]
        width = painter.fontMetrics().horizontalAdvance(text) + px(10)
        height = painter.fontMetrics().height() + px(2)
        area = QRect(cell.left() + px(3), cell.top() + px(3), max(width, height), height)
        if today:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(in_use.accent))
            painter.drawRoundedRect(QRectF(area), height / 2, height / 2)
            painter.restore()
        weekend = day.isoweekday() > 5
        tone = in_use.on_accent if today else in_use.text3 if weekend else in_use.text
        painter.setPen(QColor(tone))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        return area.width() + px(3)

    def _draw_head(self, painter: QPainter) -> None:
        in_use = colours()
        head = QRect(0, 0, self.viewport().width(), self._head)
        painter.fillRect(head, QColor(in_use.surface))
        painter.setFont(theme().font(TextRole.SMALL, bold=True))
        painter.setPen(QColor(in_use.text2))
        for at in range(7):
            left, right = self._column(at)
            area = QRect(left + theme().px(8), 0, right - left - theme().px(8), self._head)
            name = weekday_short(self._base + dt.timedelta(days=at))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_cursor(self, painter: QPainter) -> None:
        cell = self.cell(self.cursor_at.day).adjusted(1, 1, -1, -1)
        pen = painter.pen()
        pen.setColor(QColor(colours().accent if self.hasFocus() else colours().text3))
        pen.setWidth(FOCUS_WIDTH if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell)

    def _draw_landing(self, painter: QPainter, drag: Drag) -> None:
        begins = drag.when.instant()
        row = replace(drag.row, starts_at=begins)
        for piece in pieces(begins, row.minutes, self.model.zone):
            look = ChipLook(self.model.zone, self.clock.now(), lifted=True)
            draw_line(painter, self._chip(self.cell(piece.day), 0), Shown(row, piece), look)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last one."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _bounded(day: dt.date) -> dt.date:
    return min(max(day, FIRST), LAST)
