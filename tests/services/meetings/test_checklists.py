from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.registry import ChecklistTemplate
from kam_desktop.models.vocabulary import ChecklistCondition, ChecklistState, MeetingType
from kam_desktop.services import checklists, meetings
from kam_desktop.services.checklists import TemplateLine
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries import checklists as templates
from kam_desktop.services.queries import meetings as queries
from kam_desktop.services.queries.trash import trash_rows
from kam_desktop.services.resources import resource_path
from kam_desktop.services.template_messages import extract
from kam_desktop.services.zones import LocalTime
from tests.services.meetings.world import World, wall

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
WHEN = LocalTime(wall("2026-12-01 10:00"), "Europe/Rome")


@pytest.fixture
def meeting(world: World) -> str:
    with world.portfolio.unit_of_work("Plan") as work:
        return meetings.add_meeting(work, world.account, MeetingType.INFORMAL, WHEN)


def items(world: World, meeting_id: str) -> tuple[queries.ChecklistRow, ...]:
    with world.portfolio.reading() as db:
        found = queries.meeting_detail(db, meeting_id, NOW)
    assert found is not None
    return found.checklist


def test_every_type_of_meeting_has_a_built_in_checklist(world: World) -> None:
    with world.portfolio.reading() as db:
        rows = templates.templates(db)
    assert rows[0].name == "Before any meeting"
    assert {row.meeting_type for row in rows} == {None, *MeetingType}
    assert all(row.version == 1 and row.items >= 3 for row in rows)


def test_installing_again_adds_nothing(world: World) -> None:
    with world.portfolio.unit_of_work("Again") as work:
        assert checklists.install_builtin_templates(work) == 0


def test_a_changed_template_is_a_new_version_and_leaves_meetings_alone(
    world: World, meeting: str
) -> None:
    before = items(world, meeting)
    with world.portfolio.reading() as db:
        (informal,) = (r for r in templates.templates(db) if r.meeting_type == "informal")
    lines = [TemplateLine("Bring a good story", 2)]
    with world.portfolio.unit_of_work("Edit") as work:
        new = checklists.save_template(
            work, informal.key, name="Lunch", meeting_type=MeetingType.INFORMAL, lines=lines
        )
    with world.portfolio.unit_of_work("Save unchanged") as work:
        same = checklists.save_template(
            work, informal.key, name="Lunch", meeting_type=MeetingType.INFORMAL, lines=lines
        )
    assert same == new != informal.id
    with world.portfolio.reading() as db:
        (now,) = (r for r in templates.templates(db) if r.key == informal.key)
        assert (now.version, now.name, now.items) == (2, "Lunch", 1)
        assert [item.text for item in templates.template_items(db, now.id)] == [
            "Bring a good story"
        ]
        assert len(templates.template_items(db, informal.id)) == informal.items
    assert items(world, meeting) == before
    with world.portfolio.unit_of_work("Plan") as work:
        later = meetings.add_meeting(work, world.account, MeetingType.INFORMAL, WHEN)
    assert "Bring a good story" in {item.text for item in items(world, later)}


def test_a_deleted_template_is_gone_with_all_versions_until_undone(world: World) -> None:
    with world.portfolio.unit_of_work("New") as work:
        checklists.save_template(
            work, None, name="Fair", meeting_type=None, lines=[TemplateLine("Pack")]
        )
    with world.portfolio.reading() as db:
        (fair,) = (r for r in templates.templates(db) if r.name == "Fair")
    for name in ("Trade fair", "Big fair"):
        with world.portfolio.unit_of_work("Edit") as work:
            checklists.save_template(
                work, fair.key, name=name, meeting_type=None, lines=[TemplateLine("Pack")]
            )
    with world.portfolio.unit_of_work("Delete") as work:
        checklists.delete_template(work, fair.key)
    with world.portfolio.reading() as db:
        assert all(row.key != fair.key for row in templates.templates(db))
    world.portfolio.undo()
    with world.portfolio.reading() as db:
        (back,) = (r for r in templates.templates(db) if r.key == fair.key)
    assert (back.name, back.version) == ("Big fair", 3)


