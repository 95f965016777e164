"""The parts of the Meetings page and how they are arranged."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.agenda import Agenda
from kam_desktop.ui.meetings.detail import MeetingPanel
from kam_desktop.ui.meetings.plan_panel import PlanPanel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    EmptyState,
    IconButton,
    ListAndDetail,
    Scroller,
    make_action,
)

_SIDE_BY_SIDE_FROM = 620


class MeetingsFrame(Page):
    """The agenda at the left, a meeting or the form at the right; beside or below each other."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._make_actions()
        self.agenda = Agenda(context)
        self.panel = MeetingPanel(context)
        self.plan = PlanPanel(context)
        self._empty = EmptyState(
            "calendar-days",
            _("No meetings yet"),
            _(
                "Plan the next one: you get a checklist with dates, see who will be in the room "
                "and print a brief to take along."
            ),
            [self._new],
        )
        self._lay_out()
        self.setAcceptDrops(True)

    def _make_actions(self) -> None:
        self._print = make_action(
            _("Print brief"), self, shortcut="Ctrl+P", icon_name="printer", whole_window=True
        )
        self._print.setObjectName("print_brief")
        self._new = make_action(
            _("New meeting"), self, shortcut="Ctrl+N", icon_name="calendar-plus", whole_window=True
        )
        self._new.setObjectName("plan_meeting")
        self._next = make_action(
            _("Plan the next meeting"), self, shortcut="Ctrl+Shift+M", icon_name="calendar-plus",
            whole_window=True,
        )  # fmt: skip
        self._cancel_it = make_action(_("Cancel meeting"), self, icon_name="circle-x")
        self._delete = make_action(_("Delete meeting"), self, icon_name="trash-2")
        self._save_as = make_action(_("Save as calendar file"), self, icon_name="save")
        self._templates = make_action(
            _("Checklist templates"), self, shortcut="Ctrl+Shift+T", icon_name="list-checks"
        )
        self._find = make_action(
            _("Filter meetings"), self, shortcut="Ctrl+F", icon_name="search", whole_window=True
        )

    def _lay_out(self) -> None:
        px = theme().px
        tools = QHBoxLayout()
        tools.setSpacing(px(Space.XS))
        new = Button(icon_name="calendar-plus")
        new.follow(self._new)
        tools.addWidget(new, 1)
        for action, icon_name in (
            (self._templates, "list-checks"),
            (self._save_as, "save"),
            (self._cancel_it, "circle-x"),
            (self._delete, "trash-2"),
        ):
            button = IconButton(icon_name, action.text())
            button.follow(action)
            tools.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(tools)
        column.addWidget(self.agenda, 1)
        left.setMinimumWidth(px(220))
        form = Scroller()
        self.plan.setMaximumWidth(px(640))
        form.column.addWidget(self.plan)
        form.column.addStretch(1)
        self._form = form
        self._side = QStackedWidget()
        for widget in (self._empty, self.panel, form):
            self._side.addWidget(widget)
        left.setFocusProxy(self.agenda.view)
        self._splitter = ListAndDetail(left, self._side, _("All meetings"), _SIDE_BY_SIDE_FROM)
        self._splitter.setSizes([px(290), px(800)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was = self._splitter.orientation()
        self._splitter.fit(event.size().width(), event.size().height())
        wide = self._splitter.is_beside
        if self._splitter.orientation() != was:
            whole = event.size().width() if wide else event.size().height()
            first = theme().px(290) if wide else whole // 3
            self._splitter.setSizes([first, whole - first])
