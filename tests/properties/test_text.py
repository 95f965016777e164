"""Cleaning text: nothing that can be seen is lost, nothing that cannot be controlled stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam_desktop.models.text import clean_line, clean_text, is_visible

_ANY = st.text(st.characters(), max_size=40)
_HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\0\x07\x1b\x7f\x85\x9b\u202e\u202d\u2066\u2069\u200b\u200e\ufeff\t\n\r\v"),
        st.sampled_from("aé\u0301名שم😀 "),
    ),
    max_size=20,
)
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(_ANY | _HOSTILE)
@example("e\x01\u0301")
@example("e\u202e\u0301")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(_ANY | _HOSTILE)
def test_long_text_keeps_tabs_and_line_ends_and_no_other_control(text: str) -> None:
    left = {char for char in clean_text(text) if unicodedata.category(char) in ("Cc", "Zl", "Zp")}
    assert left <= {"\t", "\n"}


@given(_ANY | _HOSTILE)
def test_a_line_is_one_line_and_reorders_nothing_beside_it(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char) == "Cc" for char in line)
    assert not _DIRECTIONS & set(line)
    assert line == line.strip()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_what_can_be_seen_stays(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)
    assert clean_line(text) == unicodedata.normalize("NFC", text).strip()


@given(_ANY)
def test_a_visible_line_stays_visible(text: str) -> None:
    assert is_visible(clean_line(text)) == is_visible(text)


@pytest.mark.parametrize(
    "text",
    ["", " \t\n", "\u200b\u200d\ufeff", "\u202e\u202c", "\u3164\u115f\u2800", "\u0301", "\u00ad"],
)
def test_characters_that_show_nothing_are_not_visible(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["A", "名", "7", "?", "😀", "\u200bא", "می\u200cخواهم"])
def test_one_sign_is_enough_to_be_visible(text: str) -> None:
    assert is_visible(text)


def test_joiners_and_marks_that_names_need_stay() -> None:
    for name in ("می\u200cخواهم", "क\u094d\u200dष", "شركة\u200f", "👩\u200d🔬"):
        assert clean_line(name) == name


def test_soft_line_breaks_of_other_programs_become_line_ends() -> None:
    assert clean_text("one\vtwo\u2028three\r\nfour\x85five") == "one\ntwo\nthree\nfour\nfive"
    assert clean_line("Aurora\r\n  Foods\tS.p.A.\x00") == "Aurora Foods S.p.A."
