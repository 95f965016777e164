"""Any text can be set: in its script, within its width, never as markup, never as empty boxes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.services.handouts.clean import (
    MAX_CHARACTERS,
    REPLACEMENT,
    apart,
    one_line,
    printable,
)
from kam_desktop.services.handouts.pdf.fonts import face_for, split_by_face
from kam_desktop.services.handouts.pdf.lines import Line, Type, set_line, set_lines, text_width
from kam_desktop.services.handouts.pdf.shaping import shape

STYLE = Type(9, 12)
SCRIPTS = {
    "Latin": "Žofie Łukasiewicz, Ðorđe Ørsted",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Σοφία Παπαδοπούλου",
    "Cyrillic": "Анна Каренина Їжак",
    "Chinese": "刘伟 采购总监",
    "Traditional Chinese": "劉偉 採購總監",
    "Japanese": "安藤一郎 カタカナ ひらがな",
    "Korean": "김철수 구매 담당 이사",
    "Arabic": "محمد العربي مدير المشتريات",
    "Persian": "پژمان گلچهره",
    "Hebrew": "יעל כהן, סמנכ״לית",
    "Thai": "สมชาย ใจดี ผู้อำนวยการ",
    "Devanagari": "राजेश शर्मा क्षेत्रीय प्रबंधक",
}


def glyph_numbers(line: Line) -> list[int]:
    return [glyph.number for run in line.runs for glyph in run.glyphs]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_has_its_glyphs(script: str, bold: bool) -> None:
    line = set_line(SCRIPTS[script], Type(9, 12, bold=bold), 500)
    assert glyph_numbers(line)
    assert 0 not in glyph_numbers(line), "a box instead of a letter"
    assert all(REPLACEMENT not in run.text for run in line.runs)


def test_arabic_letters_are_joined() -> None:
    alone = [run.glyphs[0].number for char in "مرح" for run in shape(char, False, 1)]
    joined = [glyph.number for run in shape("مرح", False, 1) for glyph in run.glyphs]
    assert set(joined) != set(alone)


def test_devanagari_conjuncts_are_formed() -> None:
    (run,) = shape("क्ष", False, 0)
    assert len(run.glyphs) < len("क्ष")


def test_thai_marks_stand_above_each_other() -> None:
    (run,) = shape("ที่", False, 0)
    assert sum(1 for glyph in run.glyphs if glyph.advance == 0) == 2


def test_what_no_face_has_becomes_a_visible_sign() -> None:
    assert face_for("\U00012000", False) is None
    ((text, _face),) = split_by_face("\U00012000", False)
    assert text == REPLACEMENT


def test_controls_and_lone_surrogates_become_visible_signs() -> None:
    assert printable("a\x07b\ud800c") == f"a{REPLACEMENT}b{REPLACEMENT}c"


def test_overrides_that_would_reverse_a_name_are_taken_out() -> None:
    assert printable("brief\u202efdp.exe\u202c") == "brieffdp.exe"


def test_stacked_accents_are_held_down() -> None:
    assert len(printable("x" + "\u0336" * 500)) == 4


def test_text_is_cut_with_a_sign() -> None:
    cut = printable("W" * 10**6)
    assert len(cut) == MAX_CHARACTERS + 1
    assert cut.endswith("…")


def test_one_line_has_no_line_ends() -> None:
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"


def test_markup_is_letters() -> None:
    text = "<img src='/etc/passwd'/> & <b>"
    line = set_line(text, STYLE, 500)
    assert "".join(run.text for run in line.runs) == text


def test_a_number_after_arabic_stays_behind_it() -> None:
    assert apart("عربي") != "عربي"
    line = set_line(f"Deal {apart('عربي')} 5 %", STYLE, 500)
    assert line.runs[-1].text.strip("\u200e ") == "5 %"


def test_a_line_that_fits_is_not_cut() -> None:
    width = text_width("Marta Díaz", STYLE)
    assert not "".join(run.text for run in set_line("Marta Díaz", STYLE, width).runs).endswith("…")


def test_a_line_that_does_not_fit_says_so() -> None:
    line = set_line("Donaudampfschifffahrtsgesellschaft", STYLE, 60)
    assert "".join(run.text for run in line.runs).endswith("…")
    assert line.width <= 60


def test_lines_break_at_spaces() -> None:
    lines = set_lines("one two three four five six", STYLE, 60, 9)
    texts = ["".join(run.text for run in line.runs) for line in lines]
    assert " ".join(texts) == "one two three four five six"
    assert len(texts) > 1


def test_japanese_breaks_between_letters_but_not_before_a_full_stop() -> None:
    lines = set_lines("東京支社の購買部長です。" * 3, STYLE, 50, 20)
    texts = ["".join(run.text for run in line.runs) for line in lines]
    assert len(texts) > 3
    assert not any(text.startswith("。") for text in texts)


def test_the_last_line_says_that_more_follows() -> None:
    lines = set_lines("first\nsecond\nthird", STYLE, 200, 2)
    assert "".join(run.text for run in lines[1].runs) == "second…"


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120), st.floats(20, 300), st.integers(1, 4), st.booleans())
def test_nothing_is_wider_than_its_place(text: str, width: float, most: int, bold: bool) -> None:
    style = Type(9, 12, bold=bold)
    lines = set_lines(text, style, width, most)
    assert len(lines) <= most
    for line in lines:
        glyphs = sum(len(run.glyphs) for run in line.runs)
        assert line.width <= width + 0.01 or glyphs <= 8
