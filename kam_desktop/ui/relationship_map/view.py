"""The relationship map as a widget: toolbar, canvas, legend and the panel beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_scene import MapScene, build_scene
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, map_data
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.relationship_map.add_forms import LinkForm, NewPersonForm
from kam_desktop.ui.relationship_map.canvas import MapCanvas
from kam_desktop.ui.relationship_map.legend import Legend
from kam_desktop.ui.relationship_map.menus import MapMenus
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.relationship_map.scene import Moved, RelationshipScene
from kam_desktop.ui.relationship_map.toolbar import MapToolbar
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import EmptyState, make_action

SHOWS = (
    "person", "tie", "role_in_decision", "map_position", "saved_map", "buying_centre",
    "interaction", "interaction_person", "team_member", "account",
)  # fmt: skip

PANEL_WIDTH = 368


@dataclass(frozen=True, slots=True)
class LoadedMap:
    """An account's map as it was read and laid out."""

    data: MapData
    scene: MapScene


def load_map(
    db: Reader,
    account_id: str,
    view: str,
    on: dt.date,
    before: Mapping[str, Point],
    scale: float,
) -> LoadedMap:
    """Read and lay out a map, away from the GUI thread."""
    data = map_data(db, account_id, on=on, view=view)
    return LoadedMap(data, build_scene(data, view, before, scale))


