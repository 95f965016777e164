"""An agenda that was written as one text, read line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.analysis.agenda_text import WrittenLine, split_minutes, written_lines


def test_bullets_times_and_questions_are_understood() -> None:
    text = "- Figures (10 min)\n\n2. Plant tour, 1 h\n   \n• Who signs above 50,000?\n15' Welcome"
    assert written_lines(text) == (
        WrittenLine("Figures", 10, False),
        WrittenLine("Plant tour", 60, False),
        WrittenLine("Who signs above 50,000?", None, True),
        WrittenLine("Welcome", 15, False),
    )


@pytest.mark.parametrize("text", ["価格は？", "ما هو السعر؟", "Τι κοστίζει\u037e"])
def test_questions_of_other_scripts(text: str) -> None:
    assert written_lines(text)[0].is_question


@pytest.mark.parametrize(
    "text", ["Plans for 2027", "10:00 Coffee", "Lines 3 and 4", "10 min", "Budget (2025)"]
)
def test_other_numbers_are_no_times(text: str) -> None:
    assert split_minutes(text) == (text, None)


@given(st.text())
def test_no_words_are_lost_or_invented(text: str) -> None:
    for line in written_lines(text):
        assert line.text.strip() == line.text != ""
        assert line.text in text


@given(st.from_regex(r"[A-Za-z]{1,9}( [A-Za-z]{1,9}){0,3}", fullmatch=True), st.integers(1, 600))
def test_a_time_written_at_the_end_is_read(text: str, minutes: int) -> None:
    assert split_minutes(f"{text} {minutes} min") == (text, minutes)
    assert split_minutes(f"{text} ({minutes} min)") == (text, minutes)
