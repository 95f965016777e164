"""Draws the rows of the agenda."""

from __future__ import annotations

import logging

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.services.zones import local_of
from kam_desktop.ui.meetings.agenda_model import AgendaRow
from kam_desktop.ui.meetings.row_list import ROW_ROLE
from kam_desktop.ui.theme import CARD_RADIUS, FOCUS_WIDTH, Space, State, TextRole, colours, theme
from kam_desktop.ui.times import clock_text

_log = logging.getLogger(__name__)
_DATE_WIDTH = 44
_BAR = 4
Index = QModelIndex | QPersistentModelIndex


class AgendaDelegate(QStyledItemDelegate):
    """A date block, the meeting and its account, the time left, and how far it is prepared."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if not isinstance(row, AgendaRow) or row.meeting is None:
            return QSize(0, theme().px(34))
        body = QFontMetrics(theme().font(TextRole.BODY, bold=True)).height()
        small = QFontMetrics(theme().font(TextRole.SMALL)).height()
        return QSize(0, body + 2 * small + theme().px(Space.L))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, AgendaRow):
            return
        painter.save()
        try:
            if row.meeting is None:
                _paint_head(painter, option.rect, row.text)
            else:
                _paint_ground(painter, option)
                _paint_meeting(painter, option.rect, row, row.meeting)
        except Exception:
            _log.exception("a row of the agenda could not be drawn")
        finally:
            painter.restore()


def _paint_head(painter: QPainter, rect: QRect, text: str) -> None:
    px = theme().px
    painter.setFont(theme().font(TextRole.SMALL, bold=True))
    painter.setPen(QColor(colours().text2))
    inner = rect.adjusted(px(Space.M), 0, -px(Space.M), -px(6))
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    px = theme().px
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not selected and not hovered:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(option.rect).adjusted(px(4), 1, -px(4), -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().accent_soft if selected else colours().bg))
    radius = px(CARD_RADIUS)
    painter.drawRoundedRect(area, radius, radius)
    if selected and option.state & QStyle.StateFlag.State_HasFocus:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(colours().accent))
        pen.setWidth(FOCUS_WIDTH)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def _paint_meeting(painter: QPainter, rect: QRect, row: AgendaRow, meeting: MeetingRow) -> None:
    look, in_use = theme(), colours()
    px = look.px
    inner = rect.adjusted(px(Space.M), px(6), -px(Space.M), -px(6))
    faint = row.past or meeting.cancelled
    _paint_date(painter, QRect(inner.left(), inner.top(), px(_DATE_WIDTH), inner.height()), meeting)
    text = inner.adjusted(px(_DATE_WIDTH) + px(Space.S), 0, 0, 0)
    lead, state = _countdown(row, meeting)
    lead_width = 0
    if lead:
        painter.setFont(look.font(TextRole.SMALL, bold=True))
        lead_width = painter.fontMetrics().horizontalAdvance(lead) + px(Space.S)
        painter.setPen(QColor(in_use.state(state)[0]))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, lead)
    painter.setFont(look.font(TextRole.BODY, bold=True))
    painter.setPen(QColor(in_use.text2 if faint else in_use.text))
    bottom = _line(painter, text.adjusted(0, 0, -lead_width, 0), meeting.title)
    painter.setFont(look.font(TextRole.SMALL))
    painter.setPen(QColor(in_use.text2))
    about = joined((meeting.account_name, clock_text(meeting.starts_at, meeting.zone)))
    bottom = _line(painter, QRect(text.left(), bottom, text.width(), text.height()), about)
    _paint_preparation(painter, QRect(text.left(), bottom, text.width(), 0), row, meeting)


def _countdown(row: AgendaRow, meeting: MeetingRow) -> tuple[str, State]:
    if meeting.cancelled:
        return _("cancelled"), State.PLAIN
    if row.past:
        return "", State.PLAIN
    return row.countdown, State.WARN if row.days <= 1 else State.PLAIN


def _line(painter: QPainter, area: QRect, text: str) -> int:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
    return area.top() + metrics.height()


def _paint_date(painter: QPainter, area: QRect, meeting: MeetingRow) -> None:
    local = local_of(meeting.starts_at, meeting.zone)
    locale = QLocale()
    painter.setFont(theme().font(TextRole.SMALL))
    painter.setPen(QColor(colours().text2))
    month = locale.standaloneMonthName(local.month, QLocale.FormatType.ShortFormat)
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(area, centred, month)
    top = painter.fontMetrics().height() - theme().px(2)
    painter.setFont(theme().font(TextRole.SECTION))
    painter.setPen(QColor(colours().text))
    painter.drawText(area.adjusted(0, top, 0, 0), centred, str(local.day))
    top += painter.fontMetrics().height() - theme().px(2)
    painter.setFont(theme().font(TextRole.SMALL))
    painter.setPen(QColor(colours().text2))
    day = locale.dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    painter.drawText(area.adjusted(0, top, 0, theme().px(Space.L)), centred, day)


def _paint_preparation(painter: QPainter, line: QRect, row: AgendaRow, meeting: MeetingRow) -> None:
    px, in_use = theme().px, colours()
    height = painter.fontMetrics().height()
    if row.past:
        text = _("outcome recorded") if meeting.has_outcome else _("no outcome yet")
        painter.setPen(QColor(in_use.text2 if meeting.has_outcome else in_use.warn))
        _line(painter, QRect(line.left(), line.top(), line.width(), height), text)
        return
    if meeting.prepared is None or meeting.cancelled:
        return
    area = QRect(line.left(), line.top(), line.width(), height)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    late = ngettext("{n} late", "{n} late", meeting.late).format(n=meeting.late)
    width = 0
    if meeting.late:
        painter.setPen(QColor(in_use.bad))
        painter.drawText(area, right, late)
        width = painter.fontMetrics().horizontalAdvance(f"{late} ") + px(Space.XS)
    text = f"{meeting.done}/{meeting.done + meeting.open}"
    painter.setPen(QColor(in_use.text2))
    painter.drawText(area.adjusted(0, 0, -width, 0), right, text)
    width += painter.fontMetrics().horizontalAdvance(text)
    bar = QRectF(line.left(), line.top() + (height - px(_BAR)) / 2, 0, px(_BAR))
    bar.setWidth(max(0, line.width() - width - px(Space.S)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(in_use.sunken))
    painter.drawRoundedRect(bar, px(2), px(2))
    bar.setWidth(bar.width() * meeting.prepared)
    painter.setBrush(QColor(in_use.accent))
    painter.drawRoundedRect(bar, px(2), px(2))
