"""The commands that change the look."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.theme import MAX_SCALE, MIN_SCALE, Density, Theme, ThemeChoice

SCALE_STEP = 0.1


class Look(QObject):
    """Each slot changes a preference; the window follows the preferences."""

    def __init__(self, theme: Theme, preferences: PreferenceStore, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences

    def larger(self) -> None:
        """Text one step larger."""
        self._scale_by(SCALE_STEP)

    def smaller(self) -> None:
        """Text one step smaller."""
        self._scale_by(-SCALE_STEP)

    def normal(self) -> None:
        """Text as it was designed."""
        self._preferences.update(font_scale=1.0)

    def next_theme(self) -> None:
        """From dark to light and back."""
        dark = self._theme.colours.dark
        self._preferences.update(theme=ThemeChoice.LIGHT if dark else ThemeChoice.DARK)

    def next_density(self) -> None:
        """From comfortable rows to compact ones and back."""
        compact = self._preferences.values.density is Density.COMPACT
        self._preferences.update(density=Density.COMFORTABLE if compact else Density.COMPACT)

    def _scale_by(self, step: float) -> None:
        wanted = round(self._preferences.values.font_scale + step, 2)
        self._preferences.update(font_scale=min(MAX_SCALE, max(MIN_SCALE, wanted)))
