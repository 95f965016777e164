"""The relationship map as a widget: toolbar, canvas, legend and the panel beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_map import MapData, PersonCard
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.relationship_map.edits import run_delete, run_move, run_reset
from kam_desktop.ui.relationship_map.frame import MapFrame
from kam_desktop.ui.relationship_map.loading import LoadedMap, load_map
from kam_desktop.ui.relationship_map.menus import MapMenus
from kam_desktop.ui.relationship_map.scene import Moved
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import theme

SHOWS = (
    "person", "tie", "role_in_decision", "map_position", "saved_map", "buying_centre",
    "interaction", "interaction_person", "team_member", "account",
)  # fmt: skip


_SIDE_BY_SIDE_FROM = 620


class RelationshipMapView(MapFrame):
    """The people of one account and their ties, to look at and to edit.

    ``loaded`` is emitted whenever the map shows what the portfolio holds; ``current_changed``
    carries the id of the person met, or ''.
    """

    loaded = Signal()
    current_changed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._account_id = ""
        self._view = "org"
        self._data: MapData | None = None
        self._automatic: dict[str, Mapping[str, Point]] = {}
        self._unsaved_network: dict[str, Point] = {}
        self._fit_next = True
        self._stale = False
        self._go_to = ""
        self._menus = MapMenus(self)
        self._connect_signals()
        self._selection_changed()

    def _connect_signals(self) -> None:
        self.act_org.triggered.connect(self.show_org_chart)
        self.act_network.triggered.connect(self.show_network)
        self.act_add.triggered.connect(self.add_person)
        self.act_seat.triggered.connect(self.add_vacant_seat)
        self.act_link.triggered.connect(self.link_current)
        self.act_edit.triggered.connect(self.edit_current)
        self.act_delete.triggered.connect(self.delete_selected)
        self.act_fit.triggered.connect(self.canvas.fit)
        self.act_in.triggered.connect(self.canvas.zoom_in)
        self.act_out.triggered.connect(self.canvas.zoom_out)
        self.act_legend.toggled.connect(self.legend.setVisible)
        self.act_reset.triggered.connect(self.reset_layout)
        self.act_import.triggered.connect(self._import)
        self.canvas.zoomed.connect(self._toolbar.show_zoom)
        self.scene.moved.connect(self._save_moved)
        self.scene.link_wanted.connect(self._menus.choose_kind)
        self.scene.menu_wanted.connect(self._menus.open_menu)
        self.scene.person_opened.connect(self.open_person)
        self.scene.current_changed.connect(self._current_changed)
        self.scene.selectionChanged.connect(self._selection_changed)
        self.scene.tie_opened.connect(self.open_tie)
        self.panel.person_wanted.connect(self._go_to_person)
        self.panel.link_wanted.connect(self._link_person)
        self.panel.opened.connect(self._panel_opened)
        self._splitter.splitterMoved.connect(self._panel_resized)
        self.panel.closed.connect(self._panel_closed)
        self.panel.added.connect(self._added)
        self._context.bus.changed.connect(self._data_changed)
        self._context.theme.changed.connect(self._reload)

    # Showing

    @property
    def account_id(self) -> str:
        return self._account_id

    @property
    def data(self) -> MapData | None:
        """What is shown now."""
        return self._data

    def show_account(self, account_id: str) -> None:
        """Show the people of an account."""
        if account_id != self._account_id:
            self.commit_drafts()
            self.close_panel()
            self._account_id = account_id
            self._data = None
            self._automatic.clear()
            self._unsaved_network.clear()
            self._fit_next = True
            self._stack.setCurrentWidget(self._nothing)
        self._reload()

    def show_person(self, person_id: str) -> None:
        """Go to a person of this account and open the panel."""
        self._go_to = person_id
        self.open_person(person_id)
        self._meet_wanted()

    def commit_drafts(self) -> None:
        """Commit what was typed in the panel and not committed yet."""
        self.panel.commit_drafts()

    def show_org_chart(self) -> None:
        """Show who reports to whom."""
        self._show_view("org")

    def show_network(self) -> None:
        """Show the free network of ties."""
        self._show_view("network")

    def _show_view(self, view: str) -> None:
        self.act_org.setChecked(view == "org")
        self.act_network.setChecked(view == "network")
        if view != self._view:
            self._view = view
            self._fit_next = True
            self._reload()

    def _reload(self) -> None:
        if not self._account_id:
            return
        self._stale = False
        self._context.lanes.read(
            self,
            load_map,
            self._account_id,
            self._view,
            self._context.clock.today(),
            self._automatic.get(self._view, {}),
            self._context.theme.scale,
            on_done=self._show_loaded,
            on_error=self._could_not_load,
        )

    def _could_not_load(self, error: BaseException) -> None:
        self._stack.setCurrentWidget(self._nothing)
        self._context.navigator.notify(str(error), kind="warn")

    def _show_loaded(self, loaded: LoadedMap) -> None:
        if loaded.data.account_id != self._account_id or loaded.scene.view != self._view:
            return
        self._data = loaded.data
        self._automatic[self._view] = loaded.scene.automatic
        if self._view == "network":
            self._unsaved_network = loaded.unsaved
        self.scene.show_map(loaded.scene)
        self.panel.follow(loaded.data, loaded.scene)
        has_people = bool(loaded.data.people)
        self._stack.setCurrentWidget(self._drawing if has_people else self._empty)
        if self._fit_next and has_people:
            self._fit_next = False
            self.canvas.fit()
        self._toolbar.show_hint(self._hint_text())
        self.act_reset.setEnabled(bool(loaded.data.positions))
        self._meet_wanted()
        self.loaded.emit()

    def _hint_text(self) -> str:
        """What is left out, while so much is there that not everything is drawn."""
        if not self.scene.crowded:
            return ""
        if self._view == "org":
            return _("Other ties are drawn for the selected person")
        return _("Ties are drawn in full for the selected person")

    def _meet_wanted(self) -> None:
        if self._go_to and self._go_to in self.scene.cards:
            person_id, self._go_to = self._go_to, ""
            self.canvas.go_to(person_id)

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._account_id and changes.touches(*SHOWS):
            if self.isVisible():
                self._reload()
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    # The panel

    def open_person(self, person_id: str) -> None:
        """Open the panel on a person."""
        self.panel.open_person(person_id)

    def open_tie(self, tie_id: str) -> None:
        """Open the panel on a tie."""
        if self._data is not None:
            self.panel.open_tie(tie_id, self._data, self.scene.map)

    def close_panel(self) -> None:
        """Close the panel and go on at the map."""
        self.panel.close_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Where there is no room beside each other, an open panel takes the place of the map."""
        alone = not self.panel.isHidden() and self.width() < theme().px(_SIDE_BY_SIDE_FROM)
        self._toolbar.setHidden(alone)
        self._stack.setHidden(alone)

    def _panel_opened(self) -> None:
        self._share_room()
        self._splitter.setSizes([self.width() - self._panel_width, self._panel_width])

    def _panel_resized(self, _at: int, _handle: int) -> None:
        self._panel_width = self.panel.width()

    def _panel_closed(self) -> None:
        self._share_room()
        if self._stack.currentWidget() is self._drawing:
            self.canvas.setFocus()

    def _current_changed(self, person_id: str) -> None:
        if person_id and self.panel.shown in (self.editor, self.panel.tie_form):
            self.open_person(person_id)
        self.current_changed.emit(person_id)

    def _selection_changed(self) -> None:
        """Only what can be done now is offered; an open panel follows to a tie."""
        people, ties = self.scene.selected_people(), self.scene.selected_ties()
        self.act_edit.setEnabled(bool(people or ties))
        self.act_link.setEnabled(bool(people))
        self.act_delete.setEnabled(bool(people or ties))
        following = self.panel.shown in (self.editor, self.panel.tie_form)
        if following and len(ties) == 1 and not people:
            self.open_tie(ties[0])

    def _go_to_person(self, person_id: str) -> None:
        if person_id in self.scene.cards:
            self.canvas.go_to(person_id)
        self.open_person(person_id)

    def edit_current(self) -> None:
        """Edit the person that is met, or the tie that is selected."""
        if ties := self.scene.selected_ties():
            self.open_tie(ties[0])
        elif self.scene.current:
            self.open_person(self.scene.current)
            self.editor.edit_name()

    def add_person(self) -> None:
        """Ask for a new person, under the one that is met."""
        self._ask_for_person(vacant=False)

    def add_vacant_seat(self) -> None:
        """Ask for a position nobody is known to hold."""
        self._ask_for_person(vacant=True)

    def _ask_for_person(self, *, vacant: bool) -> None:
        if not self._account_id:
            return
        own = [card for card in self._people() if not card.account_name]
        people = [(card.id, self.called(card.id)) for card in own]
        self.panel.open_new_person(
            self._account_id,
            people,
            self.scene.current,
            vacant=vacant,
            keep=self._unsaved_network,
        )

    def _added(self, person_id: str) -> None:
        self._go_to = person_id
        self._meet_wanted()
        self.close_panel()
        # Also while the canvas is not shown yet, as with the first person of all.
        self.canvas.setFocus()

    def link_current(self) -> None:
        """Ask whom to link the person with that is met."""
        if self.scene.current:
            self._link_person(self.scene.current)

    def _link_person(self, person_id: str) -> None:
        self.panel.open_link(person_id, self.called(person_id))

    def _import(self) -> None:
        self._context.navigator.open("import", account_id=self._account_id, kind="people")

    # Changing

    def _people(self) -> tuple[PersonCard, ...]:
        return () if self._data is None else self._data.people

    def called(self, person_id: str) -> str:
        """How a person of the map is called."""
        for card in self._people():
            if card.id == person_id:
                return card.name or _("vacant: {title}").format(title=card.title)
        return ""

    def _save_moved(self, moved: Moved) -> None:
        # Once a card is put somewhere, the others of a network stay where they are seen now.
        kept = self._unsaved_network if self._view == "network" else {}
        name = self.called(next(iter(moved.places)))
        run_move(
            self._context, self, self._account_id, self._view, moved.places, kept=kept, name=name
        )

    def reset_layout(self) -> None:
        """Let the map be laid out by itself again."""
        if self._data is not None and self._data.map_id is not None:
            self._automatic.pop(self._view, None)
            self._fit_next = True
            run_reset(self._context, self, self._data.map_id)

    def delete_selected(self) -> None:
        """Delete the selected people or ties; undo brings them back."""
        people, ties = self.scene.selected_people(), self.scene.selected_ties()
        name = self.called(people[0]) if people else ""
        run_delete(self._context, self, people, ties, name)
