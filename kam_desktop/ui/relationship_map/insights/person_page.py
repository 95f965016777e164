"""One person thought through: who can introduce us, and what would be lost with them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.insight_lines import PLAIN, WARN
from kam_desktop.services.queries.map_analysis import PersonThinking
from kam_desktop.services.way_words import (
    introduction_sentence,
    way_line,
    what_if_lines,
    what_if_sentence,
)
from kam_desktop.ui.relationship_map.insights.sections import InsightSection
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, text_label

_LOSSES = 12


class PersonPage(QWidget):
    """``way_chosen`` carries the `Line` of a way, ``chosen`` any other; ``met`` both."""

    way_chosen = Signal(object)
    chosen = Signal(object)
    met = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        self._name = ElidedLabel("", "heading")
        self._hint = text_label(
            _(
                "Choose somebody on the map to see who can introduce you and what would be lost"
                " with them."
            ),
            "secondary",
            wrap=True,
        )
        self.ways = InsightSection(_("Who can introduce you"))
        self.loss = InsightSection(_("What if they leave"), first=_LOSSES)
        for widget in (self._name, self._hint, self.ways, self.loss):
            column.addWidget(widget)
        column.addStretch(1)
        for section in (self.ways, self.loss):
            section.met.connect(self.met)
        self.ways.chosen.connect(self.way_chosen)
        self.loss.chosen.connect(self.chosen)
        self.show_nobody()

    def show_nobody(self) -> None:
        """Say what this is for."""
        self._name.hide()
        self._hint.show()
        self.ways.hide()
        self.loss.hide()

    def show_person(self, found: PersonThinking, today: dt.date) -> None:
        """Show one of theirs, or one of ours."""
        thinking = found.thinking
        theirs = thinking.facts.by_id.get(found.id)
        self._hint.hide()
        self._name.setText(thinking.name_of(found.id))
        self._name.show()
        self.ways.setVisible(theirs is not None)
        if theirs is not None:
            lines = tuple(way_line(thinking, way) for way in found.ways)
            state = PLAIN if lines else WARN
            self.ways.say(introduction_sentence(found), lines, state)
        self.loss.say(what_if_sentence(found), what_if_lines(found, today))
        self.loss.show()
