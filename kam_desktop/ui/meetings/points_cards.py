"""What is to be talked about: the agenda with its times, questions to ask, objections to expect."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.analysis.agenda_text import split_minutes
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import MeetingDetail, PointRow
from kam_desktop.ui.meetings import meeting_changes
from kam_desktop.ui.meetings.attendees_card import display_name
from kam_desktop.ui.meetings.folding_card import FoldingCard
from kam_desktop.ui.meetings.point_line import People
from kam_desktop.ui.meetings.point_list import PointList
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import clock_text
from kam_desktop.ui.widgets import Button, InlineEditor
from kam_desktop.ui.widgets.growing_text import GrowingText
from kam_desktop.ui.widgets.minutes_field import minutes_text


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    line: str
    placeholder: str
    add: str
    change: str
    move: str
    delete: str


def _agenda_words() -> _Words:
    return _Words(
        title=_("Agenda"),
        line=_("New line of the agenda"),
        placeholder=_("Add a topic, such as: Figures of the quarter 15 min"),
        add=_("Add a line to the agenda"),
        change=_("Change a line of the agenda"),
        move=_("Move a line of the agenda"),
        delete=_("Delete a line of the agenda"),
    )


def _question_words() -> _Words:
    return _Words(
        title=_("Questions"),
        line=_("New question"),
        placeholder=_("Add a question you want answered"),
        add=_("Add a question"),
        change=_("Change a question"),
        move=_("Move a question"),
        delete=_("Delete a question"),
    )


def _objection_words() -> _Words:
    return _Words(
        title=_("Objections"),
        line=_("New objection"),
        placeholder=_("Add what they may object to"),
        add=_("Add an objection"),
        change=_("Change an objection"),
        move=_("Move an objection"),
        delete=_("Delete an objection"),
    )


_WORDS: dict[PointKind, Callable[[], _Words]] = {
    PointKind.AGENDA: _agenda_words,
    PointKind.QUESTION: _question_words,
    PointKind.OBJECTION: _objection_words,
}


@dataclass(slots=True)
class _NewLine:
    """A line on its way into the portfolio, behind the line ``after`` or at the end."""

    meeting_id: str
    text: str
    after: str | None


class PointsCard(FoldingCard):
    """Lines of one kind. Enter adds the next one, Alt with an arrow or the grip moves a line,
    emptying it deletes it; every change is a step of its own."""

    def __init__(self, context: AppContext, kind: PointKind, parent: QWidget | None = None) -> None:
        words = _WORDS[kind]()
        super().__init__(kind.value, words.title, parent)
        self._context = context
        self._kind = kind
        self._words = words
        self._meeting_id = ""
        self._waiting: deque[_NewLine] = deque()
        self._adding = False
        self.list = PointList(words.line, words.placeholder)
        self.content.addWidget(self.list)
        self.list.added.connect(self._add)
        self.list.changed.connect(self._change)
        self.list.move_wanted.connect(self._move)
        self.list.delete_wanted.connect(self._delete)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show the lines of a meeting."""
        if detail.row.id != self._meeting_id:
            self.commit_drafts()
            self._meeting_id = detail.row.id
        rows = detail.points_of(self._kind)
        self.list.show_rows(rows, _people(detail) if self._kind is PointKind.QUESTION else ())
        self.set_foldable(bool(rows))
        self._sum_up(rows, detail)

    def start_adding(self) -> None:
        """Put the keyboard where the next line is typed."""
        self.unfold()
        self.list.start_adding()

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        if self._meeting_id:
            self.list.commit_drafts()

    def _sum_up(self, rows: Sequence[PointRow], _detail: MeetingDetail) -> None:
        open_ones = sum(not row.answer for row in rows)
        if self._kind is PointKind.OBJECTION:
            text = ngettext("{n} without an answer", "{n} without an answer", open_ones)
            done = _("Each has an answer.")
        else:
            text = ngettext("{n} to ask", "{n} to ask", open_ones)
            done = _("All are answered.")
        self.set_subtitle((text.format(n=open_ones) if open_ones else done) if rows else "")

    # One after the other, so that lines typed fast keep their order.

    def _add(self, text: str, after: str | None) -> None:
        self._waiting.append(_NewLine(self._meeting_id, text, after))
        self._add_next()

    def _add_next(self) -> None:
        if self._adding or not self._waiting:
            return
        self._adding = True
        new = self._waiting.popleft()
        text, minutes = new.text, None
        if self._kind is PointKind.AGENDA:
            text, minutes = split_minutes(text)
        self._context.operations.run(
            self, self._words.add, meeting_changes.add_point,
            new.meeting_id, self._kind, text, minutes, new.after,
            on_done=partial(self._added, new), on_error=self._not_added,
        )  # fmt: skip

    def _added(self, new: _NewLine, point_id: str) -> None:
        self._adding = False
        for other in self._waiting:
            if new.after is not None and other.after == new.after:
                other.after = point_id
        if new.meeting_id == self._meeting_id:
            self.list.went_in(new.after, point_id)
        self._add_next()

    def _not_added(self, error: object) -> None:
        self._adding = False
        self._waiting.clear()
        self._context.navigator.notify(str(error), kind="warn")

    def _change(self, point_id: str, field: str, value: object, editor: object) -> None:
        refuse = editor.refuse if isinstance(editor, InlineEditor) else None
        self._context.operations.run(
            self, self._words.change, meeting_changes.change_point, point_id, {field: value},
            on_error=refuse,
        )  # fmt: skip

    def _move(self, point_id: str, index: int) -> None:
        self._context.operations.run(
            self, self._words.move, meeting_changes.move_point, point_id, index
        )

    def _delete(self, point_id: str) -> None:
        self._context.operations.run(
            self, self._words.delete, meeting_changes.delete_point, point_id
        )


