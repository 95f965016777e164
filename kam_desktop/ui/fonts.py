"""The bundled fonts as a help where the system has none for a script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from kam_desktop.services.resources import resource_path

UI_FAMILY: Final = "Noto Sans"
_System = QFontDatabase.WritingSystem
_FILES: Final = {
    _System.Latin: ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    _System.Greek: ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    _System.Cyrillic: ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    _System.Arabic: ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    _System.Hebrew: ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    _System.Thai: ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    _System.Devanagari: ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
    _System.Japanese: ("DroidSansFallback.ttf",),
    _System.SimplifiedChinese: ("DroidSansFallback.ttf",),
    _System.TraditionalChinese: ("DroidSansFallback.ttf",),
    _System.Korean: ("NanumGothicCoding-Regular.ttf",),
    _System.Symbol: ("NotoSansSymbols2-Regular.ttf", "NotoSansSymbols-Regular.ttf"),
}


def add_missing_fonts(*scripts: QFontDatabase.WritingSystem) -> None:
    """Make sure that each of ``scripts`` (all known ones without any) can be shown."""
    wanted = scripts or tuple(_FILES)
    _add(script for script in wanted if not QFontDatabase.families(script))


def add_bundled_fonts() -> None:
    """Make all bundled fonts known and prefer them to the system's, so that all places look alike.

    For pictures; a user's window keeps to the fonts of the system.
    """
    families = _add(_FILES)
    QFont.insertSubstitutions(UI_FAMILY, [family for family in families if family != UI_FAMILY])


def _add(scripts: Iterable[QFontDatabase.WritingSystem]) -> list[str]:
    """Add the fonts of ``scripts``; returns their families in order."""
    files = dict.fromkeys(file for script in scripts for file in _FILES[script])
    families: dict[str, None] = {}
    for file in files:
        added = QFontDatabase.addApplicationFont(str(resource_path("fonts", file)))
        families |= dict.fromkeys(QFontDatabase.applicationFontFamilies(added))
    return list(families)
