"""Which tiers of accounts are shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.ui.icons import icon
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.buttons import ICON_GAP, ICON_SIZE


class TierFilter(QToolButton):
    """A button with a menu of tiers. ``changed`` carries the chosen values; none means all."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("kind", "text")
        self.setIcon(icon("list-filter"))
        self.setIconSize(QSize(theme().px(ICON_SIZE + ICON_GAP), theme().px(ICON_SIZE)))
        self._choices = QMenu(self)
        for tier in Tier:
            action = self._choices.addAction(word(tier))
            action.setCheckable(True)
            action.setData(tier.value)
        self.setMenu(self._choices)
        self._choices.triggered.connect(self._chosen)
        self._say()

    def chosen(self) -> list[str]:
        """The values of the tiers that are ticked."""
        return [str(action.data()) for action in self._choices.actions() if action.isChecked()]

    def _chosen(self, _action: QAction) -> None:
        self._say()
        self.changed.emit(self.chosen())

    def _say(self) -> None:
        words = [action.text() for action in self._choices.actions() if action.isChecked()]
        self.setText(", ".join(words) if words else _("All tiers"))
        self.setAccessibleName(_("Tiers shown: {tiers}").format(tiers=self.text()))
