"""Posters as PDF: pages, fonts, text that can be found, tiles, hostile names, no colours."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kam_desktop.services.handouts.poster.paper import (
    LEAST_TYPE,
    MM,
    OVERLAP,
    PAPERS,
    Orientation,
    Page,
    PosterOptions,
    Tiling,
    best_tiling,
    least_type,
    pages_of,
)
from kam_desktop.services.handouts.poster.pdf import render_poster
from kam_desktop.services.handouts.poster.sheets import Poster, lay_out
from kam_desktop.services.handouts.poster.tiles import tile_area, tiles_of
from kam_desktop.services.marks import Drawing, Group, Ink, Words
from tests.services.handouts.posters import (
    HOSTILE,
    SCRIPTS,
    company,
    empty_poster,
    named,
    poster,
    small,
)
from tests.services.test_map_scene import data, line, person

_MODES = ("A4", "A3", "A2", "Letter", "Tabloid")


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in opened(pdf))


def kinds_of_objects(pdf: bytes) -> set[int]:
    return {item.type for page in opened(pdf) for item in page.get_objects(max_depth=8)}


def smallest_type(made: Poster) -> float:
    """In points; pictures of the overview may be smaller, they show which sheet is where."""
    sheets = made.sheets if len(made.sheets) == 1 else made.sheets[1:]
    return min(
        mark.size * layer.scale
        for sheet in sheets
        for layer in sheet.layers
        for group in layer.groups
        for mark in group.marks
        if isinstance(mark, Words) and mark.text
    )


@pytest.mark.parametrize("paper", _MODES)
@pytest.mark.parametrize("way", list(Orientation))
def test_the_sheet_is_as_large_as_the_paper(paper: str, way: Orientation) -> None:
    (page,) = opened(render_poster(poster(small()), PosterOptions(paper, way)))
    width, height = page.get_size()
    assert sorted((width, height)) == pytest.approx(sorted(PAPERS[paper]), abs=0.01)
    if way is not Orientation.AUTOMATIC:
        assert (width > height) == (way is Orientation.LANDSCAPE)


def test_a_wide_map_lies_and_a_high_one_stands() -> None:
    (wide,) = opened(render_poster(poster(named(*"abc")), PosterOptions()))
    chain = named(*"abcde")
    ties = tuple(line(f"p{at}", f"p{at - 1}") for at in range(1, 5))
    (high,) = opened(render_poster(poster(replace(chain, ties=ties)), PosterOptions()))
    assert wide.get_width() > wide.get_height()
    assert high.get_width() < high.get_height()


def test_it_says_what_it_is_of_when_and_for_whom() -> None:
    pdf = render_poster(poster(small(), title="Who decides"), PosterOptions())
    text = text_of(pdf)
    for said in ("Aurora Foods", "Who decides · 5 people", "As of", "2026", "Not for the client",
                 "Page 1 of 1", "Support", "influences", "EB", "Economic buyer", "S?"):  # fmt: skip
        assert said in text or said in ("EB", "S?"), said
    assert opened(pdf).get_metadata_value("Title") == "Who decides: Aurora Foods"


def test_names_of_every_script_can_be_found_in_it() -> None:
    text = text_of(render_poster(poster(named(*SCRIPTS)), PosterOptions("A3")))
    squeezed = re.sub(r"\s", "", text)
    for name in SCRIPTS:
        assert re.sub(r"\s", "", name) in squeezed, name


def test_fonts_are_embedded_and_there_are_no_pictures() -> None:
    pdf = render_poster(poster(named("Ana", *SCRIPTS)), PosterOptions())
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds_of_objects(pdf)
    texts = [
        item
        for page in opened(pdf)
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=8)
    ]
    assert len(texts) > 50
    for item in texts:
        font = pypdfium2.raw.FPDFTextObj_GetFont(item.raw)
        assert pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1


def photo(colour: str) -> bytes:
    """A small picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG")
    return out.getvalue()


def test_photos_are_printed_in_colour_and_left_out_in_black_and_white() -> None:
    sha = "f" * 64
    content = poster(data(person("ana", photo=sha)), photos={sha: photo("navy")})
    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    assert image in kinds_of_objects(render_poster(content, PosterOptions()))
    plain = render_poster(content, PosterOptions(black_and_white=True))
    assert image not in kinds_of_objects(plain)


