"""Lines written for a meeting, what goes on from one to the next, and how it is rated."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import (
    ChecklistState,
    MeetingType,
    PersonalKind,
    PointKind,
    RatingCriterion,
)
from kam_desktop.services import (
    accounts,
    buying_centres,
    checklists,
    meeting_points,
    meetings,
    people,
    personal,
    team,
)
from kam_desktop.services.analysis.birthdays import next_birthday
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.meetings import MeetingDetail, meeting_detail
from kam_desktop.services.queries.ratings import meeting_ratings
from kam_desktop.services.ratings import rate_meeting
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock

START = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
WHEN = LocalTime.of_instant(START, "Europe/Rome")


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        return accounts.add_account(work, name="Aurora Foods")


@pytest.fixture
def meeting(portfolio: Portfolio, aurora: str) -> str:
    with portfolio.unit_of_work("Plan") as work:
        ana = people.add_person(work, aurora, "Ana Pop")
        me = team.add_team_member(work, "Me", is_me=True)
        return meetings.add_meeting(
            work, aurora, MeetingType.BUSINESS_REVIEW, WHEN, title="Review", place="Milan",
            link="https://meet.example/1", person_ids=[ana], team_member_ids=[me],
        )  # fmt: skip


def detail(portfolio: Portfolio, meeting_id: str, clock: StillClock) -> MeetingDetail:
    with portfolio.reading() as db:
        found = meeting_detail(db, meeting_id, clock.now())
    assert found is not None
    return found


def test_lines_keep_their_order_and_kind(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Write") as work:
        meeting_points.add_points(
            work, meeting, PointKind.AGENDA, ["Figures", "", "Plans", "Figures"]
        )
        first = meeting_points.add_point(work, meeting, PointKind.AGENDA, "Hello", minutes=5)
        meeting_points.add_point(
            work, meeting, PointKind.OBJECTION, "Too dear", answer="Total cost is lower"
        )
        work.flush()
        meeting_points.move_point(work, first, 0)
    found = detail(portfolio, meeting, clock)
    agenda = [(point.text, point.minutes) for point in found.points_of(PointKind.AGENDA)]
    assert agenda == [("Hello", 5), ("Figures", None), ("Plans", None)]
    (objection,) = found.points_of(PointKind.OBJECTION)
    assert objection.answer == "Total cost is lower"
    with portfolio.unit_of_work("Write") as work:
        with pytest.raises(UserError, match="Write something"):
            meeting_points.update_point(work, first, text=" ")
        with pytest.raises(UserError, match="a day"):
            meeting_points.update_point(work, first, minutes=5000)


def test_the_way_there_says_when_to_leave(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    assert detail(portfolio, meeting, clock).leave_at is None
    with portfolio.unit_of_work("Plan") as work:
        meetings.set_travel(work, meeting, 45)
    assert detail(portfolio, meeting, clock).leave_at == START - dt.timedelta(minutes=45)


def test_the_next_review_carries_over_who_what_and_where(
    portfolio: Portfolio, aurora: str, meeting: str, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Prepare") as work:
        centre = buying_centres.add_buying_centre(work, aurora, "Plant Lodi")
        work.flush()
        meetings.set_centres(work, meeting, [centre])
        item = checklists.add_item(work, meeting, "Bring the samples", days_before=2)
        work.flush()
        checklists.set_item_state(work, item, ChecklistState.DONE)
    host = detail(portfolio, meeting, clock).attendees[0]
    with portfolio.unit_of_work("Prepare") as work:
        meetings.set_attendee_role(work, host.id, "host")
        later = LocalTime.of_instant(START + dt.timedelta(days=91), "Europe/Rome")
        following = meetings.plan_next(work, meeting, later)
    found = detail(portfolio, following, clock)
    assert (found.row.title, found.row.place, found.link) == (
        "Review",
        "Milan",
        "https://meet.example/1",
    )
    assert [(each.name, each.part) for each in found.attendees] == [("Ana Pop", "host"), ("Me", "")]
    assert [name for _id, name in found.centres] == ["Plant Lodi"]
    own = [item for item in found.checklist if item.text == "Bring the samples"]
    assert [item.state for item in own] == [ChecklistState.OPEN]
    assert found.previous is not None
    assert found.previous.id == meeting
    portfolio.undo()
    with portfolio.reading() as db:
        assert meeting_detail(db, following, clock.now()) is None


def test_several_people_rate_by_four_criteria(portfolio: Portfolio, meeting: str) -> None:
    value, outcome = RatingCriterion.VALUE, RatingCriterion.OUTCOME
    with portfolio.unit_of_work("Rate") as work:
        rate_meeting(work, meeting, "Me", {value: 4, outcome: 2})
        rate_meeting(work, meeting, "Ana", {value: 5})
        rate_meeting(work, meeting, "Me", {outcome: 3})
        with pytest.raises(UserError, match="1 to 5"):
            rate_meeting(work, meeting, "Me", {value: 6})
    with portfolio.reading() as db:
        found = meeting_ratings(db, meeting)
    assert (found.mean(value), found.mean(outcome), found.overall) == (4.5, 3.0, 3.75)
    assert found.mean(RatingCriterion.LISTENING) is None
    with portfolio.unit_of_work("Take back") as work:
        rate_meeting(work, meeting, "Me", {value: None, outcome: None})
    with portfolio.reading() as db:
        assert meeting_ratings(db, meeting).scores == {"Ana": {value: 5}}


def test_what_is_personal_says_why_it_is_kept(portfolio: Portfolio, aurora: str) -> None:
    with portfolio.unit_of_work("Add") as work:
        ana = people.add_person(work, aurora, "Ana Pop")
        work.flush()
        personal.set_birthday(work, ana, 2, 29)
        with pytest.raises(UserError, match="does not exist"):
            personal.set_birthday(work, ana, 2, 30)
        with pytest.raises(UserError, match="keep it for"):
            personal.add_personal_fact(
                work, ana, PersonalKind.INTEREST, text="Sailing", purpose=" "
            )


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        (dt.date(1970, 11, 20), dt.date(2026, 11, 20), dt.date(2026, 11, 20)),
        (dt.date(1970, 11, 19), dt.date(2026, 11, 20), dt.date(2027, 11, 19)),
        (dt.date(4, 2, 29), dt.date(2026, 11, 20), dt.date(2027, 3, 1)),
        (dt.date(4, 2, 29), dt.date(2028, 1, 1), dt.date(2028, 2, 29)),
    ],
)
def test_birthdays_come_every_year(day: dt.date, today: dt.date, expected: dt.date) -> None:
    assert next_birthday(day, today) == expected


def test_a_line_is_put_behind_another(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Write") as work:
        first = meeting_points.add_point(work, meeting, PointKind.AGENDA, "One")
        work.flush()
        meeting_points.add_point(work, meeting, PointKind.AGENDA, "Three")
        work.flush()
        meeting_points.add_point(work, meeting, PointKind.AGENDA, "Two", after=first)
        meeting_points.add_point(work, meeting, PointKind.AGENDA, "Four", after="gone")
    lines = detail(portfolio, meeting, clock).points_of(PointKind.AGENDA)
    assert [line.text for line in lines] == ["One", "Two", "Three", "Four"]


def test_an_agenda_of_one_text_becomes_lines_in_one_step(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    text = "- Figures (10 min)\n- Plans\nWho decides?"
    with portfolio.unit_of_work("Write") as work:
        meetings.update_meeting(work, meeting, agenda=text)
    with portfolio.unit_of_work("Make lines") as work:
        assert meeting_points.take_agenda_apart(work, meeting) == 3
    found = detail(portfolio, meeting, clock)
    agenda = [(line.text, line.minutes) for line in found.points_of(PointKind.AGENDA)]
    assert agenda == [("Figures", 10), ("Plans", None)]
    assert [line.text for line in found.points_of(PointKind.QUESTION)] == ["Who decides?"]
    assert found.agenda == ""
    portfolio.undo()
    found = detail(portfolio, meeting, clock)
    assert (found.agenda, found.points) == (text, ())


@given(st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_moving_lines_moves_them_as_in_a_list(
    portfolio: Portfolio, meeting: str, clock: StillClock, data: st.DataObject
) -> None:
    with portfolio.unit_of_work("Write") as work:
        for point in detail(portfolio, meeting, clock).points:
            meeting_points.delete_point(work, point.id)
        count = data.draw(st.integers(1, 8))
        expected = meeting_points.add_points(
            work, meeting, PointKind.AGENDA, [f"Line {n}" for n in range(count)]
        )
    moves = data.draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count + 2))))
    for source, target in moves:
        moved = expected.pop(source)
        with portfolio.unit_of_work("Move") as work:
            meeting_points.move_point(work, moved, target)
        expected.insert(target, moved)
    found = detail(portfolio, meeting, clock).points_of(PointKind.AGENDA)
    assert [line.id for line in found] == expected
