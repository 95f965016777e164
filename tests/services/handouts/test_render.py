"""The brief as PDF: one or two pages, every font inside, nothing lost, nothing run."""

from __future__ import annotations

import ctypes
import dataclasses
import datetime as dt
import re

import pypdfium2
import pytest
from pypdfium2 import raw

from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.audience import Internal
from kam_desktop.services.handouts.content import Listed, Task
from kam_desktop.services.handouts.pdf import render_brief, render_recovery_sheet
from tests.services.handouts.contents import brief_saying, empty_brief, full_brief
from tests.services.handouts.test_text import SCRIPTS

HOSTILE = {
    "markup": "<img src='/etc/passwd'/><b>Ω & </para>&#x0;",
    "controls": "a\x00b\x07c\x1b[31m\ud800\ufffe\n\n\nd",
    "emoji": "👩‍👩‍👧‍👦 🏴‍☠️ 😀",
    "zalgo": "Z̸̢̛͖̱̲a̴̢̛l̶g̷o̸" * 30,
    "override": "\u202e\u2066evil\u202d",
    "long word": "W" * 50_000,
    "long text": "Donaudampfschifffahrt und mehr " * 2_000,
    "many lines": "line\n" * 5_000,
    "blank": "   \n\t ",
    "mixed": "محمد (Dubai) 刘伟 5 % [x] สมชาย",
}


@pytest.fixture(autouse=True)
def english() -> None:
    set_region("en_GB")


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts of all texts on all pages, and whether each is inside the file."""
    found: dict[str, bool] = {}
    for page in pypdfium2.PdfDocument(pdf):
        for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(text.raw)
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, buffer, 200)
            found[buffer.value.decode()] = raw.FPDFFont_GetIsEmbedded(font) == 1
    return found


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_full_brief_takes_at_most_two_pages(paper: str) -> None:
    document = pypdfium2.PdfDocument(render_brief(full_brief(), paper=paper))
    expected = {"A4": (595, 842), "Letter": (612, 792)}[paper]
    assert 1 <= len(document) <= 2
    assert all(tuple(round(side) for side in page.get_size()) == expected for page in document)


def test_it_says_whom_it_is_for_and_how_old_it_is() -> None:
    for number, text in enumerate(pages(render_brief(full_brief())), start=1):
        assert "Internal: holds our own judgements. Not for the client." in text
        assert f"Page {number} of 2" in text
        assert "Data as of 20 Nov 2026, 09:00" in text


def test_times_there_and_here() -> None:
    text = pages(render_brief(full_brief()))[0]
    assert "Milano" in text
    assert "10:00" in text
    assert "they are 1 h ahead" in text


def test_an_account_of_which_nothing_is_known_fits_one_page_and_says_so() -> None:
    (text,) = pages(render_brief(empty_brief()))
    for words in ("Insufficient data", "No meeting is planned", "Nobody is on the map yet"):
        assert words in text


@pytest.mark.parametrize("content", [full_brief(), brief_saying(" ".join(SCRIPTS.values()))])
def test_every_font_is_inside(content: object) -> None:
    pdf = render_brief(content)  # type: ignore[arg-type]
    found = fonts(pdf)
    assert len(found) > 1
    assert all(found.values()), found


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_brief(full_brief()) == render_brief(full_brief())


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_in_any_field(name: str) -> None:
    pdf = render_brief(brief_saying(HOSTILE[name], times=30))
    assert len(pages(pdf)) == 2
    assert b"/Subtype /Image" not in pdf
    assert b"root:" not in pdf
    assert b"/URI" not in pdf


def test_markup_is_printed_as_it_was_typed() -> None:
    text = "".join(pages(render_brief(brief_saying("<b>A</b> & <i>"))))
    assert "<b>A</b> & <i>" in text


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_can_be_searched_for(script: str) -> None:
    word = SCRIPTS[script].split()[0].strip(",")
    text = "".join(pages(render_brief(brief_saying(SCRIPTS[script]))))
    assert word in text


def test_nothing_is_dropped_in_silence() -> None:
    text = "".join(pages(render_brief(brief_saying("Long name of a thing", times=30))))
    assert "more in the portfolio." in text
    for heading in (
        *("Who", "Agenda", "Open promises", "Our open actions", "Questions to ask"),
        *("Objections and our answers", "Health", "Risks", "Contracts", "Preparation"),
        *("Open opportunities", "Revenue by month"),
    ):
        assert heading in text


def test_unknown_is_a_question_mark_and_never_neutral() -> None:
    text = "".join(pages(render_brief(full_brief())))
    assert "1 position unknown" in text
    assert "Where does 刘伟 Liu Wei stand?" in text


def test_another_language_falls_back_to_english() -> None:
    assert "Open promises" in pages(render_brief(full_brief(), language="xx"))[0]


def test_no_ink_is_lost_in_greyscale() -> None:
    """Support can be told apart without colour: the six signs are drawn differently."""
    from kam_desktop.services.handouts.pdf.pen import Pen
    from kam_desktop.services.handouts.pdf.symbols import support

    drawn = set()
    for value in (2, 1, 0, -1, -2, None):
        pen = Pen(40, 40, title="", subject="")
        support(pen, value, 10, 10)
        pen.next_page()
        bitmap = pypdfium2.PdfDocument(pen.finish())[0].render(scale=4, grayscale=True)
        drawn.add((bitmap.to_numpy() < 200).tobytes())
    assert len(drawn) == 6


def test_the_recovery_sheet_has_the_key_and_what_to_do() -> None:
    key = "A7KQM-2XD9P-0R44T-ZH8WC-Q3NV6-YBEJ5-GSR2F-DKX7M"
    (text,) = pages(render_recovery_sheet("Northern <b>portfolio", key, dt.date(2026, 11, 20)))
    for group in key.split("-"):
        assert group in text
    assert "Northern <b>portfolio" in text
    assert "20 Nov 2026" in text


def test_the_file_is_small() -> None:
    assert len(render_brief(full_brief())) < 100_000


def test_what_is_cut_is_counted() -> None:
    content = full_brief()
    tasks = tuple(Task(f"Action {number:02}", "", None, 0, str(number)) for number in range(40))
    late = Task("Action late", "", dt.date(2026, 11, 1), 19, "late")
    longer = dataclasses.replace(
        brief_saying("A long name of a thing", times=30),
        actions=Internal(Listed((*tasks, late), 3)),
        edits=content.edits,
    )
    text = "".join(pages(render_brief(longer)))
    printed = re.findall(r"Action (\d\d|late)", text)
    section = text[text.index("Our open actions") :]
    found = re.search(r"(\d+) more in the portfolio\.", section)
    assert found is not None
    assert len(printed) + int(found[1]) == 44
    assert "late" in printed, "the weightiest is cut last"
    assert printed == sorted(printed)
