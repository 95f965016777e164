"""Design tokens: colour, space, radius, type and density, and their application to the program.

Everything drawn on screen takes its numbers from here. Sizes are in device-independent pixels at a
font scale of 1 and grow with it (`Theme.px`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


class ThemeChoice(StrEnum):
    """What the user asked for; ``SYSTEM`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Density(StrEnum):
    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class State(StrEnum):
    """What a colour says. ``PLAIN`` says nothing."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"
    PLAIN = "plain"


class TextRole(StrEnum):
    """The five sizes of type and what they are for."""

    SMALL = "small"
    BODY = "body"
    HEADING = "heading"
    SECTION = "section"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours, as ``#RRGGBB``."""

    name: str
    dark: bool
    bg: str
    surface: str
    sunken: str
    line: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_soft: str
    accent_hover: str
    on_accent: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str
    series: tuple[str, ...]

    def state(self, state: State | str) -> tuple[str, str]:
        """The text and ground colours of a state."""
        return {
            State.GOOD: (self.good, self.good_soft),
            State.WARN: (self.warn, self.warn_soft),
            State.BAD: (self.bad, self.bad_soft),
            State.ACCENT: (self.accent, self.accent_soft),
            State.PLAIN: (self.text2, self.sunken),
        }[State(state)]


LIGHT: Final = Colours(
    name="light", dark=False,
    bg="#F6F6F3", surface="#FFFFFF", sunken="#EDEDE8", line="#DEDDD7",
    text="#1F2328", text2="#57606A", text3="#646C75",
    accent="#2F5D8A", accent_soft="#E4EDF6", accent_hover="#264D74", on_accent="#FFFFFF",
    good="#29734A", warn="#8A5A00", bad="#B3372F",
    good_soft="#E3F2E8", warn_soft="#FAF0DA", bad_soft="#FBE7E5",
    series=("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"),
)  # fmt: skip

DARK: Final = Colours(
    name="dark", dark=True,
    bg="#15171A", surface="#1D2024", sunken="#121416", line="#2D3137",
    text="#E6E8EA", text2="#A5ADB6", text3="#8A929B",
    accent="#7FB0E0", accent_soft="#213349", accent_hover="#9AC2EA", on_accent="#15171A",
    good="#6CC08B", warn="#E0B25A", bad="#F0857C",
    good_soft="#1B3326", warn_soft="#372C15", bad_soft="#3C2220",
    series=("#5AA9DC", "#F0B540", "#3FC79F", "#DFA0C3", "#8BCBF2", "#F08A4B"),
)  # fmt: skip

HIGH_CONTRAST: Final = Colours(
    name="high_contrast", dark=True,
    bg="#000000", surface="#000000", sunken="#000000", line="#FFFFFF",
    text="#FFFFFF", text2="#FFFFFF", text3="#E6E6E6",
    accent="#FFD54A", accent_soft="#3A3000", accent_hover="#FFE58A", on_accent="#000000",
    good="#7CFC9A", warn="#FFD54A", bad="#FF9C94",
    good_soft="#00280C", warn_soft="#2E2500", bad_soft="#3A0B07",
    series=("#6CC5FF", "#FFC04D", "#4DF0BF", "#FFB0DC", "#B5E3FF", "#FF9A55"),
)  # fmt: skip


class Space:
    """Distances between things, in pixels at scale 1."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24
    XXL: Final = 32


RADIUS: Final = 6
CARD_RADIUS: Final = 8
FOCUS_WIDTH: Final = 2
MOTION_MS: Final = 150
MIN_SCALE: Final = 0.8
MAX_SCALE: Final = 2.0

_SIZES: Final = {
    TextRole.SMALL: 12,
    TextRole.BODY: 13,
    TextRole.HEADING: 14,
    TextRole.SECTION: 18,
    TextRole.TITLE: 22,
}
_BOLD_ROLES: Final = frozenset({TextRole.HEADING, TextRole.SECTION, TextRole.TITLE})
_ROW_HEIGHTS: Final = {Density.COMFORTABLE: 32, Density.COMPACT: 26}
_FALLBACK_FAMILIES: Final = ("Inter", "Noto Sans")
"""Used where the platform names no UI font of its own (a bare X server, the test platform)."""


def contrast(first: str, second: str) -> float:
    """The WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 … 21."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Theme(QObject):
    """The look in use; ``changed`` is emitted after it was applied to the program.

    Widgets styled by the style sheet and the palette follow by themselves. Whoever paints by hand
    reads `colours` while painting, and repaints on ``changed`` only when it cached something.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = ThemeChoice.SYSTEM
        self._scale = 1.0
        self._density = Density.COMFORTABLE
        self._family = _ui_family(app)
        _current[:] = [self]
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    @property
    def colours(self) -> Colours:
        return _colours_for(self._choice)

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def density(self) -> Density:
        return self._density

    @property
    def row_height(self) -> int:
        """The height of one table row, in pixels."""
        return self.px(_ROW_HEIGHTS[self._density])

    def px(self, length: float) -> int:
        """``length`` (pixels at scale 1) at the font scale in use."""
        return max(1, round(length * self._scale))

    def font(self, role: TextRole = TextRole.BODY, *, bold: bool | None = None) -> QFont:
        """The font of ``role``; headings are bold unless told otherwise."""
        font = QFont(self._family) if self._family else QFont(self._app.font())
        font.setPixelSize(self.px(_SIZES[role]))
        heavy = role in _BOLD_ROLES if bold is None else bold
        font.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        return font

    def figures(self, role: TextRole = TextRole.BODY) -> QFont:
        """The font of ``role`` with figures of equal width, for columns of numbers."""
        font = self.font(role)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def apply(
        self,
        choice: ThemeChoice | str = ThemeChoice.SYSTEM,
        *,
        scale: float = 1.0,
        density: Density | str = Density.COMFORTABLE,
    ) -> None:
        """Use this look from now on. ``scale`` is held within 0.8 … 2."""
        self._choice = ThemeChoice(choice)
        self._scale = min(MAX_SCALE, max(MIN_SCALE, scale))
        self._density = Density(density)
        self._restyle()

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._restyle()

    def _restyle(self) -> None:
        from kam_desktop.ui.stylesheet import style_sheet

        self._app.setStyle("Fusion")
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font())
        self._app.setStyleSheet(style_sheet(self))
        self.changed.emit()


_current: list[Theme] = []


def colours() -> Colours:
    """The colours in use, for painting; as `QGuiApplication.palette`, but with our names."""
    return _current[0].colours if _current else LIGHT


def theme() -> Theme:
    """The look of the running program.

    Raises ``RuntimeError`` before the composition root made one.
    """
    if not _current:
        raise RuntimeError("no theme has been made yet")
    return _current[0]


def _colours_for(choice: ThemeChoice) -> Colours:
    if choice is ThemeChoice.HIGH_CONTRAST:
        return HIGH_CONTRAST
    if choice is ThemeChoice.SYSTEM:
        hints = QGuiApplication.styleHints()
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def _ui_family(app: QApplication) -> str:
    """The family to use instead of the platform's, or nothing to keep the platform's."""
    if app.font().family().lower() not in {"sans serif", "sans", "sans-serif"}:
        return app.font().family()
    for family in _FALLBACK_FAMILIES:
        if QFontInfo(QFont(family)).family().startswith(family):
            return family
    return ""


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in (
        (role.Window, colours.bg),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.sunken),
        (role.Button, colours.surface),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.bg),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.bad),
        (role.PlaceholderText, colours.text3),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Light, colours.surface),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.text3),
        (role.Shadow, colours.line),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.text3))
    return palette
