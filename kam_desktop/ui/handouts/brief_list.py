"""The list of a brief's lines: Space leaves out, F2 rewords, Enter goes to where it comes from."""

from __future__ import annotations

import logging

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.brief_list_model import ROW_ROLE, BriefListModel, BriefRow, Index
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import FOCUS_WIDTH, RADIUS, Space, TextRole, colours, theme

_log = logging.getLogger(__name__)
_BOX = 16
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class BriefList(QListView):
    """``row_chosen`` when the keyboard is on another row, ``opened`` after Enter or a double click.

    ``removed`` after Del; each carries the `BriefRow`.
    """

    row_chosen = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, model: BriefListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brief = model
        self._kept = ""
        self.setModel(model)
        self.setItemDelegate(BriefDelegate(self))
        self.setAccessibleName(_("What the brief says"))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._find_place)
        model.dataChanged.connect(self._changed)
        self.selectionModel().currentChanged.connect(self._tell)

    def current_row(self) -> BriefRow | None:
        """The row the keyboard is on."""
        return self.brief.row_at(self.currentIndex())

    def choose(self, row_id: str) -> None:
        """Put the keyboard on a row, if it is there."""
        at = self.brief.position(row_id)
        if at is not None:
            self.setCurrentIndex(self.brief.index(at))
            self.scrollTo(self.brief.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.brief.row_at(self.indexAt(event.position().toPoint()))
        if row is not None and event.position().x() > theme().px(_BOX + Space.L):
            self.opened.emit(row)
            return
        super().mouseDoubleClickEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        if event.size().height() < event.oldSize().height():
            # The buttons for a row come up below the list and must not hide it.
            self.scrollTo(self.currentIndex())

    def _keep_place(self) -> None:
        row = self.current_row()
        self._kept = row.id if row is not None else ""

    def _find_place(self) -> None:
        self.choose(self._kept if self.brief.position(self._kept) is not None else self._first())
        self._tell()

    def _first(self) -> str:
        return self.brief.rows[0].id if self.brief.rows else ""

    def _changed(self, *_changed: object) -> None:
        # A reworded line may need more room.
        self.scheduleDelayedItemsLayout()
        self._tell()

    def _tell(self, *_indexes: object) -> None:
        self.row_chosen.emit(self.current_row())


class BriefDelegate(QStyledItemDelegate):
    """A box, the text over as many lines as it needs, and what became of it below."""

    def __init__(self, view: BriefList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        width = self._view.viewport().width()
        if not isinstance(row, BriefRow):
            return QSize(width, theme().row_height)
        return QSize(width, self._places(QRect(0, 0, width, 0), row).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, BriefRow):
            return
        painter.save()
        try:
            _paint_ground(painter, option)
            self._paint_row(painter, option.rect, row)
        except Exception:
            _log.exception("a line of the brief could not be drawn")
        finally:
            painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: BriefRow) -> None:
        look, in_use = theme(), colours()
        places = self._places(rect, row)
        if not places.box.isEmpty():
            _paint_box(painter, places.box, ticked=row.printed)
        painter.setFont(look.font(_role(row)))
        painter.setPen(QColor(in_use.text if row.printed and not row.group else in_use.text2))
        painter.drawText(places.text, _WRAP, row.text)
        painter.setFont(look.font(TextRole.SMALL))
        painter.setPen(QColor(in_use.warn if row.warns else in_use.text2))
        painter.drawText(places.note, _WRAP, row.note)

    def _places(self, rect: QRect, row: BriefRow) -> _Places:
        boxless = bool(row.group) or (row.line is not None and row.line.gone)
        return _Places(rect, row, boxed=self._view.brief.editable and not boxless)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row = index.data(ROW_ROLE)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
                return _tick(model, index)
            return False
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and isinstance(row, BriefRow):
            reach = theme().px(Space.S)
            box = self._places(option.rect, row).box.adjusted(-reach, -reach, reach, reach)
            if box.contains(event.position().toPoint()):
                return _tick(model, index)
        return False


def _tick(model: QAbstractItemModel, index: Index) -> bool:
    return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)


def _role(row: BriefRow) -> TextRole:
    if row.group:
        return TextRole.SMALL
    return TextRole.HEADING if row.is_head else TextRole.BODY


class _Places:
    """Where the parts of a row are within ``rect``, of which only left, top and width count."""

    def __init__(self, rect: QRect, row: BriefRow, *, boxed: bool) -> None:
        look = theme()
        px = look.px
        head = row.is_head
        body = QFontMetrics(look.font(_role(row)))
        small = QFontMetrics(look.font(TextRole.SMALL))
        pad = px(Space.XS)
        left = rect.left() + px(Space.S if head else Space.S + Space.L)
        top = rect.top() + (px(Space.M) if head else pad)
        self.box = QRect()
        text_left = left
        if boxed:
            lower = max(0, (body.height() - px(_BOX)) // 2)
            self.box = QRect(left, top + lower, px(_BOX), px(_BOX))
            text_left = left + px(_BOX) + px(Space.S)
        room = max(px(40), rect.left() + rect.width() - px(Space.S) - text_left)
        self.text = _wrapped(body, QRect(text_left, top, room, 0), row.text)
        bottom = self.text.top() + self.text.height()
        self.note = QRect(text_left, bottom, room, 0)
        if row.note:
            self.note = _wrapped(small, self.note, row.note)
        self.height = bottom + self.note.height() + pad - rect.top()


def _wrapped(metrics: QFontMetrics, area: QRect, text: str) -> QRect:
    needed = metrics.boundingRect(QRect(0, 0, area.width(), 1_000_000), _WRAP, text)
    return QRect(area.left(), area.top(), area.width(), max(metrics.height(), needed.height()))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
    if not selected and not option.state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(option.rect).adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().accent_soft if selected else colours().bg))
    painter.drawRoundedRect(area, theme().px(RADIUS), theme().px(RADIUS))
    if focused:
        painter.setPen(QPen(QColor(colours().accent), FOCUS_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, theme().px(RADIUS), theme().px(RADIUS))


def _paint_box(painter: QPainter, box: QRect, *, ticked: bool) -> None:
    in_use, px = colours(), theme().px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(in_use.accent if ticked else in_use.text3), 1))
    painter.setBrush(QColor(in_use.accent if ticked else in_use.surface))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
    if ticked:
        side = box.width() - px(4)
        ratio = painter.device().devicePixelRatioF()
        at = QRect(box.left() + px(2), box.top() + px(2), side, side)
        painter.drawPixmap(at, pixmap("check", in_use.on_accent, side, ratio))
