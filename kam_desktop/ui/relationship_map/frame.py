"""The parts of the map widget and how they are arranged: toolbar, stages, panels and time."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.actions import MapActions
from kam_desktop.ui.relationship_map.add_forms import LinkForm, NewPersonForm
from kam_desktop.ui.relationship_map.canvas import MapCanvas
from kam_desktop.ui.relationship_map.chooser import NameBar
from kam_desktop.ui.relationship_map.finder import Finder
from kam_desktop.ui.relationship_map.legend import Legend
from kam_desktop.ui.relationship_map.output import MapOutput
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.relationship_map.photos import Photos
from kam_desktop.ui.relationship_map.scene import RelationshipScene
from kam_desktop.ui.relationship_map.shape_bar import ShapeBar
from kam_desktop.ui.relationship_map.side_panel import PANEL_WIDTH, SidePanel
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.relationship_map.stages import StageBox, available
from kam_desktop.ui.relationship_map.toolbar import MapToolbar
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import EmptyState

_SIDE_BY_SIDE_FROM = 620


class MapFrame(QWidget):
    """What there is to see and to press; what follows is up to `RelationshipMapView`."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._beside: list[QWidget] = []
        self.stages = StageBox(context)
        self.acts = MapActions(self.stages, self)
        self.legend = Legend(context.theme)
        self.legend.hide()
        self.panel = SidePanel(context)
        self.photos = Photos(context, self)
        self.output = MapOutput(context, self)
        self._build()

    @property
    def context(self) -> AppContext:
        """The parts of the program this view was given."""
        return self._context

    @property
    def stage(self) -> MapStage:
        """What shows the view that is wanted now."""
        return self.stages.stage

    @property
    def scene(self) -> RelationshipScene:
        """The scene of org chart, network and ego view."""
        return self.stages.drawn.scene

    @property
    def canvas(self) -> MapCanvas:
        """The window onto that scene."""
        return self.stages.drawn.canvas

    @property
    def editor(self) -> PersonEditor:
        """The form of a person."""
        return self.panel.editor

    @property
    def new_person(self) -> NewPersonForm:
        """The form for a new person."""
        return self.panel.new_person

    @property
    def link_form(self) -> LinkForm:
        """The form that asks whom to link a person with."""
        return self.panel.link_form

    def commands(self) -> list[QAction]:
        """All actions, for the palette and the shortcut sheet of the page around."""
        more = [*self.stage.commands(), *self.panel.commands()]
        return [*self.acts.all(), self.output.action, *more]

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(Space.S))
        self._toolbar = self._make_toolbar()
        outer.addWidget(self._toolbar)
        self.finder = Finder()
        self.name_bar = NameBar()
        self.shape_bar = ShapeBar(self.acts.nearer, self.acts.farther, self.acts.everybody)
        for bar in (self.finder, self.name_bar, self.shape_bar):
            outer.addWidget(bar)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_stack())
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._panel_width = theme().px(PANEL_WIDTH)
        outer.addWidget(self._splitter, 1)
        self.panel.opened.connect(self._panel_opened)
        self._splitter.splitterMoved.connect(self._panel_resized)
        self._outer = outer

    def pop_up(self, menu: QMenu, action: QAction) -> None:
        """Open a menu below the button of ``action``, or over the map where it has none."""
        button = self._toolbar.button_of(action)
        near: QWidget = self.stages if button is None else button
        menu.popup(near.mapToGlobal(QPoint(0, 0 if button is None else button.height())))

    def focus_stage(self) -> None:
        """Go on at the map."""
        if self._stack.currentWidget() is self._drawing:
            self.stage.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for a panel beside the map."""
        return self.width() < theme().px(_SIDE_BY_SIDE_FROM)

    def share_room(self) -> None:
        """Where there is no room beside each other, an open panel takes the place of the map.

        A form comes before what there is to think about.
        """
        form, thinking = not self.panel.isHidden(), self.acts.think.isChecked()
        alone = self.is_narrow and (form or thinking)
        for widget in self._beside:
            widget.setVisible(thinking and not (self.is_narrow and form))
        self._toolbar.setHidden(alone)
        self._stack.setHidden(alone)

    def _panel_opened(self) -> None:
        self.share_room()
        self._splitter.setSizes([self.width() - self._panel_width, self._panel_width])

    def _panel_resized(self, _at: int, _handle: int) -> None:
        self._panel_width = self.panel.width()

    def add_beside(self, widget: QWidget, width: int) -> None:
        """Put the panel to think with beside the map, ``width`` pixels wide."""
        self._beside.append(widget)
        self._splitter.addWidget(widget)
        sizes = self._splitter.sizes()
        self._splitter.setSizes([max(0, sizes[0] - width), *sizes[1:-1], width])

    def add_below(self, widget: QWidget) -> None:
        """Put a bar below the map."""
        self._outer.addWidget(widget)

    def _make_toolbar(self) -> MapToolbar:
        acts = self.acts
        sides = [(acts.think, "lightbulb"), (acts.time, "history")]
        return MapToolbar(
            views=[acts.views[view] for view in available()],
            main=[(acts.add, "user-plus"), (acts.link, "link")],
            tools=[
                (acts.find, "search"),
                (acts.filter, "list-filter"),
                (acts.maps, "map"),
                *(side for side in sides if side[0].isVisible()),
                (acts.fit, "maximize"),
                (acts.zoom_out, "zoom-out"),
                (acts.zoom_in, "zoom-in"),
                (acts.legend, "circle-help"),
                (self.output.action, "printer"),
                (acts.seat, "user-round-search"),
                (acts.overview, "picture-in-picture-2"),
                (acts.reset, "rotate-ccw"),
            ],
        )

    def _make_stack(self) -> QStackedWidget:
        self._empty = EmptyState(
            "users",
            _("No people yet"),
            _("Add who decides, who is asked and who uses it, and how they are linked."),
            [self.acts.add, self.acts.import_people],
        )
        self._empty.addAction(self.acts.add)
        self._nothing = QWidget()
        self._drawing = QWidget()
        drawing = QHBoxLayout(self._drawing)
        drawing.setContentsMargins(0, 0, 0, 0)
        drawing.setSpacing(theme().px(Space.S))
        drawing.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignTop)
        drawing.addWidget(self.stages, 1)
        self._stack = QStackedWidget()
        for page in (self._nothing, self._empty, self._drawing):
            self._stack.addWidget(page)
        return self._stack
