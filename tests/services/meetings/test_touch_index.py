"""The derived table of due touches says at all times what the records say."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.registry import Interaction, InteractionPerson, Person
from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services import interactions
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from tests.services.meetings.world import World

EXPECTED = """
SELECT p.id, coalesce(p.influence, -1), p.cadence_days,
  (SELECT max(at) FROM (
     SELECT at FROM interaction WHERE person_id = p.id AND deleted_at IS NULL
     UNION ALL SELECT i.at FROM interaction i JOIN interaction_person x ON x.interaction_id = i.id
       WHERE x.person_id = p.id AND x.deleted_at IS NULL AND i.deleted_at IS NULL))
FROM person p WHERE p.cadence_days IS NOT NULL AND p.deleted_at IS NULL AND p.placeholder = 0
  AND p.left_on IS NULL ORDER BY p.id
"""


def agrees(db: Reader) -> bool:
    kept = db.rows("SELECT person_id, influence, cadence_days, last_at FROM touch_due ORDER BY 1")
    due = db.rows("SELECT last_at, due_at, cadence_days FROM touch_due WHERE last_at IS NOT NULL")
    in_step = all(
        dt.datetime.fromisoformat(due_at) - dt.datetime.fromisoformat(last)
        == dt.timedelta(days=days)
        for last, due_at, days in due
    )
    return in_step and kept == db.rows(EXPECTED)


def test_a_touch_moves_the_date_and_undo_moves_it_back(world: World) -> None:
    portfolio = world.portfolio
    with portfolio.unit_of_work("Agree on an interval") as work:
        work.get(Person, world.elena).cadence_days = 30
    with portfolio.reading() as db:
        assert db.rows("SELECT last_at, due_at FROM touch_due") == [(None, "")]
    with portfolio.unit_of_work("Log a touch") as work:
        interactions.log_touch(
            work, world.account, InteractionKind.CALL, work.now, [world.elena], "Called"
        )
    with portfolio.reading() as db:
        assert db.rows("SELECT last_at, due_at FROM touch_due") == [
            ("2026-11-20T09:00:00.000000Z", "2026-12-20T09:00:00.000000Z")
        ]
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.rows("SELECT last_at, due_at FROM touch_due") == [(None, "")]
        assert agrees(db)


def test_bulk_inserts_are_seen(world: World) -> None:
    with world.portfolio.unit_of_work("Import") as work:
        work.bulk_insert(
            Person,
            [{"account_id": world.account, "name": f"P{n}", "cadence_days": 7} for n in range(5)],
        )
        ids = [key for (key,) in work.reader.rows("SELECT id FROM person WHERE name LIKE 'P_'")]
        work.bulk_insert(
            Interaction,
            [
                {
                    "account_id": world.account,
                    "kind": InteractionKind.VISIT,
                    "at": work.now - dt.timedelta(days=n),
                    "person_id": ids[n % 5],
                }
                for n in range(20)
            ],
        )
    with world.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM touch_due") == 5
        assert agrees(db)


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["log", "join", "leave", "trash", "back", "cadence", "influence", "left", "undo"]
        ),
        st.integers(0, 3),
        st.integers(0, 60),
    ),
    max_size=14,
)


@given(STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sequence_of_changes_keeps_it_in_step(world: World, steps: list[Step]) -> None:
    for step in steps:
        _take(world.portfolio, world, step)
        with world.portfolio.reading() as db:
            assert agrees(db)


def _take(portfolio: Portfolio, world: World, step: Step) -> None:
    verb, which, number = step
    if verb == "undo":
        if portfolio.next_undo() is not None and portfolio.next_undo().label == "Step":  # type: ignore[union-attr]
            portfolio.undo()
        return
    with portfolio.unit_of_work("Step") as work:
        person = work.get(Person, (world.elena, world.kenji)[which % 2])
        if verb == "cadence":
            person.cadence_days = number or None
        elif verb == "influence":
            person.influence = number % 11 or None
        elif verb == "left":
            person.left_on = work.today if number % 2 else None
        elif verb == "log":
            at = work.now - dt.timedelta(days=number)
            people = [world.elena, world.kenji][: which % 3]
            interactions.log_touch(work, world.account, InteractionKind.CALL, at, people, "Called")
        else:
            _change_interaction(work, person.id, verb, number)


def _change_interaction(work: UnitOfWork, person_id: str, verb: str, number: int) -> None:
    keys = work.reader.rows("SELECT id, deleted_at FROM interaction ORDER BY id")
    if not keys:
        return
    key, deleted = keys[number % len(keys)]
    if verb == "join":
        work.add(InteractionPerson(interaction_id=key, person_id=person_id))
    elif verb == "leave":
        work.execute("DELETE FROM interaction_person WHERE interaction_id = ?", (key,))
    elif verb == "trash" and deleted is None:
        work.trash(work.get(Interaction, key))
    elif verb == "back" and deleted is not None:
        work.restore(Interaction, key)