@pytest.mark.parametrize(
    ("name", "lines", "field"),
    [
        (" ", [TemplateLine("Pack")], "name"),
        ("Fair", [], "items"),
        ("Fair", [TemplateLine("  ")], "items"),
        ("Fair", [TemplateLine("Pack", -1)], "days_before"),
        ("Fair", [TemplateLine("Pack " * 101)], "items"),
        ("Fair", [TemplateLine("Pack", evidence="a" * 501)], "items"),
        ("F" * 501, [TemplateLine("Pack")], "name"),
        ("Fair", [TemplateLine(f"Pack {n}") for n in range(201)], "items"),
    ],
)
def test_impossible_templates_are_refused(
    world: World, name: str, lines: list[TemplateLine], field: str
) -> None:
    with pytest.raises(UserError) as caught, world.portfolio.unit_of_work("Edit") as work:
        checklists.save_template(work, None, name=name, meeting_type=None, lines=lines)
    assert caught.value.field == field


def test_not_applicable_needs_a_reason(world: World, meeting: str) -> None:
    first = items(world, meeting)[0]
    with pytest.raises(UserError) as caught, world.portfolio.unit_of_work("Mark") as work:
        checklists.set_item_state(work, first.id, ChecklistState.NOT_APPLICABLE, reason="  ")
    assert caught.value.field == "reason"
    with world.portfolio.unit_of_work("Mark") as work:
        checklists.set_item_state(
            work, first.id, ChecklistState.NOT_APPLICABLE, reason="They come to us"
        )
    assert items(world, meeting)[0].reason == "They come to us"
    with world.portfolio.unit_of_work("Mark") as work:
        checklists.set_item_state(work, first.id, ChecklistState.DONE)
    assert items(world, meeting)[0].reason == ""
    with world.portfolio.reading() as db:
        row = queries.upcoming(db, NOW).rows[0]
    assert (row.done, row.open) == (1, len(items(world, meeting)) - 1)


def test_what_does_not_apply_counts_for_nothing(world: World, meeting: str) -> None:
    with world.portfolio.unit_of_work("Mark") as work:
        for item in items(world, meeting):
            checklists.set_item_state(
                work, item.id, ChecklistState.NOT_APPLICABLE, reason="Cancelled"
            )
    with world.portfolio.reading() as db:
        assert queries.upcoming(db, NOW).rows[0].prepared is None


def test_own_items_evidence_and_owner(world: World, meeting: str) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        first = checklists.add_item(work, meeting, " Reserve a table ", days_before=4)
        checklists.add_item(work, meeting, "Choose the wine")
        checklists.set_item_owner(work, first, world.me)
        checklists.set_item_evidence(work, first, "Booked for four")
    mine = next(item for item in items(world, meeting) if item.id == first)
    assert (mine.text, mine.owner_name, mine.evidence) == (
        "Reserve a table",
        "Ana Pop",
        "Booked for four",
    )
    assert mine.due_on == dt.date(2026, 11, 27)
    assert [item.text for item in items(world, meeting)][-2:] == [
        "Reserve a table",
        "Choose the wine",
    ]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-3, 30)), max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_moving_items_is_moving_in_a_list(
    world: World, meeting: str, moves: list[tuple[int, int]]
) -> None:
    expected = [item.id for item in items(world, meeting)]
    for source, target in moves:
        key = expected[source % len(expected)]
        expected.remove(key)
        expected.insert(max(0, target), key)
        with world.portfolio.unit_of_work("Move") as work:
            checklists.move_item(work, key, target)
        assert [item.id for item in items(world, meeting)] == expected


def test_a_removed_item_comes_back_by_undo_at_its_place(world: World, meeting: str) -> None:
    before = items(world, meeting)
    with world.portfolio.unit_of_work("Remove") as work:
        checklists.remove_item(work, before[2].id)
    assert before[2] not in items(world, meeting)
    world.portfolio.undo()
    assert items(world, meeting) == before


def test_all_texts_are_collected_for_translation() -> None:
    path = resource_path("templates", "checklists.json")
    content = path.read_bytes()
    found = [message for _line, _name, message, _c in extract(io.BytesIO(content), (), (), {})]
    source = json.loads(content)["templates"]
    assert "Before any meeting" in found
    items_there = [item for template in source for item in template["items"]]
    evidence = [item["evidence"] for item in items_there if "evidence" in item]
    assert len(found) == len(source) + len(items_there) + len(evidence)
    assert evidence
    assert set(evidence) <= set(found)
    made = io.BytesIO(b'{"name": "A",\n "items": [{"text": "B"}]}')
    assert list(extract(made, (), (), {})) == [(1, "_", "A", []), (2, "_", "B", [])]


