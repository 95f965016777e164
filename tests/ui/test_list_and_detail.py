"""A list and its detail share the room there is, and take turns where there is too little."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kam_desktop.ui.theme import Theme
from kam_desktop.ui.widgets import ListAndDetail


@pytest.fixture
def parts(qtbot: QtBot, theme: Theme) -> tuple[ListAndDetail, QPushButton, QPushButton]:
    listing, detail = QPushButton("list"), QPushButton("detail")
    both = ListAndDetail(listing, detail, "All of them", 600)
    qtbot.addWidget(both)
    both.resize(500, 300)
    with qtbot.waitActive(both):
        both.show()
    return both, listing, detail


def test_both_are_shown_where_there_is_room(
    parts: tuple[ListAndDetail, QPushButton, QPushButton],
) -> None:
    both, listing, detail = parts
    for width, height in ((700, 300), (500, 600)):
        both.fit(width, height)
        assert listing.isVisible()
        assert detail.isVisible()
        assert not both.back.isVisible()
        assert both.is_beside is (width == 700)


def test_in_a_small_window_they_take_turns(
    parts: tuple[ListAndDetail, QPushButton, QPushButton],
) -> None:
    both, listing, detail = parts
    both.fit(500, 300)
    assert both.one_at_a_time
    assert (listing.isVisible(), detail.isVisible()) == (True, False)
    both.open_detail()
    assert (listing.isVisible(), detail.isVisible()) == (False, True)
    assert both.back.hasFocus(), "the keyboard follows"
    both.back.click()
    assert (listing.isVisible(), detail.isVisible()) == (True, False)
    assert listing.hasFocus()


def test_without_a_list_the_detail_has_all_the_room(
    parts: tuple[ListAndDetail, QPushButton, QPushButton],
) -> None:
    both, listing, detail = parts
    both.fit(500, 300)
    both.want_list(False)
    assert (listing.isVisible(), detail.isVisible()) == (False, True)
    assert not both.back.isVisible(), "there is nothing to go back to"


def test_larger_type_makes_a_window_small(
    parts: tuple[ListAndDetail, QPushButton, QPushButton], theme: Theme
) -> None:
    both, listing, detail = parts
    both.fit(800, 460)
    assert not both.one_at_a_time
    theme.apply("light", scale=2.0)
    both.fit(800, 460)
    assert (listing.isVisible(), detail.isVisible()) == (True, False)