def test_black_and_white_prints_black_on_white_alone() -> None:
    pdf = render_poster(poster(small()), PosterOptions(black_and_white=True))
    picture = opened(pdf)[0].render(scale=2).to_pil().convert("RGB")
    # Edges of shapes are mixed by the renderer; no colour may come of it.
    colours = picture.getcolors(maxcolors=100_000)
    assert colours is not None
    assert all(max(colour) - min(colour) <= 2 for _count, colour in colours)
    black, white = (sum(n for n, c in colours if c[0] == level) for level in (0, 255))
    assert black + white > 0.95 * picture.width * picture.height


def test_the_same_map_gives_the_same_bytes() -> None:
    one, two = (render_poster(poster(small()), PosterOptions("A3")) for _time in range(2))
    assert one == two


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_nothing_but_names(name: str) -> None:
    pdf = render_poster(poster(named("Ana", name, account=name)), PosterOptions())
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds_of_objects(pdf)
    assert "Ana" in text_of(pdf)


def test_a_name_of_300_characters_is_cut_with_a_sign() -> None:
    text = text_of(render_poster(poster(named("Ana", "Wolfgang" * 40)), PosterOptions()))
    assert "Wolfgang" in text
    assert "…" in text


def test_an_account_without_people_gets_a_friendly_page() -> None:
    pdf = render_poster(empty_poster(), PosterOptions())
    assert "No people yet" in text_of(pdf)
    assert "0 people" in text_of(pdf)
    assert len(opened(pdf)) == 1


def test_a_company_is_tiled_over_sheets_and_its_type_can_be_read() -> None:
    content = poster(company())
    made = lay_out(content, PosterOptions())
    assert len(made.sheets) > 8
    assert smallest_type(made) >= LEAST_TYPE - 1e-6
    pages: list[tuple[int, int]] = []
    pdf = render_poster(content, PosterOptions(), lambda done, of: pages.append((done, of)))
    assert pages == [(at, len(made.sheets)) for at in range(len(made.sheets))]
    text = text_of(pdf)
    for at in range(500):
        assert re.search(rf"Person {at}\b", text), at
    assert "other ties not drawn" in text
    assert re.search(r"On \d+ sheets", text)
    assert "Sheet A1" in text


def test_larger_paper_needs_fewer_sheets() -> None:
    content = poster(company(120, 20))
    counts = [len(lay_out(content, PosterOptions(paper)).sheets) for paper in ("A4", "A3", "A2")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


def test_making_it_can_be_stopped_between_pages() -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        render_poster(poster(company(120, 20)), PosterOptions(), stop)


def _drawing(width: float, height: float) -> Drawing:
    """Cards of 40 × 20 all over an area."""
    groups = []
    for x in range(0, max(1, int(width) - 39), 160):
        for y in range(0, max(1, int(height) - 19), 120):
            words = Words("a", x, y + 10, 40, 11, Ink.TEXT)
            groups.append(Group((words,), x, y, x + 40, y + 20))
    return Drawing(tuple(groups), 0, 0, max(width, 40), max(height, 20))


@settings(max_examples=60, deadline=None)
@given(
    width=st.floats(40, 9000), height=st.floats(20, 6000), paper=st.sampled_from([*PAPERS]),
    way=st.sampled_from([*Orientation]),
)  # fmt: skip
def test_every_card_is_whole_on_the_sheets_together(
    width: float, height: float, paper: str, way: Orientation
) -> None:
    drawing = _drawing(width, height)
    tiling = best_tiling(drawing, pages_of(paper, way), tile_area)
    assert least_type(drawing) * tiling.scale >= LEAST_TYPE - 1e-9
    tiles = list(tiles_of(drawing, tiling))
    assert len({tile.name for tile in tiles}) == len(tiles)
    for group in drawing.groups:
        on = [tile for tile in tiles if group in tile.groups]
        covered = sum(_shared(group, tile.left, tile.top, tile.width, tile.height) for tile in on)
        assert covered >= 40 * 20 - 1e-3, "some of it is on no sheet"


def _shared(group: Group, x: float, y: float, width: float, height: float) -> float:
    across = min(group.right, x + width) - max(group.left, x)
    down = min(group.bottom, y + height) - max(group.top, y)
    return max(0.0, across) * max(0.0, down)


def test_neighbouring_sheets_overlap_by_a_centimetre() -> None:
    page = Page(*PAPERS["A4"])
    tiling = Tiling(page, tile_area(page), 0.5, 2, 1)
    left, right = list(tiles_of(_drawing(2000, 600), tiling))[:2]
    shared = (left.left + left.width - right.left) * 0.5
    assert shared == pytest.approx(10 * MM)
    assert pytest.approx(10 * MM) == OVERLAP
    assert (left.name, right.name) == ("A1", "A2")
