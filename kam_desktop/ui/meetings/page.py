"""The Meetings page: the agenda at the left, a meeting or the form for a new one at the right."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meeting_around import MeetingView, meeting_view
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import word
from kam_desktop.ui.calendar_files.dropping import calendar_paths
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.frame import MeetingsFrame
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import countdown_text

_TABLES = (
    "meeting",
    "attendee",
    "checklist_item",
    "account",
    "person",
    "role_in_decision",
    "team_member",
    "interaction",
    *("meeting_point", "meeting_centre", "meeting_rating", "buying_centre"),
    *("commitment", "action", "document"),
)


class MeetingsPage(MeetingsFrame):
    """Parameters: ``meeting_id`` (with ``part``) shows a meeting, ``new`` opens the form, for
    ``account_id`` and at ``at`` (the time here, 2026-11-24T10:00) when given."""

    name: ClassVar[str] = "meetings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted_id = ""
        self._wanted_part = ""
        self._brief_of = ""
        self._planning = False
        self._connect_signals()
        self._show_side()

    def _connect_signals(self) -> None:
        self.agenda.chosen.connect(self._chosen)
        self.agenda.opened.connect(self._splitter.open_detail)
        self.agenda.loaded.connect(self._agenda_loaded)
        self.plan.planned.connect(self._planned)
        self.plan.cancelled.connect(self._stop_planning)
        self.panel.link_wanted.connect(self._follow_link)
        self.panel.person_wanted.connect(self._open_person)
        self.panel.meeting_wanted.connect(self.open_meeting)
        self.panel.account_wanted.connect(self._open_account)
        self.panel.planned.connect(self._next_planned)
        self.panel.texts.kept.connect(self._print_kept)
        self._next.triggered.connect(self.panel.plan_next)
        self._print.triggered.connect(self._print_brief)
        self._new.triggered.connect(self._start_planning)
        self._cancel_it.triggered.connect(self._toggle_cancelled)
        self._delete.triggered.connect(self._delete_meeting)
        self._templates.triggered.connect(self._edit_templates)
        self._find.triggered.connect(self.agenda.filter.setFocus)
        self._save_as.triggered.connect(self._save_calendar)

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
            self._plan_for(params.get("account_id", ""), params.get("at", ""))
        elif params.get("meeting_id"):
            self._stop_planning()
            self._splitter.open_detail()
        self.agenda.load()

    def refresh(self, changed: ChangeSet | None) -> None:
        if changed is None or changed.touches(*_TABLES):
            self.agenda.load()

    def commands(self) -> list[QAction]:
        page = [
            *(self._new, self._next, self._print, self._find, self._templates),
            *(self._cancel_it, self._delete, self._save_as),
        ]
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
            self, meeting_view, meeting_id, self.context.clock.now(), on_done=self._show_view
        )

    def _show_view(self, view: MeetingView | None) -> None:
        if view is None:
            # Deleted meanwhile: go on with whatever the agenda has.
            self._wanted_id = ""
            self.agenda.load()
            return
        self.panel.show_view(view)
        cancelled = view.detail.row.cancelled
        self._cancel_it.setText(_("Take cancellation back") if cancelled else _("Cancel meeting"))
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
        some = bool(self.agenda.model.rows)
        self._splitter.want_list(not empty and (some or not self._planning))
        detail = self._shown_detail()
        shown = detail is not None
        self._next.setEnabled(detail is not None and self._is_held(detail))
        for action in (self._print, self._cancel_it, self._delete):
            action.setEnabled(shown)
        self.heading_changed.emit()

    # Planning

    def _start_planning(self) -> None:
        detail = self._shown_detail()
        self._plan_for(detail.row.account_id if detail is not None else "")

    def _plan_for(self, account_id: str, at: str = "") -> None:
        self._planning = True
        self._splitter.open_detail()
        self.plan.start(account_id, dt.datetime.fromisoformat(at) if at else None)
        self._show_side()
        self.plan.setFocus()

    def _stop_planning(self) -> None:
        self._planning = False
        self._show_side()

    def _is_held(self, detail: MeetingDetail) -> bool:
        return detail.row.starts_at <= self.context.clock.now() and not detail.row.cancelled

    def _next_planned(self, meeting_id: str) -> None:
        self.context.navigator.notify(
            _("Planned with the same people, place and checklist."), kind="good"
        )
        self.open_meeting(meeting_id)

    def _planned(self, meeting_id: str) -> None:
        self._planning = False
        self._wanted_id = meeting_id
        self.open_meeting(meeting_id)

    # Doing

    def _print_brief(self) -> None:
        detail = self._shown_detail()
        if detail is not None:
            self.panel.commit_drafts()
            if self.panel.texts.is_saving:
                # The brief is made of what is stored: wait until the drafts are.
                self._brief_of = detail.row.id
            else:
                self._open_brief(detail)

    def _print_kept(self) -> None:
        wanted, self._brief_of = self._brief_of, ""
        detail = self._shown_detail()
        if detail is not None and wanted == detail.row.id:
            self._open_brief(detail)

    def _open_brief(self, detail: MeetingDetail) -> None:
        from kam_desktop.ui.handouts.preview import open_brief_preview

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

    def _save_calendar(self) -> None:
        from kam_desktop.ui.calendar_files.export_dialog import CalendarExportDialog

        detail = self._shown_detail()
        CalendarExportDialog(self.context, detail.row.id if detail else "", self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if calendar_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from kam_desktop.ui.calendar_files.import_dialog import open_calendar_import

        event.acceptProposedAction()
        open_calendar_import(self.context, calendar_paths(event), self)

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
