"""The Meetings page: the agenda at the left, a meeting or the form for a new one at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import MeetingDetail, meeting_detail
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.agenda import Agenda
from kam_desktop.ui.meetings.detail import MeetingPanel
from kam_desktop.ui.meetings.plan_panel import PlanPanel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import countdown_text
from kam_desktop.ui.widgets import Button, EmptyState, IconButton, Scroller, make_action

_TABLES = (
    "meeting",
    "attendee",
    "checklist_item",
    "account",
    "person",
    "role_in_decision",
    "team_member",
    "interaction",
)
_SIDE_BY_SIDE_FROM = 620


class MeetingsPage(Page):
    """Parameters: ``meeting_id`` (with ``part``) shows a meeting, ``new`` opens the form, for
    ``account_id`` when given."""

    name: ClassVar[str] = "meetings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted_id = ""
        self._wanted_part = ""
        self._planning = False
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
        self._connect_signals()
        self._show_side()

    def _make_actions(self) -> None:
        self._print = make_action(
            _("Print brief"), self, shortcut="Ctrl+P", icon_name="printer", whole_window=True
        )
        self._print.setObjectName("print_brief")
        self._new = make_action(
            _("New meeting"), self, shortcut="Ctrl+N", icon_name="calendar-plus", whole_window=True
        )
        self._new.setObjectName("plan_meeting")
        self._cancel_it = make_action(_("Cancel meeting"), self, icon_name="circle-x")
        self._delete = make_action(_("Delete meeting"), self, icon_name="trash-2")
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
        self._left = left
        form = Scroller()
        self.plan.setMaximumWidth(px(640))
        form.column.addWidget(self.plan)
        form.column.addStretch(1)
        self._form = form
        self._side = QStackedWidget()
        for widget in (self._empty, self.panel, form):
            self._side.addWidget(widget)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._side)
        self._splitter.setSizes([px(290), px(800)])
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(px(Space.M))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)

    def _connect_signals(self) -> None:
        self.agenda.chosen.connect(self._chosen)
        self.agenda.loaded.connect(self._agenda_loaded)
        self.plan.planned.connect(self._planned)
        self.plan.cancelled.connect(self._stop_planning)
        self.panel.link_wanted.connect(self._follow_link)
        self.panel.person_wanted.connect(self._open_person)
        self.panel.meeting_wanted.connect(self.open_meeting)
        self.panel.account_wanted.connect(self._open_account)
        self._print.triggered.connect(self._print_brief)
        self._new.triggered.connect(self._start_planning)
        self._cancel_it.triggered.connect(self._toggle_cancelled)
        self._delete.triggered.connect(self._delete_meeting)
        self._templates.triggered.connect(self._edit_templates)
        self._find.triggered.connect(self.agenda.filter.setFocus)

    # What the shell asks

    def title(self) -> str:
        detail = self._shown_detail()
        return detail.row.title if detail is not None else _("Meetings")

    def head_pills(self) -> list[tuple[str, str]]:
        detail = self._shown_detail()
        if detail is None:
            return []
        row, now = detail.row, self.context.clock.now()
        if row.cancelled:
            return [(_("cancelled"), State.BAD)]
        text = countdown_text(row.starts_at, row.ends_at, row.zone, now)
        near = 0 <= row.days_left(now) <= 1
        left = (text, State.WARN if near else State.ACCENT)
        kind = word(row.type)
        return [left] if kind == row.title else [(kind, State.PLAIN), left]

    def head_note(self) -> str:
        detail = self._shown_detail()
        return detail.row.account_name if detail is not None else ""

    def show_with(self, **params: str) -> None:
        self._wanted_id = params.get("meeting_id", self._wanted_id)
        self._wanted_part = params.get("part", "")
        if params.get("new"):
            self._plan_for(params.get("account_id", ""))
        elif params.get("meeting_id"):
            self._stop_planning()
        self.agenda.load()

    def refresh(self, changed: ChangeSet | None) -> None:
        if changed is None or changed.touches(*_TABLES):
            self.agenda.load()

    def commands(self) -> list[QAction]:
        page = [self._new, self._print, self._find, self._templates, self._cancel_it, self._delete]
        return [*page, *self.panel.checklist.actions_for_palette()]

    def primary_action(self) -> QAction | None:
        return self._print if self._shown_detail() is not None else None

    def commit_drafts(self) -> None:
        self.panel.commit_drafts()

    # Showing

    def open_meeting(self, meeting_id: str) -> None:
        """Show a meeting and remember it as the place where the user is."""
        self.context.navigator.open("meetings", meeting_id=meeting_id)

    def _shown_detail(self) -> MeetingDetail | None:
        shown = self._side.currentWidget() is self.panel
        return self.panel.detail if shown else None

    def _agenda_loaded(self, ids: tuple[str, ...]) -> None:
        if self._wanted_id:
            self.agenda.choose(self._wanted_id)
            self._load_detail(self._wanted_id)
        elif self.agenda.current_id:
            self._load_detail(self.agenda.current_id)
        elif ids:
            self.agenda.choose(ids[0])
        elif not self.agenda.filter.text():
            self._show_side(empty=True)

    def _chosen(self, meeting_id: str) -> None:
        if meeting_id != self._wanted_id:
            self.context.navigator.replace("meetings", meeting_id=meeting_id)
        self._wanted_id = meeting_id
        self._load_detail(meeting_id)

    def _load_detail(self, meeting_id: str) -> None:
        self.context.lanes.read(
            self, meeting_detail, meeting_id, self.context.clock.now(), on_done=self._show_detail
        )

    def _show_detail(self, detail: MeetingDetail | None) -> None:
        if detail is None:
            # Deleted meanwhile: go on with whatever the agenda has.
            self._wanted_id = ""
            self.agenda.load()
            return
        self.panel.show_detail(detail)
        self._cancel_it.setText(
            _("Take cancellation back") if detail.row.cancelled else _("Cancel meeting")
        )
        self._show_side()
        if self._wanted_part:
            self.panel.show_part(self._wanted_part)
            self._wanted_part = ""

    def _show_side(self, *, empty: bool = False) -> None:
        if self._planning:
            self._side.setCurrentWidget(self._form)
        elif empty or self.panel.detail is None:
            self._side.setCurrentWidget(self._empty)
        else:
            self._side.setCurrentWidget(self.panel)
        self._left.setHidden(empty or (self._planning and not self.agenda.model.rows))
        shown = self._shown_detail() is not None
        for action in (self._print, self._cancel_it, self._delete):
            action.setEnabled(shown)
        self.heading_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_SIDE_BY_SIDE_FROM)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            whole = event.size().width() if wide else event.size().height()
            first = theme().px(290) if wide else whole // 3
            self._splitter.setSizes([first, whole - first])

    # Planning

    def _start_planning(self) -> None:
        detail = self._shown_detail()
        self._plan_for(detail.row.account_id if detail is not None else "")

    def _plan_for(self, account_id: str) -> None:
        self._planning = True
        self.plan.start(account_id)
        self._show_side()
        self.plan.setFocus()

    def _stop_planning(self) -> None:
        self._planning = False
        self._show_side()

    def _planned(self, meeting_id: str) -> None:
        self._planning = False
        self._wanted_id = meeting_id
        self.open_meeting(meeting_id)

    # Doing

    def _print_brief(self) -> None:
        detail = self._shown_detail()
        if detail is not None:
            from kam_desktop.ui.handouts.preview import open_brief_preview

            self.panel.commit_drafts()
            open_brief_preview(self.context, detail.row.account_id, detail.row.id)

    def _toggle_cancelled(self) -> None:
        detail = self._shown_detail()
        if detail is not None:
            cancel = not detail.row.cancelled
            label = _("Cancel a meeting") if cancel else _("Take a cancellation back")
            self.context.operations.run(self, label, changes.set_cancelled, detail.row.id, cancel)

    def _delete_meeting(self) -> None:
        detail = self._shown_detail()
        if detail is not None:
            self._wanted_id = ""
            self.context.operations.run(
                self, _("Delete a meeting"), changes.delete_meeting, detail.row.id,
                on_done=self._deleted,
            )  # fmt: skip

    def _deleted(self, _result: object) -> None:
        self.context.navigator.notify(
            _("The meeting is in the trash."),
            action_text=_("Undo"),
            action=self.context.operations.undo,
        )

    def _edit_templates(self) -> None:
        from kam_desktop.ui.meetings.templates_dialog import TemplatesDialog

        TemplatesDialog(self.context, self).open()

    def _follow_link(self, link: str) -> None:
        detail = self._shown_detail()
        if detail is None:
            return
        place, _colon, part = link.partition(":")
        if place == "account":
            self.context.navigator.open("account", account_id=detail.row.account_id, section=part)
        elif part == "brief":
            self._print_brief()
        elif part == "previous" and detail.previous is not None:
            self.open_meeting(detail.previous.id)
        else:
            self.panel.show_part(part)

    def _open_person(self, person_id: str) -> None:
        detail = self._shown_detail()
        if detail is not None:
            self.context.navigator.open(
                "account", account_id=detail.row.account_id, section="map", person_id=person_id
            )

    def _open_account(self, account_id: str) -> None:
        self.context.navigator.open("account", account_id=account_id)
