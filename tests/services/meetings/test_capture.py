"""Marked lines become records once, in one step."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import Meeting, Person
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import accounts, capture, meetings, people
from kam_desktop.services.analysis.capture import marked_lines
from kam_desktop.services.queries.claims import judged_fields
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock

TEXT = """/commit we send samples by friday
/commit they visit us
/action ask Ben
/objection too dear
/person New Face, buyer
/support Ana +2
/support Nobody +1
/support Ana perhaps
notes"""


@pytest.fixture
def meeting(portfolio: Portfolio, clock: StillClock) -> str:
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        people.add_person(work, account, "Ana Pop")
        when = LocalTime.of_instant(clock.now() - dt.timedelta(hours=1), "Europe/Rome")
        return meetings.add_meeting(work, account, MeetingType.SERVICE, when)


def apply(portfolio: Portfolio, meeting: str, text: str) -> capture.Applied:
    with portfolio.unit_of_work("Make records of notes") as work:
        capture.save_capture(work, meeting, text)
        return capture.apply_marks(work, meeting, marked_lines(text, work.today))


def counts(portfolio: Portfolio) -> list[int]:
    tables = ("commitment", "action", "meeting_point", "person", "claim", "attendee")
    with portfolio.reading() as db:
        return [db.value(f"SELECT count(*) FROM {each}") for each in tables]


def test_lines_become_records_in_one_step(portfolio: Portfolio, meeting: str) -> None:
    before = counts(portfolio)
    done = apply(portfolio, meeting, TEXT)
    assert done.made == (0, 1, 2, 3, 4, 5)
    assert set(done.refused) == {6, 7}
    assert "Nobody here is called" in done.refused[6]
    with portfolio.reading() as db:
        rows = db.rows("SELECT side, text, due_on, made_on FROM commitment ORDER BY id")
        ana = db.value("SELECT id FROM person WHERE name = 'Ana Pop'")
        judged = judged_fields(db, ana, dt.date(2026, 11, 20))
    assert rows == [
        ("ours", "send samples by friday", "2026-11-27", "2026-11-20"),
        ("theirs", "visit us", None, "2026-11-20"),
    ]
    assert judged
    assert counts(portfolio) == [2, 1, 1, 2, 1, 1]
    portfolio.undo()
    assert counts(portfolio) == before


def test_the_same_notes_again_make_nothing_twice(portfolio: Portfolio, meeting: str) -> None:
    apply(portfolio, meeting, TEXT)
    first = counts(portfolio)
    again = apply(portfolio, meeting, f"{TEXT}\n/action call Ana")
    assert again.made == (9,)
    assert set(again.known) == {0, 1, 2, 3, 4, 5}
    assert counts(portfolio) == [first[0], first[1] + 1, *first[2:]]


def test_what_is_typed_is_kept_as_it_is(portfolio: Portfolio, meeting: str) -> None:
    text = "  Übung \n\n/commit \t日本語 \u200f"
    with portfolio.unit_of_work("Type", coalesce="capture") as work:
        capture.save_capture(work, meeting, text)
    with portfolio.unit_of_work("Look") as work:
        assert work.get(Meeting, meeting).capture == text
        assert work.session.query(Person).count() == 1
