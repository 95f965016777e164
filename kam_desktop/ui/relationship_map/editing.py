"""Adding, linking, moving and deleting on a map, whichever view of it is shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from kam_desktop.services.formatting import joined
from kam_desktop.services.map_loading import DRAWN
from kam_desktop.ui.relationship_map.edits import run_delete, run_move, run_reset
from kam_desktop.ui.relationship_map.scene import Moved

if TYPE_CHECKING:
    from kam_desktop.ui.relationship_map.view import RelationshipMapView


class MapEditing(QObject):
    """Does what the edit actions of a map view ask for."""

    def __init__(self, view: RelationshipMapView) -> None:
        super().__init__(view)
        self._connect_signals()

    def _connect_signals(self) -> None:
        acts, stages = self._view.acts, self._view.stages
        acts.add.triggered.connect(self.add_person)
        acts.seat.triggered.connect(self.add_vacant_seat)
        acts.link.triggered.connect(self.link_current)
        acts.edit.triggered.connect(self.edit_current)
        acts.delete.triggered.connect(self.delete_selected)
        acts.reset.triggered.connect(self.reset_layout)
        acts.import_people.triggered.connect(self._import)
        stages.drawn.moved.connect(self._save_moved)
        stages.drawn.tie_opened.connect(self._view.open_tie)
        stages.selection_changed.connect(self.offer)
        self._view.panel.link_wanted.connect(self._link_person)

    @property
    def _view(self) -> RelationshipMapView:
        # Asked of Qt each time: a reference of our own would be a cycle that keeps the view alive.
        return cast("RelationshipMapView", self.parent())

    def selected_ties(self) -> list[str]:
        """The ties that are selected; only drawn views have some."""
        view = self._view
        return view.scene.selected_ties() if view.shown_view in DRAWN else []

    def offer(self) -> None:
        """Offer what can be done now, and let an open panel follow to a tie."""
        view, acts = self._view, self._view.acts
        people, ties = view.stage.selected_people(), self.selected_ties()
        free = not view.read_only
        for action in (acts.add, acts.seat, acts.import_people):
            action.setEnabled(free)
        acts.edit.setEnabled(free and bool(people or ties))
        acts.link.setEnabled(free and bool(people))
        acts.delete.setEnabled(free and bool(people or ties))
        acts.reset.setEnabled(free and view.shown_view in ("org", "network"))
        if view.panel.follows and len(ties) == 1 and not people:
            view.open_tie(ties[0])

    def add_person(self) -> None:
        """Ask for a new person, under the one that is met."""
        self._ask_for_person(vacant=False)

    def add_vacant_seat(self) -> None:
        """Ask for a position nobody is known to hold."""
        self._ask_for_person(vacant=True)

    def _ask_for_person(self, *, vacant: bool) -> None:
        view = self._view
        if view.account_id:
            own = [card for card in view.people if not card.account_name]
            namesakes = Counter(card.name for card in own if card.name)
            people = [
                # Where two have the same name, their titles tell them apart.
                (
                    card.id,
                    joined([view.called(card.id), card.title if namesakes[card.name] > 1 else ""]),
                )
                for card in own
            ]
            view.panel.open_new_person(view.account_id, people, view.stage.current, vacant=vacant)

    def link_current(self) -> None:
        """Ask whom to link the person with that is met."""
        if self._view.stage.current:
            self._link_person(self._view.stage.current)

    def _link_person(self, person_id: str) -> None:
        self._view.panel.open_link(person_id, self._view.called(person_id))

    def edit_current(self) -> None:
        """Edit the person that is met, or the tie that is selected."""
        view = self._view
        if ties := self.selected_ties():
            view.open_tie(ties[0])
        elif view.stage.current:
            view.open_person(view.stage.current)
            view.editor.edit_name()

    def delete_selected(self) -> None:
        """Delete the selected people or ties; undo brings them back."""
        view = self._view
        people, ties = view.stage.selected_people(), self.selected_ties()
        name = view.called(people[0]) if people else ""
        run_delete(view.context, view, people, ties, name)

    def reset_layout(self) -> None:
        """Arrange the map anew, as nobody had put anything anywhere."""
        view = self._view
        if view.account_id and view.loaded_map is not None:
            view.fit_next()
            run_reset(view.context, view, view.target)

    def _save_moved(self, moved: Moved) -> None:
        view = self._view
        name = view.called(next(iter(moved.places)))
        run_move(view.context, view, view.target, moved.places, name=name)

    def _import(self) -> None:
        view = self._view
        view.context.navigator.open("import", account_id=view.account_id, kind="people")
