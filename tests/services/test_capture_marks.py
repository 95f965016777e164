"""Quick marks and days as they are typed while people talk."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.capture import (
    QuickMark,
    marked_lines,
    notes_of,
    support_value,
)
from kam_desktop.services.analysis.spoken_dates import day_in

FRIDAY = dt.date(2026, 11, 20)

TEXT = """They like the samples
/commit we send the price list by friday
/com they: visit our plant on 5 Jan
/action ask Ben about the licence in 2 weeks
/objection too dear = total cost is lower
/person Ana Pop, head of quality
/support Luca Diana +1
/support Ben scep
/nonsense stays a note
and a path /like/this too"""


def test_marked_lines_are_understood_and_the_rest_are_notes() -> None:
    found = marked_lines(TEXT, FRIDAY)
    assert [(each.line, each.mark, each.text) for each in found] == [
        (1, QuickMark.COMMIT, "send the price list by friday"),
        (2, QuickMark.COMMIT, "visit our plant on 5 Jan"),
        (3, QuickMark.ACTION, "ask Ben about the licence in 2 weeks"),
        (4, QuickMark.OBJECTION, "too dear"),
        (5, QuickMark.PERSON, "Ana Pop"),
        (6, QuickMark.SUPPORT, "Luca Diana"),
        (7, QuickMark.SUPPORT, "Ben"),
    ]
    assert [each.side for each in found[:2]] == [Side.OURS, Side.THEIRS]
    assert [each.due_on for each in found[:3]] == [
        dt.date(2026, 11, 27), dt.date(2027, 1, 5), dt.date(2026, 12, 4),
    ]  # fmt: skip
    assert [each.detail for each in found[3:5]] == ["total cost is lower", "head of quality"]
    assert [each.support for each in found[5:]] == [1, -1]
    assert notes_of(TEXT) == (
        "They like the samples\n/nonsense stays a note\nand a path /like/this too"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", FRIDAY),
        ("by Tomorrow", dt.date(2026, 11, 21)),
        ("on monday", dt.date(2026, 11, 23)),
        ("friday", dt.date(2026, 11, 27)),
        ("12.12.", dt.date(2026, 12, 12)),
        ("by 3.2.27", dt.date(2027, 2, 3)),
        ("24/12", dt.date(2026, 12, 24)),
        ("2026-12-24 at noon", dt.date(2026, 12, 24)),
        ("1st March", dt.date(2027, 3, 1)),
        ("31 Feb", None),
        ("version 3.2.1 of 12.5", None),
        ("send 20 boxes", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text: str, day: dt.date | None) -> None:
    assert day_in(text, FRIDAY) == day


@pytest.mark.parametrize(
    ("word", "value"),
    [("+2", 2), ("-1", -1), ("−2", -2), ("0", 0), ("mentor", 2), ("Opp", -2), ("s", None),
     ("3", None), ("su", 1), ("x", None)],
)  # fmt: skip
def test_support_is_read_from_numbers_and_words(word: str, value: int | None) -> None:
    assert support_value(word) == value


def test_support_that_cannot_be_read_is_not_guessed() -> None:
    (line,) = marked_lines("/support Ana better than before", FRIDAY)
    assert line.support is None


@given(st.text(max_size=300), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_anything_typed_is_survived(text: str, today: dt.date) -> None:
    for line in marked_lines(text, today):
        assert line.text
    assert len(notes_of(text)) <= len(text)
