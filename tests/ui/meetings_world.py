"""A portfolio in which something is going on, for the pages about meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.registry import Contract, Person
from kam_desktop.models.vocabulary import InteractionKind, MeetingType, Side
from kam_desktop.services import commitments, interactions, meetings
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.services.meetings.world import World, make_world, wall


@dataclass(frozen=True, slots=True)
class BusyWorld:
    """The small world with a meeting to come, one that is over, and something late."""

    world: World
    meeting: str
    before: str


def make_busy_world(portfolio: Portfolio) -> BusyWorld:
    """Add it to an empty portfolio whose clock says 2026-11-20 09:00 UTC."""
    world = make_world(portfolio)
    with portfolio.unit_of_work("Be busy") as work:
        before = meetings.add_meeting(
            work,
            world.account,
            MeetingType.FIRST,
            LocalTime(wall("2026-09-03 10:00"), "Europe/Rome"),
        )
        meetings.record_outcome(work, before, outcome="They want a pilot", next_step="Send plan")
        meeting = meetings.add_meeting(
            work,
            world.account,
            MeetingType.BUSINESS_REVIEW,
            LocalTime(wall("2026-11-24 10:00"), "Europe/Rome"),
            person_ids=[world.elena, world.kenji],
            team_member_ids=[world.me],
        )
        commitments.add_commitment(
            work,
            world.account,
            Side.OURS,
            "Pilot report",
            made_on=dt.date(2026, 9, 3),
            due_on=dt.date(2026, 11, 18),
        )
        work.add(Contract(account_id=world.account, name="Frame", notice_on=dt.date(2026, 12, 31)))
        work.get(Person, world.elena).cadence_days = 30
        interactions.log_touch(
            work,
            world.account,
            InteractionKind.CALL,
            work.now - dt.timedelta(days=50),
            [world.elena],
            "Called",
        )
    return BusyWorld(world, meeting, before)
