from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.vocabulary import ChecklistState, InteractionKind, MeetingType, Side
from kam_desktop.services import checklists, interactions, meetings
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries import interactions as touches
from kam_desktop.services.queries import meetings as queries
from kam_desktop.services.zones import LocalTime
from tests.services.meetings.world import World, wall

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def rome(day: int, hour: int = 10, month: int = 11, year: int = 2026) -> LocalTime:
    return LocalTime(wall(f"{year}-{month:02}-{day:02} {hour:02}:00"), "Europe/Rome")


def plan(world: World, when: LocalTime, kind: MeetingType = MeetingType.BUSINESS_REVIEW) -> str:
    with world.portfolio.unit_of_work("Plan meeting") as work:
        return meetings.add_meeting(
            work,
            world.account,
            kind,
            when,
            minutes=90,
            person_ids=[world.kenji, world.elena, world.kenji],
            team_member_ids=[world.me],
            place="Milan",
        )


def detail(world: World, meeting_id: str) -> queries.MeetingDetail:
    with world.portfolio.reading() as db:
        found = queries.meeting_detail(db, meeting_id, NOW)
    assert found is not None
    return found


def test_a_meeting_gets_the_checklists_of_any_meeting_and_of_its_type(world: World) -> None:
    shown = detail(world, plan(world, rome(27)))
    texts = [item.text for item in shown.checklist]
    assert "Check the last promises, ours and theirs" in texts
    assert "Collect the figures of the period: volume, value, delivery, service" in texts
    assert "Write down their likely aims, limits and alternatives" not in texts
    days = [item.days_before for item in shown.checklist]
    assert days == sorted(days, reverse=True)
    assert shown.row.title == "Business review"
    assert shown.row.days_left(NOW) == 7
    assert shown.row.prepared == 0


def test_items_are_due_on_days_at_the_place(world: World) -> None:
    # Half past midnight in Rome is still the day before in UTC.
    when = LocalTime(wall("2026-11-27 00:30"), "Europe/Rome")
    shown = detail(world, plan(world, when))
    last = shown.checklist[-1]
    assert last.days_before == 0
    assert last.due_on == dt.date(2026, 11, 27)
    assert not last.late(dt.date(2026, 11, 27))
    assert last.late(dt.date(2026, 11, 28))


def test_attendees_have_roles_and_a_side(world: World) -> None:
    shown = detail(world, plan(world, rome(27)))
    assert [(row.name, row.side) for row in shown.attendees] == [
        ("Elena Rossi", Side.THEIRS),
        ("Kenji Mori", Side.THEIRS),
        ("Ana Pop", Side.OURS),
    ]
    elena, kenji, _me = shown.attendees
    assert [role.value for role in elena.roles] == ["economic_buyer"]
    assert elena.support == 1
    assert kenji.roles == ()
    assert kenji.support is None


def test_attendees_come_and_go(world: World) -> None:
    key = plan(world, rome(27))
    kenji = detail(world, key).attendees[1]
    with world.portfolio.unit_of_work("Remove") as work:
        meetings.remove_attendee(work, kenji.id)
    assert [row.name for row in detail(world, key).attendees] == ["Elena Rossi", "Ana Pop"]
    with world.portfolio.unit_of_work("Add") as work:
        meetings.add_people(work, key, [world.kenji, world.elena])
    assert len(detail(world, key).attendees) == 3


def test_upcoming_and_past_part_at_the_end_of_a_meeting(world: World) -> None:
    under_way = plan(world, LocalTime(wall("2026-11-20 09:00"), "Europe/Rome"))
    later = plan(world, rome(27))
    over = plan(world, rome(2))
    with world.portfolio.reading() as db:
        assert [row.id for row in queries.upcoming(db, NOW).rows] == [under_way, later]
        assert [row.id for row in queries.past(db, NOW).rows] == [over]
        half_past = NOW + dt.timedelta(minutes=31)
        assert [row.id for row in queries.upcoming(db, half_past).rows] == [later]
        assert [row.id for row in queries.past(db, half_past).rows] == [under_way, over]


