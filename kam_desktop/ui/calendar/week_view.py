"""Days side by side with their hours, without end to both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from kam_desktop.services.analysis.calendar_layout import (
    DAY,
    SHORTEST,
    clock_change,
    pieces,
    skipped,
)
from kam_desktop.services.clock import Clock
from kam_desktop.services.queries.calendar import CalendarSpan
from kam_desktop.ui.calendar.chips import (
    ChipLook,
    draw_box,
    draw_line,
    draw_marks,
)
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.surface import Cursor, Drag
from kam_desktop.ui.calendar.week_frame import (
    SLIVER,
    STRIP_LINES,
    WORK_BEGINS,
    WORK_ENDS,
    WeekFrame,
)
from kam_desktop.ui.calendar.words import weekday_short
from kam_desktop.ui.theme import FOCUS_WIDTH, TextRole, colours, theme
from kam_desktop.ui.times import clock_text, place_of_zone

_KEPT_DAYS = 30
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WeekView(WeekFrame):
    """Seven days, or as many as fit; the hours scroll up and down, the days sideways.

    What a day looks like is kept, so that scrolling only moves pictures.
    """

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, clock, cursor, parent)
        self._days: dict[dt.date, QPixmap] = {}
        self._heads: dict[dt.date, QPixmap] = {}
        self._hours: QPixmap | None = None

    # Drawing

    def contents_changed(self, span: CalendarSpan) -> None:
        for kept in (self._placed, self._days, self._heads, self._strips):
            for day in [day for day in kept if span.first <= day < span.last]:
                del kept[day]
        self._count_strips()
        cursor = self.cursor_at
        if span.first <= cursor.day < span.last and not cursor.meeting_id:
            # It came to its hour before the meeting there was read.
            self.choose_under()
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
            self.show_hour(WORK_BEGINS - 1)
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
            height = self._day_head + STRIP_LINES * (self._line + 2)
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
        painter.fillRect(0, 0, width, WORK_BEGINS * self._hour, free)
        end = WORK_ENDS * self._hour
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
            area = QRect(left, hour * self._hour, theme().px(SLIVER), self._line)
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
        for at, shown in enumerate(strip[:STRIP_LINES]):
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
