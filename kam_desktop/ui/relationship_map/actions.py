"""What can be done with a map, as actions for buttons, keys, menus and the palette."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.words import map_view
from kam_desktop.ui.relationship_map.stages import VIEWS, available, is_there
from kam_desktop.ui.widgets import make_action


class MapActions(QObject):
    """Makes the actions; those on a key work while the focus is inside ``area``."""

    def __init__(self, area: QWidget, view: QWidget) -> None:
        super().__init__(view)
        self._make_views(area)
        self._make_edits(area)
        self.fit = make_action(_("Show everybody"), area, shortcut="0", icon_name="maximize")
        self.zoom_in = make_action(_("Zoom in"), area, icon_name="zoom-in")
        self.zoom_out = make_action(_("Zoom out"), area, shortcut="-", icon_name="zoom-out")
        self.zoom_in.setShortcuts([QKeySequence(key) for key in ("+", "=")])
        self._make_shapes(area)
        self._make_ways(area)
        self.legend = make_action(_("Legend"), area, shortcut="?", icon_name="circle-help")
        self.think = make_action(_("Think"), area, shortcut="I", icon_name="lightbulb")
        self.introduce = make_action(_("Who can introduce me"), area, shortcut="Shift+I")
        self.what_if = make_action(_("What if this person leaves"), area, shortcut="W")
        self.suggest = make_action(_("Suggestions"), area, shortcut="S")
        self.time = make_action(_("Time"), area, shortcut="H", icon_name="history")
        for action in (self.legend, self.think, self.time):
            action.setCheckable(True)
        self.think.setVisible(is_there("kam_desktop.ui.relationship_map.insights.panel"))
        self.time.setVisible(is_there("kam_desktop.ui.relationship_map.timeline.bar"))
        self.reset = make_action(_("Tidy up"), view, icon_name="rotate-ccw")
        self.import_people = make_action(_("Import people"), view, icon_name="import")

    def _make_views(self, area: QWidget) -> None:
        self.views: dict[str, QAction] = {}
        group = QActionGroup(self)
        for at, view in enumerate(VIEWS, start=1):
            action = make_action(map_view(view), area, shortcut=str(at))
            action.setCheckable(True)
            action.setData(view)
            action.setVisible(view in available())
            group.addAction(action)
            self.views[view] = action
        self.views["org"].setChecked(True)
        self.view_group = group

    def _make_shapes(self, area: QWidget) -> None:
        self.maps = make_action(_("Saved maps …"), area, shortcut="M", icon_name="map")
        self.filter = make_action(_("Filter …"), area, shortcut="Shift+F", icon_name="list-filter")
        self.fold = make_action(_("Fold or show the branch"), area, shortcut="F")
        self.unfold_all = make_action(_("Show all branches"), area, shortcut="*")
        self.middle = make_action(_("Put in the middle"), area, shortcut="C", icon_name="locate")
        self.nearer = make_action(_("Less far"), area, shortcut="[")
        self.farther = make_action(_("Farther"), area, shortcut="]")
        self.everybody = make_action(_("Show all people"), area)

    def _make_ways(self, area: QWidget) -> None:
        self.find = make_action(_("Find on the map"), area, icon_name="search")
        self.find.setShortcuts([QKeySequence(key) for key in ("/", "Ctrl+F")])
        self.overview = make_action(
            _("Overview"), area, shortcut="O", icon_name="picture-in-picture-2"
        )
        self.overview.setCheckable(True)
        self.overview.setChecked(True)
        self.next_tie = make_action(_("Next tie of the person"), area, shortcut="T")
        self.tie_before = make_action(_("Previous tie of the person"), area, shortcut="Shift+T")
        self.follow_tie = make_action(_("Go along the tie"), area, shortcut="G")

    def _make_edits(self, area: QWidget) -> None:
        self.add = make_action(_("Add person"), area, shortcut="N", icon_name="user-plus")
        self.seat = make_action(
            _("Add vacant seat"), area, shortcut="Shift+N", icon_name="user-round-search"
        )
        self.link = make_action(_("Link to …"), area, shortcut="L", icon_name="link")
        self.edit = make_action(_("Edit"), area, icon_name="pencil")
        self.edit.setShortcuts([QKeySequence(key) for key in ("Return", "Enter", "F2")])
        self.delete = make_action(_("Delete"), area, shortcut="Del", icon_name="trash-2")

    def all(self) -> list[QAction]:
        """All actions, for the palette and the shortcut sheet of the page around."""
        found = [
            *self.views.values(), self.add, self.seat, self.link, self.edit, self.delete,
            self.find, self.filter, self.maps, self.fold, self.unfold_all, self.middle,
            self.nearer, self.farther, self.everybody, self.next_tie, self.tie_before,
            self.follow_tie, self.fit, self.zoom_in, self.zoom_out, self.overview, self.legend,
            self.think, self.introduce, self.what_if, self.suggest, self.time, self.reset,
        ]  # fmt: skip
        return [action for action in found if action.isVisible()]
