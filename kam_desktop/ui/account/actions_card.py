"""What ours do for the account: actions beside the promises, nobody outside was told of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import ActionState
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.actions import ActionPage, ActionRow
from kam_desktop.ui.account.action_line import ActionContent, about, standing
from kam_desktop.ui.account.lines import LineAction, LineActions, LineList
from kam_desktop.ui.account.record_form import Field, RecordForm
from kam_desktop.ui.interactions.record_field import InlineRecord, member_field, person_field
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State
from kam_desktop.ui.widgets import Button, Card, text_label

CLOSED = 20


class ActionsCard(Card):
    """Open actions as lines, the closed ones on demand. ``reload_wanted`` asks to read again."""

    reload_wanted = Signal()

    def __init__(
        self, context: AppContext, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("What we do"), parent=parent)
        self._context = context
        self._account_id = ""
        self._me: tuple[str, str] | None = None
        self._edited: ActionRow | None = None
        self.closed_shown = 0
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self._nothing = text_label(
            _("Nothing is to be done. An action is a task of ours; nobody was promised it."),
            "hint",
            wrap=True,
        )
        self._nothing.hide()
        self.list = LineList(partial(_content, context, actions), partial(_name, context), actions)
        self.form = RecordForm(_("New action"), _fields(context), context.clock.today())
        self.form.setProperty("card", "sunken")
        self.more = Button(_("Show what is done"), "quiet")
        self.add(self._nothing)
        self.add(self.list)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add_action)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self.list.end_edit)
        self.more.clicked.connect(self._show_more)

    def leave_account(self) -> None:
        """Another account is about to be shown."""
        self.form.close_form()
        self.closed_shown = 0

    def show_actions(
        self, account_id: str, me: tuple[str, str] | None, found: ActionPage, closed: ActionPage
    ) -> None:
        """Show the actions of an account; ``me`` is the user among ours as (id, name)."""
        self._account_id, self._me = account_id, me
        today = self._context.clock.today()
        late = sum(row.days_late(today) > 0 for row in found.rows)
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(f"▲ {text}", State.BAD)] if late else [])
        shown = closed.rows if self.closed_shown else ()
        self.list.show_rows([*found.rows, *shown])
        self._nothing.setVisible(not found.rows)
        self.more.setText(_("Show more that is done") if shown else _("Show what is done"))
        self.more.setVisible(closed.more or (bool(closed.rows) and not self.closed_shown))

    def _show_more(self) -> None:
        self.closed_shown += CLOSED
        self.reload_wanted.emit()

    # Changing

    def add_action(self) -> None:
        """Open the form for a new action; it is the user's own unless said otherwise."""
        self._open(None)
        self.list.add(self.form)
        owner = None if self._me is None else self._me[0]
        self.form.open_with({"owner_id": owner}, _("New action"))

    def edit(self, row: ActionRow) -> None:
        """Open the form in the place of a line."""
        self._open(row)
        self.list.edit(row.id, self.form)
        values = {name: getattr(row, name) for name in _EDITED}
        self.form.open_with(values, _("Change action"))

    def _open(self, row: ActionRow | None) -> None:
        self.list.end_edit()
        self._edited = row
        owner, person = self.form.editor("owner_id"), self.form.editor("person_id")
        assert isinstance(owner, InlineRecord)
        assert isinstance(person, InlineRecord)
        person.picker.ask_with(self._account_id)
        if row is not None:
            owner.set_record(row.owner_id, row.owner_name)
            person.set_record(row.person_id, row.person_name)
        elif self._me is not None:
            owner.set_record(*self._me)

    def _save(self, values: dict[str, Any]) -> None:
        use_case: Callable[..., Any] = _add
        label, record_id = _("Add an action"), self._account_id
        if self._edited is not None:
            label, use_case, record_id = _("Change an action"), _change, self._edited.id
        self._context.operations.run(
            self.form, label, use_case, record_id, values,
            on_done=self.form.accept, on_error=self.form.refuse,
        )  # fmt: skip

    def perform(self, name: str, row: ActionRow) -> None:
        """Do what a key or the menu of a line says."""
        if name == "edit":
            self.edit(row)
            return
        labels = {
            "done": _("Finish an action"),
            "drop": _("Drop an action"),
            "reopen": _("Reopen an action"),
            "delete": _("Delete an action"),
        }
        self._context.operations.run(self, labels[name], _close, name, row.id)


def action_actions() -> list[LineAction]:
    """What can become of an action, each on its key; none applies to another kind of line."""
    return [
        LineAction("done", _("Done"), "check", "D", applies=_is_open),
        LineAction("drop", _("Dropped"), "minus", "X", applies=_is_open),
    ]


def is_closed(row: Any) -> bool:
    """Whether a line is an action that can be opened again."""
    return isinstance(row, ActionRow) and row.state is not ActionState.OPEN


def _is_open(row: Any) -> bool:
    return isinstance(row, ActionRow) and row.state is ActionState.OPEN


def _content(context: AppContext, actions: LineActions, row: ActionRow) -> QWidget:
    return ActionContent(row, context.clock.today(), actions)


def _name(context: AppContext, row: ActionRow) -> str:
    return ", ".join((row.text, standing(row, context.clock.today())[0], about(row)))


def _fields(context: AppContext) -> list[Field]:
    return [
        Field("text", _("What is to be done"), wide=True),
        Field("owner_id", _("Who of ours"), make=partial(member_field, context), empty=None),
        Field("due_on", _("Due"), "date"),
        Field("person_id", _("With whom"), make=partial(person_field, context), empty=None),
    ]


_EDITED = ("text", "owner_id", "due_on", "person_id")


def _add(work: Any, account_id: str, values: dict[str, Any]) -> str:
    from kam_desktop.services.actions import add_action

    return add_action(work, account_id, **values)


def _change(work: Any, action_id: str, values: dict[str, Any]) -> None:
    from kam_desktop.services.actions import update_action

    update_action(work, action_id, **values)


def _close(work: Any, what: str, action_id: str) -> None:
    from kam_desktop.services import actions

    if what == "delete":
        actions.delete_action(work, action_id)
        return
    states = {
        "done": ActionState.DONE,
        "drop": ActionState.DROPPED,
        "reopen": ActionState.OPEN,
    }
    actions.set_action_state(work, action_id, states[what])
