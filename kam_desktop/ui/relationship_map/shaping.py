"""What a map shows and which map it is: filters, folds, distance, the middle, and saved maps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.map_options import EVERYBODY, MAX_DISTANCE, MapOptions
from kam_desktop.services.queries.relationship_map import MapName
from kam_desktop.ui.relationship_map.chooser import fill_maps_menu
from kam_desktop.ui.relationship_map.filters import fill_filter_menu

if TYPE_CHECKING:
    from kam_desktop.ui.relationship_map.view import RelationshipMapView

_FARTHEST = 30


class MapShaping(QObject):
    """Does what the actions that shape a map ask for."""

    def __init__(self, view: RelationshipMapView) -> None:
        super().__init__(view)
        self._asked = ""
        self._connect_signals()

    def _connect_signals(self) -> None:
        view, acts = self._view, self._view.acts
        acts.fold.triggered.connect(self._fold_current)
        acts.unfold_all.triggered.connect(self._unfold_all)
        acts.middle.triggered.connect(self._put_in_the_middle)
        acts.nearer.triggered.connect(self._nearer)
        acts.farther.triggered.connect(self._farther)
        acts.everybody.triggered.connect(self._everybody)
        acts.filter.triggered.connect(self._open_filters)
        acts.maps.triggered.connect(self._open_maps)
        view.stages.drawn.fold_wanted.connect(self.toggle_fold)
        view.shape_bar.wanted.connect(self._filter)
        view.name_bar.named.connect(self._named)
        view.name_bar.closed.connect(view.focus_stage)

    @property
    def _view(self) -> RelationshipMapView:
        # Asked of Qt each time: a reference of our own would be a cycle that keeps the view alive.
        return cast("RelationshipMapView", self.parent())

    @property
    def _options(self) -> MapOptions:
        loaded = self._view.loaded_map
        return MapOptions() if loaded is None else loaded.options

    def _change(self, options: MapOptions, label: str) -> None:
        """Show a map differently: kept with the map, or only for now while nothing can be kept."""
        from kam_desktop.services.maps import change_options

        view = self._view
        if view.read_only:
            view.show_options(options)
        else:
            view.forget_options()
            view.context.operations.run(view, label, change_options, view.target, options)

    def offer(self) -> None:
        """Offer what can be done now."""
        view, acts = self._view, self._view.acts
        drawn = view.shown_view in ("org", "network", "ego")
        chart = view.shown_view == "org"
        for action in (acts.fold, acts.unfold_all):
            action.setEnabled(chart)
        acts.middle.setEnabled(drawn and bool(view.stage.current))
        loaded = view.loaded_map
        limited = loaded is not None and loaded.distance != EVERYBODY
        acts.nearer.setEnabled(limited and loaded is not None and loaded.distance > 1)
        acts.farther.setEnabled(limited)
        acts.everybody.setEnabled(limited and view.shown_view != "ego")

    # Folding

    def toggle_fold(self, person_id: str) -> None:
        """Fold somebody's branch away, or bring it back; the card stays where it is seen."""
        options = self._options
        folding = person_id not in options.collapsed
        self._view.stages.drawn.hold(person_id)
        label = _("Fold the branch of {name}") if folding else _("Show the branch of {name}")
        changed = replace(options, collapsed=options.collapsed ^ {person_id})
        self._change(changed, label.format(name=self._view.called(person_id)))

    def _fold_current(self) -> None:
        view = self._view
        current = view.stage.current
        if any(card.id == current and card.folds for card in view.scene.map.cards):
            self.toggle_fold(current)

    def _unfold_all(self) -> None:
        if self._options.collapsed:
            self._view.stages.drawn.hold(self._view.stage.current)
            self._change(replace(self._options, collapsed=frozenset()), _("Show all branches"))

    # Distance

    def _put_in_the_middle(self) -> None:
        self._view.show_around(self._view.stage.current)

    def _nearer(self) -> None:
        self._go(-1)

    def _farther(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        loaded = self._view.loaded_map
        if loaded is None or loaded.distance == EVERYBODY:
            return
        most = MAX_DISTANCE if self._view.shown_view == "ego" else _FARTHEST
        distance = max(1, min(most, loaded.distance + step))
        if distance != loaded.distance:
            self._view.fit_next()
            changed = replace(loaded.options, distance=distance, focus=loaded.focus)
            self._change(changed, _("Show people up to another distance"))

    def _everybody(self) -> None:
        self._view.fit_next()
        changed = replace(self._options, distance=EVERYBODY)
        self._change(changed, _("Show everybody on the map"))

    # Filters

    def _open_filters(self) -> None:
        loaded = self._view.loaded_map
        if loaded is not None:
            menu = self._menu()
            fill_filter_menu(menu, loaded)
            menu.triggered.connect(self._filter_chosen)
            self._view.pop_up(menu, self._view.acts.filter)

    def _filter_chosen(self, action: QAction) -> None:
        self._filter(action.data())

    def _filter(self, options: object) -> None:
        if isinstance(options, MapOptions):
            self._view.fit_next()
            self._change(options, _("Filter the map"))

    # Saved maps

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_maps(self) -> None:
        view = self._view
        loaded = view.loaded_map
        if loaded is not None:
            menu = self._menu()
            fill_maps_menu(menu, loaded.everyone.maps, view.shown_map)
            for action in menu.actions():
                if isinstance(action.data(), str):
                    action.setEnabled(action.isEnabled() and not view.read_only)
            menu.triggered.connect(self._map_chosen)
            view.pop_up(menu, view.acts.maps)

    def _map_chosen(self, action: QAction) -> None:
        wanted, shown = action.data(), self._view.shown_map
        if isinstance(wanted, MapName):
            self._view.show_saved_map(wanted)
        elif wanted == "new":
            self._asked = "new"
            self._view.name_bar.ask(_("Name of the new map"), "")
        elif shown is not None and wanted == "rename":
            self._asked = "rename"
            self._view.name_bar.ask(_("New name of this map"), shown.title)
        elif shown is not None and wanted == "duplicate":
            self._save_as(_("Copy of {title}").format(title=shown.title))
        elif shown is not None and wanted == "delete":
            self._delete(shown)

    def _named(self, title: str) -> None:
        shown = self._view.shown_map
        if self._asked == "rename" and shown is not None:
            from kam_desktop.services.maps import rename_map

            label = _("Rename the map {title}").format(title=isolate(shown.title))
            self._run(label, rename_map, shown.id, title)
        else:
            self._save_as(title)

    def _save_as(self, title: str) -> None:
        from kam_desktop.services.maps import save_as

        label = _("Save the map {title}").format(title=isolate(title))
        self._run(label, save_as, self._view.target, title, self._options)

    def _delete(self, shown: MapName) -> None:
        from kam_desktop.services.maps import delete_map

        view = self._view
        view.forget_map(shown.view)
        label = _("Delete the map {title}").format(title=isolate(shown.title))
        view.context.operations.run(view, label, delete_map, shown.id)

    def _run(self, label: str, use_case: Callable[..., Any], *args: object) -> None:
        view = self._view
        view.context.operations.run(
            view, label, use_case, *args, on_done=self._done, on_error=view.name_bar.refuse
        )

    def _done(self, map_id: object) -> None:
        view = self._view
        view.name_bar.close_bar()
        if isinstance(map_id, str):
            view.show_saved_map(MapName(map_id, "", view.shown_view))
