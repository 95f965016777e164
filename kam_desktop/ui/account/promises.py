"""What either side promised, how much of it was kept in time, and what ours do for the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.health_facts import CommitmentFact
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.actions import ActionPage, ActionRow
from kam_desktop.services.queries.actions import closed_of_account as closed_actions
from kam_desktop.services.queries.actions import open_of_account as open_actions
from kam_desktop.services.queries.commitments import (
    CommitmentPage,
    CommitmentRow,
    facts_of_account,
    open_of_account,
    settled_of_account,
)
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.account.actions_card import ActionsCard, action_actions, is_closed
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.ledger_card import LedgerCard
from kam_desktop.ui.account.lines import LineAction, LineActions, LineList
from kam_desktop.ui.account.promise_card import (
    PROMISE_FIELDS,
    PromiseCard,
    add_promise,
    change_promise,
    is_settled,
    promise_actions,
    promise_fields,
    promise_label,
    settle_promise,
)
from kam_desktop.ui.account.record_form import RecordForm
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Button, Scroller, make_action, text_label
from kam_desktop.ui.widgets.scrolling import bring_into_view

SETTLED = 20


@dataclass(frozen=True, slots=True)
class Promises:
    """Everything this section shows; ``me`` is the user among ours as (id, name)."""

    account_id: str
    open: tuple[CommitmentRow, ...]
    settled: CommitmentPage
    facts: tuple[CommitmentFact, ...]
    actions: ActionPage
    closed: ActionPage
    me: tuple[str, str] | None


def promises(db: Reader, account_id: str, settled: int, side: Side | None, closed: int) -> Promises:
    """The promises and actions of an account, with so many settled ones and closed ones."""
    me = db.row("SELECT id, name FROM team_member WHERE is_me = 1 AND deleted_at IS NULL LIMIT 1")
    return Promises(
        account_id,
        tuple(open_of_account(db, account_id)),
        settled_of_account(db, account_id, side=side, limit=settled),
        tuple(facts_of_account(db, account_id)),
        open_actions(db, account_id),
        closed_actions(db, account_id, limit=closed),
        None if me is None else (str(me[0]), str(me[1])),
    )


class PromisesSection(Section):
    """Cards of lines; each line has one key per thing that can become of a promise or an action."""

    tables: ClassVar[tuple[str, ...]] = (
        *("commitment", "action", "person", "team_member", "meeting"),
    )

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._settled_shown = SETTLED
        self._edited: CommitmentRow | None = None
        self._wanted = ""
        self.lines = LineActions(self, _line_actions(context))
        self._new = make_action(_("Add a promise"), self, shortcut="Ctrl+N")
        self._new_action = make_action(_("Add an action"), self, shortcut="Ctrl+D")
        self._print = make_action(
            _("Print promises…"), self, shortcut="Ctrl+Shift+P", icon_name="printer"
        )
        self.form = RecordForm(_("New promise"), promise_fields(context), context.clock.today())
        self.form.setProperty("card", "sunken")
        self.ledger = LedgerCard(self._print)
        self.ours = PromiseCard(_("We promised"), context, self.lines)
        self.theirs = PromiseCard(_("They promised"), context, self.lines)
        self.actions_card = ActionsCard(context, self.lines)
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
        for widget in (self.ledger, self.columns, self.actions_card, self.settled):
            scroller.column.addWidget(widget)
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
        self._new_action.triggered.connect(self.actions_card.add_action)
        self._print.triggered.connect(self._open_preview)
        self.ours.add_button.clicked.connect(self.add_ours)
        self.theirs.add_button.clicked.connect(self.add_theirs)
        self.lines.wanted.connect(self._do)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self._form_closed)
        self.more.clicked.connect(self._show_more)
        self.ledger.filtered.connect(self.load)
        self.actions_card.reload_wanted.connect(self.load)

    def commands(self) -> list[QAction]:
        return [self._new, self._new_action, self._print, *self.lines.actions]

    # Showing

    def load(self) -> None:
        self.context.lanes.read(
            self, promises, self.account_id, self._settled_shown, self.ledger.wanted_side,
            max(1, self.actions_card.closed_shown), on_done=self._show,
        )  # fmt: skip

    def _show(self, found: Promises) -> None:
        if found.account_id != self.account_id:
            return
        today = self.context.clock.today()
        for card, side in ((self.ours, Side.OURS), (self.theirs, Side.THEIRS)):
            card.show_open([row for row in found.open if row.side is side], today)
            card.setVisible(self.ledger.shows(side, is_open=True))
        self.columns.setVisible(self.ledger.shows(None, is_open=True))
        self.settled.show_settled(found.settled.rows)
        wanted = self.ledger.state.currentData() == "settled"
        self.settled.setVisible(
            wanted or (self.ledger.shows(None, is_open=False) and bool(found.settled.rows))
        )
        self.more.setVisible(found.settled.more)
        self.ledger.show_facts(found.facts, today)
        self.actions_card.show_actions(found.account_id, found.me, found.actions, found.closed)
        self._go_to_wanted()

    def show_part(self, part: str, record_id: str) -> None:
        del record_id
        self._wanted = part
        self.load()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted == "actions":
            lines = self.actions_card.list.lines
            target: QWidget = lines[0] if lines else self.actions_card.add_button
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self.actions_card)
            bring_into_view(target)

    def _show_more(self) -> None:
        self._settled_shown += SETTLED
        self.load()

    def leave_account(self) -> None:
        self._settled_shown = SETTLED
        self.form.close_form()
        self.actions_card.leave_account()
        self.ledger.reset()
        self.lines.choose(None)

    def commit_drafts(self) -> None:
        self.form.commit()
        self.actions_card.form.commit()

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
            self._show_all_when_hidden(side)
            place.add(self.form)
            self.form.show_fields(hidden=("evidence",))
            self.form.open_with({"side": side}, _("New promise"))
            return
        place.edit(row.id, self.form)
        person.set_record(row.person_id, row.person_name)
        values = {name: getattr(row, name) for name in PROMISE_FIELDS}
        self.form.show_fields()
        self.form.open_with(values, _("Change promise"))

    def _show_all_when_hidden(self, side: Side) -> None:
        if not self.ledger.shows(side, is_open=True):
            self.ledger.show_all()
            self.columns.show()
            (self.ours if side is Side.OURS else self.theirs).show()

    def _form_closed(self) -> None:
        self._place.end_edit()

    def _save(self, values: dict[str, Any]) -> None:
        use_case: Callable[..., Any] = add_promise
        label, record_id = _("Add a promise"), self.account_id
        if self._edited is not None:
            use_case, label, record_id = change_promise, _("Change a promise"), self._edited.id
        self.context.operations.run(
            self.form,
            label,
            use_case,
            record_id,
            values,
            on_done=self.form.accept,
            on_error=self.form.refuse,
        )

    def _do(self, name: str, row: object) -> None:
        if isinstance(row, ActionRow):
            self.actions_card.perform(name, row)
        elif isinstance(row, CommitmentRow) and name == "edit":
            lists = (self.ours.list, self.theirs.list, self.settled.list)
            place = next(each for each in lists if any(line.row == row for line in each.lines))
            self._open_form(row, row.side, place)
        elif isinstance(row, CommitmentRow):
            self.context.operations.run(
                self, promise_label(name), settle_promise, name, row.id, row.due_on
            )

    def _open_preview(self) -> None:
        from kam_desktop.ui.handouts.promises_preview import open_promises_preview

        if self.account_id:
            open_promises_preview(self.context, self.account_id, parent=self.window())


def _keys() -> str:
    return _(
        "On a promise: Enter changes it, K kept in time, L kept late, B broken, W withdrawn. On an "
        "action: D done, X dropped. O opens it again, Del deletes it. Arrow keys lead from one to "
        "the next."
    )


def _line_actions(context: AppContext) -> list[LineAction]:
    return [
        LineAction("edit", _("Change"), "pencil", "Return"),
        *promise_actions(context),
        *action_actions(),
        LineAction("reopen", _("Open again"), "rotate-ccw", "O", applies=_can_open_again),
        LineAction("delete", _("Delete"), "trash-2", "Del"),
    ]


def _can_open_again(row: Any) -> bool:
    return is_settled(row) or is_closed(row)
