"""Days side by side with their hours, without end to both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kam_desktop.services.analysis.calendar_layout import (
    DAY,
    SHORTEST,
    STEP,
    clock_change,
    moved_to,
    pieces,
    side_by_side,
    skipped,
    week_start,
)
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import first_weekday
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.calendar import CalendarSpan
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.calendar.chips import (
    ChipLook,
    draw_box,
    draw_line,
    draw_marks,
    line_height,
)
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.month_view import FIRST, LAST
from kam_desktop.ui.calendar.surface import CalendarSurface, Cursor, Drag, Hit
from kam_desktop.ui.calendar.words import mark_line, weekday_short
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, TextRole, colours, theme
from kam_desktop.ui.times import clock_text, place_of_zone

_HOUR = 48
_NARROWEST = 104
_SLIVER = 30
_WORK_BEGINS, _WORK_ENDS = 8, 18
_STRIP_LINES = 2
_KEPT_DAYS = 30
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WeekView(CalendarSurface):
    """Seven days, or as many as fit; the hours scroll up and down, the days sideways."""

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, clock, cursor, parent)
        self._base = week_start(FIRST, first_weekday())
        self._days: dict[dt.date, QPixmap] = {}
        self._heads: dict[dt.date, QPixmap] = {}
        self._hours: QPixmap | None = None
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
        lines = min(strip, _STRIP_LINES)
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
        return max(1, (self._column_width - theme().px(8)) // theme().px(_SLIVER))

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
            for at, shown in enumerate(self._strip(day)[:_STRIP_LINES]):
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
        return at < (_STRIP_LINES if count <= _STRIP_LINES else _STRIP_LINES - 1)

    def more_at(self, position: QPoint) -> dt.date | None:
        slot = self.slot_at(position)
        if slot is None:
            return None
        day = slot[0]
        if position.y() < self._head:
            more = len(self._strip(day)) > _STRIP_LINES
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
        under = [
            shown.row.id
            for shown in self.model.day(day).meetings
            if not shown.whole_day and shown.piece.top < minute + 30 and shown.piece.bottom > minute
        ]
        kept = self.cursor_at.meeting_id
        chosen = kept if kept in under else under[0] if under else ""
        self.go_to(Cursor(day, minute, chosen))

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

    # Drawing

    def contents_changed(self, span: CalendarSpan) -> None:
        for kept in (self._placed, self._days, self._heads, self._strips):
            for day in [day for day in kept if span.first <= day < span.last]:
                del kept[day]
        self._count_strips()
        seen_first, seen_last = self.seen_days()
        if span.first <= seen_last and span.last >= seen_first:
            self.viewport().update()

    def forget_drawings(self) -> None:
        self._days.clear()
        self._heads.clear()
        self._hours = None
        self._measure()
        self._count_strips()
        super().forget_drawings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        if not self._sized:
            self._sized = True
            self.show_day(self.cursor_at.day)
            self.show_hour(_WORK_BEGINS - 1)
            self.reveal()
        self.want_seen()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._count_strips()
        super().scrollContentsBy(dx, dy)

    def draw(self, painter: QPainter) -> None:
        area = self.viewport().rect()
        painter.fillRect(area, QColor(colours().surface))
        head = self._head
        painter.save()
        painter.setClipRect(area.adjusted(self._gutter, head, 0, 0))
        for day in self._seen():
            origin = QPoint(self.left_of(day), self.top_of(0))
            if day == self.cursor_at.day:
                painter.save()
                painter.translate(origin)
                self._draw_day(painter, day)
                painter.restore()
            else:
                painter.drawPixmap(origin, self._day(day))
        self._draw_cursor(painter)
        self._draw_now(painter)
        if self.drag is not None:
            self._draw_landing(painter, self.drag)
        painter.restore()
        self._draw_hours(painter, head)
        self._draw_head(painter, head)

    def _picture(self, width: int, height: int) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(colours().surface))
        return made

    def _day(self, day: dt.date) -> QPixmap:
        found = self._days.get(day)
        if found is None:
            found = self._picture(self._column_width, 24 * self._hour)
            painter = QPainter(found)
            self._draw_day(painter, day)
            painter.end()
            _keep(self._days, day, found)
        return found

    def _day_top(self, day: dt.date) -> QPixmap:
        found = self._heads.get(day)
        if found is None:
            height = self._day_head + _STRIP_LINES * (self._line + 2)
            found = self._picture(self._column_width, height)
            painter = QPainter(found)
            self._draw_day_head(painter, day)
            painter.end()
            _keep(self._heads, day, found)
        return found

    def _hour_names(self) -> QPixmap:
        if self._hours is None:
            self._hours = self._picture(self._gutter, 24 * self._hour)
            painter = QPainter(self._hours)
            painter.setFont(theme().font(TextRole.SMALL))
            painter.setPen(QColor(colours().text2))
            height = painter.fontMetrics().height()
            for hour in range(1, 24):
                text = clock_text(dt.datetime(2026, 1, 1, hour, tzinfo=dt.UTC), "UTC")
                line = QRect(0, hour * self._hour - height // 2, self._gutter - 6, height)
                painter.drawText(line, _RIGHT, text)
            painter.end()
        return self._hours

    def _draw_day(self, painter: QPainter, day: dt.date) -> None:
        in_use = colours()
        free = QColor(in_use.bg)
        width = self._column_width
        if day.isoweekday() > 5:
            painter.fillRect(0, 0, width, 24 * self._hour, free)
        painter.fillRect(0, 0, width, _WORK_BEGINS * self._hour, free)
        end = _WORK_ENDS * self._hour
        painter.fillRect(0, end, width, 24 * self._hour - end, free)
        painter.setPen(QColor(in_use.line))
        for hour in range(24):
            painter.drawLine(0, hour * self._hour, width, hour * self._hour)
        painter.drawLine(0, 0, 0, 24 * self._hour)
        gone = skipped(day, self.model.zone)
        if gone is not None:
            top, bottom = (round(minute * self._hour / 60) for minute in gone)
            area = QRect(0, top, width, bottom - top)
            painter.fillRect(area, QColor(in_use.sunken))
            painter.fillRect(area, QBrush(QColor(in_use.text3), Qt.BrushStyle.BDiagPattern))
        self._draw_boxes(painter, day)

    def _draw_boxes(self, painter: QPainter, day: dt.date) -> None:
        hidden: dict[tuple[int, int], int] = {}
        for shown, bottom, column, columns in self._boxes(day):
            rect = self._box(bottom, shown.piece.top, column, columns)
            if column < self._drawn(columns):
                draw_box(painter, rect, shown, self._look(shown, day))
            else:
                spot = (rect.left(), shown.piece.top // 60)
                hidden[spot] = hidden.get(spot, 0) + 1
        painter.setFont(theme().font(TextRole.SMALL, bold=True))
        painter.setPen(QColor(colours().accent))
        for (left, hour), count in hidden.items():
            area = QRect(left, hour * self._hour, theme().px(_SLIVER), self._line)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"+{count}")

    def _look(self, shown: Shown, day: dt.date) -> ChipLook:
        chosen = day == self.cursor_at.day and shown.row.id == self.cursor_at.meeting_id
        return ChipLook(self.model.zone, self.clock.now(), chosen, chosen and self.hasFocus())

    def _draw_hours(self, painter: QPainter, head: int) -> None:
        area = QRect(0, head, self._gutter, self.viewport().height() - head)
        painter.save()
        painter.setClipRect(area)
        painter.drawPixmap(0, self.top_of(0), self._hour_names())
        painter.restore()

    def _draw_head(self, painter: QPainter, head: int) -> None:
        in_use, px = colours(), theme().px
        painter.fillRect(QRect(0, 0, self.viewport().width(), head), QColor(in_use.surface))
        painter.save()
        painter.setClipRect(QRect(self._gutter, 0, self.viewport().width(), head - 1))
        for day in self._seen():
            if day == self.cursor_at.day:
                painter.save()
                painter.translate(self.left_of(day), 0)
                self._draw_day_head(painter, day)
                painter.restore()
            else:
                painter.drawPixmap(self.left_of(day), 0, self._day_top(day))
        painter.restore()
        painter.setPen(QColor(in_use.line))
        painter.drawLine(0, head - 1, self.viewport().width(), head - 1)
        painter.setFont(theme().font(TextRole.SMALL))
        painter.setPen(QColor(in_use.text3))
        corner = QRect(0, 0, self._gutter - px(4), self._day_head)
        place = painter.fontMetrics().elidedText(
            place_of_zone(self.model.zone), Qt.TextElideMode.ElideRight, corner.width() - px(4)
        )
        painter.drawText(corner, _RIGHT, place)

    def _draw_day_head(self, painter: QPainter, day: dt.date) -> None:
        px, width = theme().px, self._column_width
        used = self._draw_day_name(painter, QRect(0, 0, width, self._day_head), day)
        marks = self.model.day(day).marks
        if marks:
            middle = QPointF(width - px(6), self._day_head / 2)
            draw_marks(painter, middle, marks, width - used - px(12))
        self._draw_strip(painter, day)

    def _draw_day_name(self, painter: QPainter, area: QRect, day: dt.date) -> int:
        in_use, px = colours(), theme().px
        today = day == self.today
        painter.setFont(theme().font(TextRole.HEADING, bold=today))
        text = f"{weekday_short(day)} {day.day}"
        change = clock_change(day, self.model.zone)
        if change:
            # The whole sentence is in the tip.
            text += f" ({'+' if change > 0 else '−'}{abs(change) / 60:g} h)"
        inner = area.adjusted(px(6), 0, -px(2), 0)
        painter.setPen(QColor(in_use.accent if today else in_use.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        if today:
            bar = QRect(area.left() + 1, area.top(), area.width() - 1, px(3))
            painter.fillRect(bar, QColor(in_use.accent))
        return painter.fontMetrics().horizontalAdvance(shown) + px(6)

    def _draw_strip(self, painter: QPainter, day: dt.date) -> None:
        strip, left = self._strip(day), self.left_of(day)
        for at, shown in enumerate(strip[:_STRIP_LINES]):
            if self._is_drawn(day, at):
                chip = self._strip_chip(day, at).translated(-left, 0)
                draw_line(painter, chip, shown, self._look(shown, day))
            else:
                painter.setFont(theme().font(TextRole.SMALL, bold=True))
                painter.setPen(QColor(colours().accent))
                chip = self._strip_chip(day, at).translated(-left, 0)
                more = f"+{len(strip) - at}"
                painter.drawText(chip, Qt.AlignmentFlag.AlignVCenter, more)

    def _draw_cursor(self, painter: QPainter) -> None:
        if not self.hasFocus() or self.chosen() is not None:
            return
        top, bottom = self.top_of(self.cursor_at.minute), self.top_of(self.cursor_at.minute + 30)
        area = QRect(self.left_of(self.cursor_at.day), top, self._column_width, bottom - top)
        painter.setPen(QPen(QColor(colours().accent), FOCUS_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(2, 1, -2, -1))

    def _draw_now(self, painter: QPainter) -> None:
        now = self.now_here
        left, y = self.left_of(now.date()), self.top_of(now.hour * 60 + now.minute)
        painter.setPen(QPen(QColor(colours().bad), theme().px(1.5)))
        painter.drawLine(left, y, left + self._column_width - 1, y)

    def _draw_landing(self, painter: QPainter, drag: Drag) -> None:
        begins = drag.when.instant()
        row = replace(drag.row, starts_at=begins)
        for piece in pieces(begins, row.minutes, self.model.zone):
            bottom = min(DAY, max(piece.bottom, piece.top + SHORTEST))
            rect = self._box(bottom, piece.top, 0, 1)
            rect.translate(self.left_of(piece.day), self.top_of(0))
            look = ChipLook(self.model.zone, self.clock.now(), lifted=True)
            draw_box(painter, rect, Shown(row, piece), look)


def _keep(pictures: dict[dt.date, QPixmap], day: dt.date, picture: QPixmap) -> None:
    while len(pictures) >= _KEPT_DAYS:
        del pictures[next(iter(pictures))]
    pictures[day] = picture
