from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services import commitments, notes
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries import commitments as queries
from tests.services.meetings.world import World

TODAY = dt.date(2026, 11, 20)


def add(world: World, text: str, due: dt.date | None, side: Side = Side.OURS) -> str:
    with world.portfolio.unit_of_work("Promise") as work:
        return commitments.add_commitment(
            work,
            world.account,
            side,
            text,
            due_on=due,
            made_on=dt.date(2026, 10, 1),
            person_id=world.elena,
        )


def test_open_promises_are_late_after_their_day(world: World) -> None:
    add(world, "Later", dt.date(2026, 11, 20))
    add(world, "Undated", None)
    add(world, "Overdue", dt.date(2026, 11, 18), Side.THEIRS)
    with world.portfolio.reading() as db:
        rows = queries.open_of_account(db, world.account)
        late = queries.overdue(db, TODAY).rows
        soon = queries.due_between(db, TODAY, TODAY + dt.timedelta(days=7)).rows
    assert [(row.text, row.days_late(TODAY)) for row in rows] == [
        ("Overdue", 2),
        ("Later", 0),
        ("Undated", 0),
    ]
    assert [row.text for row in late] == ["Overdue"]
    assert [row.text for row in soon] == ["Later"]
    assert late[0].person_name == "Elena Rossi"


def test_keeping_breaking_and_withdrawing(world: World) -> None:
    keys = [add(world, text, dt.date(2026, 11, 10)) for text in ("kept", "broken", "withdrawn")]
    with world.portfolio.unit_of_work("Close") as work:
        commitments.keep_commitment(
            work, keys[0], on=dt.date(2026, 11, 12), evidence="Report of 12 November"
        )
        commitments.break_commitment(work, keys[1])
        commitments.withdraw_commitment(work, keys[2])
    with world.portfolio.reading() as db:
        rows = {row.text: row for row in queries.of_account(db, world.account).rows}
        assert queries.open_of_account(db, world.account) == []
    assert rows["kept"].state is CommitmentState.KEPT
    assert rows["kept"].days_late(TODAY) == 2
    assert rows["kept"].evidence == "Report of 12 November"
    assert rows["broken"].closed_on == TODAY
    assert not rows["withdrawn"].late(TODAY)
    with world.portfolio.unit_of_work("Reopen") as work:
        commitments.reopen_commitment(work, keys[0])
    with world.portfolio.reading() as db:
        (row,) = queries.open_of_account(db, world.account)
    assert row.closed_on is None
    assert row.days_late(TODAY) == 10


def test_open_promises_come_first_and_pages_join(world: World) -> None:
    keys = [add(world, f"P{n}", dt.date(2026, 12, 1 + n)) for n in range(5)]
    with world.portfolio.unit_of_work("Keep") as work:
        commitments.keep_commitment(work, keys[0])
    with world.portfolio.reading() as db:
        first = queries.of_account(db, world.account, limit=3)
        rest = queries.of_account(db, world.account, limit=3, offset=3)
    assert [row.text for row in (*first.rows, *rest.rows)] == ["P1", "P2", "P3", "P4", "P0"]
    assert first.more
    assert not rest.more


@pytest.mark.parametrize(
    ("text", "due", "field"), [("  ", None, "text"), ("x", dt.date(2026, 9, 30), "due_on")]
)
def test_impossible_promises_are_refused(
    world: World, text: str, due: dt.date | None, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        add(world, text, due)
    assert caught.value.field == field


def test_a_promise_is_not_kept_tomorrow(world: World) -> None:
    key = add(world, "x", None)
    with pytest.raises(UserError) as caught, world.portfolio.unit_of_work("Keep") as work:
        commitments.keep_commitment(work, key, on=dt.date(2026, 11, 21))
    assert caught.value.field == "closed_on"


def test_notes_are_kept_pinned_and_deleted(world: World) -> None:
    with world.portfolio.unit_of_work("Note") as work:
        key = notes.add_note(work, world.account, " Likes jazz ", person_id=world.elena)
    with world.portfolio.unit_of_work("Pin") as work:
        notes.set_pinned(work, key, True)
        notes.set_text(work, key, "Likes jazz and chess")
    with world.portfolio.reading() as db:
        assert db.rows("SELECT text, pinned FROM note WHERE deleted_at IS NULL") == [
            ("Likes jazz and chess", 1)
        ]
    with world.portfolio.unit_of_work("Delete") as work:
        notes.delete_note(work, key)
    with world.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM note WHERE deleted_at IS NULL") == 0
    with pytest.raises(UserError), world.portfolio.unit_of_work("Note") as work:
        notes.add_note(work, world.account, "  ")
