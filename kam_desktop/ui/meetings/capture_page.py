"""Taking notes of one meeting, and making of them what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kam_desktop.models.vocabulary import InteractionKind, Side
from kam_desktop.services.analysis.capture import MarkedLine, QuickMark
from kam_desktop.services.analysis.spoken_dates import day_in
from kam_desktop.services.capture_words import applied_text, line_parts
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.capture import NotedMeeting, noted_meeting
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import note_changes
from kam_desktop.ui.meetings.capture_clock import left_text
from kam_desktop.ui.meetings.capture_frame import CaptureFrame
from kam_desktop.ui.meetings.capture_saving import NoteKeeper
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import day_text

if TYPE_CHECKING:
    from kam_desktop.services.capture import Applied

_TABLES = (
    "meeting",
    "meeting_point",
    "attendee",
    "person",
    "claim",
    "commitment",
    "action",
    "interaction",
    "account",
    "team_member",
)


class NotesPage(CaptureFrame):
    """Parameters: ``meeting_id`` (without: the one under way or the next), ``part`` afterwards."""

    name: ClassVar[str] = "notes"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._wanted_part = ""
        self._said = ""
        self.noted: NotedMeeting | None = None
        self.keeper = NoteKeeper(context, self.editor, self)
        self.editor.setReadOnly(context.portfolio.read_only)
        self._connect_signals()
        self.show_part("during")
        self.show_nothing()

    def _connect_signals(self) -> None:
        self.write.triggered.connect(self._go_to_notes)
        self.show_during.triggered.connect(self._go_to_during)
        self.show_after.triggered.connect(self._go_to_after)
        self.finish.triggered.connect(self._go_to_after)
        self.make_records.triggered.connect(self._make_records)
        self.meeting.triggered.connect(self._open_meeting)
        self.plan.triggered.connect(self._plan)
        self.follow_up.triggered.connect(self.open_follow_up)
        self.minutes.triggered.connect(self.open_minutes)
        slots = (self._our_promise, self._their_promise, self._action, self._touch, self._support)
        for action, slot in zip(self.on_selection, slots, strict=True):
            action.triggered.connect(slot)
        self.editor.understood.connect(self._show_line)
        self.editor.cursorPositionChanged.connect(self._show_line)
        self.editor.selectionChanged.connect(self.enable_actions)
        self.editor.refused.connect(self._say)
        self.keeper.refused.connect(self._say)
        self.during.ticked.connect(self.heading_changed)
        self.after.records.changed.connect(self.enable_actions)
        self.after.attendees.person_wanted.connect(self._open_person)
        self.after.outcome.follow_up_wanted.connect(self.open_follow_up)
        self.after.outcome.minutes_wanted.connect(self.open_minutes)

    # What the shell asks

    def title(self) -> str:
        noted = self._shown()
        return noted.detail.row.title if noted is not None else _("Notes")

    def head_pills(self) -> list[tuple[str, str]]:
        noted = self._shown()
        if noted is None:
            return []
        row, now = noted.detail.row, self.context.clock.now()
        if row.cancelled:
            return [(_("cancelled"), State.BAD)]
        under_way = row.starts_at <= now < row.ends_at
        return [(left_text(row, now), State.ACCENT if under_way else State.PLAIN)]

    def head_note(self) -> str:
        noted = self._shown()
        return noted.detail.row.account_name if noted is not None else ""

    def show_with(self, **params: str) -> None:
        wanted = params.get("meeting_id", "")
        if wanted and self.noted is not None and wanted != self.noted.detail.row.id:
            self.commit_drafts()
        self._wanted = wanted or ("" if not params else self._wanted)
        self._wanted_part = "after" if params.get("part") == "afterwards" else "notes"
        self._load()

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is not None and not changes.touches(*_TABLES):
            return
        if changes is not None and self.noted is not None and self.keeper.is_saving:
            key = self.noted.detail.row.id
            if changes.fields.get(key) == frozenset({"capture"}) and len(changes.fields) == 1:
                return  # What was just saved is what is shown.
        self._load()

    def commands(self) -> list[QAction]:
        steps = (self.finish, self.make_records, *self.on_selection)
        views = (self.write, self.show_during, self.show_after)
        return [*steps, self.follow_up, self.minutes, *views, self.meeting]

    def primary_action(self) -> QAction | None:
        if self._shown() is None:
            return None
        after = self.side.currentWidget() is self.after
        return self.make_records if after else self.finish

    def commit_drafts(self) -> None:
        self.keeper.commit()
        self.after.commit_drafts()

    # Showing

    def _shown(self) -> NotedMeeting | None:
        return self.noted if self.has_meeting else None

    def _load(self) -> None:
        self.context.lanes.read(
            self, noted_meeting, self._wanted, self.context.clock.now(), on_done=self._show
        )

    def _show(self, noted: NotedMeeting | None) -> None:
        if noted is None:
            self.keeper.commit()
            self.noted = None
            self.show_nothing()
            return
        row = noted.detail.row
        self.noted, self._wanted = noted, row.id
        self.context.navigator.replace("notes", meeting_id=row.id)
        self.show_body()
        self.editor.read_with(
            noted.notes.known, noted.notes.names, noted.counts_from(self.context.clock.now())
        )
        self.keeper.show_stored(row.id, noted.notes.text)
        self.during.show_meeting(noted)
        self.after.show_meeting(noted)
        if self._wanted_part:
            part, self._wanted_part = self._wanted_part, ""
            self.show_part("during" if part == "notes" else part)
            self.show_part(part)
            if part == "notes":
                self.editor.setFocus()
        self.heading_changed.emit()

    def _show_line(self) -> None:
        remark = self.editor.remark(self.editor.textCursor().blockNumber())
        text = remark.text if remark is not None else ""
        hint = _("/ at the beginning of a line offers the quick marks. Saved while you type.")
        self.current.setText(text or hint)
        self.editor.setAccessibleDescription(text)

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _go_to_notes(self) -> None:
        self.show_part("notes")
        self.editor.setFocus()

    def _go_to_during(self) -> None:
        self.show_part("during")

    def _go_to_after(self) -> None:
        self.keeper.save()
        self.editor.understand()
        self.show_part("after")

    # Doing

    def _make_records(self) -> None:
        noted, lines = self._shown(), self.after.records.chosen
        if noted is None or not lines:
            return
        self.keeper.save()
        self.context.operations.run(
            self, _("Make records of notes"), note_changes.make_records, noted.detail.row.id,
            lines, on_done=self._made,
        )  # fmt: skip

    def _made(self, done: Applied) -> None:
        text = applied_text(len(done.made), len(done.known), tuple(done.refused.values()))
        self.after.records.say(text)
        self._tell(text)

    def _our_promise(self) -> None:
        self._record(QuickMark.COMMIT, Side.OURS)

    def _their_promise(self) -> None:
        self._record(QuickMark.COMMIT, Side.THEIRS)

    def _action(self) -> None:
        self._record(QuickMark.ACTION)

    def _record(self, mark: QuickMark, side: Side = Side.OURS) -> None:
        noted, text = self._shown(), self.editor.selected_text
        if noted is None or not text:
            return
        line = MarkedLine(0, mark, text, side, day_in(text, self.editor.today))
        due = "" if line.due_on is None else day_text(line.due_on, self.editor.today)
        self._said = joined(line_parts(line, due=_("due {day}").format(day=due) if due else ""))
        self.context.operations.run(
            self, _("Make a record of notes"), note_changes.make_records, noted.detail.row.id,
            (line,), on_done=self._recorded,
        )  # fmt: skip

    def _recorded(self, done: Applied) -> None:
        if done.made:
            self._tell(self._said)
        else:
            self._tell("; ".join(done.refused.values()) or _("This is there already."), undo=False)

    def _touch(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(_("What kind of touch it was"))
        for kind in InteractionKind:
            menu.addAction(word(kind)).setData(kind)
        menu.triggered.connect(self._log_touch)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.editor.cursorRect().bottomLeft()
        menu.popup(self.editor.viewport().mapToGlobal(corner))

    def _log_touch(self, action: QAction) -> None:
        noted, text = self._shown(), self.editor.selected_text
        if noted is not None and text:
            self.context.operations.run(
                self, _("Log a touch"), note_changes.log_mention, noted.detail.row.id,
                InteractionKind(action.data()), text, on_done=self._touch_logged,
            )  # fmt: skip

    def _touch_logged(self, _touch_id: str) -> None:
        self._tell(_("The touch is logged."))

    def _support(self) -> None:
        text = self.editor.selected_text
        self._go_to_after()
        self.after.ensureWidgetVisible(self.after.support)
        self.after.support.begin(text)

    def _tell(self, text: str, *, undo: bool = True) -> None:
        navigator, operations = self.context.navigator, self.context.operations
        if undo:
            navigator.notify(text, kind="good", action_text=_("Undo"), action=operations.undo)
        else:
            navigator.notify(text)

    def open_follow_up(self) -> None:
        """Plan the steps after a proposal."""
        from kam_desktop.ui.meetings.follow_up_dialog import FollowUpDialog

        noted = self._shown()
        if noted is not None:
            row = noted.detail.row
            FollowUpDialog(self.context, row.account_id, row.id, self).open()

    def open_minutes(self) -> None:
        """Show the minutes as they would be handed out."""
        from kam_desktop.ui.handouts.minutes_preview import open_minutes_preview

        noted = self._shown()
        if noted is not None:
            self.commit_drafts()
            open_minutes_preview(self.context, noted.detail.row.id, self)

    def _open_meeting(self) -> None:
        noted = self._shown()
        if noted is not None:
            self.context.navigator.open("meetings", meeting_id=noted.detail.row.id)

    def _open_person(self, person_id: str) -> None:
        noted = self._shown()
        if noted is not None:
            self.context.navigator.open(
                "account", account_id=noted.detail.row.account_id, section="map",
                person_id=person_id,
            )  # fmt: skip

    def _plan(self) -> None:
        self.context.navigator.open("meetings", new="1")
