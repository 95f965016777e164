"""Cards, ties and legend as marks: told apart without colour, unknown never drawn as neutral."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import (
    ClaimField,
    ContactCoverage,
    DecisionRole,
    RelationshipLevel,
    Support,
    TieKind,
)
from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.card_marks import (
    BELOW,
    LEAST_TYPE,
    Detail,
    card_body,
    card_frame,
    card_group,
)
from kam_desktop.services.handouts.poster.inks import BLACK, COLOUR, Palette
from kam_desktop.services.legend_marks import map_legend, role_legend, used_keys
from kam_desktop.services.letters import letters
from kam_desktop.services.map_marks import CROWD, map_drawing
from kam_desktop.services.map_scene import CARD_HEIGHT, CARD_WIDTH, CardSpec, TieSpec, build_scene
from kam_desktop.services.map_signs import (
    coverage_blocks,
    hatched,
    influence_pips,
    strength_bar,
    support_sign,
)
from kam_desktop.services.marks import (
    Disc,
    Ink,
    Mark,
    Photo,
    Rectangle,
    Stroke,
    Way,
    Words,
    all_moved,
)
from kam_desktop.services.tie_marks import beside, tie_end, tie_group, tie_stroke, tie_ways
from kam_desktop.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Colours, contrast
from tests.services.test_map_scene import data, line, person

SUPPORTS: tuple[int | None, ...] = (*(int(value) for value in Support), None)
TEXT_INKS = (Ink.TEXT, Ink.TEXT2, Ink.TEXT3, Ink.ACCENT, Ink.GOOD, Ink.WARN, Ink.BAD)


def card(**fields: object) -> CardSpec:
    values: dict[str, object] = {
        "id": "a", "name": "Ana Boss", "subtitle": "CFO", "support": 1, "influence": 7,
        "strength": 0.5, "vacant": False, "outside": False, "left": False,
        "description": "Ana Boss\nCFO", "place": Place("a", 0, 0, CARD_WIDTH, CARD_HEIGHT),
        "heading": "CFO", "roles": "Economic buyer",
    }  # fmt: skip
    return CardSpec(**(values | fields))  # type: ignore[arg-type]


def tie(kind: TieKind, *, solid: bool = False, strength: int | None = None) -> TieSpec:
    points = ((0.0, 0.0), (100.0, 0.0), (100.0, 80.0))
    return TieSpec("t", "a", "b", kind, solid, "Ana knows Ben", points, strength)


def colourless(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The same marks in one ink: what remains on a copier."""
    found: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Words):
            found.append(replace(mark, ink=Ink.TEXT))
        elif isinstance(mark, Photo):
            found.append(mark)
        else:
            stroke = mark.stroke and replace(mark.stroke, ink=Ink.TEXT)
            found.append(replace(mark, fill=mark.fill and Ink.TEXT, stroke=stroke))
    return tuple(found)


def words(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Words)]


def test_signs_of_support_differ_in_shape_when_colour_is_taken_away() -> None:
    signs = {colourless(support_sign(value, 0, 0)) for value in SUPPORTS}
    assert len(signs) == len(SUPPORTS)


def test_faded_signs_differ_from_each_other_and_from_fresh_ones() -> None:
    fresh = {colourless(support_sign(value, 0, 0)) for value in Support}
    faded = {colourless(support_sign(value, 0, 0, faded=True)) for value in Support}
    assert len(faded) == len(Support)
    assert not fresh & faded
    assert support_sign(None, 0, 0, faded=True) == support_sign(None, 0, 0)


def test_unknown_is_drawn_otherwise_than_neutral_and_than_nothing() -> None:
    assert colourless(support_sign(None, 0, 0)) != colourless(support_sign(0, 0, 0))
    assert colourless(influence_pips(None, 0, 0)) != colourless(influence_pips(0, 0, 0))
    none = coverage_blocks(ContactCoverage.NONE, 0, 0)
    assert colourless(coverage_blocks(None, 0, 0)) != colourless(none)


def test_each_influence_and_each_coverage_looks_its_own() -> None:
    assert len({colourless(influence_pips(value, 0, 0)) for value in range(11)}) == 11
    assert len({colourless(coverage_blocks(value, 0, 0)) for value in ContactCoverage}) == 4


def test_a_faded_influence_still_tells_how_much_it_was() -> None:
    faded = {colourless(influence_pips(value, 0, 0, faded=True)) for value in range(11)}
    assert len(faded) == 11
    assert not faded & {colourless(influence_pips(value, 0, 0)) for value in range(11)}


