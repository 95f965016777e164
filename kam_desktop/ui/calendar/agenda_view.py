"""A month as a list: a heading for each day, its meetings and what is due."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.calendar import CalendarSpan, DayMark
from kam_desktop.services.zones import local_of
from kam_desktop.ui.calendar.chips import MARK_ICON, ChipLook, preparation_mark
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.month_view import months_later
from kam_desktop.ui.calendar.surface import Cursor
from kam_desktop.ui.calendar.words import (
    MARK_ICONS,
    long_day,
    mark_line,
    place_time,
    preparation,
    spoken_meeting,
)
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import CARD_RADIUS, FOCUS_WIDTH, Space, TextRole, colours, theme
from kam_desktop.ui.times import clock_text

_log = logging.getLogger(__name__)
_ROW = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A heading (neither meeting nor mark), a meeting or a mark."""

    day: dt.date
    shown: Shown | None = None
    mark: DayMark | None = None

    @property
    def is_heading(self) -> bool:
        return self.shown is None and self.mark is None


def agenda_lines(model: CalendarModel, month: dt.date, today: dt.date) -> list[AgendaLine]:
    """The days of a month on which there is anything, and today."""
    lines: list[AgendaLine] = []
    day = month.replace(day=1)
    end = months_later(day, 1)
    while day < end:
        contents = model.day(day)
        if contents.meetings or contents.marks or day == today:
            lines.append(AgendaLine(day))
            lines += [AgendaLine(day, shown=shown) for shown in contents.meetings]
            lines += [AgendaLine(day, mark=mark) for mark in contents.marks]
        day += dt.timedelta(days=1)
    return lines


class AgendaLines(QAbstractListModel):
    """Headings cannot be chosen."""

    def __init__(self, zone: str, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[AgendaLine] = []
        self._zone = zone
        self._clock = clock

    def show_lines(self, lines: list[AgendaLine]) -> None:
        """Show these."""
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def line_at(self, index: Index) -> AgendaLine | None:
        return self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line_at(index)
        if line is None or line.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index)
        if line is None:
            return None
        if role == _ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(line)
        return None

    def _text(self, line: AgendaLine) -> str:
        if line.shown is not None:
            return spoken_meeting(line.shown.row, self._zone, self._clock.now())
        return mark_line(line.mark) if line.mark is not None else long_day(line.day)


