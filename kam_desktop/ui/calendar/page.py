"""The Calendar page: meetings and what is due, by month, by week or as a list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.calendar import DayMark, MarkKind
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.calendar import changes
from kam_desktop.ui.calendar.frame import VIEWS, CalendarFrame, keep_view
from kam_desktop.ui.calendar.month_view import months_later
from kam_desktop.ui.calendar.surface import Cursor, Move
from kam_desktop.ui.calendar.words import month_title
from kam_desktop.ui.calendar_files.dropping import calendar_paths
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.times import place_of_zone

_MINUTE_MS = 60_000
_TABLES = (
    *("meeting", "attendee", "checklist_item", "meeting_point", "account", "person", "interaction"),
    *("commitment", "action", "tender", "tender_gate", "contract", "internal_review"),
    *("personal_fact", "role_in_decision"),
)


def any_meeting(db: Reader) -> bool:
    """Whether there is a meeting at all."""
    return db.value("SELECT 1 FROM meeting WHERE deleted_at IS NULL LIMIT 1") is not None


class CalendarPage(CalendarFrame):
    """Parameters: ``view`` is month, week or agenda; ``day`` the day to show (2026-11-24)."""

    name: ClassVar[str] = "calendar"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._any = True
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._connect_signals()
        self._show_view(self._shown)

    def _connect_signals(self) -> None:
        for view in (self.month, self.week):
            view.opened.connect(self._open_meeting)
            view.planned.connect(self._plan_at)
            view.moved.connect(self._move)
            view.cursor_changed.connect(self._cursor_changed)
            view.more_wanted.connect(self._show_whole_day)
            view.scrolled.connect(self._show_title)
        self.agenda.opened.connect(self._open_meeting)
        self.agenda.planned.connect(self._plan_at)
        self.agenda.mark_opened.connect(self._open_mark)
        self.agenda.cursor_changed.connect(self._cursor_changed)
        self.agenda.scrolled.connect(self._show_title)
        self.jump_button.picked.connect(self.go_to_day)
        self._group.triggered.connect(self._view_wanted)
        self._new.triggered.connect(self._plan_here)
        self._today.triggered.connect(self._go_to_today)
        self._back.triggered.connect(self._go_back)
        self._on.triggered.connect(self._go_on)
        self._jump.triggered.connect(self._open_jump)
        self._change.triggered.connect(self._change_time)
        self._import.triggered.connect(self._choose_files)
        self._save.triggered.connect(self._save_calendar)
        self._minute.timeout.connect(self._time_passed)

    # What the shell asks

    def title(self) -> str:
        return _("Calendar")

    def head_note(self) -> str:
        return _("Times in {place}").format(place=place_of_zone(self.model.zone))

    def show_with(self, **params: str) -> None:
        if params.get("view") in VIEWS and params["view"] != self._shown:
            self._show_view(params["view"])
        try:
            day = dt.date.fromisoformat(params.get("day", ""))
        except ValueError:
            day = None
        if day is not None and day != self.cursor_at.day:
            self.go_to_day(day)
        self._look()

    def refresh(self, changed: ChangeSet | None) -> None:
        if changed is None or changed.touches(*_TABLES):
            self._look()
            self.model.refresh()

    def commands(self) -> list[QAction]:
        return [
            self._new, self._today, self._back, self._on, self._jump,
            *self.view_actions.values(), self._change, self._import, self._save,
        ]  # fmt: skip

    def primary_action(self) -> QAction | None:
        return self._new

    # Views

    @property
    def cursor_at(self) -> Cursor:
        """Where the user is."""
        return self.views[self._shown].cursor_at

    def _look(self) -> None:
        self.context.lanes.read(self, any_meeting, on_done=self._show_any)

    def _show_any(self, found: bool) -> None:
        self._any = found
        self._stack.setCurrentWidget(self.views[self._shown] if found else self._empty)

    def _view_wanted(self, action: QAction) -> None:
        keep_view(str(action.data()))
        self._show_view(str(action.data()))
        self.views[self._shown].setFocus()

    def _show_view(self, name: str) -> None:
        cursor = self.cursor_at
        self._shown = name
        view = self.views[name]
        self.view_actions[name].setChecked(True)
        if self._any:
            self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        view.show_day(cursor.day)
        view.go_to(cursor)
        if name == "week" and not cursor.meeting_id:
            self.week.choose_under()
        self._show_title()
        self._remember()

    def go_to_day(self, day: dt.date) -> None:
        """Show a day and put the cursor there."""
        view = self.views[self._shown]
        view.show_day(day)
        view.land_on(day)
        view.setFocus()

    def _show_title(self) -> None:
        self.jump_button.show_month(month_title(self.views[self._shown].middle_day()))

    def _cursor_changed(self, cursor: Cursor) -> None:
        self._change.setEnabled(bool(cursor.meeting_id))
        self._show_title()
        self._remember()

    def _remember(self) -> None:
        day = self.cursor_at.day.isoformat()
        self.context.navigator.replace("calendar", view=self._shown, day=day)

    def _show_whole_day(self, day: dt.date) -> None:
        self._show_view("agenda")
        self.agenda.go_to(Cursor(day))
        self.agenda.setFocus()

    def _go_to_today(self) -> None:
        self.go_to_day(self.month.today)

    def _go_back(self) -> None:
        self._page(-1)

    def _go_on(self) -> None:
        self._page(1)

    def _page(self, step: int) -> None:
        day = self.cursor_at.day
        if self._shown == "week":
            self.go_to_day(day + dt.timedelta(days=7 * step))
        else:
            self.go_to_day(months_later(day, step))

    def _open_jump(self) -> None:
        self.jump_button.open_calendar(self.cursor_at.day)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    def _time_passed(self) -> None:
        for view in (self.month, self.week):
            view.forget_drawings()

    # Meetings

    def _open_meeting(self, meeting_id: str) -> None:
        self.context.navigator.open("meetings", meeting_id=meeting_id)

    def _change_time(self) -> None:
        if self.cursor_at.meeting_id:
            self.context.navigator.open(
                "meetings", meeting_id=self.cursor_at.meeting_id, part="when"
            )

    def _plan_here(self) -> None:
        cursor = self.cursor_at
        midnight = dt.datetime.combine(cursor.day, dt.time())
        self._plan_at(midnight + dt.timedelta(minutes=cursor.minute))

    def _plan_at(self, at: dt.datetime) -> None:
        self.context.navigator.open("meetings", new="1", at=at.isoformat(timespec="minutes"))

    def _move(self, move: Move) -> None:
        self.context.operations.run(
            self, _("Move a meeting"), changes.move_meeting, move.meeting_id, move.when
        )

    def _open_mark(self, mark: DayMark) -> None:
        sections = {
            MarkKind.OUR_PROMISE: "promises",
            MarkKind.THEIR_PROMISE: "promises",
            MarkKind.GATE: "commercial",
            MarkKind.RENEWAL: "commercial",
        }
        params = {"account_id": mark.account_id, "section": sections.get(mark.kind, "overview")}
        if mark.person_id:
            params |= {"section": "map", "person_id": mark.person_id}
        self.context.navigator.open("account", **params)

    # Files

    def _choose_files(self) -> None:
        from kam_desktop.ui.calendar_files.import_dialog import choose_calendars

        choose_calendars(self.context, self)

    def open_files(self, paths: list[Path]) -> None:
        """Show what importing calendar files would do."""
        from kam_desktop.ui.calendar_files.import_dialog import open_calendar_import

        open_calendar_import(self.context, paths, self)

    def _save_calendar(self) -> None:
        from kam_desktop.ui.calendar_files.export_dialog import CalendarExportDialog

        CalendarExportDialog(self.context, self.cursor_at.meeting_id, self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if calendar_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_files(calendar_paths(event))
