"""The power grid as one way of showing a map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.analysis.power_grid import Cell
from kam_desktop.services.grid_scene import GridScene, build_grid, standing_text
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.ui.relationship_map.grid.axes import InfluenceAxis, SupportAxis
from kam_desktop.ui.relationship_map.grid.scene import PowerGridScene, StandingWish
from kam_desktop.ui.relationship_map.grid.view import ZOOM_STEP, GridView
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import EmptyState, make_action, text_label

_SUPPORT_STEPS = (-2, -1, 0, 1, 2)
_SETTLE_MS = 30
READABLE = 0.85
"""Fitting goes no further: names on chips could not be read; the rest is scrolled to."""


class GridStage(MapStage):
    """People by influence and support. Dragging one, or Ctrl with an arrow, changes the values."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._data: MapData | None = None
        self._opened: frozenset[Cell] = frozenset()
        self._unsaved: dict[str, Cell] = {}
        self._fitted_zoom = 1.0
        self.scene = PowerGridScene(context.theme)
        self.scene.setParent(self)
        self.view = GridView(self.scene)
        self._across = SupportAxis(self.view)
        self._up = InfluenceAxis(self.view)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._make_actions()
        self._build_widgets()
        self._connect_signals()

    def _make_actions(self) -> None:
        texts = (
            (_("More supportive"), "Ctrl+Right"),
            (_("Less supportive"), "Ctrl+Left"),
            (_("More influence"), "Ctrl+Up"),
            (_("Less influence"), "Ctrl+Down"),
            (_("Support is unknown"), "U"),
            (_("Influence is unknown"), "Shift+U"),
        )
        made = [make_action(text, self, shortcut=key) for text, key in texts]
        self.act_friendlier, self.act_colder, self.act_stronger, self.act_weaker = made[:4]
        self.act_no_support, self.act_no_influence = made[4:]
        self.act_close = make_action(_("Fold opened cells"), self, shortcut="Shift+O")
        self._edits = made

    def _build_widgets(self) -> None:
        px = theme().px
        frame = QWidget()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        corner = text_label(_("Influence"), "small")
        corner.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        corner.setContentsMargins(0, 0, px(Space.S), 0)
        grid.addWidget(corner, 0, 0)
        grid.addWidget(self._across, 0, 1)
        grid.addWidget(self._up, 1, 0)
        grid.addWidget(self.view, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        self._empty = EmptyState(
            "users",
            _("Nobody to place yet"),
            _("Add people first. Then say how much power they have and how they stand to us."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.view)

    def _connect_signals(self) -> None:
        self.act_friendlier.triggered.connect(self._more_support)
        self.act_colder.triggered.connect(self._less_support)
        self.act_stronger.triggered.connect(self._more_influence)
        self.act_weaker.triggered.connect(self._less_influence)
        self.act_no_support.triggered.connect(self._forget_support)
        self.act_no_influence.triggered.connect(self._forget_influence)
        self.act_close.triggered.connect(self.close_cells)
        self.scene.current_changed.connect(self.current_changed)
        self.scene.selectionChanged.connect(self.selection_changed)
        self.scene.person_opened.connect(self.person_opened)
        self.scene.menu_wanted.connect(self.menu_wanted)
        self.scene.dropped.connect(self._dropped)
        self.scene.cell_opened.connect(self.open_cell)
        self.view.opened.connect(self._open_current)
        self.view.resized.connect(self._settle.start)
        self.view.scrolled.connect(self._tell_zoom)
        self._settle.timeout.connect(self._lay_out)
        self._context.theme.changed.connect(self._lay_out)

    # Showing

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.scene.read_only = read_only
        for action in self._edits:
            action.setEnabled(not read_only)

    def show_loaded(self, loaded: LoadedMap) -> None:
        if self._data is None or loaded.data.account_id != self._data.account_id:
            self._opened = frozenset()
        self._data = loaded.data
        self._unsaved.clear()
        self._lay_out()

    @property
    def grid(self) -> GridScene | None:
        """What is shown."""
        return self.scene.grid

    def _lay_out(self) -> None:
        if self._data is None:
            return
        # First, so that the view knows its size.
        self._stack.setCurrentIndex(1 if any(not p.account_name for p in self._data.people) else 0)
        scene = self._built(scrolls=False)
        if scene.height > self.view.room(self._fitted_zoom)[1]:
            scene = self._built(scrolls=True)
        self.scene.show_grid(scene)
        self.act_close.setEnabled(bool(self._opened))
        self._across.show_labels(scene.columns)
        self._up.show_labels(scene.rows)

    def _built(self, *, scrolls: bool) -> GridScene:
        assert self._data is not None
        # As it was fitted last, and not as it is zoomed now: zooming moves nobody.
        room = self.view.room(self._fitted_zoom, scrolls=scrolls)
        room = room if self.isVisible() else (0.0, 0.0)
        return build_grid(self._data, self._context.theme.scale, room=room, opened=self._opened)

    def _tell_zoom(self) -> None:
        self.zoomed.emit(self.view.zoom)

    @property
    def current(self) -> str:
        return self.scene.current

    def selected_people(self) -> list[str]:
        return self.scene.selected_people()

    def go_to(self, person_id: str) -> None:
        grid = self.scene.grid
        if grid is not None and person_id in grid.hidden:
            cell = next(place.cell for place in grid.cells if person_id in place.people)
            self.open_cell(cell)
        self.view.go_to(person_id)

    def highlight(self, people: frozenset[str]) -> None:
        """Let some people stand out; cells that hide one of them are opened."""
        grid = self.scene.grid
        if grid is not None and people & grid.hidden:
            hiding = {place.cell for place in grid.cells if people & set(place.people)}
            self._opened |= hiding & {more.cell for more in grid.more}
            self._lay_out()
        self.scene.highlight(people)

    def fit(self) -> None:
        """Show as much as can still be read, and fill the width with it."""
        if self._data is None:
            return
        least = build_grid(self._data, self._context.theme.scale, room=(1.0, 1.0))
        width, height = self.view.room(1.0)
        across = width / max(1.0, least.width)
        down = height / max(1.0, least.height)
        self._fitted_zoom = max(READABLE, min(1.0, across, down))
        self._lay_out()
        self.view.zoom_to(self._fitted_zoom)

    def zoom_in(self) -> None:
        self.view.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        self.view.zoom_by(1 / ZOOM_STEP)

    def commands(self) -> list[QAction]:
        return [*self._edits, self.act_close]

    def open_cell(self, cell: Cell) -> None:
        """Show everybody in a cell, or fold it when it is open."""
        hid = cell in self._opened
        self._opened = self._opened ^ {cell}
        self._lay_out()
        if self.scene.grid is not None:
            people = self.scene.grid.layout.cells[cell].people
            shown = [person_id for person_id in people if person_id in self.scene.chips]
            self.view.go_to(shown[0 if hid else -1])

    def close_cells(self) -> None:
        """Fold all opened cells."""
        self._opened = frozenset()
        self._lay_out()

    def _open_current(self) -> None:
        stop = self.scene.stop
        opener = next((cell for cell, item in self.scene.more.items() if item.hasFocus()), None)
        if opener is not None:
            self.open_cell(opener)
        elif stop:
            self.person_opened.emit(stop)

    # Changing

    def _more_support(self) -> None:
        self._step(support=+1)

    def _less_support(self) -> None:
        self._step(support=-1)

    def _more_influence(self) -> None:
        self._step(influence=+1)

    def _less_influence(self) -> None:
        self._step(influence=-1)

    def _forget_support(self) -> None:
        self._save({p: Cell(None, cell.influence) for p, cell in self._cells().items()})

    def _forget_influence(self) -> None:
        self._save({p: Cell(cell.support, None) for p, cell in self._cells().items()})

    def _cells(self) -> dict[str, Cell]:
        """Where the selected people stand, with what was asked for and is not shown yet."""
        chips = self.scene.chips
        return {p: self._unsaved.get(p, chips[p].spec.cell) for p in self.selected_people()}

    def _step(self, *, support: int = 0, influence: int = 0) -> None:
        moved = {}
        for person_id, cell in self._cells().items():
            s = _stepped(cell.support, support, -2, 2, start=0)
            i = _stepped(cell.influence, influence, 0, 10, start=5)
            moved[person_id] = Cell(s, i)
        self._save(moved)

    def _dropped(self, wish: StandingWish) -> None:
        self._save(dict.fromkeys(wish.people, wish.cell), coalesce=False)

    def _save(self, wanted: dict[str, Cell], *, coalesce: bool = True) -> None:
        from kam_desktop.services.standing import set_standings

        now = self._cells()
        wanted = {p: cell for p, cell in wanted.items() if now.get(p) != cell}
        if not wanted or self.read_only:
            return
        self._unsaved.update(wanted)
        people = sorted(wanted)
        self._context.operations.run(
            self,
            self._label(people, set(wanted.values())),
            set_standings,
            {person_id: (cell.support, cell.influence) for person_id, cell in wanted.items()},
            on_error=self._refused,
            # Several steps with the keys are one thought, and one step of undo.
            coalesce="standing:" + ",".join(people) if coalesce else None,
        )

    def _label(self, people: Sequence[str], cells: set[Cell]) -> str:
        if len(people) > 1:
            text = ngettext("Place {count} person", "Place {count} people", len(people))
            return text.format(count=len(people))
        name = self.scene.chips[people[0]].spec.name
        return _("Place {name}: {standing}").format(
            name=name, standing=standing_text(next(iter(cells)))
        )

    def _refused(self, error: object) -> None:
        self._unsaved.clear()
        self.scene.put_back()
        self._context.navigator.notify(str(error), kind="warn")


def _stepped(value: int | None, by: int, least: int, most: int, *, start: int) -> int | None:
    """``value`` a step further; the first step from unknown lands on ``start``."""
    if by == 0:
        return value
    return start if value is None else min(most, max(least, value + by))
