"""Templates that leave in a file come back just so; what is no such file changes nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import ChecklistCondition, MeetingType, TeamRole
from kam_desktop.services import checklists
from kam_desktop.services.checklist_files import (
    MAX_BYTES,
    FileTemplate,
    ImportedTemplates,
    export_templates,
    import_templates,
    read_templates,
)
from kam_desktop.services.checklists import LINKS, MAX_DAYS_BEFORE, TemplateLine
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries import checklists as queries
from tests.services.meetings.world import World

words = st.text(min_size=1, max_size=60).filter(
    lambda text: any(char.isalnum() and char.isascii() for char in text)
)
lines = st.builds(
    TemplateLine,
    words,
    st.integers(0, MAX_DAYS_BEFORE),
    st.sampled_from(["", *sorted(LINKS)]),
    st.none() | st.sampled_from(TeamRole),
    st.text(max_size=60),
    st.none() | st.sampled_from(ChecklistCondition),
)
kinds = st.none() | st.sampled_from(MeetingType)


def exported(world: World) -> bytes:
    with world.portfolio.reading() as db:
        return export_templates(db)


def taken(world: World, wanted: list[FileTemplate]) -> ImportedTemplates:
    with world.portfolio.unit_of_work("Import checklists") as work:
        return import_templates(work, wanted)


def changed(world: World, **members: Any) -> bytes:
    """The file, with members of the first item of the first checklist changed."""
    body = json.loads(exported(world))
    body["templates"][0]["items"][0] |= members
    return json.dumps(body).encode()


@given(words, kinds, st.lists(lines, min_size=1, max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_leaves_in_a_file_comes_back_just_so(
    world: World, name: str, kind: MeetingType | None, items: list[TemplateLine]
) -> None:
    with world.portfolio.unit_of_work("Keep") as work:
        kept = checklists.save_template(work, None, name=name, meeting_type=kind, lines=items)
        key = work.reader.value("SELECT key FROM checklist_template WHERE id = ?", (kept,))
        there = export_templates(work.reader, [key])
        (read,) = read_templates(there)
        assert import_templates(work, [read]) == ImportedTemplates(0, 0, 1)
        checklists.delete_template(work, key)
        work.flush()
        assert import_templates(work, [read]) == ImportedTemplates(1, 0, 0)
        work.flush()
        assert export_templates(work.reader, [key]) == there


def test_the_built_in_checklists_are_the_same_everywhere(world: World) -> None:
    before = exported(world)
    found = read_templates(before)
    assert len(found) == 9
    assert taken(world, found) == ImportedTemplates(0, 0, 9)
    assert exported(world) == before


def test_one_that_differs_gets_a_new_version_and_undo_brings_the_old_one(world: World) -> None:
    before = exported(world)
    found = read_templates(changed(world, text="Read the news", condition="attendees"))
    assert taken(world, found) == ImportedTemplates(0, 1, 8)
    with world.portfolio.reading() as db:
        first = queries.templates(db)[0]
        (line, *_more) = queries.template_items(db, first.id)
    assert (first.version, line.text, line.condition) == (2, "Read the news", "attendees")
    world.portfolio.undo()
    assert exported(world) == before


def test_one_from_the_trash_comes_back_above_its_old_versions(world: World) -> None:
    found = read_templates(exported(world))
    with world.portfolio.unit_of_work("Delete") as work:
        checklists.delete_template(work, "informal")
    assert taken(world, found) == ImportedTemplates(1, 0, 8)
    with world.portfolio.reading() as db:
        (informal,) = (row for row in queries.templates(db) if row.key == "informal")
    assert informal.version == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a file of checklists"),
        (b"\xff\xfe\x00", "not a file of checklists"),
        (b"[" * 100_000, "not a file of checklists"),
        (b"[]", "not a file of checklists"),
        (b'{"kind": "something else", "format": 1}', "not a file of checklists"),
        (b" " * (MAX_BYTES + 1), "larger than 4 MB"),
        (b'{"kind": "kam-desktop checklists", "format": true}', "which format"),
        (b'{"kind": "kam-desktop checklists", "format": 2}', "newer KAM Desktop"),
        (b'{"kind": "kam-desktop checklists", "format": 1, "templates": {}}', "no checklists"),
        (
            b'{"kind": "kam-desktop checklists", "format": 1, "templates": [7]}',
            "Checklist 1: it has no content. Nothing was imported.",
        ),
        (
            b'{"kind": "kam-desktop checklists", "format": 1,'
            b' "templates": [{"name": "Fair", "key": "fair", "items": []}]}',
            "Checklist 1 (\u201cFair\u201d): it needs 1 to 200 items. Nothing was imported.",
        ),
    ],
)
def test_what_is_no_file_of_checklists_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        read_templates(content)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"text": "  "}, "item 1: \u201ctext\u201d is missing"),
        ({"text": 7}, "item 1: \u201ctext\u201d is missing"),
        ({"text": "a" * 501}, "item 1: \u201ctext\u201d is too long"),
        ({"days_before": -1}, "not a number from 0 to 730"),
        ({"days_before": True}, "not a number from 0 to 730"),
        ({"days_before": "3"}, "not a number from 0 to 730"),
        ({"link": "https://example.org"}, "\u201clink\u201d has a value not known here"),
        ({"link": ["account:map"]}, "\u201clink\u201d has a value not known here"),
        ({"owner_role": "king"}, "\u201cowner_role\u201d has a value not known here"),
        ({"condition": {}}, "\u201ccondition\u201d has a value not known here"),
        ({"evidence": 1}, "\u201cevidence\u201d is missing"),
    ],
)
def test_an_item_that_cannot_be_used_is_named(
    world: World, members: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=re.escape(said)) as caught:
        read_templates(changed(world, **members))
    assert "Before any meeting" in str(caught.value)


def test_two_checklists_with_one_key_are_refused(world: World) -> None:
    body = json.loads(exported(world))
    body["templates"].append(body["templates"][0])
    with pytest.raises(UserError, match="same key"):
        read_templates(json.dumps(body).encode())


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["key", "name", "items", "text", "link", "condition", "meeting_type"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
))  # fmt: skip
def test_any_content_is_read_or_refused(templates: object) -> None:
    body = {"kind": "kam-desktop checklists", "format": 1, "templates": templates}
    try:
        found = read_templates(json.dumps(body).encode())
    except UserError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
    else:
        assert all(each.lines for each in found)
