"""Reading direction, against cases worked out by hand from UAX #9."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.handouts.pdf.bidi import base_level, levels, visual_order


def shown(text: str) -> str:
    """The characters from left to right (without the mirroring that the shaper does)."""
    return "".join(text[place] for place in visual_order(levels(text, base_level(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aurora Foods", "Aurora Foods"),
        ("אבג", "גבא"),
        ("abc אבג def", "abc גבא def"),
        ("אבג abc", "abc גבא"),
        ("אב 123 גד", "דג 123 בא"),
        ("abc אב 12", "abc 12 בא"),
        ("אב (cd)", ")cd( בא"),
        ("ab (אב) cd", "ab (בא) cd"),
        ("سعر 1,5% الآن", "نآلا %1,5 رعس"),
        ("אב-12+3", "12+3-בא"),
        ("", ""),
    ],
)
def test_the_order_in_which_characters_stand(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_arabic_numbers_follow_their_letters() -> None:
    assert levels("ا 12", 1) == [1, 1, 2, 2]


@given(st.text(alphabet="ab אבج١٢12.,()[]%+- \u0301\u200d", max_size=40))
def test_each_character_is_shown_once(text: str) -> None:
    found = levels(text, base_level(text))
    assert len(found) == len(text)
    assert sorted(visual_order(found)) == list(range(len(text)))
    assert all(0 <= level <= 2 for level in found)
