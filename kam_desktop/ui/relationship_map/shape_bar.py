"""What a map leaves out, said under the toolbar, with the ways to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_loading import DRAWN, LoadedMap
from kam_desktop.services.map_options import EVERYBODY
from kam_desktop.ui.relationship_map.filters import FilterChips
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, text_label


class ShapeBar(QWidget):
    """``wanted`` carries the `MapOptions` that a click asks for. Hidden while all is shown."""

    wanted = Signal(object)

    def __init__(
        self, nearer: QAction, farther: QAction, everybody: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._said = text_label("", "hint")
        self.chips = FilterChips()
        self._nearer, self._farther = Button(kind="quiet"), Button(kind="quiet")
        self._everybody = Button(kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addSpacing(theme().px(Space.XS))
        row.addWidget(self._said)
        for button, action in (
            (self._nearer, nearer), (self._farther, farther), (self._everybody, everybody),
        ):  # fmt: skip
            row.addWidget(button)
            button.follow(action)
        row.addWidget(self.chips, 1)
        self.chips.wanted.connect(self.wanted)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._said.text()

    def show_loaded(self, loaded: LoadedMap) -> None:
        """Say what is left out of what is shown now."""
        limited = loaded.distance != EVERYBODY
        for button in (self._nearer, self._farther):
            button.setVisible(limited)
        self._everybody.setVisible(limited and loaded.scene.view != "ego")
        self.chips.show_loaded(loaded)
        self._said.setText(shape_words(loaded))
        self.setVisible(bool(self.text) or bool(self.chips.chips))


def shape_words(loaded: LoadedMap) -> str:
    """How many of how many are shown, how far and around whom; '' when all are."""
    parts: list[str] = []
    if loaded.distance != EVERYBODY and loaded.scene.view in DRAWN:
        names = {card.id: card.name or card.title for card in loaded.everyone.people}
        text = ngettext(
            "Up to {count} tie away from {name}",
            "Up to {count} ties away from {name}",
            loaded.distance,
        )
        name = isolate(names.get(loaded.focus, ""))
        parts.append(text.format(count=loaded.distance, name=name))
    total = len(loaded.everyone.people)
    if loaded.left_out > 0:
        shown = total - loaded.left_out
        parts.append(_("{shown} of {total} shown").format(shown=shown, total=total))
    return " · ".join(parts)