class AgendaCard(PointsCard):
    """Says when each topic begins and whether all fit into the meeting."""

    def __init__(
        self, context: AppContext, texts: MeetingTexts, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, PointKind.AGENDA, parent)
        self._texts = texts
        old = GrowingText(_("Written as one text"))
        self._old = texts.add("agenda", old)
        self.take_apart = Button(_("Make lines of it"), icon_name="rows-3")
        self.content.insertWidget(0, self._old)
        self.content.insertWidget(1, self.take_apart, 0, Qt.AlignmentFlag.AlignLeft)
        self.take_apart.clicked.connect(self._take_apart)

    def show_detail(self, detail: MeetingDetail) -> None:
        super().show_detail(detail)
        old = bool(detail.agenda) or self._old.has_draft
        self._old.setVisible(old)
        self.take_apart.setVisible(old)
        self.set_foldable(old or bool(self.list.lines))
        self._show_clocks(detail)

    def _sum_up(self, rows: Sequence[PointRow], detail: MeetingDetail) -> None:
        planned = sum(row.minutes or 0 for row in rows)
        over = planned - detail.row.minutes
        self.set_pills([(_("{length} too long").format(length=minutes_text(over)), State.WARN)]
                       if over > 0 else [])  # fmt: skip
        self.set_subtitle(_sum_text(rows, planned, detail.row.minutes))

    def _show_clocks(self, detail: MeetingDetail) -> None:
        at: dt.datetime | None = detail.row.starts_at
        for line in self.list.lines:
            line.show_clock("" if at is None else clock_text(at, detail.row.zone))
            minutes = line.row.minutes
            at = None if at is None or minutes is None else at + dt.timedelta(minutes=minutes)

    def _take_apart(self) -> None:
        self._texts.commit_drafts()
        self._context.operations.run(
            self, _("Make lines of an agenda"), meeting_changes.take_agenda_apart,
            self._meeting_id, on_done=self._taken_apart,
        )  # fmt: skip

    def _taken_apart(self, _count: object) -> None:
        self.list.start_adding()


def _sum_text(rows: Sequence[PointRow], planned: int, length: int) -> str:
    """How much of the meeting is planned, and how many lines say nothing of their time."""
    if not rows:
        return ""
    timeless = sum(row.minutes is None for row in rows)
    said = _("{planned} of {length} planned").format(
        planned=minutes_text(planned), length=minutes_text(length)
    )
    rest = ngettext("{n} line without a time", "{n} lines without a time", timeless)
    free = length - planned
    left = _("{length} free").format(length=minutes_text(free)) if planned and free > 0 else ""
    return joined((said if planned else "", left, rest.format(n=timeless) if timeless else ""))


def _people(detail: MeetingDetail) -> People:
    return tuple(
        (row.person_id, display_name(row)) for row in detail.attendees if row.person_id is not None
    )