class AgendaView(QListView):
    """``opened`` carries a meeting's id, ``mark_opened`` a `DayMark`, ``planned`` a naive time for
    a new meeting, ``cursor_changed`` a `Cursor`."""

    opened = Signal(str)
    mark_opened = Signal(object)
    planned = Signal(object)
    cursor_changed = Signal(object)
    scrolled = Signal()

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._calendar = model
        self._clock = clock
        self.cursor_at = cursor
        self.month = cursor.day.replace(day=1)
        self.lines = AgendaLines(model.zone, clock, self)
        self.setModel(self.lines)
        self.setItemDelegate(_AgendaDelegate(model.zone, clock, self))
        self.setAccessibleName(_("Calendar, agenda"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.changed.connect(self._contents_changed)
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def middle_day(self) -> dt.date:
        return self.month

    def show_day(self, day: dt.date) -> None:
        """Show the month of a day, from that day on."""
        self.month = day.replace(day=1)
        self._calendar.want(self.month, months_later(self.month, 1))
        self._show()
        at = next((n for n, line in enumerate(self.lines.lines) if line.day >= day), None)
        if at is not None:
            self.scrollTo(self.lines.index(at), QAbstractItemView.ScrollHint.PositionAtTop)
        self.scrolled.emit()

    def land_on(self, day: dt.date) -> None:
        """Choose the first meeting of a day."""
        shown = self._calendar.day(day).meetings
        self.go_to(Cursor(day, meeting_id=shown[0].row.id if shown else ""))

    def go_to(self, cursor: Cursor, *, reveal: bool = True) -> None:
        """Choose the cursor's meeting, where it is in the list."""
        self.cursor_at = cursor
        if reveal:
            self.show_day(cursor.day)
        self._choose()

    def _choose(self) -> None:
        for at, line in enumerate(self.lines.lines):
            if line.shown is not None and line.shown.row.id == self.cursor_at.meeting_id:
                self.setCurrentIndex(self.lines.index(at))
                return

    def _contents_changed(self, span: CalendarSpan) -> None:
        if span.first < months_later(self.month, 1) and span.last > self.month:
            self._show()

    def _show(self) -> None:
        today = local_of(self._clock.now(), self._calendar.zone).date()
        self.lines.show_lines(agenda_lines(self._calendar, self.month, today))
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        pressed = Qt.Key(event.key())
        if pressed in pages:
            self.go_to(Cursor(months_later(self.month, pages[pressed])))
            self.cursor_changed.emit(self.cursor_at)
        elif pressed is Qt.Key.Key_Home:
            self.go_to(Cursor(local_of(self._clock.now(), self._calendar.zone).date()))
            self.cursor_changed.emit(self.cursor_at)
        elif pressed is Qt.Key.Key_N and not event.modifiers():
            self.planned.emit(dt.datetime.combine(self.cursor_at.day, dt.time(10)))
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        line = self.lines.line_at(index)
        if line is not None and line.shown is not None:
            self.opened.emit(line.shown.row.id)
        elif line is not None and line.mark is not None:
            self.mark_opened.emit(line.mark)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.lines.line_at(current)
        if line is None:
            return
        meeting = line.shown.row.id if line.shown is not None else ""
        minute = line.shown.piece.top if line.shown is not None else 600
        if (line.day, meeting) != (self.cursor_at.day, self.cursor_at.meeting_id):
            self.cursor_at = Cursor(line.day, minute, meeting)
            self.cursor_changed.emit(self.cursor_at)


class _AgendaDelegate(QStyledItemDelegate):
    def __init__(self, zone: str, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._zone = zone
        self._clock = clock

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(_ROW)
        px = theme().px
        small = QFontMetrics(theme().font(TextRole.SMALL)).height()
        if not isinstance(line, AgendaLine) or line.is_heading:
            return QSize(0, small + px(Space.L))
        if line.mark is not None:
            return QSize(0, small + px(10))
        body = QFontMetrics(theme().font(TextRole.BODY, bold=True)).height()
        return QSize(0, body + small + px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_ROW)
        if not isinstance(line, AgendaLine):
            return
        painter.save()
        try:
            self._draw(painter, option, line)
        except Exception:
            _log.exception("a line of the agenda could not be drawn")
        finally:
            painter.restore()

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, line: AgendaLine) -> None:
        px = theme().px
        rect = option.rect.adjusted(px(Space.M), 0, -px(Space.M), 0)
        if line.is_heading:
            today = line.day == local_of(self._clock.now(), self._zone).date()
            painter.setFont(theme().font(TextRole.SMALL, bold=True))
            painter.setPen(QColor(colours().accent if today else colours().text2))
            text = long_day(line.day) + (f" · {_('today')}" if today else "")
            bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(rect.adjusted(0, 0, 0, -px(4)), bottom, text)
            return
        _ground(painter, option)
        if line.mark is not None:
            _draw_mark(painter, rect, line.mark)
        elif line.shown is not None:
            self._draw_meeting(painter, rect.adjusted(0, px(4), 0, -px(4)), line.shown)

    def _draw_meeting(self, painter: QPainter, rect: QRect, shown: Shown) -> None:
        row, px, in_use = shown.row, theme().px, colours()
        now = self._clock.now()
        times = _column_width()
        painter.setFont(theme().figures(TextRole.SMALL))
        painter.setPen(QColor(in_use.text2))
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(rect.adjusted(0, px(2), 0, 0), top, self._span(shown))
        bold = theme().font(TextRole.BODY, bold=True)
        bold.setStrikeOut(row.cancelled)
        body = QFontMetrics(bold).height()
        left = rect.left() + times
        left += preparation_mark(
            painter, QPointF(left, rect.top() + body / 2), row, ChipLook(self._zone, now)
        )
        painter.setFont(bold)
        faint = row.cancelled or row.ends_at <= now
        painter.setPen(QColor(in_use.text2 if faint else in_use.text))
        _elided(painter, QRect(left, rect.top(), rect.right() - left, body), row.title)
        painter.setFont(theme().font(TextRole.SMALL))
        painter.setPen(QColor(in_use.text2))
        about = (row.account_name, place_time(row, self._zone), row.place, preparation(row, now))
        left = rect.left() + times
        area = QRect(left, rect.top() + body, rect.right() - left, rect.height() - body)
        _elided(painter, area, joined(about))

    def _span(self, shown: Shown) -> str:
        if shown.whole_day:
            return _("all day")
        begins = clock_text(shown.row.starts_at, self._zone) if shown.piece.first else "…"
        ends = clock_text(shown.row.ends_at, self._zone) if shown.piece.last else "…"
        return f"{begins}–{ends}"


def _column_width() -> int:
    metrics = QFontMetrics(theme().figures(TextRole.SMALL))
    return metrics.horizontalAdvance("00:00 AM–00:00 AM") + theme().px(Space.S)


def _elided(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)


def _draw_mark(painter: QPainter, rect: QRect, mark: DayMark) -> None:
    px, in_use = theme().px, colours()
    size = px(MARK_ICON)
    left = rect.left() + _column_width()
    ratio = painter.device().devicePixelRatio()
    drawn = pixmap(MARK_ICONS[mark.kind], in_use.text2, size, ratio)
    painter.drawPixmap(QPointF(left, rect.center().y() - size / 2), drawn)
    painter.setFont(theme().font(TextRole.SMALL))
    painter.setPen(QColor(in_use.text2))
    area = rect.adjusted(_column_width() + size + px(6), 0, 0, 0)
    text = painter.fontMetrics().elidedText(
        mark_line(mark), Qt.TextElideMode.ElideRight, area.width()
    )
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    px = theme().px
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if not selected and not option.state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(option.rect).adjusted(px(4), 1, -px(4), -1)
    focused = selected and option.state & QStyle.StateFlag.State_HasFocus
    pen = painter.pen()
    pen.setColor(QColor(colours().accent))
    pen.setWidth(FOCUS_WIDTH)
    pen.setStyle(Qt.PenStyle.SolidLine if focused else Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(QColor(colours().accent_soft if selected else colours().bg))
    painter.drawRoundedRect(area, px(CARD_RADIUS), px(CARD_RADIUS))