def test_kinds_of_ties_differ_in_line_or_mark_when_colour_is_taken_away() -> None:
    kinds = [tie(kind) for kind in TieKind if kind is not TieKind.REPORTS_TO]
    kinds += [tie(TieKind.REPORTS_TO, solid=True), tie(TieKind.REPORTS_TO, solid=False)]
    drawn = {colourless((*tie_ways(spec), *tie_end(spec))) for spec in kinds}
    assert len(drawn) == len(kinds)
    patterns = {(len(tie_ways(spec)), tie_ways(spec)[0].stroke.dash) for spec in kinds  # type: ignore[union-attr]
                }  # fmt: skip
    assert len(patterns) == len(kinds), "the line alone tells them apart as well"


@pytest.mark.parametrize("kind", list(TieKind))
def test_a_stronger_tie_is_a_thicker_line(kind: TieKind) -> None:
    widths = [tie_stroke(kind, solid=True, strength=strength).width for strength in range(1, 6)]
    assert widths == sorted(set(widths))
    assert tie_stroke(kind, solid=True).width == widths[0]


def test_allies_are_joined_by_two_lines_beside_each_other() -> None:
    one, other = tie_ways(tie(TieKind.ALLIED))
    for (ax, ay), (bx, by) in zip(one.points, other.points, strict=True):
        assert abs(ax - bx) + abs(ay - by) > 2


def test_a_way_beside_another_keeps_its_distance_around_a_corner() -> None:
    # Both pieces are shifted by 2, so that they meet at (102, −2).
    assert beside(((0.0, 0.0), (100.0, 0.0), (100.0, 80.0)), -2.0) == (
        (0.0, -2.0), (102.0, -2.0), (102.0, 80.0),
    )  # fmt: skip


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=6))
def test_a_way_beside_another_stays_near_it(points: list[tuple[float, float]]) -> None:
    for (x, y), (bx, by) in zip(points, beside(tuple(points), 3.0), strict=True):
        assert abs(x - bx) <= 15.1
        assert abs(y - by) <= 15.1


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda look: look.name)
def test_inks_of_words_and_signs_can_be_read_on_screen(colours: Colours) -> None:
    for ink in TEXT_INKS:
        assert contrast(getattr(colours, ink), colours.surface) >= 4.5, ink


@pytest.mark.parametrize("palette", [COLOUR, BLACK], ids=["colour", "black"])
def test_inks_of_words_and_signs_can_be_read_on_paper(palette: Palette) -> None:
    for ink in TEXT_INKS:
        for ground in (Ink.SURFACE, Ink.SUNKEN):
            assert contrast(f"#{palette[ink]:06x}", f"#{palette[ground]:06x}") >= 4.5, ink


def test_black_and_white_has_no_grey() -> None:
    assert set(BLACK.values()) == {0x000000, 0xFFFFFF}


def test_a_card_says_everything() -> None:
    spec = card(
        coverage="multiple", level=str(RelationshipLevel.VENDOR), owner="JK",
        level_wanted=str(RelationshipLevel.TRUSTED_ADVISER), photo="f" * 64, hidden=12,
    )  # fmt: skip
    marks = card_body(spec)
    assert {"Ana Boss", "CFO", "Economic buyer", "S", "V", "T", "JK", "AB", "+12"} <= {
        *words(marks)
    }
    assert any(isinstance(mark, Photo) for mark in marks)


def test_what_has_faded_carries_a_question_mark() -> None:
    faded = frozenset(map(str, ClaimField))
    text = words(card_body(card(faded=faded, level="vendor", coverage="brief")))
    assert "S?" in text
    assert "V?" in text


def test_an_unknown_person_is_all_question_marks_and_no_letter() -> None:
    spec = card(support=None, influence=None, strength=0.0, heading="", roles="")
    assert set(words(card_body(spec))) == {"Ana Boss", "AB", "?"}


@pytest.mark.parametrize(
    "fields", [{"vacant": True}, {"outside": True}, {"left": True}], ids=["vacant", "out", "left"]
)
def test_seats_guests_and_those_who_left_look_different(fields: dict[str, object]) -> None:
    usual, other = card(), card(**fields)
    drawn = [colourless((*card_frame(spec), *card_body(spec))) for spec in (usual, other)]
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize("detail", list(Detail))
@given(
    support=st.sampled_from(SUPPORTS),
    influence=st.none() | st.integers(0, 10),
    strength=st.none() | st.floats(0, 1),
    vacant=st.booleans(),
    outside=st.booleans(),
    left=st.booleans(),
    coverage=st.sampled_from([None, *map(str, ContactCoverage)]),
    level=st.sampled_from([None, *map(str, RelationshipLevel)]),
    level_wanted=st.sampled_from([None, *map(str, RelationshipLevel)]),
    hidden=st.integers(0, 999),
    faded=st.frozensets(st.sampled_from([*map(str, ClaimField)])),
)
def test_nothing_is_drawn_outside_of_a_card(detail: Detail, **fields: object) -> None:
    spec = card(**fields)
    below = 2 * BELOW if spec.hidden else 0.0
    for mark in (*card_frame(spec), *card_body(spec, detail)):
        left, top, right, bottom = _box(mark)
        assert left >= -0.5
        assert top >= -0.5
        assert right <= CARD_WIDTH + 0.5
        assert bottom <= CARD_HEIGHT + below + 0.5
        if isinstance(mark, Words):
            assert mark.size >= LEAST_TYPE


