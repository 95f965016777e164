"""Buttons. Each can follow an action, so that the same thing is in the palette and on a key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from kam_desktop.ui.icons import icon
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.labels import plain_tip

ICON_SIZE = 16
ICON_GAP = 6
ICON_BUTTON = 28


class Button(QPushButton):
    """A button; ``kind`` is ``""``, ``primary`` (one per page) or ``quiet`` (looks like a link)."""

    def __init__(
        self,
        text: str = "",
        kind: str = "",
        *,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self._action: QAction | None = None
        self._icon_name = icon_name
        self._set_icon()

    def follow(self, action: QAction) -> None:
        """Look and act as ``action`` does."""
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._copy_action)
        self._copy_action()

    def _set_icon(self) -> None:
        if self._icon_name:
            tones = {"primary": "on_accent", "quiet": "accent"}
            self.setIcon(icon(self._icon_name, tones.get(str(self.property("kind")), "text2")))
            px = theme().px
            self.setIconSize(QSize(px(ICON_SIZE + ICON_GAP), px(ICON_SIZE)))

    def _copy_action(self) -> None:
        action = self._action
        if action is None:
            return
        self.setText(action.text())
        self.setEnabled(action.isEnabled())
        if self.parent() is not None:
            self.setVisible(action.isVisible())
        self.setToolTip(plain_tip(tip_of(action)))


class PrimaryButton(Button):
    """The one thing to do here."""

    def __init__(
        self, text: str = "", *, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, "primary", icon_name=icon_name, parent=parent)


class IconButton(QToolButton):
    """A small button with an icon; ``text`` is its name for screen readers and its tool tip."""

    def __init__(
        self, icon_name: str, text: str, *, tone: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoRaise(True)
        side = theme().px(ICON_SIZE)
        self.setIconSize(QSize(side, side))
        self.setMinimumSize(theme().px(ICON_BUTTON), theme().px(ICON_BUTTON))
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.show_icon(icon_name, tone)

    def show_icon(self, icon_name: str, tone: str = "text2") -> None:
        """Show another icon."""
        self.setIcon(icon(icon_name, tone))

    def follow(self, action: QAction) -> None:
        """Trigger ``action`` and be enabled with it."""
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())
        self.setAccessibleName(action.text())
        self.setToolTip(plain_tip(tip_of(action)))


def tip_of(action: QAction) -> str:
    """What an action does and on which key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = action.toolTip() if action.toolTip() != action.text() else action.text()
    text = text.replace("&", "")
    return f"{text} ({key})" if key else text


def make_action(
    text: str,
    parent: QWidget,
    *,
    shortcut: str = "",
    icon_name: str = "",
    whole_window: bool = False,
) -> QAction:
    """An action of ``parent``, working while the focus is inside it (or in the whole window)."""
    action = QAction(text, parent)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut
        if whole_window
        else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    if icon_name:
        action.setIcon(icon(icon_name))
        action.setIconVisibleInMenu(True)
    parent.addAction(action)
    return action
