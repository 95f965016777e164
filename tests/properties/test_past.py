"""An account as it was: for every instant remembered, exactly the rows that were there then.

A random walk over edits, moves to another account, merges, deletions, purges, undo and redo, with a
clock that goes on. What was there is dumped with queries of its own at the time.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kam_desktop.models.registry import (
    Account,
    Claim,
    Interaction,
    InteractionPerson,
    MapPosition,
    Person,
    RoleInDecision,
    SavedMap,
    TeamMember,
    Tie,
)
from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    DecisionRole,
    InteractionKind,
    TieKind,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.storage import trash
from kam_desktop.services.storage.engine import OperationalError
from kam_desktop.services.storage.past import account_as_of
from kam_desktop.services.storage.past_rows import TABLES
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from tests.conftest import TEST_KEY, StillClock

PICK = st.integers(0, 10_000)
WORDS = st.sampled_from(["Kenji Mori", "Bör\u00e9alis", "北極星", "", "a\nb", '"q"'])
State = dict[str, list[tuple[Any, ...]]]

_OWN = "SELECT id FROM person WHERE account_id = :a"
_TIES = f"SELECT * FROM tie WHERE from_id IN ({_OWN}) OR to_id IN ({_OWN})"
_PEOPLE = f"{_OWN} UNION SELECT from_id FROM ({_TIES}) UNION SELECT to_id FROM ({_TIES})"
_TOUCHES = (
    f"SELECT id FROM interaction WHERE account_id = :a OR person_id IN ({_PEOPLE})"
    f" OR id IN (SELECT interaction_id FROM interaction_person WHERE person_id IN ({_PEOPLE}))"
)
EXPECTED = {
    "account": f"SELECT * FROM account WHERE id = :a"
    f" OR id IN (SELECT account_id FROM person WHERE id IN ({_PEOPLE}))",
    "person": f"SELECT * FROM person WHERE id IN ({_PEOPLE})",
    "tie": _TIES,
    "claim": f"SELECT * FROM claim WHERE person_id IN ({_PEOPLE})",
    "role_in_decision": f"SELECT * FROM role_in_decision WHERE person_id IN ({_PEOPLE})",
    "interaction": f"SELECT * FROM interaction WHERE id IN ({_TOUCHES})",
    "interaction_person": f"SELECT * FROM interaction_person WHERE interaction_id IN ({_TOUCHES})",
    "saved_map": "SELECT * FROM saved_map WHERE account_id = :a",
    "map_position": "SELECT * FROM map_position WHERE map_id IN"
    " (SELECT id FROM saved_map WHERE account_id = :a)",
    "team_member": "SELECT * FROM team_member",
}
"""What belongs to the account :a, told apart from the code under test."""


def state_now(db: Reader, account_id: str) -> State:
    return {
        table: sorted(db.rows(sql, {"a": account_id}), key=repr) for table, sql in EXPECTED.items()
    }


def state_then(db: Reader) -> State:
    return {table: sorted(db.rows(f'SELECT * FROM "{table}"'), key=repr) for table in EXPECTED}


class PastMachine(RuleBasedStateMachine):
    """``remembered`` holds instants with what each account looked like."""

    empty_file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kam-desktop-test-"))
        path = self.folder / "test.kam"
        shutil.copy(self.empty_file, path)
        self.clock = StillClock(dt.datetime(2026, 1, 1, 9, 0, tzinfo=dt.UTC))
        self.portfolio = Portfolio(path, TEST_KEY, clock=self.clock, device="test")
        self.remembered: list[tuple[dt.datetime, dict[str, State]]] = []

    def teardown(self) -> None:
        self.portfolio.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def do(self, act: Callable[[UnitOfWork], object], coalesce: str | None = None) -> None:
        self.clock.go_on(minutes=3)
        with self.portfolio.unit_of_work("Edit", coalesce=coalesce) as work:
            act(work)

    @initialize()
    def begin(self) -> None:
        self.accounts = ["a1", "a2"]

        def make(work: UnitOfWork) -> None:
            work.add(TeamMember(id="m1", name="Anna"))
            for name in self.accounts:
                work.add(Account(id=name, name=name))
                work.add(Person(account_id=name, name=f"First of {name}"))

        self.do(make)

    def pick(self, table: str, pick: int, live: bool = True) -> str | None:
        where = "deleted_at IS NULL" if live else "deleted_at IS NOT NULL AND deleted_with = id"
        with self.portfolio.reading() as db:
            found = db.rows(f'SELECT id FROM "{table}" WHERE {where} ORDER BY id')
        return found[pick % len(found)][0] if found else None

    @rule(account=PICK, name=WORDS, support=st.none() | st.integers(-2, 2))
    def add_person(self, account: int, name: str, support: int | None) -> None:
        where = self.accounts[account % 2]
        self.do(lambda work: work.add(Person(account_id=where, name=name, support=support)))

    @rule(
        who=PICK,
        values=st.fixed_dictionaries(
            {},
            optional={
                "name": WORDS,
                "support": st.none() | st.integers(-2, 2),
                "step": WORDS,
                "placeholder": st.booleans(),
                "owner_id": st.sampled_from([None, "m1"]),
                "left_on": st.none() | st.dates(),
            },
        ),
    )
    def edit(self, who: int, values: dict[str, Any]) -> None:
        person = self.pick("person", who)
        if person is not None:

            def act(work: UnitOfWork) -> None:
                for name, value in values.items():
                    setattr(work.get(Person, person), name, value)

            self.do(act)

    @rule(who=PICK, text=st.lists(WORDS, min_size=2, max_size=3))
    def type_on(self, who: int, text: list[str]) -> None:
        """Edits that become one step; an instant in their midst is before all of them."""
        person = self.pick("person", who)
        if person is None:
            return
        self.clock.go_on(hours=1)
        for part in text:
            self.clock.go_on(seconds=30)
            with self.portfolio.unit_of_work("Type", coalesce=f"about:{person}") as work:
                work.get(Person, person).about += part

    @rule(who=PICK, account=PICK)
    def move_to_another_account(self, who: int, account: int) -> None:
        person = self.pick("person", who)
        if person is not None:
            target = self.accounts[account % 2]
            self.do(lambda work: setattr(work.get(Person, person), "account_id", target))

    @rule(one=PICK, other=PICK, kind=st.sampled_from(TieKind))
    def tie(self, one: int, other: int, kind: TieKind) -> None:
        first, second = self.pick("person", one), self.pick("person", other)
        if first is not None and second is not None and first != second:
            self.do(lambda work: work.add(Tie(from_id=first, to_id=second, kind=kind)))

    @rule(who=PICK, value=st.sampled_from(["", "1", "-2"]), role=st.sampled_from(DecisionRole))
    def judge(self, who: int, value: str, role: DecisionRole) -> None:
        person = self.pick("person", who)
        if person is None:
            return

        def act(work: UnitOfWork) -> None:
            work.add(RoleInDecision(person_id=person, role=role))
            work.add(
                Claim(
                    person_id=person,
                    field=ClaimField.SUPPORT,
                    value=value,
                    source=ClaimSource.SEEN,
                    confidence=Confidence.HIGH,
                    on=work.today,
                )
            )

        self.do(act)

    @rule(account=PICK, one=PICK, other=PICK)
    def touch(self, account: int, one: int, other: int) -> None:
        first, second = self.pick("person", one), self.pick("person", other)

        def act(work: UnitOfWork) -> None:
            touch = Interaction(
                account_id=self.accounts[account % 2],
                kind=InteractionKind.CALL,
                at=work.now,
                person_id=first,
            )
            work.add(touch)
            work.flush()
            if second is not None:
                work.add(InteractionPerson(interaction_id=touch.id, person_id=second))

        self.do(act)

    @rule(account=PICK, who=PICK, x=st.floats(-1e6, 1e6), y=st.floats(-1e6, 1e6))
    def place(self, account: int, who: int, x: float, y: float) -> None:
        person, where = self.pick("person", who), self.accounts[account % 2]
        if person is None:
            return

        def act(work: UnitOfWork) -> None:
            shown = SavedMap(account_id=where, title="Map", options={"x": x})
            work.add(shown)
            work.flush()
            work.add(MapPosition(map_id=shown.id, person_id=person, x=x, y=y))

        self.do(act)

    @rule(one=PICK, other=PICK)
    def merge(self, one: int, other: int) -> None:
        """Everything of one person becomes another's, and the first goes to the trash."""
        gone, stays = self.pick("person", one), self.pick("person", other)
        if gone is None or stays is None or gone == stays:
            return

        def act(work: UnitOfWork) -> None:
            for table, column in (
                ("claim", "person_id"),
                ("role_in_decision", "person_id"),
                ("interaction", "person_id"),
                ("interaction_person", "person_id"),
                ("tie", "from_id"),
                ("tie", "to_id"),
            ):
                work.execute(f'UPDATE "{table}" SET {column} = ? WHERE {column} = ?', (stays, gone))
            trash.trash(work, "person", gone)

        self.do(act)

    @rule(table=st.sampled_from(["person", "tie", "claim", "interaction", "saved_map"]), which=PICK)
    def delete(self, table: str, which: int) -> None:
        found = self.pick(table, which)
        if found is not None:
            self.do(lambda work: trash.trash(work, table, found))

    @rule(table=st.sampled_from(["person", "tie", "interaction"]), which=PICK, purge=st.booleans())
    def restore_or_purge(self, table: str, which: int, purge: bool) -> None:
        found = self.pick(table, which, live=False)
        if found is not None:
            act = trash.purge if purge else trash.restore
            try:
                self.do(lambda work: act(work, table, found))
            except UserError:
                return  # Its person is in the trash too.

    @precondition(lambda self: self.portfolio.next_undo() is not None)
    @rule(steps=st.integers(1, 3))
    def undo(self, steps: int) -> None:
        for _step in range(steps):
            if len(self.portfolio.history()) > 1:
                self.clock.go_on(minutes=1)
                target = self.portfolio.next_undo()
                if target is not None and target.seq > 1:
                    self.portfolio.undo()

    @precondition(lambda self: self.portfolio.next_redo() is not None)
    @rule()
    def redo(self) -> None:
        self.clock.go_on(minutes=1)
        self.portfolio.redo()

    @rule()
    def remember(self) -> None:
        with self.portfolio.reading() as db:
            states = {account: state_now(db, account) for account in self.accounts}
        self.remembered.append((self.clock.now(), states))
        self.clock.go_on(seconds=1)

    @invariant()
    def the_past_stays(self) -> None:
        for instant, states in self.remembered[-4:]:
            for account, expected in states.items():
                with (
                    self.portfolio.reading() as db,
                    account_as_of(db, account, instant) as then,
                ):
                    assert state_then(then) == expected

    def __repr__(self) -> str:
        return "PastMachine"


def test_the_past_is_as_it_was(empty_portfolio_file: Path) -> None:
    PastMachine.empty_file = empty_portfolio_file
    run_state_machine_as_test(
        PastMachine,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_table_of_the_expectation_is_one_of_the_past() -> None:
    assert EXPECTED.keys() <= set(TABLES)


def test_nothing_can_be_written_into_the_past(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.unit_of_work("Add") as work:
        work.add(Account(id="a", name="Aurora"))
    with (
        portfolio.reading() as db,
        account_as_of(db, "a", clock.now()) as then,
        pytest.raises(OperationalError, match="readonly"),
    ):
        then.rows("UPDATE account SET name = ''")
