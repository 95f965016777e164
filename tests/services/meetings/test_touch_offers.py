"""Whom a touch was probably with, and what kind it probably was."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.registry import Person
from kam_desktop.models.vocabulary import InteractionKind, MeetingType
from kam_desktop.services import interactions, meetings
from kam_desktop.services.queries.touch_offers import probable_kind, whom_it_was_with
from kam_desktop.services.zones import LocalTime
from tests.services.meetings.world import World, wall

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def offered(world: World, text: str = "") -> list[str]:
    with world.portfolio.reading() as db:
        return [choice.title for choice in whom_it_was_with(db, text, NOW)]


def kind_with(world: World, person: str) -> InteractionKind:
    with world.portfolio.reading() as db:
        return probable_kind(db, person, NOW)


def meet(world: World, when: str, person: str) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        start = LocalTime(wall(when), "Europe/Rome")
        meetings.add_meeting(work, world.account, MeetingType.FIRST, start, person_ids=[person])


def test_nobody_is_offered_before_anything_happened(world: World) -> None:
    assert offered(world) == []
    assert kind_with(world, world.elena) is InteractionKind.CALL


def test_those_just_met_come_before_those_met_next_and_those_talked_to(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        bo = Person(account_id=world.account, name="Bo Berg")
        gone = Person(account_id=world.account, name="Gone", left_on=dt.date(2026, 11, 1))
        for person in (bo, gone):
            work.add(person)
        work.flush()
        at = NOW - dt.timedelta(days=3)
        for person in (bo, gone):
            interactions.log_touch(
                work, world.account, InteractionKind.VIDEO, at, [person.id], "Talked"
            )
    meet(world, "2026-11-24 10:00", world.kenji)
    assert offered(world) == ["Kenji Mori", "Bo Berg"]
    meet(world, "2026-11-20 09:00", world.elena)
    assert offered(world) == ["Elena Rossi", "Kenji Mori", "Bo Berg"]
    assert kind_with(world, world.elena) is InteractionKind.VISIT
    assert kind_with(world, bo.id) is InteractionKind.VIDEO


def test_typed_letters_find_the_probable_one_first(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        for number in range(30):
            work.add(Person(account_id=world.account, name=f"Elan {number:02}"))
        late = Person(account_id=world.account, name="Elzbieta Z")
        work.add(late)
        work.flush()
        interactions.log_touch(work, world.account, InteractionKind.CALL, NOW, [late.id], "Hello")
    assert offered(world, "el")[0] == "Elzbieta Z"
    assert offered(world, "el z") == ["Elzbieta Z"]
    assert offered(world, "aur") == ["Aurora Foods"]
