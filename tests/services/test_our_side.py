"""Our own side: who works for an account, who knows whom, and what touches say about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from kam_desktop.models.registry import Account, Attendee, Meeting, TeamContact
from kam_desktop.models.vocabulary import InteractionKind, MeetingType, TeamContactState, TeamRole
from kam_desktop.services import interactions, our_side, people, team
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.our_side import (
    OurSide,
    account_team,
    known_only_by,
)
from kam_desktop.services.queries.our_side import our_side as read
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.trash import restore
from tests.conftest import StillClock


@dataclass(frozen=True)
class World:
    account: str
    elena: str
    ben: str
    ida: str
    olof: str


@pytest.fixture
def world(portfolio: Portfolio) -> World:
    with portfolio.unit_of_work("Begin") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        return World(
            account.id,
            people.add_person(work, account.id, "Elena", influence=8, cadence_days=30),
            people.add_person(work, account.id, "Ben", influence=3),
            team.add_team_member(work, "Ida", role="kam", is_me=True),
            team.add_team_member(work, "Olof", role="expert"),
        )


def cells(portfolio: Portfolio) -> list[tuple[object, ...]]:
    with portfolio.reading() as db:
        return db.rows("SELECT state, note FROM team_contact WHERE deleted_at IS NULL ORDER BY id")


def ours(portfolio: Portfolio, world: World, on: dt.date = dt.date(2026, 11, 20)) -> OurSide:
    with portfolio.reading() as db:
        return read(db, world.account, on=on)


def test_a_contact_is_set_changed_and_forgotten(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "good", note="Same school")
    with portfolio.unit_of_work("Change") as work:
        our_side.set_contact(work, world.elena, world.ida, "bad")
    assert cells(portfolio) == [("bad", "Same school")]
    found = ours(portfolio, world).contact(world.elena, world.ida)
    assert (found.state, found.on) == ("bad", dt.date(2026, 11, 20))
    with portfolio.unit_of_work("Forget") as work:
        our_side.set_contact(work, world.elena, world.ida, None)
    assert cells(portfolio) == []
    assert ours(portfolio, world).contact(world.elena, world.ida).state is None
    portfolio.undo()
    assert cells(portfolio) == [("bad", "Same school")]


def test_two_cells_of_the_same_two_become_one(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "good")
    with portfolio.reading() as db:
        first = str(db.value("SELECT id FROM team_contact"))
    with portfolio.unit_of_work("Forget") as work:
        our_side.set_contact(work, world.elena, world.ida, None)
    with portfolio.unit_of_work("Set again") as work:
        our_side.set_contact(work, world.elena, world.ida, "none")
    with portfolio.unit_of_work("Restore") as work:
        restore(work, "team_contact", first)
    assert len(cells(portfolio)) == 2
    with portfolio.unit_of_work("Set once more") as work:
        our_side.set_contact(work, world.elena, world.ida, "working")
    assert cells(portfolio) == [("working", "")]


def test_nobody_knows_a_vacant_seat_or_the_future(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Seat") as work:
        seat = people.add_vacant_seat(work, world.account, "Head of quality")
    with pytest.raises(UserError), portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, seat, world.ida, "good")
    tomorrow = dt.date(2026, 11, 21)
    with pytest.raises(UserError) as refused, portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "good", on=tomorrow)
    assert refused.value.field == "on"
    with pytest.raises(ValueError, match="friend"), portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "friend")


def test_several_cells_are_one_step(portfolio: Portfolio, world: World) -> None:
    states: dict[tuple[str, str], str | None] = {
        (world.elena, world.ida): "good",
        (world.ben, world.olof): "working",
    }
    with portfolio.unit_of_work("Set two") as work:
        our_side.set_contact_states(work, states)
    assert len(cells(portfolio)) == 2
    portfolio.undo()
    assert cells(portfolio) == []


def test_the_account_team_refuses_doubles_and_who_has_left(
    portfolio: Portfolio, world: World
) -> None:
    with portfolio.unit_of_work("Add") as work:
        place = our_side.add_to_account_team(work, world.account, world.olof)
        our_side.add_to_account_team(work, world.account, world.olof, TeamRole.SERVICE)
    with pytest.raises(UserError) as refused, portfolio.unit_of_work("Again") as work:
        our_side.add_to_account_team(work, world.account, world.olof, "expert")
    assert refused.value.field == "role"
    with pytest.raises(UserError), portfolio.unit_of_work("Change") as work:
        our_side.set_role_on_team(work, place, "service")
    with portfolio.unit_of_work("Leave") as work:
        team.update_team_member(work, world.ida, left_on=dt.date(2026, 11, 1))
    with pytest.raises(UserError) as refused, portfolio.unit_of_work("Add Ida") as work:
        our_side.add_to_account_team(work, world.account, world.ida)
    assert refused.value.field == "member_id"
    olof = ours(portfolio, world).members[0]
    assert [each.role for each in olof.places] == ["expert", "service"]
    with portfolio.unit_of_work("Remove") as work:
        our_side.remove_from_account_team(work, place)
    assert [each.role for each in ours(portfolio, world).members[0].places] == ["service"]


def test_there_is_one_executive_sponsor(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Sponsor") as work:
        our_side.set_executive_sponsor(work, world.account, world.ida)
    with portfolio.unit_of_work("Another") as work:
        our_side.set_executive_sponsor(work, world.account, world.olof)
    sponsors = [m.name for m in ours(portfolio, world).members if m.is_sponsor]
    assert sponsors == ["Olof"]
    with portfolio.unit_of_work("The same") as work:
        our_side.set_executive_sponsor(work, world.account, world.olof)
    assert [m.name for m in ours(portfolio, world).members if m.is_sponsor] == ["Olof"]
    with portfolio.unit_of_work("None") as work:
        our_side.set_executive_sponsor(work, world.account, None)
    assert not any(m.is_sponsor for m in ours(portfolio, world).members)


def log(portfolio: Portfolio, world: World, clock: StillClock, days: int, member: str) -> None:
    with portfolio.unit_of_work("Log") as work:
        interactions.log_touch(
            work,
            world.account,
            InteractionKind.VISIT,
            clock.now() - dt.timedelta(days=days),
            [world.elena, world.ben],
            "Visit",
            member_id=member,
        )


def test_touches_count_for_who_of_ours_was_there(
    portfolio: Portfolio, world: World, clock: StillClock
) -> None:
    """Worked by hand from S(t) = min(1, Σ wₖ · 2^(−Δtₖ/h) / W), h = 1.5 × cadence (product rules,
    section 4), W = 10: with a cadence of 30 days h is 45, a visit (5) of today and one 45 days ago
    make (5 + 2.5) / 10 = 0.75.
    """
    log(portfolio, world, clock, 0, world.ida)
    log(portfolio, world, clock, 45, world.ida)
    log(portfolio, world, clock, 10, world.olof)
    found = ours(portfolio, world)
    ida = found.contact(world.elena, world.ida)
    assert ida.strength == pytest.approx(0.75)
    assert (ida.touches, ida.last_touch) == (2, dt.date(2026, 11, 20))
    assert found.contact(world.ben, world.olof).touches == 1
    assert found.contact(world.elena, world.ida).state is None


def meet(portfolio: Portfolio, world: World, clock: StillClock, days: int) -> str:
    with portfolio.unit_of_work("Plan") as work:
        meeting = Meeting(
            account_id=world.account,
            title="Review",
            type=MeetingType.BUSINESS_REVIEW,
            starts_at=clock.now() + dt.timedelta(days=days),
        )
        work.add(meeting)
        work.flush()
        work.add(Attendee(meeting_id=meeting.id, person_id=world.elena))
        work.add(Attendee(meeting_id=meeting.id, team_member_id=world.olof))
        return meeting.id


def test_a_meeting_together_counts_once(
    portfolio: Portfolio, world: World, clock: StillClock
) -> None:
    meeting = meet(portfolio, world, clock, -3)
    meet(portfolio, world, clock, +3)
    assert ours(portfolio, world).contact(world.elena, world.olof).touches == 1
    with portfolio.unit_of_work("Log it") as work:
        interactions.log_touch(
            work, world.account, InteractionKind.CALL, clock.now() - dt.timedelta(days=3),
            [world.elena], "Review", meeting_id=meeting, member_id=world.olof,
        )  # fmt: skip
    found = ours(portfolio, world).contact(world.elena, world.olof)
    assert found.touches == 1
    # Logged as a call (3 of 10) of three days ago, h = 45 days.
    assert found.strength == pytest.approx(0.3 * 2 ** (-3 / 45))


def test_who_looks_after_the_account_comes_first(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Owner") as work:
        work.get(Account, world.account).owner_id = world.olof
    members = ours(portfolio, world).members
    assert [(m.name, m.is_here) for m in members] == [("Olof", True), ("Ida", False)]


def test_what_leaves_with_a_member(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "good")
        our_side.set_contact(work, world.ben, world.ida, "working")
        our_side.set_contact(work, world.ben, world.olof, "good")
    with portfolio.reading() as db:
        assert [each.name for each in known_only_by(db, world.ida)] == ["Elena"]
        assert known_only_by(db, world.olof) == []
    with portfolio.unit_of_work("Leave") as work:
        team.update_team_member(work, world.ida, left_on=dt.date(2026, 11, 1))
    with portfolio.reading() as db:
        assert [each.name for each in known_only_by(db, world.olof)] == ["Ben"]
        known = account_team(db, world.account, on=dt.date(2026, 11, 20))
    assert (known.people, known.unknown) == (2, 1)
    assert known.known[world.ida] == ("Elena", "Ben")


def test_deleting_somebody_takes_their_cells_along(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world.elena, world.ida, "good")
        our_side.set_contact(work, world.elena, world.olof, "good")
    with portfolio.unit_of_work("Delete Olof") as work:
        team.delete_team_member(work, world.olof)
    assert ours(portfolio, world).known_by(world.elena) == (world.ida,)
    with portfolio.unit_of_work("Delete Elena") as work:
        people.delete_person(work, world.elena)
    assert cells(portfolio) == []
    portfolio.undo()
    portfolio.undo()
    assert set(ours(portfolio, world).known_by(world.elena)) == {world.ida, world.olof}


def test_a_later_row_is_believed(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Two rows") as work:
        for state in (TeamContactState.GOOD, TeamContactState.BAD):
            work.add(TeamContact(person_id=world.elena, member_id=world.ida, state=state))
            work.flush()
    assert ours(portfolio, world).contact(world.elena, world.ida).state == "bad"


def test_title_and_leaving_day_of_a_member(portfolio: Portfolio, world: World) -> None:
    with portfolio.unit_of_work("Change") as work:
        team.update_team_member(work, world.ida, title="Sales director", left_on=None)
    with pytest.raises(UserError) as refused, portfolio.unit_of_work("Leave") as work:
        team.update_team_member(work, world.ida, left_on=dt.date(2026, 11, 21))
    assert refused.value.field == "left_on"
    assert ours(portfolio, world).members[0].title == "Sales director"
