"""Draws meetings and marks into the calendar."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from kam_desktop.services.queries.calendar import DayMark, MarkKind
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.ui.calendar.model import Shown
from kam_desktop.ui.calendar.words import MARK_ICONS, begins, place_time
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, TextRole, colours, theme

_RADIUS = 4
_MARK = 9
_BAR = 3
MARK_ICON = 13
_TITLE_FROM = 52
"""With less room than this for the title, its time gives way."""


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What the drawing of a meeting depends on besides the meeting."""

    zone: str
    now: dt.datetime
    selected: bool = False
    focused: bool = False
    lifted: bool = False


def line_height() -> int:
    """The height of a chip of one line, in pixels."""
    return QFontMetrics(theme().font(TextRole.SMALL)).height() + theme().px(4)


def draw_line(painter: QPainter, rect: QRect, shown: Shown, look: ChipLook) -> None:
    """A meeting on one line: its time, how far it is prepared, its title."""
    row = shown.row
    px = theme().px
    ground(painter, rect, row, look)
    inner = rect.adjusted(px(_BAR) + px(5), 0, -px(4), 0)
    painter.setFont(theme().font(TextRole.SMALL))
    left = inner.left()
    if shown.piece.first and not shown.whole_day:
        time = begins(row, look.zone)
        width = painter.fontMetrics().horizontalAdvance(time) + px(5)
        if inner.width() - width >= px(_TITLE_FROM):
            painter.setPen(QColor(colours().text2))
            painter.drawText(inner, _MIDDLE, time)
            left += width
    left += preparation_mark(painter, QPointF(left, inner.center().y() + 0.5), row, look)
    _title(painter, QRect(left, inner.top(), inner.right() - left + 1, inner.height()), row, look)


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def draw_box(painter: QPainter, rect: QRect, shown: Shown, look: ChipLook) -> None:
    """A meeting as a box of its length: title, then time, account and the time at its place."""
    row = shown.row
    px = theme().px
    ground(painter, rect, row, look)
    inner = rect.adjusted(px(_BAR) + px(5), px(2), -px(3), -px(2))
    painter.save()
    painter.setClipRect(rect)
    small = theme().font(TextRole.SMALL)
    height = QFontMetrics(small).height()
    if inner.height() < 2 * height:
        painter.restore()
        _draw_line_text(painter, inner, row, look)
        return
    left = inner.left()
    left += preparation_mark(painter, QPointF(left, inner.top() + height / 2), row, look)
    _title(
        painter, QRect(left, inner.top(), inner.right() - left + 1, height), row, look, bold=True
    )
    painter.setFont(small)
    painter.setPen(QColor(colours().text2))
    top = inner.top() + height
    for text in (begins(row, look.zone), place_time(row, look.zone), row.account_name, row.place):
        if text and top + height <= inner.bottom() + 2:
            line = painter.fontMetrics().elidedText(text, _ELIDE, inner.width())
            painter.drawText(QRect(inner.left(), top, inner.width(), height), _TOP, line)
            top += height
    painter.restore()


_ELIDE = Qt.TextElideMode.ElideRight


def _draw_line_text(painter: QPainter, inner: QRect, row: MeetingRow, look: ChipLook) -> None:
    """The mark and the title where there is room for one line only."""
    left = inner.left()
    left += preparation_mark(painter, QPointF(left, inner.center().y() + 0.5), row, look)
    _title(painter, QRect(left, inner.top(), inner.right() - left + 1, inner.height()), row, look)


