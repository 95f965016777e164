"""Columns over pages: nothing is lost, nothing overlaps, no heading stands alone."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.handouts.pdf.flow import Block, Section, place
from kam_desktop.services.handouts.pdf.pen import Pen

FIRST, NEXT, BOTTOM = 200.0, 50.0, 700.0


def nothing(_pen: Pen, _x: float, _y: float) -> None:
    """Draws nothing."""


blocks = st.builds(Block, st.floats(8, 120), st.just(nothing), st.booleans())
sections = st.lists(
    st.builds(Section, st.just("Title"), st.just(""), st.lists(blocks, max_size=12).map(tuple)),
    max_size=8,
)


@given(sections)
def test_every_block_has_its_own_place(made: list[Section]) -> None:
    placed = place(made, 100, FIRST, NEXT, BOTTOM)
    wanted = [block for section in made for block in section.blocks]
    assert [each.block for each in placed if each.block in wanted] == wanted
    for before, after in pairwise(placed):
        assert after.page in (before.page, before.page + 1)
        if after.page == before.page:
            assert after.y >= before.y + before.block.height
    for each in placed:
        assert each.y >= (NEXT if each.page else FIRST)
        assert each.y + each.block.height <= BOTTOM


@given(st.floats(8, 600), st.floats(8, 40))
def test_what_leads_is_followed_on_the_same_page(filled: float, height: float) -> None:
    lead, row = Block(14, nothing, leads=True), Block(height, nothing)
    placed = place(
        [Section("Who", "", (Block(filled, nothing), lead, row))], 100, FIRST, NEXT, BOTTOM
    )
    pages = {id(each.block): each.page for each in placed}
    assert pages[id(lead)] == pages[id(row)]


def test_a_section_that_goes_on_says_so() -> None:
    rows = tuple(Block(100, nothing) for _ in range(8))
    placed = place([Section("Who", "", rows)], 100, FIRST, NEXT, BOTTOM)
    assert [each.page for each in placed] == [0] * 5 + [1] * 5
