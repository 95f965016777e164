"""Influence and support of a past day, as health takes them: from claims and what was before."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.registry import Account, Person
from kam_desktop.services import claims, people
from kam_desktop.services.analysis.health_facts import PersonFact
from kam_desktop.services.queries.health_facts import inputs_of
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock


def facts(portfolio: Portfolio, clock: StillClock) -> dict[str, PersonFact]:
    with portfolio.reading() as db:
        inputs = inputs_of(db, ["a"], clock.today(), 12)["a"]
    return {person.id: person for person in inputs.people}


def test_before_the_first_claim_counts_what_was_there_when_it_was_noted(
    portfolio: Portfolio, clock: StillClock
) -> None:
    january = clock.today()
    with portfolio.unit_of_work("Import") as work:
        work.add(Account(id="a", name="Aurora Foods"))
        work.flush()
        for key in ("changed", "same", "never"):
            work.add(Person(id=key, account_id="a", name=key, support=0))
    clock.go_on(days=20)
    with portfolio.unit_of_work("Import again") as work:
        work.get(Person, "changed").support = -1
    clock.go_on(days=100)
    with portfolio.unit_of_work("Judge") as work:
        for key, value in (("changed", 2), ("same", 0)):
            claims.state_claim(work, key, "support", value, source="seen", confidence="high")
        new = people.add_person(work, "a", "New")
        work.flush()
        claims.state_claim(work, new, "support", 1, source="said", confidence="low")
    clock.go_on(days=10)
    with portfolio.unit_of_work("Judge") as work:
        claims.state_claim(work, new, "support", None, source="seen", confidence="high")
    found = facts(portfolio, clock)

    def support(key: str, days: int) -> int | None:
        return found[key].as_of(january + dt.timedelta(days=days)).support

    # The day before the claims were made, that day, and today.
    assert [support("changed", day) for day in (119, 120, 130)] == [-1, 2, 2]
    assert [support("same", day) for day in (119, 120, 130)] == [0, 0, 0]
    assert [support("never", day) for day in (119, 120, 130)] == [0, 0, 0]
    assert [support(new, day) for day in (119, 120, 130)] == [None, 1, None]