def ground(painter: QPainter, rect: QRect, row: MeetingRow, look: ChipLook) -> None:
    """What a meeting stands on: soft while it is to come, plain when over, empty when cancelled."""
    px, in_use = theme().px, colours()
    area = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    over = row.ends_at <= look.now
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = in_use.text3 if over or row.cancelled else in_use.accent
    fill = in_use.surface if row.cancelled else in_use.sunken if over else in_use.accent_soft
    painter.setPen(QPen(QColor(in_use.line if over or row.cancelled else in_use.accent_soft), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(area, px(_RADIUS), px(_RADIUS))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(edge))
    bar = QRectF(area.left() + px(2), area.top() + px(2), px(_BAR), area.height() - 2 * px(2))
    painter.drawRoundedRect(bar, px(_BAR) / 2, px(_BAR) / 2)
    if look.selected or look.lifted:
        style = Qt.PenStyle.DashLine if look.lifted else Qt.PenStyle.SolidLine
        width = FOCUS_WIDTH if look.focused or look.lifted else 1
        painter.setPen(QPen(QColor(in_use.accent), width, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), px(_RADIUS), px(_RADIUS))
    painter.restore()


def _title(
    painter: QPainter, rect: QRect, row: MeetingRow, look: ChipLook, *, bold: bool = False
) -> None:
    font = theme().font(TextRole.SMALL, bold=bold)
    font.setStrikeOut(row.cancelled)
    faint = row.cancelled or row.ends_at <= look.now
    painter.setFont(font)
    painter.setPen(QColor(colours().text2 if faint else colours().text))
    text = painter.fontMetrics().elidedText(row.title, _ELIDE, rect.width())
    painter.drawText(rect, _MIDDLE, text)


def preparation_mark(
    painter: QPainter, left_middle: QPointF, row: MeetingRow, look: ChipLook
) -> int:
    """A small clock face filled as far as the meeting is prepared; a tick when all is; an
    exclamation mark when something is late. Returns the room it took, in pixels."""
    px, in_use = theme().px, colours()
    share = row.prepared
    if row.cancelled or share is None or row.ends_at <= look.now:
        return 0
    size = px(_MARK)
    area = QRectF(left_middle.x(), left_middle.y() - size / 2, size, size)
    tone = in_use.bad if row.late else in_use.good if share >= 1 else in_use.text2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone), px(1.4)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if share >= 1:
        _tick(painter, area)
    else:
        painter.drawEllipse(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setBrush(QColor(tone))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(area.adjusted(1, 1, -1, -1), 90 * 16, -math.floor(360 * 16 * share))
        if row.late:
            _exclamation(painter, area)
    painter.restore()
    return size + px(4)


def _tick(painter: QPainter, area: QRectF) -> None:
    middle = QPointF(area.left() + area.width() * 0.4, area.bottom() - area.height() * 0.15)
    painter.drawLine(QPointF(area.left(), area.center().y()), middle)
    painter.drawLine(middle, QPointF(area.right(), area.top() + area.height() * 0.15))


def _exclamation(painter: QPainter, area: QRectF) -> None:
    width = max(1.2, area.width() * 0.16)
    x = area.center().x() - width / 2
    painter.drawRect(QRectF(x, area.top() + area.height() * 0.24, width, area.height() * 0.32))
    painter.drawRect(QRectF(x, area.top() + area.height() * 0.66, width, width))


def draw_marks(painter: QPainter, right_middle: QPointF, marks: list[DayMark], room: int) -> int:
    """The kinds of marks of a day as small icons, from the right; returns the room they took."""
    px = theme().px
    size, gap = px(MARK_ICON), px(Space.XS)
    kinds = list(dict.fromkeys(mark.kind for mark in marks))
    kinds = kinds[: max(0, (room + gap) // (size + gap))]
    left = right_middle.x()
    ratio = painter.device().devicePixelRatio()
    for kind in kinds:
        left -= size
        tone = colours().warn if kind in _URGENT else colours().text2
        drawn = pixmap(MARK_ICONS[kind], tone, size, ratio)
        painter.drawPixmap(QPointF(left, right_middle.y() - size / 2), drawn)
        left -= gap
    return math.ceil(right_middle.x() - left)


_URGENT = frozenset({MarkKind.OUR_PROMISE, MarkKind.GATE, MarkKind.RENEWAL})
