"""Fonts can be embedded and cover the scripts of a handout; icons draw; all are licensed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtSvg import QSvgRenderer
from reportlab.pdfbase.ttfonts import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))
SCRIPTS = {
    "Latin": "Aé ß ł ő ế",
    "Greek": "ΑΩώ",
    "Cyrillic": "ЖяЇ",
    "Arabic": "عربي",
    "Hebrew": "עברית",
    "Thai": "ไทย",
    "Devanagari": "हिन्दी",
    "Chinese": "简体繁體",
    "Japanese": "漢字かなカナ、。",
    "Korean": "한국어",
    "symbols": "☐☑✓✕▲△▽●",
    "arrows": "→←↑↓",
}
ICON_CALLS = {"icon", "pixmap", "IconButton", "EmptyState"}


@cache
def _characters(font: Path) -> frozenset[int]:
    return frozenset(TTFont(font.stem, str(font)).face.charToGlyph)


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
def test_the_font_can_be_embedded(font: Path) -> None:
    """Reading it fails when its maker does not allow embedding."""
    assert len(_characters(font)) > 50


@pytest.mark.parametrize("script", SCRIPTS)
def test_one_font_covers_the_script(script: str) -> None:
    wanted = {ord(char) for char in SCRIPTS[script] if not char.isspace()}
    assert any(wanted <= _characters(font) for font in FONTS)


def test_every_font_has_a_licence_and_is_in_the_notice() -> None:
    notice = "".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())
    for font in FONTS:
        family = font.stem.partition("-")[0]
        assert family.rstrip("0123456789") in notice, font.name
        maker = "Noto" if family.startswith("Noto") else family
        assert list(font.parent.glob(f"LICENSE-{maker}*.txt")), font.name


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_the_icon_can_be_drawn(icon: Path) -> None:
    text = icon.read_text(encoding="utf-8")
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert QSvgRenderer(text.encode()).isValid()
    if icon.stem != "app":
        assert 'viewBox="0 0 24 24"' in text
        assert "currentColor" in text


def _names_asked_for(tree: ast.AST) -> Iterator[str]:
    """Icon names written out in calls, first or as ``icon=`` or ``icon_name=``."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        function = call.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        values = [item.value for item in call.keywords if item.arg in {"icon", "icon_name"}]
        if name in ICON_CALLS and call.args:
            values.append(call.args[0])
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value


def test_every_icon_asked_for_is_there() -> None:
    there = {icon.stem for icon in ICONS}
    missing = {
        f"{file.relative_to(ROOT).as_posix()}: {name}"
        for file in (ROOT / "kam_desktop" / "ui").rglob("*.py")
        for name in _names_asked_for(ast.parse(file.read_text(encoding="utf-8")))
        if name not in there
    }
    assert missing == set()
