"""The promises of one kind as lines, what can be done to each, and the fields of their form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.ui.account.lines import LineAction, LineActions, LineList
from kam_desktop.ui.account.promise_line import PromiseContent, about, standing
from kam_desktop.ui.account.record_form import Field
from kam_desktop.ui.interactions.record_field import person_field
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.widgets import Button, Card, text_label


class PromiseCard(Card):
    """Promises of one kind as lines, and a button to add one."""

    def __init__(
        self, title: str, context: AppContext, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self._nothing = text_label("", "hint", wrap=True)
        self._nothing.hide()
        self.list = LineList(partial(_content, context, actions), partial(_name, context), actions)
        self.add(self._nothing)
        self.add(self.list)

    def show_open(self, rows: Sequence[CommitmentRow], today: dt.date) -> None:
        """Show the open promises of one side."""
        late = sum(row.late(today) for row in rows)
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(f"▲ {text}", State.BAD)] if late else [])
        self._show(rows, _("Nothing is open."))

    def show_settled(self, rows: Sequence[CommitmentRow]) -> None:
        """Show settled promises of either side."""
        self._show(rows, _("Nothing is settled yet."))

    def _show(self, rows: Sequence[CommitmentRow], nothing: str) -> None:
        self.list.show_rows(rows)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not rows)


def _content(context: AppContext, actions: LineActions, row: CommitmentRow) -> QWidget:
    return PromiseContent(row, context.clock.today(), actions)


def _name(context: AppContext, row: CommitmentRow) -> str:
    today = context.clock.today()
    return ", ".join((row.text, standing(row, today)[0], about(row, today)))


def promise_actions(context: AppContext) -> list[LineAction]:
    """What can become of a promise, each on its key; none applies to another kind of line."""
    return [
        LineAction("keep", _("Kept in time"), "check", "K", applies=_is_open),
        LineAction("late", _("Kept late"), "clock", "L", applies=partial(_is_late, context)),
        LineAction("break", _("Broken"), "x", "B", applies=_is_open),
        LineAction("withdraw", _("Withdrawn"), "minus", "W", applies=_is_open),
    ]


def promise_fields(context: AppContext) -> list[Field]:
    """The form of one promise."""
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


PROMISE_FIELDS = ("text", "side", "person_id", "due_on", "evidence")


def promise_label(name: str) -> str:
    """The step of undo that an action on a promise makes."""
    return {
        "tick": _("Keep a promise"),
        "keep": _("Keep a promise"),
        "late": _("Keep a promise late"),
        "break": _("Break a promise"),
        "withdraw": _("Withdraw a promise"),
        "reopen": _("Reopen a promise"),
        "delete": _("Delete a promise"),
    }[name]


def is_settled(row: Any) -> bool:
    """Whether a line is a promise that can be opened again."""
    return isinstance(row, CommitmentRow) and row.state is not CommitmentState.OPEN


def _is_open(row: Any) -> bool:
    return isinstance(row, CommitmentRow) and row.state is CommitmentState.OPEN


def _is_late(context: AppContext, row: Any) -> bool:
    return _is_open(row) and bool(row.late(context.clock.today()))


def add_promise(work: Any, account_id: str, values: dict[str, Any]) -> str:
    from kam_desktop.services.commitments import add_commitment

    return add_commitment(
        work,
        account_id,
        values["side"],
        values["text"],
        due_on=values["due_on"],
        person_id=values["person_id"],
    )


def change_promise(work: Any, commitment_id: str, values: dict[str, Any]) -> None:
    from kam_desktop.services.commitments import change_commitment

    change_commitment(work, commitment_id, **values)


def settle_promise(work: Any, what: str, commitment_id: str, due_on: dt.date | None) -> None:
    """Say what became of a promise; one kept in time after its date was kept on that date."""
    from kam_desktop.services import commitments

    if what == "keep":
        on = work.today if due_on is None else min(due_on, work.today)
        commitments.keep_commitment(work, commitment_id, on=on)
        return
    use_cases: dict[str, Callable[[Any, str], None]] = {
        "tick": commitments.keep_commitment,
        "late": commitments.keep_commitment,
        "break": commitments.break_commitment,
        "withdraw": commitments.withdraw_commitment,
        "reopen": commitments.reopen_commitment,
        "delete": commitments.delete_commitment,
    }
    use_cases[what](work, commitment_id)
