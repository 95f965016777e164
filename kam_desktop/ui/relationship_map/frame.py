"""The parts of the map widget and how they are arranged: actions, toolbar, canvas and panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.add_forms import LinkForm, NewPersonForm
from kam_desktop.ui.relationship_map.canvas import MapCanvas
from kam_desktop.ui.relationship_map.legend import Legend
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.relationship_map.scene import RelationshipScene
from kam_desktop.ui.relationship_map.side_panel import PANEL_WIDTH, SidePanel
from kam_desktop.ui.relationship_map.toolbar import MapToolbar
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import EmptyState, make_action


class MapFrame(QWidget):
    """What there is to see and to press; what follows is up to `RelationshipMapView`."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.scene = RelationshipScene(context.theme)
        self.scene.setParent(self)
        self.canvas = MapCanvas(self.scene)
        self.legend = Legend(context.theme)
        self.legend.hide()
        self.panel = SidePanel(context)
        self._make_actions()
        self._build()

    @property
    def context(self) -> AppContext:
        """The parts of the program this view was given."""
        return self._context

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
        self.act_fit = make_action(_("Show everybody"), canvas, shortcut="0", icon_name="maximize")
        self.act_in = make_action(_("Zoom in"), canvas, shortcut="+", icon_name="zoom-in")
        self.act_out = make_action(_("Zoom out"), canvas, shortcut="-", icon_name="zoom-out")
        self.act_legend = make_action(_("Legend"), canvas, shortcut="?", icon_name="circle-help")
        self.act_reset = make_action(_("Arrange anew"), self, icon_name="rotate-ccw")
        self.act_import = make_action(_("Import people"), self, icon_name="import")
        for action, keys in (
            (self.act_in, ("+", "=")),
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
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._panel_width = px(PANEL_WIDTH)
        outer.addWidget(self._splitter, 1)
