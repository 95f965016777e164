"""A card whose content can be folded away; what it says in one line stays."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Card, IconButton


class FoldingCard(Card):
    """Put the content into ``content``. Whether it is folded is remembered under ``key``."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._key = f"meetings/folded/{key}"
        self._inside = QWidget()
        self.content = QVBoxLayout(self._inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(theme().px(Space.S))
        self.add(self._inside)
        self._fold = IconButton("chevron-up", title)
        self._fold.clicked.connect(self._toggle)
        self._can_fold = True
        self._folded = QSettings().value(self._key, "no") == "yes"
        self._show_fold()

    def add_tool(self, widget: QWidget) -> None:
        self.tools.addWidget(widget)
        self._fold_last()

    def _fold_last(self) -> None:
        self.tools.removeWidget(self._fold)
        self.tools.addWidget(self._fold)

    def set_foldable(self, on: bool) -> None:
        """There is something to fold away, or nothing yet."""
        self._can_fold = on
        self._show_fold()

    @property
    def is_folded(self) -> bool:
        """Whether the content is out of sight."""
        return self._folded and self._can_fold

    def unfold(self) -> None:
        """Show the content, since something in it is wanted."""
        if self._folded:
            self._toggle()

    def _toggle(self) -> None:
        self._folded = not self._folded
        QSettings().setValue(self._key, "yes" if self._folded else "no")
        self._show_fold()

    def _show_fold(self) -> None:
        if self.tools.indexOf(self._fold) < 0:
            self._fold_last()
        self._fold.setVisible(self._can_fold)
        self._fold.show_icon("chevron-down" if self._folded else "chevron-up")
        name = _("Show: {part}") if self._folded else _("Fold away: {part}")
        self._fold.setAccessibleName(name.format(part=self.accessibleName()))
        self._fold.setToolTip(_("Show") if self._folded else _("Fold away"))
        self._inside.setVisible(not self.is_folded)
