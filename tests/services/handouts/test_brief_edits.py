"""The user's version of a brief: nothing generated is lost, nothing unreadable does harm."""

from __future__ import annotations

import dataclasses
import json

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.services.handouts.audience import Internal, for_colleague
from kam_desktop.services.handouts.brief_edits import MAX_OWN, MAX_TEXT, BriefEdits, Wording
from kam_desktop.services.handouts.brief_outline import outline
from kam_desktop.services.handouts.edited import EditedLine, applied, cut, moved, reworded
from kam_desktop.services.handouts.outline import MAIN, SIDE, BriefLine, BriefSection, SectionKey
from kam_desktop.services.handouts.pdf import render_brief
from tests.services.handouts.contents import brief_saying, full_brief

SECTIONS = for_colleague(outline(full_brief()))
LINES = {line.key: line for section in SECTIONS for line in section.lines}
REPORT = "promise:c1"

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
names = st.sampled_from([*SectionKey, "unknown"]).map(str)
keys = st.sampled_from([*LINES, "promise:gone", "own:1"])
bases = st.sampled_from(["old", *(line.basis for line in LINES.values())])
texts = st.text(min_size=1, max_size=20).filter(str.strip)
wordings = st.builds(Wording, texts, bases, names)
edits = st.builds(
    BriefEdits,
    sections_out=st.lists(names, unique=True).map(tuple),
    order=st.lists(names, unique=True).map(tuple),
    out=st.dictionaries(keys, bases),
    words=st.dictionaries(keys, wordings),
)
with_own = st.tuples(edits, st.lists(st.tuples(names, texts), max_size=4))


def _with_own(drawn: tuple[BriefEdits, list[tuple[str, str]]]) -> BriefEdits:
    made, own = drawn
    for section, text in own:
        made = made.with_own(section, text)
    return made


any_edits = with_own.map(_with_own)


def texts_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def lines_of(made: BriefEdits) -> dict[str, EditedLine]:
    return {line.line.key: line for each in applied(made, SECTIONS) for line in each.lines}


@given(any_edits)
def test_every_generated_line_is_there_once_and_only_the_user_leaves_it_out(
    made: BriefEdits,
) -> None:
    found = applied(made, SECTIONS)
    keys = [line.line.key for each in found for line in each.lines]
    assert len(keys) == len(set(keys))
    assert set(LINES) <= set(keys)
    for each in found:
        assert each.left_out == (each.key in made.sections_out)
        for line in each.lines:
            if line.line.key in LINES and not line.printed:
                assert made.out[line.line.key] == line.line.basis


@given(any_edits)
def test_every_word_of_the_user_is_kept(made: BriefEdits) -> None:
    found = [line for each in applied(made, SECTIONS) for line in each.lines]
    own = [line.text for line in found if line.own]
    assert sorted(own) == sorted(each.text for each in made.own)
    shown = {line.line.key: line.text for line in found if line.reworded}
    own_keys = {each.key for each in made.own}
    for key, words in made.words.items():
        if LINES.get(key, BriefLine(key, "")).rewordable and key not in own_keys:
            assert shown[key] == words.text


@given(any_edits)
def test_every_section_is_there_once_whatever_the_order(made: BriefEdits) -> None:
    found = [each.key for each in applied(made, SECTIONS)]
    assert sorted(found) == sorted(SectionKey)
    wanted = [name for name in made.order if name in set(SectionKey)]
    assert [key for key in found if key in wanted] == wanted


@given(any_edits)
def test_they_come_back_from_json_as_they_were(made: BriefEdits) -> None:
    stripped = BriefEdits.from_json(made.to_json())
    stored = json.loads(json.dumps(stripped.to_json()))
    assert BriefEdits.from_json(stored) == stripped
    assert stripped.own == made.own
    assert {key: each.text for key, each in stripped.words.items()} == {
        key: each.text.strip() for key, each in made.words.items()
    }


@given(anything)
def test_what_cannot_be_read_is_ignored(stored: object) -> None:
    made = BriefEdits.from_json(stored)
    assert BriefEdits.from_json(made.to_json()) == made
    assert set(LINES) <= set(lines_of(made))


@given(st.dictionaries(st.sampled_from(["sections_out", "order", "out", "words", "own"]), anything))
def test_broken_parts_leave_the_brief_whole(stored: dict[str, object]) -> None:
    found = lines_of(BriefEdits.from_json(stored))
    assert all(found[key].printed for key in LINES)


@settings(max_examples=8, deadline=None)
@given(any_edits)
def test_any_edits_print_on_at_most_two_pages(made: BriefEdits) -> None:
    content = dataclasses.replace(full_brief(), edits=Internal(made))
    assert 1 <= len(pypdfium2.PdfDocument(render_brief(content))) <= 2


def test_as_many_own_lines_as_there_can_be_still_print_on_two_pages() -> None:
    made = BriefEdits()
    for number in range(MAX_OWN + 5):
        key = tuple(SectionKey)[number % len(SectionKey)]
        made = made.with_own(key, "Donaudampfschifffahrt " * 200)
    assert len(made.own) == MAX_OWN
    assert all(len(each.text) <= MAX_TEXT for each in made.own)
    content = dataclasses.replace(brief_saying("Long name", times=30), edits=Internal(made))
    assert len(pypdfium2.PdfDocument(render_brief(content))) == 2