def test_links_of_built_in_items_name_known_places() -> None:
    path = resource_path("templates", "checklists.json")
    source = json.loads(path.read_text(encoding="utf-8"))["templates"]
    links = {item["link"] for template in source for item in template["items"]}
    assert links <= checklists.LINKS


def test_all_versions_of_a_deleted_template_are_one_thing_in_the_trash(world: World) -> None:
    with world.portfolio.unit_of_work("Keep") as work:
        first = checklists.save_template(
            work, None, name="Fair", meeting_type=None, lines=[TemplateLine("Pack")]
        )
        key = work.reader.value("SELECT key FROM checklist_template WHERE id = ?", (first,))
        checklists.save_template(
            work, key, name="Fair", meeting_type=None, lines=[TemplateLine("Pack early")]
        )
    with world.portfolio.unit_of_work("Delete") as work:
        checklists.delete_template(work, key)
    with world.portfolio.reading() as db:
        (row,) = trash_rows(db)
    assert row.title == "Fair"
    with world.portfolio.unit_of_work("Restore") as work:
        work.restore(ChecklistTemplate, row.id)
    with world.portfolio.reading() as db:
        count = db.value(
            "SELECT count(*) FROM checklist_template WHERE key = ? AND deleted_at IS NULL", (key,)
        )
        assert count == 2
        (fair,) = (r for r in templates.templates(db) if r.name == "Fair")
        assert [item.text for item in templates.template_items(db, fair.id)] == ["Pack early"]


def test_lists_count_late_items_by_the_days_of_the_place(world: World) -> None:
    tokyo = LocalTime(wall("2026-11-23 10:00"), "Asia/Tokyo")
    with world.portfolio.unit_of_work("Plan") as work:
        meeting = meetings.add_meeting(work, world.account, MeetingType.INFORMAL, tokyo)
    with world.portfolio.unit_of_work("Prepare one thing only") as work:
        for item in items(world, meeting):
            checklists.remove_item(work, item.id)
        checklists.add_item(work, meeting, "Book the room", days_before=3)
    # In Tokyo the 20th is over while it is still the 20th in Greenwich.
    for hour, late in ((14, 0), (16, 1)):
        now = NOW.replace(hour=hour)
        with world.portfolio.reading() as db:
            (row,) = queries.upcoming(db, now).rows
            detail = queries.meeting_detail(db, meeting, now)
        assert detail is not None
        assert row.late == detail.row.late == late
        assert sum(item.late(row.today_there(now)) for item in detail.checklist) == late


def test_space_around_words_makes_no_new_version(world: World) -> None:
    with world.portfolio.unit_of_work("Keep") as work:
        line = TemplateLine("Pack early", evidence="A photo")
        first = checklists.save_template(work, None, name="Fair", meeting_type=None, lines=[line])
        key = work.reader.value("SELECT key FROM checklist_template WHERE id = ?", (first,))
        spaced = TemplateLine("  Pack  early\n", evidence=" A photo ")
        again = checklists.save_template(
            work, key, name=" Fair ", meeting_type=None, lines=[spaced]
        )
    assert again == first


def test_an_item_tells_what_evidence_its_template_wants(world: World) -> None:
    lines = [TemplateLine("Agree on the agenda", 2, evidence="A message from the host")]
    with world.portfolio.unit_of_work("Plan") as work:
        template = checklists.save_template(work, None, name="Talk", meeting_type=None, lines=lines)
        meeting = meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, WHEN, template_ids=[template]
        )
    (item,) = items(world, meeting)
    assert (item.evidence, item.evidence_wanted) == ("", "A message from the host")


def test_built_in_items_that_tick_themselves_lead_to_where_the_fact_is_made() -> None:
    path = resource_path("templates", "checklists.json")
    source = json.loads(path.read_text(encoding="utf-8"))["templates"]
    lines = [checklists.builtin_line(item) for each in source for item in each["items"]]
    waiting = {line.condition: line.link for line in lines if line.condition}
    assert len(waiting) >= 8
    assert waiting[ChecklistCondition.OBJECTIONS_ANSWERED] == "meeting:objections"
    assert all(line.link for line in lines if line.condition)
