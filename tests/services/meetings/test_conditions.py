"""Items tick themselves when the fact is there, and stop when it is gone."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.vocabulary import (
    ChecklistCondition as C,
)
from kam_desktop.models.vocabulary import (
    ChecklistState,
    MeetingType,
    PointKind,
    Side,
    TeamRole,
)
from kam_desktop.services import (
    accounts,
    checklists,
    commitments,
    documents,
    meeting_points,
    meetings,
    people,
    team,
)
from kam_desktop.services.checklists import TemplateLine
from kam_desktop.services.queries.meetings import MeetingDetail, meeting_detail, upcoming
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock


@pytest.fixture
def meeting(portfolio: Portfolio, clock: StillClock) -> str:
    """A meeting with one item for each condition."""
    lines = [TemplateLine(each.value, 0, condition=each) for each in C]
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        template = checklists.save_template(work, None, name="All", meeting_type=None, lines=lines)
        when = LocalTime.of_instant(clock.now() + dt.timedelta(days=3), "Europe/Rome")
        return meetings.add_meeting(
            work, account, MeetingType.SERVICE, when, template_ids=[template]
        )


def look(portfolio: Portfolio, meeting_id: str, clock: StillClock) -> MeetingDetail:
    with portfolio.reading() as db:
        found = meeting_detail(db, meeting_id, clock.now())
        (row,) = upcoming(db, clock.now()).rows
    assert found is not None
    done = [item for item in found.checklist if item.state is ChecklistState.DONE]
    assert (row.done, row.open) == (len(done), len(found.checklist) - len(done))
    return found


def ticked(portfolio: Portfolio, meeting_id: str, clock: StillClock) -> set[str]:
    found = look(portfolio, meeting_id, clock)
    assert all(item.by_itself for item in found.checklist if item.state is ChecklistState.DONE)
    return {item.text for item in found.checklist if item.state is ChecklistState.DONE}


def test_each_item_waits_for_its_own_fact(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    account = look(portfolio, meeting, clock).row.account_id
    assert ticked(portfolio, meeting, clock) == set()

    def promise_in_time(work: UnitOfWork) -> None:
        commitments.add_commitment(work, account, Side.OURS, "Call", due_on=work.today)

    def promise(work: UnitOfWork) -> None:
        yesterday = work.today - dt.timedelta(days=1)
        commitments.add_commitment(
            work, account, Side.OURS, "Send", due_on=yesterday, made_on=yesterday
        )

    def attend(work: UnitOfWork) -> None:
        ana = people.add_person(work, account, "Ana", support=1)
        people.set_decision_roles(work, ana, [("user", None)])
        meetings.add_people(work, meeting, [ana])

    def stranger(work: UnitOfWork) -> None:
        meetings.add_people(work, meeting, [people.add_person(work, account, "Ben")])

    def write(work: UnitOfWork) -> None:
        meetings.update_meeting(
            work, meeting, objective_ours="Two years", objective_theirs="Price", place="Milan"
        )
        meeting_points.add_point(work, meeting, PointKind.AGENDA, "Figures")
        meeting_points.add_point(work, meeting, PointKind.QUESTION, "Who decides?")
        meeting_points.add_point(work, meeting, PointKind.OBJECTION, "Dear", answer="Total cost")
        meetings.set_travel(work, meeting, 30)

    def attach(work: UnitOfWork) -> None:
        documents.add_document(work, account, name="a.txt", content=b"a", meeting_id=meeting)

    expected: set[str] = set()
    attending = {C.ATTENDEES, C.ATTENDEES_HAVE_ROLES, C.ATTENDEES_JUDGED}
    written = {
        C.AIMS_WRITTEN, C.AGENDA_WRITTEN, C.QUESTIONS_WRITTEN, C.OBJECTIONS_ANSWERED,
        C.PLACE_KNOWN, C.TRAVEL_PLANNED,
    }  # fmt: skip
    for step, gained, lost in (
        (promise_in_time, {C.PROMISES_IN_TIME}, set()),
        (promise, set(), {C.PROMISES_IN_TIME}),
        (attend, attending, set()),
        (stranger, set(), {C.ATTENDEES_HAVE_ROLES, C.ATTENDEES_JUDGED}),
        (write, written, set()),
        (attach, {C.DOCUMENT_ADDED}, set()),
    ):
        with portfolio.unit_of_work("Change") as work:
            step(work)  # type: ignore[operator]
        expected = (expected | gained) - lost  # type: ignore[operator]
        assert ticked(portfolio, meeting, clock) == expected


def test_what_was_ticked_by_hand_stays_ticked(
    portfolio: Portfolio, meeting: str, clock: StillClock
) -> None:
    item = next(
        each for each in look(portfolio, meeting, clock).checklist if each.text == C.ATTENDEES
    )
    with portfolio.unit_of_work("Tick") as work:
        checklists.set_item_state(work, item.id, ChecklistState.DONE)
    found = {each.id: each for each in look(portfolio, meeting, clock).checklist}
    assert found[item.id].state is ChecklistState.DONE
    assert not found[item.id].by_itself


def test_an_item_goes_to_who_has_the_role(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        expert = team.add_team_member(work, "Eva", role=TeamRole.EXPERT)
        template = checklists.save_template(
            work, None, name="All", meeting_type=None,
            lines=[TemplateLine("Facts", 2, owner_role=TeamRole.EXPERT), TemplateLine("Rest")],
        )  # fmt: skip
        when = LocalTime.of_instant(clock.now() + dt.timedelta(days=3), "Europe/Rome")
        meeting = meetings.add_meeting(
            work, account, MeetingType.SERVICE, when, template_ids=[template]
        )
    owners = {item.text: item.owner_id for item in look(portfolio, meeting, clock).checklist}
    assert owners == {"Facts": expert, "Rest": None}
