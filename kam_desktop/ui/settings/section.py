"""What the sections of the settings have in common."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.card import Scroller
from kam_desktop.ui.widgets.labels import text_label

COLUMN_WIDTH = 680
NARROW = 420


class Section(Scroller):
    """One section: cards in ``column``, no wider than is good to read."""

    name: ClassVar[str] = ""
    icon: ClassVar[str] = "settings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(theme().px(COLUMN_WIDTH))

    @staticmethod
    def heading() -> str:
        """What the section is called."""
        return ""

    def load(self) -> None:
        """The section is shown: read what it shows."""

    def show_part(self, part: str) -> None:
        """Do what a link into the section asks for."""

    def refresh(self, changes: ChangeSet | None) -> None:
        """Data was changed."""


class SettingRow(QWidget):
    """A name with a line of explanation at the left, the control at the right."""

    def __init__(
        self, title: str, text: str, control: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, theme().px(Space.XS), 0, theme().px(Space.XS))
        row.setSpacing(theme().px(Space.L))
        words = QVBoxLayout()
        words.setSpacing(theme().px(2))
        words.addWidget(text_label(title, "strong", wrap=True))
        if text:
            words.addWidget(text_label(text, "small", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(control)
        control.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the control below the words where there is no room beside them."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), super().minimumSizeHint().height())