class RelationshipMapView(QWidget):
    """The people of one account and their ties, to look at and to edit.

    ``loaded`` is emitted whenever the map shows what the portfolio holds; ``current_changed``
    carries the id of the person met, or ''.
    """

    loaded = Signal()
    current_changed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account_id = ""
        self._view = "org"
        self._data: MapData | None = None
        self._automatic: dict[str, Mapping[str, Point]] = {}
        self._fit_next = True
        self._stale = False
        self._go_to = ""
        self._link_from = ""
        self.scene = RelationshipScene(context.theme)
        self.scene.setParent(self)
        self.canvas = MapCanvas(self.scene)
        self.legend = Legend(context.theme)
        self.legend.hide()
        self.editor = PersonEditor(context)
        self.new_person = NewPersonForm(context)
        self.link_form = LinkForm(context)
        self._make_actions()
        self._menus = MapMenus(self)
        self._build()
        self._connect_signals()
        self._offer_actions()

    # Building

    def _make_actions(self) -> None:
        canvas = self.canvas
        self.act_org = make_action(_("Org chart"), self)
        self.act_network = make_action(_("Network"), self)
        self.act_add = make_action(_("Add person"), canvas, shortcut="N", icon_name="user-plus")
        self.act_seat = make_action(
            _("Add vacant seat"), canvas, shortcut="Shift+N", icon_name="user-round-search"
        )
        self.act_link = make_action(_("Link to …"), canvas, shortcut="L", icon_name="link")
        self.act_edit = make_action(_("Edit"), canvas, shortcut="Return", icon_name="pencil")
        self.act_delete = make_action(_("Delete"), canvas, shortcut="Del", icon_name="trash-2")
        self.act_fit = make_action(
            _("Show everybody"), canvas, shortcut="Ctrl+0", icon_name="maximize"
        )
        self.act_in = make_action(_("Zoom in"), canvas, shortcut="+", icon_name="zoom-in")
        self.act_out = make_action(_("Zoom out"), canvas, shortcut="-", icon_name="zoom-out")
        self.act_legend = make_action(_("Legend"), canvas, shortcut="?", icon_name="circle-help")
        self.act_reset = make_action(_("Arrange anew"), self, icon_name="rotate-ccw")
        self.act_import = make_action(_("Import people"), self, icon_name="import")
        for action, keys in (
            (self.act_in, ("+", "=", "Ctrl++")),
            (self.act_out, ("-", "Ctrl+-")),
            (self.act_edit, ("Return", "Enter", "F2")),
        ):
            action.setShortcuts([QKeySequence(key) for key in keys])
        for action in (self.act_org, self.act_network, self.act_legend):
            action.setCheckable(True)
        self.act_org.setChecked(True)

    def commands(self) -> list[QAction]:
        """All actions, for the palette and the shortcut sheet of the page around."""
        return [
            self.act_org, self.act_network, self.act_add, self.act_seat, self.act_link,
            self.act_edit, self.act_delete, self.act_fit, self.act_in, self.act_out,
            self.act_legend, self.act_reset,
        ]  # fmt: skip

    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        self._toolbar = MapToolbar(
            views=[self.act_org, self.act_network],
            main=[(self.act_add, "user-plus"), (self.act_link, "link")],
            tools=[
                (self.act_seat, "user-round-search"),
                (self.act_out, "zoom-out"),
                (self.act_in, "zoom-in"),
                (self.act_fit, "maximize"),
                (self.act_legend, "circle-help"),
                (self.act_reset, "rotate-ccw"),
            ],
        )
        outer.addWidget(self._toolbar)
        self._empty = EmptyState(
            "users",
            _("No people yet"),
            _("Add who decides, who is asked and who uses it, and how they are linked."),
            [self.act_add, self.act_import],
        )
        self._nothing = QWidget()
        self._stack = QStackedWidget()
        self._empty.addAction(self.act_add)
        self._drawing = QWidget()
        drawing = QHBoxLayout(self._drawing)
        drawing.setContentsMargins(0, 0, 0, 0)
        drawing.setSpacing(px(Space.S))
        drawing.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignTop)
        drawing.addWidget(self.canvas, 1)
        for page in (self._nothing, self._empty, self._drawing):
            self._stack.addWidget(page)
        self._panel = QFrame()
        self._panel.setAccessibleName(_("Beside the map"))
        self._panel.setMinimumWidth(px(PANEL_WIDTH - 48))
        side = QHBoxLayout(self._panel)
        side.setContentsMargins(px(Space.M), 0, 0, 0)
        self._side = QStackedWidget()
        for form in (self.editor, self.new_person, self.link_form):
            self._side.addWidget(form)
        side.addWidget(self._side)
        self._panel.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self._panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([px(900), px(PANEL_WIDTH)])
        outer.addWidget(self._splitter, 1)

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
        self.scene.selectionChanged.connect(self._offer_actions)
        self.editor.person_wanted.connect(self._go_to_person)
        self.editor.link_wanted.connect(self._link_person)
        for form in (self.editor, self.new_person, self.link_form):
            form.closed.connect(self.close_panel)
        self.new_person.added.connect(self._added)
        self.link_form.linked.connect(self.close_panel)
        self._context.bus.changed.connect(self._data_changed)
        self._context.theme.changed.connect(self._reload)

    # Showing

    @property
    def context(self) -> AppContext:
        """The parts of the program this view was given."""
        return self._context

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
        self.editor.commit_drafts()

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
        self.scene.show_map(loaded.scene)
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
        self.editor.show_person(person_id)
        self._open_panel(self.editor)

    def close_panel(self) -> None:
        """Close the panel and go on at the map."""
        if not self._panel.isHidden():
            self.editor.commit_drafts()
            self._panel.hide()
            if self._stack.currentWidget() is self._drawing:
                self.canvas.setFocus()

    def _open_panel(self, form: QWidget) -> None:
        self._side.setCurrentWidget(form)
        self._panel.show()

    def _current_changed(self, person_id: str) -> None:
        editing = not self._panel.isHidden() and self._side.currentWidget() is self.editor
        if editing and person_id:
            self.editor.show_person(person_id)
        self.current_changed.emit(person_id)

    def _offer_actions(self) -> None:
        """Only what can be done now is offered."""
        people = bool(self.scene.selected_people())
        self.act_edit.setEnabled(people)
        self.act_link.setEnabled(people)
        self.act_delete.setEnabled(people or bool(self.scene.selected_ties()))

    def _go_to_person(self, person_id: str) -> None:
        if person_id in self.scene.cards:
            self.canvas.go_to(person_id)
        self.open_person(person_id)

    def edit_current(self) -> None:
        """Edit the person that is met."""
        if self.scene.current:
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
        self._open_panel(self.new_person)
        self.new_person.start(self._account_id, people, self.scene.current, vacant=vacant)

    def _added(self, person_id: str) -> None:
        self._go_to = person_id
        self._meet_wanted()
        self._panel.hide()
        self.canvas.setFocus()

    def link_current(self) -> None:
        """Ask whom to link the person with that is met."""
        if self.scene.current:
            self._link_person(self.scene.current)

    def _link_person(self, person_id: str) -> None:
        self._open_panel(self.link_form)
        self.link_form.start(person_id, self.called(person_id))

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
        from kam_desktop.services.maps import move_cards_of_account

        if self._data is None:
            return
        places = dict(moved.places)
        if self._view == "network" and not self._data.positions:
            # Once a card is put somewhere, the others stay where they are seen now as well.
            places = {**self._automatic.get("network", {}), **places}
        count = len(moved.places)
        first = next(iter(moved.places))
        label = (
            _("Move {name}").format(name=self.called(first))
            if count == 1
            else ngettext("Move {count} card", "Move {count} cards", count).format(count=count)
        )
        self._context.operations.run(
            self, label, move_cards_of_account, self._account_id, self._view, places
        )

    def reset_layout(self) -> None:
        """Let the map be laid out by itself again."""
        from kam_desktop.services.maps import reset_layout

        if self._data is not None and self._data.map_id is not None:
            self._automatic.pop(self._view, None)
            self._fit_next = True
            label = _("Arrange the map anew")
            self._context.operations.run(self, label, reset_layout, self._data.map_id)

    def delete_selected(self) -> None:
        """Delete the selected people or ties; undo brings them back."""
        from kam_desktop.services.people import delete_people
        from kam_desktop.services.ties import delete_tie

        people, ties = self.scene.selected_people(), self.scene.selected_ties()
        if people:
            count = len(people)
            label = (
                _("Delete {name}").format(name=self.called(people[0]))
                if count == 1
                else ngettext("Delete {count} person", "Delete {count} people", count).format(
                    count=count
                )
            )
            self._context.operations.run(self, label, delete_people, people)
        elif ties:
            self._context.operations.run(self, _("Remove tie"), delete_tie, ties[0])
