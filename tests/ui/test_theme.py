"""The tokens: contrast of every pair that is read, scale, palette, icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

import kam_desktop
from kam_desktop.services.resources import resource_dir
from kam_desktop.ui.icons import MissingIconError, icon, load
from kam_desktop.ui.theme import (
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    Colours,
    State,
    TextRole,
    Theme,
    contrast,
)

PACKAGE = Path(kam_desktop.__file__).parent
THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda c: c.name)


@THEMES
def test_text_can_be_read_on_every_ground(colours: Colours) -> None:
    for ground in (colours.bg, colours.surface, colours.sunken, colours.accent_soft):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.text2, ground) >= 4.5
    assert contrast(colours.text3, colours.surface) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.accent, colours.surface) >= 4.5


@THEMES
@pytest.mark.parametrize("state", list(State))
def test_states_can_be_read_on_their_ground(colours: Colours, state: State) -> None:
    ink, ground = colours.state(state)
    assert contrast(ink, ground) >= 4.5


def test_contrast_of_black_and_white_is_the_greatest() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_everything_grows_with_the_scale(qapp: QApplication) -> None:
    look = Theme(qapp)
    look.apply("light", scale=2.0)
    assert look.px(12) == 24
    assert look.font(TextRole.TITLE).pixelSize() == 44
    look.apply("light", scale=9)
    assert look.scale == 2.0
    look.apply("light", scale=0.1)
    assert look.scale == 0.8
    look.apply("light")


def test_switching_changes_palette_and_style_sheet(theme: Theme, qapp: QApplication) -> None:
    theme.apply("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface
    assert DARK.accent in qapp.styleSheet()
    theme.apply("light")
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == LIGHT.surface
    assert DARK.accent not in qapp.styleSheet()


def test_an_icon_follows_the_theme(theme: Theme) -> None:
    sun = icon("sun", "text")
    theme.apply("light")
    light = sun.pixmap(32, 32).toImage()
    theme.apply("dark")
    dark = sun.pixmap(32, 32).toImage()
    theme.apply("light")
    assert light != dark


def test_every_icon_named_in_the_program_is_there() -> None:
    names = re.compile(
        r"(?:icon|IconButton|EmptyState|pixmap|icon_name=|icon: ClassVar\[str\] =)"
        r"\(?\s*\"([a-z0-9-]+)\""
    )
    used = {
        found
        for file in (PACKAGE / "ui").rglob("*.py")
        for found in names.findall(file.read_text("utf-8"))
    }
    assert len(used) > 20
    there = {file.stem for file in resource_dir("icons").glob("*.svg")}
    assert used - there == set()


def test_a_missing_icon_is_an_error_for_who_asks_for_it() -> None:
    with pytest.raises(MissingIconError):
        load("no-such-icon")


def test_colours_are_written_nowhere_else() -> None:
    allowed = {PACKAGE / "ui" / "theme.py"}
    literal = re.compile(r"[\"']#[0-9A-Fa-f]{6}[\"']")
    found = [
        str(file.relative_to(PACKAGE))
        for file in (PACKAGE / "ui").rglob("*.py")
        if file not in allowed and literal.search(file.read_text("utf-8"))
    ]
    assert found == []
