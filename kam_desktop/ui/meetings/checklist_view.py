"""The list of a checklist: Space ticks, Alt+Up and Alt+Down move, F2 rewords, Enter goes there."""

from __future__ import annotations

import datetime as dt
import logging

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import ChecklistRow
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.meetings.checklist_model import ChecklistModel, due_text, note_text
from kam_desktop.ui.meetings.row_list import ROW_ROLE
from kam_desktop.ui.theme import FOCUS_WIDTH, RADIUS, Space, TextRole, colours, theme

_log = logging.getLogger(__name__)
_BOX = 16
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
Index = QModelIndex | QPersistentModelIndex


class ChecklistView(QListView):
    """As high as its items, so that the page scrolls and not the list.

    ``opened`` carries the row on which Enter was pressed or that was double-clicked.
    """

    opened = Signal(object)

    def __init__(self, model: ChecklistModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checklist = model
        self.setModel(model)
        self.setItemDelegate(ChecklistDelegate(self))
        self.setProperty("bare", "true")
        self.setAccessibleName(_("Checklist"))
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        model.rowsInserted.connect(self._fit)
        model.rowsRemoved.connect(self._fit)
        model.dataChanged.connect(self._fit)
        self._fit()

    def current_row(self) -> ChecklistRow | None:
        """The item the keyboard is on."""
        return self.checklist.row_at(self.currentIndex())

    def move_current(self, step: int) -> None:
        """Ask for the current item to move up (-1) or down (+1)."""
        at = self.currentIndex().row()
        row = self.current_row()
        if row is not None and 0 <= at + step < len(self.checklist.rows):
            self.checklist.move_wanted.emit(row.id, at + step)

    def _fit(self, *_changed: object) -> None:
        delegate, option = self.itemDelegate(), QStyleOptionViewItem()
        option.rect = QRect(0, 0, self.viewport().width(), 0)
        rows = range(len(self.checklist.rows))
        height = sum(delegate.sizeHint(option, self.checklist.index(at, 0)).height() for at in rows)
        self.setFixedHeight(max(height, theme().row_height) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, editing = event.key(), self.state() == QAbstractItemView.State.EditingState
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self.move_current(-1 if key == Qt.Key.Key_Up else 1)
            return
        row = self.current_row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None and not editing:
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.checklist.row_at(self.indexAt(event.position().toPoint()))
        if row is not None and event.position().x() > theme().px(_BOX + Space.L):
            self.opened.emit(row)
            return
        super().mouseDoubleClickEvent(event)


class ChecklistDelegate(QStyledItemDelegate):
    """A box, the text over as many lines as it needs, when it is due, and a quiet second line."""

    def __init__(self, view: ChecklistView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ChecklistRow):
            return QSize(0, theme().row_height)
        width = self._view.viewport().width()
        places = _Places(QRect(0, 0, width, 0), row, self._today())
        return QSize(width, places.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ChecklistRow):
            return
        painter.save()
        try:
            _paint_ground(painter, option)
            self._paint_row(painter, option.rect, row)
        except Exception:
            _log.exception("an item of the checklist could not be drawn")
        finally:
            painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: ChecklistRow) -> None:
        look, in_use = theme(), colours()
        places = _Places(rect, row, self._today())
        _paint_box(painter, places.box, row)
        painter.setFont(look.font())
        is_open = row.state is ChecklistState.OPEN
        painter.setPen(QColor(in_use.text if is_open else in_use.text2))
        painter.drawText(places.text, _WRAP, row.text)
        painter.setFont(look.font(TextRole.SMALL))
        if places.due_text:
            painter.setPen(QColor(in_use.bad if row.late(self._today()) else in_use.text2))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(places.due, right, places.due_text)
        painter.setPen(QColor(in_use.text2))
        painter.drawText(places.note, _WRAP, note_text(row))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row = index.data(ROW_ROLE)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
                return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
            return False
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and isinstance(row, ChecklistRow):
            px = theme().px
            box = _Places(option.rect, row, self._today()).box
            reach = px(Space.S)
            if box.adjusted(-reach, -reach, reach, reach).contains(event.position().toPoint()):
                return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        return False

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        left = theme().px(_BOX + Space.L)
        editor.setGeometry(option.rect.adjusted(left, 0, 0, 0))

    def _today(self) -> dt.date:
        return self._view.checklist.today


class _Places:
    """Where the parts of a row are within ``rect``, of which only left, top and width count."""

    def __init__(self, rect: QRect, row: ChecklistRow, today: dt.date) -> None:
        look = theme()
        px = look.px
        body, small = QFontMetrics(look.font()), QFontMetrics(look.font(TextRole.SMALL))
        pad = px(6)
        left = rect.left() + px(Space.XS)
        top = rect.top() + pad
        box_top = top + max(0, (body.height() - px(_BOX)) // 2)
        self.box = QRect(left, box_top, px(_BOX), px(_BOX))
        self.due_text = due_text(row, today)
        due_width = small.horizontalAdvance(self.due_text) if self.due_text else 0
        text_left = left + px(_BOX) + px(10)
        right = rect.left() + rect.width() - px(Space.XS)
        room = max(px(40), right - text_left - (due_width + px(Space.M) if due_width else 0))
        self.text = _wrapped(body, QRect(text_left, top, room, 0), row.text)
        self.due = QRect(right - due_width, top + body.ascent() - small.ascent(), due_width, 0)
        self.due.setHeight(small.height())
        bottom = self.text.top() + self.text.height()
        note = note_text(row)
        self.note = QRect(text_left, bottom, room, 0)
        if note:
            self.note = _wrapped(small, self.note, note)
        self.height = bottom + self.note.height() + pad - rect.top()


def _wrapped(metrics: QFontMetrics, area: QRect, text: str) -> QRect:
    needed = metrics.boundingRect(QRect(0, 0, area.width(), 1_000_000), _WRAP, text)
    return QRect(area.left(), area.top(), area.width(), max(metrics.height(), needed.height()))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not focused and not hovered:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(option.rect).adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().accent_soft if focused else colours().bg))
    painter.drawRoundedRect(area, theme().px(RADIUS), theme().px(RADIUS))
    if focused:
        painter.setPen(QPen(QColor(colours().accent), FOCUS_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, theme().px(RADIUS), theme().px(RADIUS))


def _paint_box(painter: QPainter, box: QRect, row: ChecklistRow) -> None:
    """Filled when ticked by hand, soft when it ticked itself."""
    in_use, px = colours(), theme().px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    done = row.state is ChecklistState.DONE
    filled = done and not row.by_itself
    ground = in_use.accent if filled else in_use.accent_soft if done else in_use.surface
    painter.setPen(QPen(QColor(in_use.accent if done else in_use.text3), 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
    name = {ChecklistState.DONE: "check", ChecklistState.NOT_APPLICABLE: "minus"}.get(row.state)
    if name is not None:
        colour = in_use.on_accent if filled else in_use.accent if done else in_use.text2
        ratio = painter.device().devicePixelRatioF()
        side = box.width() - px(4)
        painter.drawPixmap(
            QRect(box.left() + px(2), box.top() + px(2), side, side),
            pixmap(name, colour, side, ratio),
        )