def test_pages_join_without_gap(world: World) -> None:
    keys = [plan(world, rome(21 + n // 3)) for n in range(7)]
    with world.portfolio.reading() as db:
        seen: list[str] = []
        after = None
        while True:
            page = queries.upcoming(db, NOW, after=after, limit=2)
            seen += [row.id for row in page.rows]
            if not page.more:
                break
            after = page.rows[-1]
    assert seen == sorted(keys)


@pytest.mark.parametrize(
    ("text", "found"), [("auror", 1), ("business rev", 1), ("milan", 1), ("zzz", 0), ('"(', 0)]
)
def test_the_list_is_filtered_by_words(world: World, text: str, found: int) -> None:
    plan(world, rome(27))
    with world.portfolio.reading() as db:
        assert len(queries.upcoming(db, NOW, text=text).rows) == found


def test_the_previous_meeting_stands_beside(world: World) -> None:
    before = plan(world, rome(2))
    with world.portfolio.unit_of_work("Record") as work:
        meetings.record_outcome(work, before, outcome="Agreed on a pilot", next_step="Send plan")
    cancelled = plan(world, rome(18))
    with world.portfolio.unit_of_work("Cancel") as work:
        meetings.set_cancelled(work, cancelled, True)
    previous = detail(world, plan(world, rome(27))).previous
    assert previous is not None
    assert (previous.id, previous.outcome) == (before, "Agreed on a pilot")


def test_an_outcome_is_logged_once_with_everyone_who_attended(world: World) -> None:
    key = plan(world, rome(19))
    for outcome in ("Good", "Very good"):
        with world.portfolio.unit_of_work("Record") as work:
            meetings.record_outcome(
                work, key, outcome=outcome, next_step="Call", touch=InteractionKind.VISIT
            )
    with world.portfolio.reading() as db:
        rows = touches.timeline(db, account_id=world.account).rows
    assert len(rows) == 1
    assert rows[0].meeting_id == key
    assert {rows[0].person_name, *rows[0].others} == {"Elena Rossi", "Kenji Mori"}
    assert detail(world, key).outcome == "Very good"


def test_a_meeting_to_come_is_not_logged(world: World) -> None:
    key = plan(world, rome(27))
    with (
        pytest.raises(UserError) as caught,
        world.portfolio.unit_of_work("Record") as work,
    ):
        meetings.record_outcome(work, key, outcome="Fine", next_step="", touch=InteractionKind.CALL)
    assert caught.value.field == "outcome"
    assert detail(world, key).outcome == ""


def test_rescheduling_moves_due_dates_along(world: World) -> None:
    key = plan(world, rome(27))
    before = detail(world, key).checklist[0].due_on
    with world.portfolio.unit_of_work("Move") as work:
        meetings.reschedule(work, key, rome(30), minutes=45)
    moved = detail(world, key)
    assert moved.checklist[0].due_on == before + dt.timedelta(days=3)
    assert moved.row.minutes == 45


def test_summer_time_keeps_the_hour_on_the_wall(world: World) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        key = meetings.add_meeting(
            work, world.account, MeetingType.FIRST, rome(28, month=3, year=2027)
        )
    starts = detail(world, key).row.starts_at
    assert starts == dt.datetime(2027, 3, 28, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("when", "minutes", "field"),
    [
        (LocalTime(wall("2027-03-28 02:30"), "Europe/Rome"), 60, "time"),
        (LocalTime(wall("2027-10-31 02:30"), "Europe/Rome"), 60, "fold"),
        (LocalTime(wall("2027-01-01 10:00"), "Europe/Nowhere"), 60, "zone"),
        (LocalTime(wall("2027-01-01 10:00"), "Europe/Rome"), 0, "minutes"),
    ],
)
def test_impossible_times_are_refused(
    world: World, when: LocalTime, minutes: int, field: str
) -> None:
    with pytest.raises(UserError) as caught, world.portfolio.unit_of_work("Plan") as work:
        meetings.add_meeting(work, world.account, MeetingType.FIRST, when, minutes=minutes)
    assert caught.value.field == field


def test_deleting_takes_everything_along_and_brings_it_back(world: World) -> None:
    key = plan(world, rome(27))
    before = detail(world, key)
    with world.portfolio.unit_of_work("Delete") as work:
        meetings.delete_meeting(work, key)
    with world.portfolio.reading() as db:
        assert queries.meeting_detail(db, key, NOW) is None
        assert queries.upcoming(db, NOW).rows == ()
    with world.portfolio.unit_of_work("Restore") as work:
        meetings.restore_meeting(work, key)
    assert detail(world, key) == before


def test_changing_the_type_adds_what_is_missing(world: World) -> None:
    key = plan(world, rome(27), MeetingType.INFORMAL)
    with world.portfolio.unit_of_work("Tick") as work:
        first = detail(world, key).checklist[0]
        checklists.set_item_state(work, first.id, ChecklistState.DONE)
    with world.portfolio.unit_of_work("Type") as work:
        meetings.set_type(work, key, MeetingType.NEGOTIATION)
    shown = detail(world, key)
    assert shown.row.title == "Negotiation"
    assert shown.row.done == 1
    assert any("walk away" in item.text for item in shown.checklist)


def test_a_touch_to_come_is_refused(world: World) -> None:
    with pytest.raises(UserError) as caught, world.portfolio.unit_of_work("Log") as work:
        interactions.log_touch(
            work, world.account, InteractionKind.CALL, NOW + dt.timedelta(hours=1), [], "Called"
        )
    assert caught.value.field == "at"


def test_timelines_page_by_time(world: World) -> None:
    with world.portfolio.unit_of_work("Log") as work:
        for n in range(9):
            people = [[world.elena], [world.kenji, world.elena], []][n % 3]
            at = NOW - dt.timedelta(days=n // 2)
            interactions.log_touch(
                work, world.account, InteractionKind.CALL, at, people, f"Call {n}"
            )
    for options in ({}, {"account_id": world.account}, {"person_id": world.elena}):
        seen: list[str] = []
        before = None
        with world.portfolio.reading() as db:
            while True:
                page = touches.timeline(db, before=before, limit=2, **options)
                seen += [row.summary for row in page.rows]
                if not page.more:
                    break
                before = page.rows[-1]
        assert len(seen) == len(set(seen)) == (6 if "person_id" in options else 9)


def test_people_of_a_touch_can_be_corrected(world: World) -> None:
    with world.portfolio.unit_of_work("Log") as work:
        key = interactions.log_touch(
            work, world.account, InteractionKind.VISIT, NOW, [world.elena, world.kenji], "Visit"
        )
    with world.portfolio.unit_of_work("Correct") as work:
        interactions.set_people(work, key, [world.kenji])
    with world.portfolio.reading() as db:
        (row,) = touches.timeline(db).rows
        assert (row.person_name, row.others) == ("Kenji Mori", ())
        assert touches.timeline(db, person_id=world.elena).rows == ()