def test_a_line_left_out_comes_back_when_its_facts_change() -> None:
    line = LINES[REPORT]
    made = BriefEdits().with_line(REPORT, line.basis, shown=False)
    assert not lines_of(made)[REPORT].printed
    earlier = BriefEdits().with_line(REPORT, "of another day", shown=False)
    assert lines_of(earlier)[REPORT].printed
    assert lines_of(earlier)[REPORT].changed
    assert made.with_line(REPORT, line.basis, shown=True).empty


def test_days_that_go_by_are_no_changed_facts() -> None:
    """A promise gets later every day; that does not bring it back."""
    content = full_brief()
    (first, *rest) = content.promises.content.rows
    later = dataclasses.replace(
        content.promises.content, rows=(dataclasses.replace(first, days_late=9), *rest)
    )
    again = outline(dataclasses.replace(content, promises=Internal(later)))
    basis = {line.key: line.basis for each in again.content for line in each.lines}
    assert basis[REPORT] == LINES[REPORT].basis


def test_the_users_words_stay_and_say_when_the_facts_have_changed() -> None:
    line = EditedLine(LINES[REPORT], LINES[REPORT].text)
    made = reworded(BriefEdits(), SectionKey.PROMISES, line, "  Hand over the report ")
    assert lines_of(made)[REPORT].text == "Hand over the report"
    assert not lines_of(made)[REPORT].changed
    old = BriefEdits().with_words(REPORT, Wording("Hand it over", "older", "promises"))
    assert lines_of(old)[REPORT].changed
    assert reworded(made, SectionKey.PROMISES, line, "").empty
    assert reworded(made, SectionKey.PROMISES, line, line.text).empty


def test_words_for_what_is_no_longer_there_are_shown_and_not_printed() -> None:
    made = BriefEdits().with_words("promise:gone", Wording("Bring samples", "x", "promises"))
    line = lines_of(made)["promise:gone"]
    assert line.gone
    content = dataclasses.replace(full_brief(), edits=Internal(made))
    assert "Bring samples" not in texts_of(render_brief(content))
    assert reworded(made, SectionKey.PROMISES, line, "").empty


def test_own_lines_are_numbered_apart_and_can_be_deleted() -> None:
    made = BriefEdits().with_own("risks", "One").with_own("risks", " ").with_own("risks", "Two")
    assert [each.key for each in made.own] == ["own:1", "own:2"]
    again = made.with_own_words("own:1", "").with_own("risks", "Three")
    assert [(each.key, each.text) for each in again.own] == [("own:2", "Two"), ("own:3", "Three")]


def test_sections_move_within_their_column() -> None:
    found = applied(BriefEdits(), SECTIONS)
    order = moved(found, SectionKey.QUESTIONS, -1)
    assert order is not None
    again = applied(BriefEdits().with_order(order), SECTIONS)
    main = [each.key for each in again if each.key in MAIN]
    assert main.index(SectionKey.QUESTIONS) == main.index(SectionKey.ACTIONS) - 1
    assert [each.key for each in again if each.key in SIDE] == list(SIDE)
    assert moved(found, MAIN[0], -1) is None
    assert moved(found, SIDE[-1], 1) is None
    assert moved(found, SectionKey.AIM, 1) is None


@given(st.lists(st.integers(0, 5), max_size=20), st.integers(0, 25))
def test_what_does_not_fit_is_cut_by_importance_and_counted(weights: list[int], most: int) -> None:
    lines = [
        EditedLine(BriefLine(str(at), "", importance=weight), "")
        for at, weight in enumerate(weights)
    ]
    kept, hidden = cut(lines, most)
    assert len(kept) + hidden == len(lines)
    assert len(kept) == min(most, len(lines))
    assert [line for line in lines if line in kept] == list(kept)
    lost = [line for line in lines if line not in kept]
    assert all(one.importance >= other.importance for one in kept for other in lost)


def test_what_the_user_wrote_is_cut_last() -> None:
    generated = [EditedLine(BriefLine(str(at), "", importance=5), "") for at in range(5)]
    own = EditedLine(BriefLine("own:1", "Mine"), "Mine", own=True)
    kept, hidden = cut([*generated, own], 1)
    assert (kept, hidden) == ((own,), 5)


def test_a_section_left_out_is_not_printed_and_one_emptied_has_no_heading() -> None:
    made = BriefEdits().with_section(SectionKey.RISKS, shown=False)
    for key in ("point:p1", "point:p2"):
        made = made.with_line(key, LINES[key].basis, shown=False)
    text = texts_of(render_brief(dataclasses.replace(full_brief(), edits=Internal(made))))
    assert "Risks" not in text
    assert "Agenda" not in text
    assert "Health" in text


def test_every_statement_has_a_source_in_the_program() -> None:
    for section in SECTIONS:
        for line in section.lines:
            assert line.source is not None, line.key
            assert line.source.page in ("account", "meetings", "health")
            assert all(value for _name, value in line.source.params), line


def test_without_a_meeting_nothing_leads_to_one() -> None:
    from tests.services.handouts.contents import empty_brief

    found: tuple[BriefSection, ...] = outline(empty_brief()).content
    pages = {line.source.page for each in found for line in each.lines if line.source}
    assert "meetings" not in pages
