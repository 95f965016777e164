"""One meeting: when and where, who comes, what is wanted, what is prepared, what came out."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import InteractionKind, MeetingType
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.services.words import word
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.attendees_card import AttendeesCard
from kam_desktop.ui.meetings.checklist_card import ChecklistCard
from kam_desktop.ui.meetings.when_editor import WhenEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import day_text, elsewhere_text, home_zone, span_text
from kam_desktop.ui.widgets import (
    Button,
    Card,
    InlineChoice,
    InlineEditor,
    InlineLine,
    Scroller,
    text_label,
)
from kam_desktop.ui.widgets.growing_text import GrowingText

_TWO_COLUMNS_FROM = 760


class MeetingPanel(Scroller):
    """``link_wanted`` carries the link of a checklist item, ``person_wanted`` a person's id,
    ``meeting_wanted`` the id of the meeting before, ``account_wanted`` the account's."""

    link_wanted = Signal(str)
    person_wanted = Signal(str)
    meeting_wanted = Signal(str)
    account_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: MeetingDetail | None = None
        self._editors: dict[str, InlineEditor] = {}
        self.checklist = ChecklistCard(context)
        self.attendees = AttendeesCard(context)
        self._build_facts()
        self._build_aims()
        self._build_afterwards()
        self._build_previous()
        self._lay_out()
        self._connect_signals()

    # Parts

    def _build_facts(self) -> None:
        self._facts = Card(_("When and where"))
        self._when = text_label("", "strong", wrap=True)
        self._elsewhere = text_label("", "small", wrap=True)
        self._account = Button("", "quiet", icon_name="building-2")
        self._type = InlineChoice(_("Type"))
        self._type.set_choices([(kind, word(kind)) for kind in MeetingType])
        self._move = Button(_("Change time"), icon_name="calendar-days")
        row = QHBoxLayout()
        times = QVBoxLayout()
        times.setSpacing(0)
        times.addWidget(self._when)
        times.addWidget(self._elsewhere)
        row.addLayout(times, 1)
        row.addWidget(self._move)
        self._facts.add_tool(self._account)
        self._facts.body.addLayout(row)
        self._mover = _Mover()
        self._facts.add(self._mover)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.S))
        grid.addWidget(self._editor("title", InlineLine(_("Name"))), 0, 0)
        grid.addWidget(self._type, 0, 1)
        place = InlineLine(_("Place"))
        place.set_placeholder(_("Address, room or link"))
        grid.addWidget(self._editor("place", place), 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._facts.body.addLayout(grid)

    def _build_aims(self) -> None:
        self._aims = Card(_("Objectives"))
        ours = GrowingText(_("What we want"))
        ours.set_placeholder(_("The one thing to leave with"))
        theirs = GrowingText(_("What they want"))
        theirs.set_placeholder(_("What makes this hour worth it for them"))
        agenda = GrowingText(_("Agenda and questions"))
        agenda.set_placeholder(_("One line each: topics with minutes, questions to ask"))
        agenda.set_lines(4)
        self._aims.add(self._editor("objective_ours", ours))
        self._aims.add(self._editor("objective_theirs", theirs))
        self._aims.add(self._editor("agenda", agenda))

    def _build_afterwards(self) -> None:
        self._after = Card(_("Afterwards"))
        outcome = GrowingText(_("What came out"))
        outcome.set_placeholder(_("Decisions, promises, what changed"))
        step = InlineLine(_("Next step"))
        step.set_placeholder(_("Who does what by when"))
        self._after.add(self._editor("outcome", outcome))
        self._after.add(self._editor("next_step", step))
        self._log = Button(_("Log as a visit"), icon_name="notebook-pen")
        self._logged = text_label(_("Logged as a touch."), "hint")
        row = QHBoxLayout()
        row.addWidget(self._logged)
        row.addStretch(1)
        row.addWidget(self._log)
        self._after.body.addLayout(row)

    def _build_previous(self) -> None:
        self._previous = Card(_("The meeting before"))
        self._previous_outcome = text_label("", wrap=True)
        self._previous_step = text_label("", "small", wrap=True)
        self._previous_open = Button(_("Open it"), "quiet")
        self._previous.add_tool(self._previous_open)
        self._previous.add(self._previous_outcome)
        self._previous.add(self._previous_step)

    def _editor(self, field: str, editor: InlineEditor) -> InlineEditor:
        editor.setObjectName(field)
        self._editors[field] = editor
        return editor

    def _lay_out(self) -> None:
        px = theme().px
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(Space.M))
        main, side = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (main, (self._facts, self.checklist, self._after)),
            (side, (self.attendees, self._aims, self._previous)),
        ):
            column.setSpacing(px(Space.M))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._columns.addLayout(main, 3)
        self._columns.addLayout(side, 2)
        self.column.addLayout(self._columns)
        self.column.addStretch(1)

    def _connect_signals(self) -> None:
        for editor in self._editors.values():
            editor.committed.connect(self._text_committed)
        self._type.committed.connect(self._type_committed)
        self._move.clicked.connect(self._start_moving)
        self._mover.wanted.connect(self._reschedule)
        self._account.clicked.connect(self._open_account)
        self._log.clicked.connect(self._log_meeting)
        self._previous_open.clicked.connect(self._open_previous)
        self.checklist.link_wanted.connect(self.link_wanted)
        self.checklist.asking.connect(self._bring_into_view)
        self.attendees.person_wanted.connect(self.person_wanted)

    # Showing

    @property
    def detail(self) -> MeetingDetail | None:
        """The meeting that is shown."""
        return self._detail

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting, or the same one with what changed."""
        if self._detail is None or self._detail.row.id != detail.row.id:
            self.commit_drafts()
            self._mover.hide()
            self.verticalScrollBar().setValue(0)
        self._detail = detail
        row = detail.row
        today = self._context.clock.today()
        self._when.setText(span_text(row.starts_at, row.minutes, row.zone, today))
        self._elsewhere.setText(self._other_clocks(detail))
        self._elsewhere.setVisible(bool(self._elsewhere.text()))
        self._account.setText(row.account_name.replace("&", "&&"))
        self._type.set_value(row.type)
        values = {
            "title": row.title,
            "place": row.place,
            "objective_ours": detail.objective_ours,
            "objective_theirs": detail.objective_theirs,
            "agenda": detail.agenda,
            "outcome": detail.outcome,
            "next_step": detail.next_step,
        }
        for field, editor in self._editors.items():
            editor.set_value(values[field])
        self.checklist.show_detail(detail)
        self.attendees.show_detail(detail)
        self._show_previous(detail, today)
        begun = row.starts_at <= self._context.clock.now()
        self._log.setVisible(begun and not detail.logged and not row.cancelled)
        self._logged.setVisible(detail.logged)

    def _other_clocks(self, detail: MeetingDetail) -> str:
        row = detail.row
        here = elsewhere_text(row.starts_at, row.zone, home_zone(), here=True)
        there = ""
        if detail.account_zone and detail.account_zone != home_zone():
            there = elsewhere_text(row.starts_at, row.zone, detail.account_zone, here=False)
        return joined((here, there))

    def _show_previous(self, detail: MeetingDetail, today: dt.date) -> None:
        before = detail.previous
        self._previous.setVisible(before is not None)
        if before is None:
            return
        day = day_text(local_of(before.starts_at, before.zone).date(), today)
        self._previous.set_subtitle(joined((before.title, day)))
        self._previous_outcome.setText(before.outcome or _("No outcome was written down."))
        step = _("Next step: {text}").format(text=before.next_step) if before.next_step else ""
        self._previous_step.setText(step)
        self._previous_step.setVisible(bool(step))

    def show_part(self, part: str) -> None:
        """Bring a part into view and put the keyboard there, as named in checklist links."""
        targets: dict[str, QWidget] = {
            "objectives": self._editors["objective_ours"],
            "agenda": self._editors["agenda"],
            "attendees": self.attendees,
            "when": self._move,
            "previous": self._previous_open,
        }
        target = targets.get(part)
        if target is None:
            return
        self.ensureWidgetVisible(target)
        if part == "attendees":
            self.attendees.focus_adding()
        else:
            target.setFocus()

    def _bring_into_view(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        for editor in self._editors.values():
            editor.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    # Changing

    def _text_committed(self, value: object) -> None:
        editor = self.sender()
        if not isinstance(editor, InlineEditor) or self._detail is None:
            return
        field, key = editor.objectName(), self._detail.row.id
        self._context.operations.run(
            self, _("Edit a meeting"), changes.set_text, key, field, str(value),
            on_error=editor.refuse, coalesce=f"meeting:{key}:{field}",
        )  # fmt: skip

    def _type_committed(self, value: object) -> None:
        if self._detail is not None and isinstance(value, MeetingType):
            self._context.operations.run(
                self, _("Change the type of a meeting"), changes.set_type,
                self._detail.row.id, value,
            )  # fmt: skip

    def _start_moving(self) -> None:
        if self._detail is not None:
            row = self._detail.row
            self._mover.start(LocalTime.of_instant(row.starts_at, row.zone), row.minutes)

    def _reschedule(self, when: LocalTime, minutes: int) -> None:
        if self._detail is not None:
            self._context.operations.run(
                self, _("Move a meeting"), changes.reschedule, self._detail.row.id, when, minutes,
                on_done=self._moved, on_error=self._mover.refuse,
            )  # fmt: skip

    def _moved(self, _result: object) -> None:
        self._mover.hide()
        self._move.setFocus()

    def _log_meeting(self) -> None:
        if self._detail is None:
            return
        self.commit_drafts()
        key = self._detail.row.id
        outcome = self._editors["outcome"].value()
        step = self._editors["next_step"].value()
        self._context.operations.run(
            self, _("Log a meeting"), changes.log_meeting, key, outcome, step,
            InteractionKind.VISIT,
        )  # fmt: skip

    def _open_account(self) -> None:
        if self._detail is not None:
            self.account_wanted.emit(self._detail.row.account_id)

    def _open_previous(self) -> None:
        if self._detail is not None and self._detail.previous is not None:
            self.meeting_wanted.emit(self._detail.previous.id)


class _Mover(QWidget):
    """Chooses another time. ``wanted`` carries (`LocalTime`, minutes)."""

    wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when = WhenEditor()
        self._keep = Button(_("Move meeting"))
        self._cancel = Button(_("Cancel"), "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._when)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._keep)
        column.addLayout(row)
        self.hide()
        self._keep.clicked.connect(self._want)
        self._cancel.clicked.connect(self.hide)

    def start(self, when: LocalTime, minutes: int) -> None:
        """Open with the time as it is."""
        self._when.set_value(when, minutes)
        self.show()
        self._when.setFocus()

    def refuse(self, error: object) -> None:
        """Say why not."""
        self._when.refuse(error)

    def _want(self) -> None:
        self.wanted.emit(self._when.value(), self._when.minutes)
