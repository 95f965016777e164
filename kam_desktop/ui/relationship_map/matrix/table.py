"""The table of the coverage matrix: keys and clicks turned into wishes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from kam_desktop.models.vocabulary import TeamContactState
from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.matrix.model import Index, MatrixModel
from kam_desktop.ui.relationship_map.matrix.painting import (
    COLUMN_WIDTH,
    WIDE_COLUMN,
    CellDelegate,
    Corner,
    OursHeader,
    PeopleHeader,
)
from kam_desktop.ui.theme import theme

STATE_KEYS: dict[Qt.Key, str | None] = {
    Qt.Key.Key_G: TeamContactState.GOOD.value,
    Qt.Key.Key_W: TeamContactState.WORKING.value,
    Qt.Key.Key_B: TeamContactState.BAD.value,
    Qt.Key.Key_N: TeamContactState.NONE.value,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}
_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MatrixTable(QTableView):
    """``state_wanted`` carries a state or None for the selected cells, ``next_wanted`` asks for the
    next state, ``suggestion_wanted`` to take over what touches speak for, ``opened`` a person's id,
    ``current_person`` the id of the person met, ``menu_wanted`` where on the screen."""

    state_wanted = Signal(object)
    next_wanted = Signal()
    suggestion_wanted = Signal()
    opened = Signal(str)
    current_person = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = model
        self._met = QModelIndex()
        self.setAccessibleName(_("Coverage matrix: their people and our team"))
        self.cells = CellDelegate(model)
        self.people = PeopleHeader(model)
        self.ours = OursHeader(model)
        self._corner = Corner(self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setVerticalHeader(self.people)
        self.setHorizontalHeader(self.ours)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.people.sectionDoubleClicked.connect(self._open_row)
        self.fit_sizes()

    def fit_sizes(self) -> None:
        """Use the sizes and colours of the look of now."""
        look = theme()
        self.people.setDefaultSectionSize(look.row_height)
        self.people.setMinimumSectionSize(look.px(20))
        self.ours.setMinimumSectionSize(look.px(40))
        self.cells.restyle()
        self.people.updateGeometry()
        self.ours.updateGeometry()
        self.updateGeometries()
        self.share_room()
        self.viewport().update()

    def share_room(self) -> None:
        """Let columns of few members be wider, where there is room."""
        px, count = theme().px, self._matrix.columnCount()
        fair = self.viewport().width() // count if count else 0
        self.ours.setDefaultSectionSize(min(px(WIDE_COLUMN), max(px(COLUMN_WIDTH), fair)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.people.updateGeometry()
        self.ours.updateGeometry()
        self.updateGeometries()
        super().resizeEvent(event)
        self.share_room()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        across, down = self.people.geometry(), self.ours.geometry()
        self._corner.setGeometry(across.left(), down.top(), across.width(), down.height())
        self._corner.raise_()

    @property
    def person(self) -> str:
        """The person of the current line, or ''."""
        return self._matrix.person_at(self.currentIndex().row())

    def chosen(self) -> list[QModelIndex]:
        """The selected cells, or the current one."""
        found = [i for i in self.selectedIndexes() if self._matrix.cell(i) is not None]
        here = self.currentIndex()
        return found or ([here] if self._matrix.cell(here) is not None else [])

    def go_to(self, row: int, column: int) -> None:
        """Meet a cell and bring it into sight."""
        index = self._matrix.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for header in (self.people.viewport(), self.ours.viewport()):
            header.update()
        if current.row() != previous.row() or not previous.isValid():
            self.current_person.emit(self.person)

    def _open_row(self, row: int) -> None:
        if person_id := self._matrix.person_at(row):
            self.opened.emit(person_id)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # While a cell is met its letters count here, also where the map has them for something.
            own = event.key() in STATE_KEYS or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_S)
            if own and event.modifiers() in _PLAIN:
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in _PLAIN
        key = Qt.Key(event.key())
        if plain and key in _ARROWS and self._matrix.cell(self.currentIndex()) is None:
            # The first line is the name of a group: Qt would find nothing to begin at.
            self.go_to(self._matrix.first_row(), 0)
        elif plain and key in STATE_KEYS:
            self.state_wanted.emit(STATE_KEYS[key])
        elif plain and key == Qt.Key.Key_Space:
            self.next_wanted.emit()
        elif plain and key == Qt.Key.Key_S:
            self.suggestion_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.person:
            self.opened.emit(self.person)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters set states here; people are found with the map's search."""

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        again = at == self.currentIndex() and len(self.selectedIndexes()) == 1
        self._met = at if again and plain else QModelIndex()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        met, self._met = self._met, QModelIndex()
        if event.button() == Qt.MouseButton.LeftButton and met.isValid() and met == at:
            # The first click meets a cell, each further one goes on to the next state.
            self.next_wanted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.indexAt(event.pos())
        if self._matrix.cell(at) is not None and at not in self.selectedIndexes():
            self.go_to(at.row(), at.column())
        if self.chosen():
            self.menu_wanted.emit(event.globalPos())
