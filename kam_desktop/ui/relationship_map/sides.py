"""What opens beside and below a map when wanted: thinking with it, and going back in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from kam_desktop.ui.theme import theme

if TYPE_CHECKING:
    from kam_desktop.services.map_loading import LoadedMap
    from kam_desktop.ui.relationship_map.insights.panel import InsightsPanel
    from kam_desktop.ui.relationship_map.timeline.bar import TimeBar
    from kam_desktop.ui.relationship_map.view import RelationshipMapView

_INSIGHTS_WIDTH = 340


class MapSides(QObject):
    """Makes the panel of insights and the bar of time when they are first opened."""

    def __init__(self, view: RelationshipMapView) -> None:
        super().__init__(view)
        self.insights: InsightsPanel | None = None
        self.time_bar: TimeBar | None = None
        view.acts.think.toggled.connect(self._show_insights)
        view.acts.introduce.triggered.connect(self._introduce)
        view.acts.what_if.triggered.connect(self._ask_what_if)
        view.acts.suggest.triggered.connect(self._suggest)
        view.acts.time.toggled.connect(self._show_time)
        view.loaded.connect(self._follow)

    @property
    def _view(self) -> RelationshipMapView:
        return cast("RelationshipMapView", self.parent())

    def _show_insights(self, wanted: bool) -> None:
        view = self._view
        if self.insights is None and wanted:
            from kam_desktop.ui.relationship_map.insights.panel import InsightsPanel

            self.insights = panel = InsightsPanel(view.context)
            panel.person_wanted.connect(self._meet)
            panel.edit_wanted.connect(view.go_to_person)
            panel.highlight_wanted.connect(self._highlight)
            panel.closed.connect(self._insights_closed)
            panel.left.connect(self._back_to_map)
            view.current_changed.connect(self._show_current)
            view.add_beside(panel, theme().px(_INSIGHTS_WIDTH))
        if self.insights is not None:
            self.insights.setVisible(wanted)
            view.share_room()
            if wanted:
                self._follow()
                self._show_current(view.stage.current)
                self.insights.take_focus()
            else:
                view.stage.highlight(frozenset())
                view.focus_stage()

    def _think(self) -> InsightsPanel | None:
        """The panel, open; None while there is nothing to think about."""
        self._view.acts.think.setChecked(True)
        return self.insights

    def _introduce(self) -> None:
        if (panel := self._think()) is not None:
            panel.open_introductions()
            panel.take_focus()

    def _ask_what_if(self) -> None:
        if (panel := self._think()) is not None:
            panel.open_what_if()
            panel.take_focus()

    def _suggest(self) -> None:
        if (panel := self._think()) is not None:
            panel.open_suggestions()
            panel.take_focus()

    def _meet(self, person_id: str) -> None:
        if self._view.is_narrow:
            # The panel stands in place of the map.
            self._view.acts.think.setChecked(False)
        self._view.meet_next(person_id)

    def _insights_closed(self) -> None:
        self._view.acts.think.setChecked(False)
        self._back_to_map()

    def _back_to_map(self) -> None:
        if self._view.is_narrow:
            self._view.acts.think.setChecked(False)
        self._view.stage.setFocus()

    def _show_current(self, person_id: str) -> None:
        if self.insights is not None and person_id:
            self.insights.show_person(person_id)

    def _highlight(self, people: object) -> None:
        self._view.stage.highlight(cast("frozenset[str]", people))

    def _show_time(self, wanted: bool) -> None:
        view = self._view
        if self.time_bar is None and wanted:
            from kam_desktop.ui.relationship_map.timeline.bar import TimeBar

            self.time_bar = bar = TimeBar(view.context, view)
            bar.moment_changed.connect(self._moment_changed)
            bar.person_wanted.connect(view.go_to_person)
            bar.highlight_wanted.connect(self._highlight)
            view.add_below(bar)
        if self.time_bar is not None:
            self.time_bar.setVisible(wanted)
            if wanted:
                self._follow()
            else:
                view.show_moment(None)
                view.focus_stage()

    def _moment_changed(self, moment: object) -> None:
        self._view.show_moment(cast("dt.datetime | None", moment))

    def _follow(self) -> None:
        loaded: LoadedMap | None = self._view.loaded_map
        if loaded is None:
            return
        if self.insights is not None and self._view.acts.think.isChecked():
            self.insights.show_account(loaded.data.account_id)
            self._show_current(self._view.stage.current)
        if self.time_bar is not None and self._view.acts.time.isChecked():
            self.time_bar.show_account(loaded.data.account_id)
