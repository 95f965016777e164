"""What either side promised: open promises of both sides, and what became of the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.commitments import (
    CommitmentPage,
    CommitmentRow,
    open_of_account,
    settled_of_account,
)
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.lines import LineAction, LineActions, LineList
from kam_desktop.ui.account.promise_line import PromiseContent, about, standing
from kam_desktop.ui.account.record_form import Field, RecordForm
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord, person_field
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.widgets import Button, Card, Scroller, make_action, text_label

SETTLED = 20


@dataclass(frozen=True, slots=True)
class Promises:
    """Everything this section shows."""

    account_id: str
    open: tuple[CommitmentRow, ...]
    settled: CommitmentPage


def promises(db: Reader, account_id: str, settled: int) -> Promises:
    """The promises of an account, with so many settled ones."""
    return Promises(
        account_id,
        tuple(open_of_account(db, account_id)),
        settled_of_account(db, account_id, limit=settled),
    )


class PromisesSection(Section):
    """Three cards of lines; each line has one key per thing that can become of a promise."""

    tables: ClassVar[tuple[str, ...]] = ("commitment", "person")

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._settled_shown = SETTLED
        self._edited: CommitmentRow | None = None
        self.lines = LineActions(self, _line_actions(context))
        self._new = make_action(_("Add a promise"), self, shortcut="Ctrl+N")
        self.form = RecordForm(_("New promise"), _fields(context), context.clock.today())
        self.form.setProperty("card", "sunken")
        self.ours = PromiseCard(_("We promised"), context, self.lines)
        self.theirs = PromiseCard(_("They promised"), context, self.lines)
        self.settled = PromiseCard(_("Settled"), context, self.lines)
        self.settled.add_button.hide()
        self.more = Button(_("Show more"), "quiet")
        self.settled.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._place: LineList = self.ours.list
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        scroller = Scroller()
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns = Columns(((self.ours,), 1), ((self.theirs,), 1))
        scroller.column.addWidget(self.columns)
        scroller.column.addWidget(self.settled)
        scroller.column.addWidget(text_label(_keys(), "hint", wrap=True))
        scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.columns.fit(event.size().width())
        super().resizeEvent(event)

    def _connect_signals(self) -> None:
        self._new.triggered.connect(self.add_ours)
        self.ours.add_button.clicked.connect(self.add_ours)
        self.theirs.add_button.clicked.connect(self.add_theirs)
        self.lines.wanted.connect(self._do)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self._form_closed)
        self.more.clicked.connect(self._show_more)

    def commands(self) -> list[QAction]:
        return [self._new, *self.lines.actions]

    # Showing

    def load(self) -> None:
        self.context.lanes.read(
            self, promises, self.account_id, self._settled_shown, on_done=self._show
        )

    def _show(self, found: Promises) -> None:
        if found.account_id != self.account_id:
            return
        today = self.context.clock.today()
        for card, side in ((self.ours, Side.OURS), (self.theirs, Side.THEIRS)):
            rows = [row for row in found.open if row.side is side]
            card.show_open(rows, today)
        self.settled.list.show_rows(found.settled.rows)
        self.settled.setVisible(bool(found.settled.rows))
        self.more.setVisible(found.settled.more)

    def _show_more(self) -> None:
        self._settled_shown += SETTLED
        self.load()

    def leave_account(self) -> None:
        self._settled_shown = SETTLED
        self.form.close_form()
        self.lines.choose(None)

    def commit_drafts(self) -> None:
        self.form.commit()

    # Changing

    def add_ours(self) -> None:
        """Open the form for a promise of ours."""
        self._open_form(None, Side.OURS, self.ours.list)

    def add_theirs(self) -> None:
        """Open the form for a promise of theirs."""
        self._open_form(None, Side.THEIRS, self.theirs.list)

    def _open_form(self, row: CommitmentRow | None, side: Side, place: LineList) -> None:
        self._place.end_edit()
        self._edited, self._place = row, place
        person = self.form.editor("person_id")
        assert isinstance(person, InlineRecord)
        person.picker.ask_with(self.account_id)
        if row is None:
            place.add(self.form)
            self.form.show_fields(hidden=("evidence",))
            self.form.open_with({"side": side}, _("New promise"))
            return
        place.edit(row.id, self.form)
        person.set_record(row.person_id, row.person_name)
        values = {name: getattr(row, name) for name in _EDITED}
        self.form.show_fields()
        self.form.open_with(values, _("Change promise"))

    def _form_closed(self) -> None:
        self._place.end_edit()

    def _save(self, values: dict[str, Any]) -> None:
        use_case: Callable[..., Any] = _add
        label, record_id = _("Add a promise"), self.account_id
        if self._edited is not None:
            use_case, label, record_id = _change, _("Change a promise"), self._edited.id
        self.context.operations.run(
            self.form,
            label,
            use_case,
            record_id,
            values,
            on_done=self.form.accept,
            on_error=self.form.refuse,
        )

    def _do(self, name: str, row: CommitmentRow) -> None:
        if name == "edit":
            lists = (self.ours.list, self.theirs.list, self.settled.list)
            place = next(each for each in lists if any(line.row == row for line in each.lines))
            self._open_form(row, row.side, place)
            return
        labels = {
            "tick": _("Keep a promise"),
            "keep": _("Keep a promise"),
            "late": _("Keep a promise late"),
            "break": _("Break a promise"),
            "withdraw": _("Withdraw a promise"),
            "reopen": _("Reopen a promise"),
            "delete": _("Delete a promise"),
        }
        self.context.operations.run(self, labels[name], _settle, name, row.id, row.due_on)


class PromiseCard(Card):
    """Promises of one kind as lines, and a button to add one."""

    def __init__(
        self, title: str, context: AppContext, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self._nothing = text_label(_("Nothing is open."), "hint", wrap=True)
        self._nothing.hide()
        self.list = LineList(partial(_content, context, actions), partial(_name, context), actions)
        self.add(self._nothing)
        self.add(self.list)

    def show_open(self, rows: list[CommitmentRow], today: dt.date) -> None:
        """Show the open promises of one side."""
        late = sum(row.late(today) for row in rows)
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(f"▲ {text}", State.BAD)] if late else [])
        self.list.show_rows(rows)
        self._nothing.setVisible(not rows)


def _content(context: AppContext, actions: LineActions, row: CommitmentRow) -> QWidget:
    return PromiseContent(row, context.clock.today(), actions)


def _name(context: AppContext, row: CommitmentRow) -> str:
    today = context.clock.today()
    return ", ".join((row.text, standing(row, today)[0], about(row, today)))


def _keys() -> str:
    return _(
        "On a promise: Enter changes it, K kept in time, L kept late, B broken, W withdrawn, "
        "O opens it again, Del deletes it. Arrow keys lead from one to the next."
    )


def _line_actions(context: AppContext) -> list[LineAction]:
    return [
        LineAction("edit", _("Change"), "pencil", "Return"),
        LineAction("keep", _("Kept in time"), "check", "K", applies=_is_open),
        LineAction("late", _("Kept late"), "clock", "L", applies=partial(_is_late, context)),
        LineAction("break", _("Broken"), "x", "B", applies=_is_open),
        LineAction("withdraw", _("Withdrawn"), "minus", "W", applies=_is_open),
        LineAction("reopen", _("Open again"), "rotate-ccw", "O", applies=_is_settled),
        LineAction("delete", _("Delete"), "trash-2", "Del"),
    ]


def _fields(context: AppContext) -> list[Field]:
    sides = ((Side.OURS, _("We promised")), (Side.THEIRS, _("They promised")))
    return [
        Field("text", _("What was promised"), wide=True),
        Field("side", _("Side"), "choice", sides),
        Field(
            "person_id", _("To whom, or by whom"), make=partial(person_field, context), empty=None
        ),
        Field("due_on", _("Due"), "date"),
        Field("evidence", _("What shows what became of it"), wide=True),
    ]


_EDITED = ("text", "side", "person_id", "due_on", "evidence")


def _is_open(row: CommitmentRow) -> bool:
    return row.state is CommitmentState.OPEN


def _is_late(context: AppContext, row: CommitmentRow) -> bool:
    return _is_open(row) and row.late(context.clock.today())


def _is_settled(row: CommitmentRow) -> bool:
    return row.state is not CommitmentState.OPEN


def _add(work: Any, account_id: str, values: dict[str, Any]) -> str:
    from kam_desktop.services.commitments import add_commitment

    return add_commitment(
        work,
        account_id,
        values["side"],
        values["text"],
        due_on=values["due_on"],
        person_id=values["person_id"],
    )


def _change(work: Any, commitment_id: str, values: dict[str, Any]) -> None:
    from kam_desktop.services.commitments import change_commitment

    change_commitment(work, commitment_id, **values)


def _settle(work: Any, what: str, commitment_id: str, due_on: dt.date | None) -> None:
    """Say what became of a promise; one kept in time after its date was kept on that date."""
    from kam_desktop.services import commitments

    if what == "keep":
        on = work.today if due_on is None else min(due_on, work.today)
        commitments.keep_commitment(work, commitment_id, on=on)
        return
    {
        "tick": commitments.keep_commitment,
        "late": commitments.keep_commitment,
        "break": commitments.break_commitment,
        "withdraw": commitments.withdraw_commitment,
        "reopen": commitments.reopen_commitment,
        "delete": commitments.delete_commitment,
    }[what](work, commitment_id)
