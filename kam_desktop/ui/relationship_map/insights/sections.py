"""One question about a map: its name, the answer in a sentence, and the lines it stands on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.insight_lines import PLAIN, Line, Section
from kam_desktop.ui.relationship_map.insights.lines import FIRST, InsightLines, Mark, breakable
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Rule, clear_layout, text_label


class InsightSection(QWidget):
    """A section; ``chosen`` and ``met`` carry a `Line` of it."""

    chosen = Signal(object)
    met = Signal(object)

    def __init__(
        self, title: str = "", *, first: int = FIRST, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        self._title = text_label(title, "hint")
        self._row = QHBoxLayout()
        self._row.setSpacing(px(6))
        self._mark_room = QHBoxLayout()
        self.sentence = text_label("", "strong", wrap=True)
        self._row.addLayout(self._mark_room)
        self._row.addWidget(self.sentence, 1)
        self.lines = InsightLines(first)
        column.addWidget(Rule())
        column.addWidget(self._title)
        self._title.setVisible(bool(title))
        column.addLayout(self._row)
        column.addWidget(self.lines)
        self.body = column
        self.setAccessibleName(title)
        self.lines.chosen.connect(self.chosen)
        self.lines.met.connect(self.met)

    def show_section(self, section: Section) -> None:
        """Show a section whole."""
        self._title.setText(section.title)
        self._title.setVisible(bool(section.title))
        self.setAccessibleName(section.title)
        self.say(section.sentence, section.lines, section.state)

    def say(self, sentence: str, lines: Sequence[Line] = (), state: str = PLAIN) -> None:
        """The answer, and what it stands on."""
        clear_layout(self._mark_room)
        if state != PLAIN:
            self._mark_room.addWidget(Mark(state), 0, Qt.AlignmentFlag.AlignTop)
        self.sentence.setText(breakable(sentence))
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
