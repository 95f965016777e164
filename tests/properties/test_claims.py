"""Whatever is claimed, corrected, taken back and undone: a person is what the newest claim says."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services import claims, people
from kam_desktop.services.queries.claims import believed_on
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import TEST_KEY, StillClock

FIELDS = st.sampled_from([ClaimField.SUPPORT, ClaimField.LEVEL])
PICK = st.integers(0, 1000)
DAYS = st.integers(0, 3)
VALUES: dict[ClaimField, list[int | str | None]] = {
    ClaimField.SUPPORT: [None, -2, 0, 2],
    ClaimField.LEVEL: [None, "vendor", "trusted_adviser"],
}


class ClaimMachine(RuleBasedStateMachine):
    """One person about whom things are said, on days that come in any order."""

    empty_file: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kam-desktop-test-"))
        path = self.folder / "test.kam"
        shutil.copy(self.empty_file, path)
        self.clock = StillClock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC))
        self.portfolio = Portfolio(path, TEST_KEY, clock=self.clock, device="test")
        with self.portfolio.unit_of_work("Add person", origin="program") as work:
            account = Account(name="Aurora Foods")
            work.add(account)
            work.flush()
            self.person = people.add_person(work, account.id, "Ana Pop")

    def do(self, use_case: Any, *args: Any, **fields: Any) -> None:
        with self.portfolio.unit_of_work("Change") as work:
            use_case(work, *args, **fields)

    def a_claim(self, pick: int) -> tuple[str, ClaimField] | None:
        with self.portfolio.reading() as db:
            rows = db.rows("SELECT id, field FROM claim WHERE deleted_at IS NULL ORDER BY id")
        return (rows[pick % len(rows)][0], ClaimField(rows[pick % len(rows)][1])) if rows else None

    @rule(field=FIELDS, pick=PICK, days=DAYS)
    def state(self, field: ClaimField, pick: int, days: int) -> None:
        value = VALUES[field][pick % len(VALUES[field])]
        on = self.clock.today() - dt.timedelta(days=days)
        how = {"source": "seen", "confidence": "low", "on": on}
        self.do(claims.state_claim, self.person, field, value, **how)

    @rule(field=FIELDS, pick=PICK)
    def set_in_the_editor(self, field: ClaimField, pick: int) -> None:
        value = VALUES[field][pick % len(VALUES[field])]
        self.do(people.update_person, self.person, **{field.value: value})

    @rule(pick=PICK, days=DAYS)
    def redate(self, pick: int, days: int) -> None:
        if found := self.a_claim(pick):
            on = self.clock.today() - dt.timedelta(days=days + 1)
            self.do(claims.update_claim, found[0], on=on)

    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        if found := self.a_claim(pick):
            self.do(claims.delete_claim, found[0])

    @rule()
    def undo(self) -> None:
        if self.portfolio.next_undo() is not None:
            self.portfolio.undo()

    @rule()
    def redo(self) -> None:
        if self.portfolio.next_redo() is not None:
            self.portfolio.redo()

    @rule()
    def a_day_passes(self) -> None:
        self.clock.go_on(days=1)

    @invariant()
    def the_person_is_what_the_newest_claim_says(self) -> None:
        with self.portfolio.reading() as db:
            own = db.row("SELECT support, level FROM person WHERE id = ?", (self.person,))
            believed = believed_on(db, self.person, dt.date.max)
        assert own == (believed.get(ClaimField.SUPPORT), believed.get(ClaimField.LEVEL))

    def teardown(self) -> None:
        self.portfolio.close()
        shutil.rmtree(self.folder)


def test_a_person_is_what_the_newest_claim_says(empty_portfolio_file: Path) -> None:
    machine = type("Machine", (ClaimMachine,), {"empty_file": empty_portfolio_file})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_days_are_noted_does_not_matter(
    portfolio: Portfolio, clock: StillClock, order: tuple[int, ...]
) -> None:
    with portfolio.unit_of_work("Add person") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        person = people.add_person(work, account.id, "Ana Pop")
        for days in order:
            on = clock.today() - dt.timedelta(days=days)
            claims.state_claim(
                work, person, "influence", 9 - days, source="seen", confidence="high", on=on
            )
    with portfolio.reading() as db:
        assert db.value("SELECT influence FROM person WHERE id = ?", (person,)) == 9
