"""An account's map thought through: one section per question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.insight_lines import Section
from kam_desktop.ui.relationship_map.insights.sections import InsightSection
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import text_label


class AccountPage(QWidget):
    """Shows `Section`s; ``chosen`` and ``met`` carry a `Line` of one."""

    chosen = Signal(object)
    met = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: list[InsightSection] = []
        self._nothing = text_label("", "secondary", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(Space.M))
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)

    def show_sections(self, found: Sequence[Section]) -> None:
        """Show these; without any there is nobody to think about."""
        if not found:
            self.show_nothing(_("No people yet. Add some, and what they mean is said here."))
            return
        self._nothing.hide()
        while len(self.sections) < len(found):
            made = InsightSection()
            made.chosen.connect(self.chosen)
            made.met.connect(self.met)
            self._column.insertWidget(len(self.sections) + 1, made)
            self.sections.append(made)
        for shown, section in zip(self.sections, found, strict=True):
            shown.show_section(section)
            shown.show()

    def show_nothing(self, text: str) -> None:
        """Say why there is nothing to show."""
        self._nothing.setText(text)
        self._nothing.show()
        for section in self.sections:
            section.hide()
