"""Whatever the user does, undoing all of it gives the file as it was at first, and redoing it all
back.

A random walk over edits, deletions, restores, bulk inserts, imports, undo, redo and reopening, on a
real encrypted file. Each undo must give exactly the state before the action, not only the last one.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

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

from kam_desktop.models.registry import Account, Entity, Interaction, Note, Person
from kam_desktop.models.vocabulary import InteractionKind, Tier
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.imports import import_files
from kam_desktop.services.storage import search_index, trash
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.ledger import ledgered_tables
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from tests.conftest import TEST_KEY, StillClock

Dump: TypeAlias = dict[str, list[tuple[Any, ...]]]

WORDS = st.sampled_from(
    ["Aurora", "Bör\u00e9alis", "北極星", "O'Neil; --", "", "=1+1", "a\nb", "🚂"]
)
NAMES = st.sampled_from(["Aurora Foods", "Børéalis", "北極星 株式会社", "D'Arc & Søn", "Ωmega"])
PICK = st.integers(0, 10_000)
DERIVED = ("touch_due",)
KINDS: tuple[type[Entity], ...] = (Account, Person, Interaction)


def dump(portfolio: Portfolio) -> Dump:
    """Every row of every table of the user's, and of those derived from them by triggers."""
    with portfolio.reading() as db:
        tables = [*(table.name for table in ledgered_tables()), *DERIVED]
        return {name: sorted(db.rows(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


class _Failed(Exception):  # noqa: N818 - only raised and caught here
    """What a broken use case raises."""


class PortfolioMachine(RuleBasedStateMachine):
    """``past`` holds the states before each action that can be undone, ``future`` those undone."""

    empty_file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kam-desktop-test-"))
        self.path = self.folder / "test.kam"
        shutil.copy(self.empty_file, self.path)
        self.clock = StillClock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC))
        self.portfolio = self.opened()
        self.first = self.present = dump(self.portfolio)
        self.past: list[Dump] = []
        self.future: list[Dump] = []
        self.typing: tuple[str, dt.datetime] | None = None

    def opened(self) -> Portfolio:
        return Portfolio(self.path, TEST_KEY, clock=self.clock, device="test")

    def teardown(self) -> None:
        try:
            self.undo_everything_and_redo_it()
        finally:
            self.portfolio.close()
            shutil.rmtree(self.folder)

    def undo_everything_and_redo_it(self) -> None:
        latest, steps = self.present, len(self.past)
        for _step in range(steps):
            self.portfolio.undo()
        assert dump(self.portfolio) == self.first
        with pytest.raises(UserError):
            self.portfolio.undo()
        for _step in range(steps):
            self.portfolio.redo()
        assert dump(self.portfolio) == latest

    # ---- doing

    def do(self, label: str, use_case: Callable[[UnitOfWork], object], typing: str = "") -> None:
        """Run a use case, and expect one more step of undo if it changed anything."""
        try:
            with self.portfolio.unit_of_work(label, coalesce=typing or None) as work:
                use_case(work)
        except UserError:
            assert dump(self.portfolio) == self.present
            return
        self.happened(work.changes, typing)

    def happened(self, changes: ChangeSet | None, typing: str = "") -> None:
        after = dump(self.portfolio)
        if changes is None or changes.empty:
            assert after == self.present
            return
        if not (typing and self.goes_on_typing(typing)):
            self.past.append(self.present)
        self.future.clear()
        self.present = after
        self.typing = (typing, self.clock.now()) if typing else None

    def goes_on_typing(self, typing: str) -> bool:
        if self.typing is None or self.typing[0] != typing:
            return False
        return self.clock.now() - self.typing[1] <= dt.timedelta(minutes=2)

    def some(self, kind: type[Entity], pick: int) -> str | None:
        """The id of one live record, the same for the same state and ``pick``."""
        ids = self.ids(kind, "deleted_at IS NULL")
        return ids[pick % len(ids)] if ids else None

    def in_trash(self) -> list[tuple[type[Entity], str]]:
        """Everything in the trash, also what was taken along."""
        return [(kind, one) for kind in KINDS for one in self.ids(kind, "deleted_at IS NOT NULL")]

    def ids(self, kind: type[Entity], where: str) -> list[str]:
        with self.portfolio.reading() as db:
            rows = db.rows(f"SELECT id FROM {kind.__tablename__} WHERE {where} ORDER BY id")
        return [record for (record,) in rows]

    # ---- what a user does

    @initialize(name=NAMES)
    def start_with_one_account(self, name: str) -> None:
        self.do("Add account", lambda work: work.add(Account(name=name)))

    @rule(name=NAMES, tier=st.sampled_from(Tier))
    def add_account(self, name: str, tier: Tier) -> None:
        self.do("Add account", lambda work: work.add(Account(name=name, tier=tier)))

    @rule(pick=PICK, name=NAMES, cadence=st.none() | st.integers(1, 90))
    def add_person(self, pick: int, name: str, cadence: int | None) -> None:
        account = self.some(Account, pick)
        if account is not None:
            person = Person(
                account_id=account, name=name, cadence_days=cadence, influence=pick % 11
            )
            self.do("Add person", lambda work: work.add(person))

    @rule(pick=PICK, text=WORDS)
    def log_touch(self, pick: int, text: str) -> None:
        account, person = self.some(Account, pick), self.some(Person, pick)
        if account is not None:
            touch = Interaction(
                account_id=account,
                person_id=person,
                kind=InteractionKind.VISIT,
                at=self.clock.now(),
                summary=text,
            )
            note = Note(account_id=account, person_id=person, text=text, at=self.clock.now())

            def use_case(work: UnitOfWork) -> None:
                work.add(touch)
                work.add(note)

            self.do("Log visit", use_case)

    @rule(pick=PICK, name=NAMES, city=WORDS, amount=st.none() | st.integers(0, 2**53))
    def edit_account(self, pick: int, name: str, city: str, amount: int | None) -> None:
        account = self.some(Account, pick)

        def use_case(work: UnitOfWork) -> None:
            record = work.get(Account, account or "")
            record.name, record.city = name, city
            record.annual_revenue_minor = amount
            record.annual_revenue_currency = "EUR" if amount is not None else ""

        self.do("Edit account", use_case)

    @rule(pick=PICK, text=WORDS)
    def type_about(self, pick: int, text: str) -> None:
        account = self.some(Account, pick)

        def use_case(work: UnitOfWork) -> None:
            work.get(Account, account or "").about = text

        self.do("Edit about", use_case, typing=f"account:{account}:about")

    @rule(pick=PICK, other=PICK)
    def move_under_another(self, pick: int, other: int) -> None:
        account, parent = self.some(Account, pick), self.some(Account, other)
        self.do(
            "Move account",
            lambda work: work.execute(
                "UPDATE account SET parent_id = ? WHERE id = ?", (parent, account)
            ),
        )

    @rule(size=st.integers(1, 40), name=NAMES)
    def insert_in_bulk(self, size: int, name: str) -> None:
        def use_case(work: UnitOfWork) -> None:
            ids = work.bulk_insert(Account, [{"name": f"{name} {n}"} for n in range(size)])
            work.bulk_insert(Person, [{"account_id": one, "name": name} for one in ids])

        self.do("Add many", use_case)

    @rule(
        rows=st.lists(st.tuples(st.integers(1, 12), NAMES, WORDS), min_size=1, max_size=12),
    )
    def import_accounts(self, rows: list[tuple[int, str, str]]) -> None:
        file = self.folder / "accounts.csv"
        lines = [f'"{key}","{name}","{city}"' for key, name, city in rows]
        file.write_text("\n".join(["Account ID,Account Name,Billing City", *lines]), "utf-8")
        before = self.portfolio.history(limit=1)
        try:
            plan = import_files(self.portfolio, [file], kind=Kind.ACCOUNTS)
        except UserError:
            assert dump(self.portfolio) == self.present
            return
        after = self.portfolio.history(limit=1)
        assert plan.is_empty == (after == before)
        if not plan.is_empty:
            changed = frozenset({"account"})
            self.happened(ChangeSet(after[0].id, after[0].label, "import", changed))

    @rule(pick=PICK, kind=st.sampled_from(KINDS))
    def delete(self, pick: int, kind: type[Entity]) -> None:
        record = self.some(kind, pick)
        if record is not None:
            self.do("Delete", lambda work: work.trash(work.get(kind, record)))

    @precondition(lambda self: self.in_trash())
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        kind, record = self.in_trash()[pick % len(self.in_trash())]
        self.do("Restore", lambda work: work.restore(kind, record))

    @precondition(lambda self: self.in_trash())
    @rule(pick=PICK)
    def purge(self, pick: int) -> None:
        kind, record = self.in_trash()[pick % len(self.in_trash())]
        self.do("Purge", lambda work: trash.purge(work, kind.__tablename__, record))

    @rule(name=NAMES)
    def fail_halfway(self, name: str) -> None:
        def use_case(work: UnitOfWork) -> None:
            work.bulk_insert(Account, [{"name": name}])
            work.execute("UPDATE account SET city = 'half'")
            raise _Failed

        with pytest.raises(_Failed):
            self.do("Fail", use_case)
        assert dump(self.portfolio) == self.present

    # ---- time and the program

    @rule(minutes=st.sampled_from([0.5, 3, 60 * 24 * 40]))
    def wait(self, minutes: float) -> None:
        self.clock.go_on(minutes=minutes)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.portfolio.undo()
        self.future.append(self.present)
        self.present = self.past.pop()
        self.typing = None
        assert dump(self.portfolio) == self.present

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.portfolio.redo()
        self.past.append(self.present)
        self.present = self.future.pop()
        self.typing = None
        assert dump(self.portfolio) == self.present

    @rule()
    def reopen(self) -> None:
        self.portfolio.close()
        self.portfolio = self.opened()
        assert dump(self.portfolio) == self.present

    @invariant()
    def menu_tells_the_truth(self) -> None:
        assert (self.portfolio.next_undo() is not None) == bool(self.past)
        assert (self.portfolio.next_redo() is not None) == bool(self.future)

    @invariant()
    def indexes_fit_their_tables(self) -> None:
        with self.portfolio.reading() as db:
            assert search_index.damaged(db.connection) == []
            assert db.rows("PRAGMA foreign_key_check") == []


@pytest.fixture
def machine(empty_portfolio_file: Path) -> type[PortfolioMachine]:
    PortfolioMachine.empty_file = empty_portfolio_file
    return PortfolioMachine


def test_undoing_everything_gives_the_first_state(machine: type[PortfolioMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=80,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
