"""The scene of the power grid: turns gestures into wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneMouseEvent,
)

from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.power_grid import Cell, cell_at
from kam_desktop.services.grid_scene import GridScene, standing_text
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.relationship_map.grid.items import (
    LIFTED_AT,
    ChipItem,
    GroundItem,
    MoreItem,
    PreviewItem,
)
from kam_desktop.ui.relationship_map.mark_painting import Pens
from kam_desktop.ui.relationship_map.scene import MenuWish
from kam_desktop.ui.theme import Theme

MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class StandingWish:
    """The user put people into a cell."""

    people: tuple[str, ...]
    cell: Cell


class PowerGridScene(QGraphicsScene):
    """``current_changed`` and ``person_opened`` carry a person's id, ``dropped`` a `StandingWish`,
    ``cell_opened`` the `Cell` whose “… more” was used, ``menu_wanted`` a `MenuWish`."""

    current_changed = Signal(str)
    person_opened = Signal(str)
    dropped = Signal(object)
    cell_opened = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pens = Pens.of(theme)
        self.grid: GridScene | None = None
        self.chips: dict[str, ChipItem] = {}
        self.more: dict[Cell, MoreItem] = {}
        self.ground = GroundItem(self._pens)
        self.preview = PreviewItem(self._pens)
        self.read_only = False
        self._current = ""
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._waiting: GridScene | None = None
        self.addItem(self.ground)
        self.addItem(self.preview)
        self.focusItemChanged.connect(self._focus_changed)
        self.selectionChanged.connect(self._selection_changed)

    # Showing

    def show_grid(self, grid: GridScene) -> None:
        """Show another state; while a drag is under way, it is shown afterwards."""
        if self._pressed_at is not None:
            self._waiting = grid
            return
        self._waiting = None
        self.grid = grid
        look = self._theme
        if (look.colours, look.scale) != (self._pens.colours, self._pens.scale):
            self._pens = Pens.of(look)
        self.ground.show_scene(grid, self._pens)
        self._sync_chips(grid)
        self._sync_more(grid)
        self.setSceneRect(
            QRectF(-MARGIN, -MARGIN, grid.width + 2 * MARGIN, grid.height + 2 * MARGIN)
        )

    def _sync_chips(self, grid: GridScene) -> None:
        wanted = {spec.id for spec in grid.chips}
        for person_id in [known for known in self.chips if known not in wanted]:
            chip = self.chips.pop(person_id)
            self.removeItem(chip)
            chip.deleteLater()
        for spec in grid.chips:
            existing = self.chips.get(spec.id)
            if existing is None:
                self.chips[spec.id] = ChipItem(spec, self._pens)
                self.addItem(self.chips[spec.id])
            else:
                existing.show_spec(spec, self._pens)

    def _sync_more(self, grid: GridScene) -> None:
        for item in self.more.values():
            self.removeItem(item)
            item.deleteLater()
        self.more = {spec.cell: MoreItem(spec, self._pens) for spec in grid.more}
        for item in self.more.values():
            self.addItem(item)

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self.show_grid(self._waiting)

    # Who is met

    @property
    def current(self) -> str:
        """The person that has the keyboard's attention, or ''."""
        return self._current if self._current in self.chips else ""

    def selected_people(self) -> list[str]:
        """The ids of the selected people, in the order of the grid."""
        return [person_id for person_id, chip in self.chips.items() if chip.isSelected()]

    def stops(self) -> dict[str, Place]:
        """Where the keyboard can go: people by id, “… more” by the id of `stop_of`."""
        people = {person_id: chip.spec.place for person_id, chip in self.chips.items()}
        return {**people, **{stop_of(cell): item.spec.place for cell, item in self.more.items()}}

    @property
    def stop(self) -> str:
        """Where the keyboard is: a person, a “… more” or ''."""
        opener = next((c for c, item in self.more.items() if item.hasFocus()), None)
        return self.current if opener is None else stop_of(opener)

    def go_to(self, stop: str, *, extend: bool = False) -> QGraphicsItem | None:
        """Meet a person (or a “… more”); with ``extend`` those selected stay selected."""
        openers: dict[str, QGraphicsItem] = {stop_of(c): item for c, item in self.more.items()}
        item = self.chips.get(stop) or openers.get(stop)
        if item is None:
            return None
        if not extend:
            self.clearSelection()
        item.setSelected(True)
        item.setFocus(Qt.FocusReason.OtherFocusReason)
        self._meet(stop if stop in self.chips else "")
        return item

    def highlight(self, people: frozenset[str]) -> None:
        """Let some people stand out; everybody alike when empty."""
        for person_id, chip in self.chips.items():
            chip.set_faded(bool(people) and person_id not in people)

    def _meet(self, person_id: str) -> None:
        if person_id != self._current:
            self._current = person_id
            self.current_changed.emit(person_id)

    def _focus_changed(
        self, now: QGraphicsItem | None, _before: QGraphicsItem | None, _reason: Qt.FocusReason
    ) -> None:
        if isinstance(now, ChipItem):
            self._meet(now.person_id)

    def _selection_changed(self) -> None:
        if not self.selectedItems():
            self._meet("")

    # Dragging

    @property
    def dragging(self) -> bool:
        return self._dragging

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.scenePos()
        opener = next((i for i in self.items(at) if isinstance(i, MoreItem)), None)
        if opener is not None:
            self.cell_opened.emit(opener.spec.cell)
        elif isinstance(self._chip_at(at), ChipItem):
            self._pressed_at = at

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._pressed_at is None or self.read_only:
            super().mouseMoveEvent(event)
            return
        way = event.screenPos() - event.buttonDownScreenPos(Qt.MouseButton.LeftButton)
        if self._dragging or way.manhattanLength() >= QApplication.startDragDistance():
            self._drag_to(event.scenePos())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            super().mouseReleaseEvent(event)
            return
        cell, people = self.ground.target, self._dragged()
        dropped = self._dragging and cell is not None and self.moves(people, cell)
        if not self._dragging:
            super().mouseReleaseEvent(event)
        self._end_drag(put_back=not dropped)
        if dropped and cell is not None:
            self.dropped.emit(StandingWish(tuple(people), cell))

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        chip = self._chip_at(event.scenePos())
        if chip is not None:
            self.go_to(chip.person_id)
            self.person_opened.emit(chip.person_id)
            event.accept()

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        chip = self._chip_at(event.scenePos())
        if chip is not None:
            if not chip.isSelected():
                self.go_to(chip.person_id)
            self.menu_wanted.emit(MenuWish(chip.person_id, "", event.screenPos()))
            event.accept()

    def cancel_drag(self) -> bool:
        """Put everything back; False when nothing was being dragged."""
        was = self._dragging
        self._end_drag(put_back=True)
        return was

    def moves(self, people: Sequence[str], cell: Cell) -> bool:
        """Whether putting people into a cell changes anything."""
        return any(self.chips[p].spec.cell != cell for p in people if p in self.chips)

    def put_back(self) -> None:
        """Show everybody where the grid says, e.g. after a refused change."""
        for chip in self.chips.values():
            chip.show_spec(chip.spec, self._pens)

    def _chip_at(self, at: QPointF) -> ChipItem | None:
        return next((item for item in self.items(at) if isinstance(item, ChipItem)), None)

    def _dragged(self) -> list[str]:
        return self.selected_people()

    def _drag_to(self, at: QPointF) -> None:
        if self._pressed_at is None or self.grid is None:
            return
        self._dragging = True
        way = at - self._pressed_at
        people = self._dragged()
        for person_id in people:
            chip = self.chips[person_id]
            chip.setZValue(LIFTED_AT)
            chip.setPos(chip.spec.place.x + way.x(), chip.spec.place.y + way.y())
        cell = cell_at(self.grid.layout, at.x(), at.y())
        self.ground.show_target(cell)
        self.preview.show_text(_preview(len(people), cell), at, self._pens)

    def _end_drag(self, *, put_back: bool) -> None:
        self._pressed_at, self._dragging = None, False
        self.ground.show_target(None)
        self.preview.show_text("", QPointF(), self._pens)
        if put_back:
            self.put_back()
        self._show_waiting()


def stop_of(cell: Cell) -> str:
    """How the keyboard calls the “… more” of a cell."""
    return f"more:{cell.support}:{cell.influence}"


def _preview(count: int, cell: Cell | None) -> str:
    if cell is None:
        return _("Outside the grid: nothing changes")
    standing = standing_text(cell)
    if count == 1:
        return standing
    text = ngettext("{count} person: {standing}", "{count} people: {standing}", count)
    return text.format(count=count, standing=standing)
