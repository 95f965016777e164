"""Appointments become meetings, once; what was prepared is never touched."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import accounts, meetings, people, team
from kam_desktop.services.calendar_files import export_file, import_files
from kam_desktop.services.calendar_import import PlannedMeeting, import_calendar, plan_calendar
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.calendars.events import CalendarEvent, Invited, Reply
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.queries.meetings import meeting_detail, upcoming
from kam_desktop.services.queries.recognition import directory
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock

START = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
EVENT = CalendarEvent(
    "1@cal", "Price talk", START, "Europe/Rome", 90, "Milan", people=(
        Invited("Ana Pop", "ana@aurora.example", organizer=True),
        Invited("Me", "me@us.example"),
        Invited("New Face", "new.face@aurora.example"),
        Invited("Not coming", "no@aurora.example", Reply.DECLINED),
    ),
)  # fmt: skip


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        account = accounts.add_account(
            work, name="Aurora Foods", website="https://www.aurora.example"
        )
        people.add_person(work, account, "Ana Pop", email="Ana@Aurora.example")
        team.add_team_member(work, "Me", email="me@us.example", is_me=True)
        accounts.add_account(work, name="Borealis")
    return account


def plan(portfolio: Portfolio, *events: CalendarEvent, account: str = "") -> list[PlannedMeeting]:
    with portfolio.reading() as db:
        return list(plan_calendar(db, events, account_id=account))


def bring_in(portfolio: Portfolio, *events: CalendarEvent, add_people: bool = False) -> None:
    planned = plan(portfolio, *events)
    with portfolio.unit_of_work("Import") as work:
        import_calendar(work, planned, add_people=add_people)


def test_an_invitation_becomes_a_meeting_of_the_account_of_those_invited(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    (planned,) = plan(portfolio, EVENT)
    assert (planned.fate, planned.account_id) == (Fate.NEW, aurora)
    assert [each.name for each in planned.known] == ["Ana Pop", "Me"]
    assert [each.email for each in planned.unknown] == ["new.face@aurora.example"]
    bring_in(portfolio, EVENT)
    with portfolio.reading() as db:
        (row,) = upcoming(db, clock.now()).rows
        detail = meeting_detail(db, row.id, clock.now())
    assert detail is not None
    assert (row.title, row.starts_at, row.zone, row.minutes, row.place) == (
        "Price talk", START, "Europe/Rome", 90, "Milan",
    )  # fmt: skip
    assert row.type is MeetingType.FIRST
    assert [each.name for each in detail.attendees] == ["Ana Pop", "Me"]


def test_the_same_file_again_changes_nothing(portfolio: Portfolio, aurora: str) -> None:
    bring_in(portfolio, EVENT)
    assert [each.fate for each in plan(portfolio, EVENT)] == [Fate.UNCHANGED]


def test_the_calendar_says_when_and_where_and_leaves_what_was_prepared(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    bring_in(portfolio, EVENT)
    with portfolio.reading() as db:
        meeting_id = upcoming(db, clock.now()).rows[0].id
    with portfolio.unit_of_work("Prepare") as work:
        meetings.update_meeting(work, meeting_id, title="My title", objective_ours="Two years")
    later = replace(EVENT, starts_at=START + dt.timedelta(hours=1), title="Other", cancelled=True)
    assert [each.fate for each in plan(portfolio, later)] == [Fate.CHANGED]
    bring_in(portfolio, later)
    with portfolio.reading() as db:
        detail = meeting_detail(db, meeting_id, clock.now())
    assert detail is not None
    assert (detail.row.title, detail.objective_ours) == ("My title", "Two years")
    assert detail.row.starts_at == START + dt.timedelta(hours=1)
    assert detail.row.cancelled


def test_a_deleted_meeting_does_not_come_back(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    bring_in(portfolio, EVENT)
    with portfolio.reading() as db:
        meeting_id = upcoming(db, clock.now()).rows[0].id
    with portfolio.unit_of_work("Delete") as work:
        meetings.delete_meeting(work, meeting_id)
    (planned,) = plan(portfolio, EVENT)
    assert planned.fate is Fate.REJECTED
    assert "trash" in planned.reason


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (replace(EVENT, people=(Invited("X", "x@aurora.example"),)), "aurora"),
        (replace(EVENT, people=(), title="Call with AURORA FOODS about oil"), "aurora"),
        (replace(EVENT, people=(Invited("X", "x@gmail.com"),)), ""),
        (replace(EVENT, people=(Invited("Me", "me@us.example"),)), ""),
    ],
)
def test_the_account_is_found_by_person_domain_or_name(
    portfolio: Portfolio, aurora: str, event: CalendarEvent, found: str
) -> None:
    (planned,) = plan(portfolio, event)
    assert planned.account_id == (aurora if found else "")
    assert (planned.fate is Fate.REJECTED) == (not found)


def test_whole_days_and_cancelled_appointments_stay_outside(
    portfolio: Portfolio, aurora: str
) -> None:
    holiday = replace(EVENT, whole_day=True, people=(), title="Aurora Foods day")
    gone = replace(EVENT, cancelled=True)
    assert {each.fate for each in plan(portfolio, holiday, gone)} == {Fate.REJECTED}


def test_people_nobody_knows_are_added_when_asked(portfolio: Portfolio, aurora: str) -> None:
    bring_in(portfolio, EVENT, replace(EVENT, key="2@cal"), add_people=True)
    with portfolio.reading() as db:
        known = directory(db).known("new.face@aurora.example")
        support = db.value("SELECT support FROM person WHERE name = 'New Face'")
        count = db.value("SELECT count(*) FROM person")
    assert known is not None
    assert known.account_id == aurora
    assert (support, count) == (None, 2)


def test_what_is_exported_comes_in_as_known(
    portfolio: Portfolio, aurora: str, tmp_path: Path
) -> None:
    bring_in(portfolio, EVENT)
    with portfolio.unit_of_work("Plan") as work:
        when = LocalTime.of_instant(START + dt.timedelta(days=6), "Asia/Tokyo")
        meetings.add_meeting(work, aurora, MeetingType.SERVICE, when, title="Own")
    path = tmp_path / "out.ics"
    assert export_file(portfolio, path) == 2
    before = portfolio.history()
    again = import_files(portfolio, [path], zone="UTC")
    assert again.to_json() == {
        "new": 0, "changed": 0, "unchanged": 2, "rejected": 0, "left_out": [],
    }  # fmt: skip
    assert portfolio.history() == before
    assert b"Two years" not in path.read_bytes()


def test_an_import_is_one_step_of_undo(
    portfolio: Portfolio, aurora: str, tmp_path: Path, clock: StillClock
) -> None:
    bring_in(portfolio, EVENT)
    path = tmp_path / "out.ics"
    export_file(portfolio, path)
    portfolio.undo()
    assert import_files(portfolio, [path], zone="UTC").to_json()["new"] == 1
    portfolio.undo()
    with portfolio.reading() as db:
        assert not upcoming(db, clock.now()).rows


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    portfolio: Portfolio, aurora: str, tmp_path: Path
) -> None:
    bring_in(portfolio, EVENT)
    good, bad = tmp_path / "out.ics", tmp_path / "bad.ics"
    export_file(portfolio, good)
    portfolio.undo()
    bad.write_text("no calendar", "utf-8")
    done = import_files(portfolio, [bad, good, tmp_path / "gone.ics"], zone="UTC").to_json()
    assert done["new"] == 1
    assert [each["title"] for each in done["left_out"]] == ["bad.ics", "gone.ics"]
    with pytest.raises(UserError, match=r"bad\.ics: This is not a calendar file"):
        import_files(portfolio, [bad], zone="UTC")
    with pytest.raises(UserError, match="time zone"):
        import_files(portfolio, [good], zone="Mars/Olympus")
