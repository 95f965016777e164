"""Names of other people's making, in every field of the brief."""

from __future__ import annotations

import csv
from pathlib import Path

import pypdfium2

from kam_desktop.services.handouts.clean import REPLACEMENT, one_line
from kam_desktop.services.handouts.pdf import render_brief
from kam_desktop.services.handouts.pdf.shaping import shape
from tests.services.handouts.contents import brief_saying


def naughty(shared_data: Path) -> list[str]:
    """The big list of naughty strings, without its comments."""
    text = (shared_data / "names" / "blns.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def test_each_naughty_string_is_printed_everywhere(shared_data: Path) -> None:
    strings = naughty(shared_data)
    assert len(strings) > 400
    for string in strings:
        pdf = render_brief(brief_saying(string))
        assert len(pypdfium2.PdfDocument(pdf)) <= 2, string
        assert b"/Subtype /Image" not in pdf, string
        assert b"/URI" not in pdf, string


def test_no_glyph_is_missing_from_a_naughty_string(shared_data: Path) -> None:
    for string in naughty(shared_data):
        for run in shape(one_line(string), False, 0):
            assert 0 not in [glyph.number for glyph in run.glyphs], string


def test_names_of_four_scripts_are_printed_whole(shared_data: Path) -> None:
    path = shared_data / "names" / "names_ja_ar_ru_el.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = [row["Display Name (CLDR long formal)"] for row in csv.DictReader(file)]
    assert len(names) == 23
    for name in names:
        runs = shape(one_line(name), True, 0)
        assert all(REPLACEMENT not in run.text for run in runs), name
        assert all(glyph.number for run in runs for glyph in run.glyphs), name
        text = pypdfium2.PdfDocument(render_brief(brief_saying(name)))[0].get_textpage()
        assert name.split()[0] in text.get_text_bounded(), name