def _box(mark: Mark) -> tuple[float, float, float, float]:
    if isinstance(mark, Rectangle):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Disc | Photo):
        radius = mark.radius
        return mark.x - radius, mark.y - radius, mark.x + radius, mark.y + radius
    if isinstance(mark, Way):
        across, down = [x for x, _y in mark.points], [y for _x, y in mark.points]
        return min(across), min(down), max(across), max(down)
    return mark.x, mark.y - mark.size / 2, mark.x + mark.room, mark.y + mark.size / 2


def test_letters_are_unambiguous_within_each_kind() -> None:
    for kind in (Support, RelationshipLevel, DecisionRole):
        assert len({letters(value) for value in kind}) == len(list(kind))
    assert letters(None) == "?"


def test_many_roles_become_letters_which_the_legend_explains() -> None:
    few, many = ("champion", "user"), ("economic_buyer", "technical_evaluator", "gatekeeper")
    scene = build_scene(data(person("ana", roles=few), person("ben", roles=many)))
    assert [spec.roles for spec in scene.cards] == ["Champion · User", "EB · TE · GK"]
    (group,) = role_legend(spec.roles for spec in scene.cards)
    assert [entry.text for entry in group.entries] == [
        "Economic buyer", "Technical evaluator", "Gatekeeper",
    ]  # fmt: skip


def test_the_legend_has_everything_or_what_is_there() -> None:
    full = [entry.text for group in map_legend() for entry in group.entries]
    assert len(full) == len(set(full))
    ties = (line("ana", "ben"), line("ana", "cem", "conflict", solid=False))
    people = (person("ana"), person("ben", external=True), person("cem"))
    scene = build_scene(data(*people, ties=ties))
    shown = [entry.text for group in map_legend(used_keys(scene)) for entry in group.entries]
    assert {"reports to", "in conflict with", "from outside the account"} <= set(shown)
    assert not {"allied with", "vacant seat", "people folded away"} & set(shown)


def test_a_drawing_holds_all_its_marks_and_names_them() -> None:
    scene = build_scene(
        data(
            person("ana", title="CFO"), person("ben", left_on=dt.date(2026, 1, 2)),
            ties=(line("ben", "ana"),),
        )
    )  # fmt: skip
    drawing = map_drawing(scene)
    names = [group.name for group in drawing.groups]
    assert names[-2:] == ["Ana", "Ben"]
    assert "Ben reports to Ana" in names
    for group in drawing.groups:
        for mark in group.marks:
            left, top, right, bottom = _box(mark)
            assert drawing.left - 0.5 <= left <= right <= drawing.right + 0.5
            assert drawing.top - 0.5 <= top <= bottom <= drawing.bottom + 0.5


def test_a_chart_on_paper_leaves_out_a_crowd_of_other_ties() -> None:
    people = [person(f"p{at}") for at in range(CROWD + 1)]
    ties = tuple(line(f"p{at}", "p0", "informal", solid=False) for at in range(1, CROWD + 1))
    chart, network = (map_drawing(build_scene(data(*people, ties=ties), view))
                      for view in ("org", "network"))  # fmt: skip
    assert sum("informal" in group.name for group in chart.groups) == 0
    assert sum("informal" in group.name for group in network.groups) == CROWD


def test_marks_move_together() -> None:
    marks = card_body(card(photo="f" * 64))
    there = all_moved(marks, 10, 20)
    assert all_moved(there, -10, -20) == marks
    group = card_group(replace(card(), place=Place("a", 30, 40, CARD_WIDTH, CARD_HEIGHT)))
    assert (group.left, group.top) == (30, 40)
    assert (group.name, group.description) == ("Ana Boss", "CFO")
    assert tie_group(tie(TieKind.INFLUENCES)).name == "Ana knows Ben"


def test_stripes_stay_within_their_rectangle() -> None:
    for mark in hatched(3, 4, 10, 30, Stroke(Ink.TEXT), 4):
        left, top, right, bottom = _box(mark)
        assert (left >= 3, top >= 4, right <= 13, bottom <= 34) == (True,) * 4


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0, 1.7])
def test_a_bar_is_as_long_as_its_share_and_never_longer_than_its_track(share: float) -> None:
    marks = strength_bar(share, 0, 0, 40)
    filled = [mark for mark in marks[1:] if isinstance(mark, Rectangle)]
    assert [mark.width for mark in filled] == ([] if share == 0 else [max(4, min(40, 40 * share))])
