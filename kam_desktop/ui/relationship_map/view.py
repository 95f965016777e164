"""The relationship map as a widget: five views of one account's people, to read and to edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.map_loading import (
    DRAWN,
    LoadedMap,
    MapWish,
    load_map,
    unfolded_to,
)
from kam_desktop.services.map_options import MapOptions, MapTarget
from kam_desktop.services.queries.relationship_map import MapData, MapName, PersonCard
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.relationship_map.editing import MapEditing
from kam_desktop.ui.relationship_map.edits import run_remember
from kam_desktop.ui.relationship_map.frame import MapFrame
from kam_desktop.ui.relationship_map.menus import MapMenus
from kam_desktop.ui.relationship_map.shaping import MapShaping
from kam_desktop.ui.relationship_map.sides import MapSides
from kam_desktop.ui.shell.context import AppContext

SHOWS = (
    "person", "tie", "role_in_decision", "map_position", "saved_map", "buying_centre", "claim",
    "interaction", "interaction_person", "team_member", "account_team", "team_contact", "account",
    "attendee", "meeting",
)  # fmt: skip


class RelationshipMapView(MapFrame):
    """The people of one account and their ties.

    ``loaded`` is emitted whenever the map shows what the portfolio holds; ``current_changed``
    carries the id of the person met, or ''.
    """

    loaded = Signal()
    current_changed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._account_id = ""
        self._map_ids: dict[str, str] = {}
        self._around = self._met = ""
        self._wanted_view = "org"
        self._options: MapOptions | None = None
        self._moment: dt.datetime | None = None
        self._loaded: LoadedMap | None = None
        self._fit_next = True
        self._stale = False
        self._go_to = ""
        self._menus = MapMenus(self)
        self._editing = MapEditing(self)
        self._shaping = MapShaping(self)
        self.sides = MapSides(self)
        self._connect_signals()
        self._editing.offer()

    def _connect_signals(self) -> None:
        self.acts.view_group.triggered.connect(self._view_chosen)
        self.acts.fit.triggered.connect(self._fit)
        self.acts.zoom_in.triggered.connect(self._zoom_in)
        self.acts.zoom_out.triggered.connect(self._zoom_out)
        self.acts.legend.toggled.connect(self._show_legend)
        drawn = self.stages.drawn
        self.acts.next_tie.triggered.connect(drawn.meet_next_tie)
        self.acts.tie_before.triggered.connect(drawn.meet_tie_before)
        self.acts.follow_tie.triggered.connect(drawn.follow_tie)
        self.acts.overview.toggled.connect(drawn.mini_map.set_wanted)
        self.acts.find.triggered.connect(self.finder.open_finder)
        self.finder.found.connect(self._highlight)
        self.finder.stepped.connect(self._step_to)
        self.finder.closed.connect(self.focus_stage)
        self.photos.arrived.connect(self._show_photos)
        self.output.action.triggered.connect(self._open_output)
        self.stages.zoomed.connect(self._toolbar.show_zoom)
        self.stages.menu_wanted.connect(self._menus.open_menu)
        self.stages.drawn.link_wanted.connect(self._menus.choose_kind)
        self.stages.person_opened.connect(self.open_person)
        self.stages.current_changed.connect(self._current_changed)
        self.panel.person_wanted.connect(self.go_to_person)
        self.panel.closed.connect(self._panel_closed)
        self.panel.added.connect(self._added)
        self._context.bus.changed.connect(self._data_changed)
        self._context.theme.changed.connect(self.reload)

    # What is shown

    @property
    def account_id(self) -> str:
        return self._account_id

    @property
    def shown_view(self) -> str:
        """The view that is wanted: org, network, grid, coverage or ego."""
        return self._wanted_view

    @property
    def loaded_map(self) -> LoadedMap | None:
        """What is shown now, None before the first answer."""
        return self._loaded

    @property
    def data(self) -> MapData | None:
        """Who is shown now."""
        return None if self._loaded is None else self._loaded.data

    @property
    def people(self) -> tuple[PersonCard, ...]:
        """All people of the account, also those that are hidden now."""
        return () if self._loaded is None else self._loaded.everyone.people

    @property
    def target(self) -> MapTarget:
        """The map that changes of places and filters are for."""
        return MapTarget(self._account_id, self._wanted_view, self._map_ids.get(self._wanted_view))

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: a past state is shown, or a file opened for reading."""
        portfolio = self._context.portfolio
        return self._moment is not None or (portfolio is not None and portfolio.read_only)

    def called(self, person_id: str) -> str:
        """How a person of the account is called."""
        for card in self.people:
            if card.id == person_id:
                return card.name or _("vacant: {title}").format(title=card.title)
        return ""

    # Showing

    def show_account(self, account_id: str) -> None:
        """Show the people of an account."""
        if account_id != self._account_id:
            self.commit_drafts()
            self.close_panel()
            self._account_id = account_id
            self._map_ids.clear()
            self._options = self._moment = self._loaded = None
            self._around = self._met = ""
            self._fit_next = True
            self._stack.setCurrentWidget(self._nothing)
        self.reload()

    def show_person(self, person_id: str) -> None:
        """Go to a person of this account and open the panel."""
        self._go_to = person_id
        self.open_person(person_id)
        self._meet_wanted()

    def show_org_chart(self) -> None:
        """Show who reports to whom."""
        self.show_view("org")

    def show_network(self) -> None:
        """Show the free network of ties."""
        self.show_view("network")

    def show_view(self, view: str) -> None:
        """Show another view of the same people; who is met stays met."""
        self.acts.views[view].setChecked(True)
        if view != self._wanted_view:
            self._go_to = self._go_to or self.stage.current or self._met
            self._around = self._go_to or self._around
            self._wanted_view = view
            self._options = None
            self._fit_next = True
            self.reload()

    def show_around(self, person_id: str) -> None:
        """Show one person in the middle, and the others by how far they are."""
        if not person_id:
            return
        self._around = self._go_to = person_id
        self._fit_next = True
        loaded = self._loaded
        if self._wanted_view != "ego":
            self.show_view("ego")
        elif loaded is not None:
            self.show_options(replace(loaded.options, focus=person_id))

    def show_options(self, options: MapOptions) -> None:
        """Show the map differently for now, without keeping it."""
        self._options = options
        self.reload()

    def forget_options(self) -> None:
        """Show again what the map itself says."""
        self._options = None

    @property
    def shown_map(self) -> MapName | None:
        """The saved map that is shown; None for a view that was never saved."""
        data = self.data
        if data is None:
            return None
        return next((saved for saved in data.maps if saved.id == data.map_id), None)

    def show_saved_map(self, saved: MapName) -> None:
        """Show one of the account's saved maps."""
        self.acts.views[saved.view].setChecked(True)
        self._map_ids[saved.view] = saved.id
        self._wanted_view = saved.view
        self._options = None
        self._fit_next = True
        self.reload()

    def forget_map(self, view: str) -> None:
        """Go back to the first map of a view."""
        self._map_ids.pop(view, None)
        self._options = None
        self._fit_next = True

    def _highlight(self, people: object) -> None:
        self.stage.highlight(cast("frozenset[str]", people))

    def _step_to(self, person_id: str) -> None:
        self.meet_next(person_id)

    def _view_chosen(self, action: QAction) -> None:
        self.show_view(action.data())

    def show_moment(self, moment: dt.datetime | None) -> None:
        """Show the account as it was at a moment, to read only; as it is now without one."""
        if moment != self._moment:
            if moment is not None:
                self.close_panel()
            self._moment = moment
            self.reload()

    def reload(self) -> None:
        """Read and show the map again."""
        if not self._account_id:
            return
        self._stale = False
        self._context.lanes.read(
            self,
            load_map,
            self.wish(),
            on_done=self._show_loaded,
            on_error=self._could_not_load,
            title=_("Laying out the map"),
        )

    def wish(self) -> MapWish:
        """What is to be shown now."""
        view = self._wanted_view
        return MapWish(
            self._account_id,
            view,
            self._context.clock.today(),
            map_id=self._map_ids.get(view),
            scale=self._context.theme.scale,
            options=self._options,
            moment=self._moment,
            focus=self._around,
            build=None if view in DRAWN else self.stages.stage_of(view).build,
            glance=True,
        )

    def _open_output(self) -> None:
        if self._account_id:
            self.output.open(replace(self.wish(), build=None))

    def _show_photos(self) -> None:
        self.scene.show_photos(self.photos.pixmaps)

    def meet_next(self, person_id: str) -> None:
        """Go to a person once the map shows them."""
        self._go_to = person_id
        self._meet_wanted()

    def _could_not_load(self, error: BaseException) -> None:
        self._stack.setCurrentWidget(self._nothing)
        self._context.navigator.notify(str(error), kind="warn")

    def _show_loaded(self, loaded: LoadedMap) -> None:
        if loaded.data.account_id != self._account_id or loaded.scene.view != self._wanted_view:
            return
        self._loaded = loaded
        stage = self.stages.show_stage(self._wanted_view)
        stage.set_read_only(self.read_only)
        stage.show_loaded(loaded)
        self.panel.follow(loaded.data, loaded.scene)
        has_people = bool(loaded.everyone.people)
        self._stack.setCurrentWidget(self._drawing if has_people else self._empty)
        if self._fit_next and has_people:
            self._fit_next = False
            if self._wanted_view == "ego":
                self.stages.drawn.fit_around(loaded.focus)
            else:
                stage.fit()
        self.photos.want(card.photo for card in loaded.data.people)
        self._around = loaded.focus or self._around
        self.finder.follow(loaded)
        self.shape_bar.show_loaded(loaded, self._hint_text())
        self._shaping.offer()
        self._show_legend(self.acts.legend.isChecked())
        self._meet_wanted()
        self._editing.offer()
        if loaded.remember is not None and not self.read_only:
            run_remember(self._context, self, loaded.remember)
        self.loaded.emit()

    def _hint_text(self) -> str:
        """That the past is only to be read; what is left out while not everything is drawn."""
        if self._moment is not None:
            return _("As it was: the past can only be read")
        if self._wanted_view not in DRAWN or not self.scene.crowded:
            return ""
        if self._wanted_view == "org":
            return _("Other ties are drawn for the selected person")
        return _("Ties are drawn in full for the selected person")

    def _meet_wanted(self) -> None:
        loaded = self._loaded
        if loaded is None or not self._go_to:
            return
        if self._go_to in loaded.folded_away:
            options = unfolded_to(loaded, self._go_to)
            if options != loaded.options:
                self.show_options(options)
        elif any(card.id == self._go_to for card in loaded.data.people):
            person_id, self._go_to = self._go_to, ""
            looking = self.finder.field.hasFocus()
            self.stage.go_to(person_id)
            if looking:
                self.finder.field.setFocus()

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._account_id and changes.touches(*SHOWS):
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def fit_next(self) -> None:
        """Show everybody once the map is there the next time."""
        self._fit_next = True

    def _fit(self) -> None:
        self.stage.fit()

    def _zoom_in(self) -> None:
        self.stage.zoom_in()

    def _zoom_out(self) -> None:
        self.stage.zoom_out()

    def _show_legend(self, wanted: bool) -> None:
        self.legend.setVisible(wanted and self._wanted_view in DRAWN)

    # The panel

    def commit_drafts(self) -> None:
        """Commit what was typed in the panel and not committed yet."""
        self.panel.commit_drafts()

    def open_person(self, person_id: str) -> None:
        """Open the panel on a person."""
        if self._moment is None:
            self.panel.open_person(person_id)

    def open_tie(self, tie_id: str) -> None:
        """Open the panel on a tie."""
        if self._loaded is not None and self._moment is None:
            self.panel.open_tie(tie_id, self._loaded.data, self.scene.map)

    def close_panel(self) -> None:
        """Close the panel and go on at the map."""
        self.panel.close_panel()

    def _panel_closed(self) -> None:
        self.share_room()
        if self._stack.currentWidget() is self._drawing:
            self.stage.setFocus()

    def _current_changed(self, person_id: str) -> None:
        self._met = person_id
        if person_id and self.panel.follows:
            self.open_person(person_id)
        self.current_changed.emit(person_id)

    def go_to_person(self, person_id: str) -> None:
        """Go to a person on the map and open the panel."""
        self.meet_next(person_id)
        self.open_person(person_id)

    def _added(self, person_id: str) -> None:
        self._go_to = person_id
        self._meet_wanted()
        self.close_panel()
        # Also while the canvas is not shown yet, as with the first person of all.
        self.stage.setFocus()
