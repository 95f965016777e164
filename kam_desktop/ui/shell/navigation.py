"""The navigation at the left: portfolio, pages, long work, and whether everything is safe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.pages import PageEntry
from kam_desktop.ui.shell.task_strip import TaskStrip
from kam_desktop.ui.shell.tasks import TaskList
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.labels import ElidedLabel, plain_tip

GROWING_WIDTH = 140
FIXED_WIDTH = 56
LOW = 390


class Navigation(QWidget):
    """Follows the ``go_…`` actions of the shell."""

    def __init__(
        self,
        entries: tuple[PageEntry, ...],
        actions: dict[str, QAction],
        tasks: TaskList,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Navigation"))
        px = theme().px
        self.setFixedWidth(px(GROWING_WIDTH) + FIXED_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.M), px(Space.L), px(Space.M), px(Space.M))
        column.setSpacing(px(2))
        self._name = ElidedLabel("", "heading")
        self._facts = ElidedLabel("", "small")
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addSpacing(px(Space.M))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for entry in entries:
            button = _make_button(entry, actions[entry.name])
            self._group.addButton(button)
            self._buttons[entry.name] = button
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(TaskStrip(tasks))
        column.addSpacing(px(Space.S))
        self._saved = ElidedLabel("", "small")
        self._backup = ElidedLabel("", "hint")
        column.addWidget(self._saved)
        column.addWidget(self._backup)

    def show_portfolio(self, name: str, facts: str) -> None:
        """Whose data this is."""
        self._name.setText(name)
        self._facts.setText(facts)

    def show_state(self, backup: str, saved: str) -> None:
        """Whether everything is safe, e.g. ``Backed up 09:12`` and ``all saved``."""
        self._backup.setText(backup)
        self._saved.setText(saved)

    @property
    def portfolio_texts(self) -> tuple[str, str]:
        return self._name.text(), self._facts.text()

    @property
    def state_text(self) -> str:
        return f"{self._saved.text()} · {self._backup.text()}"

    def select(self, page: str) -> None:
        """Mark the page that is shown."""
        button = self._buttons.get(page)
        if button is not None:
            button.setChecked(True)

    def focus_current(self) -> None:
        """Put the keyboard on the page that is shown."""
        current = self._group.checkedButton()
        (current or next(iter(self._buttons.values()))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low window the pages need the room.
        roomy = event.size().height() >= theme().px(LOW)
        self._facts.setVisible(roomy)
        self._backup.setVisible(roomy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = self.focusWidget()
        if step and isinstance(focused, QPushButton) and focused in buttons:
            buttons[(buttons.index(focused) + step) % len(buttons)].setFocus(
                Qt.FocusReason.TabFocusReason
            )
            return
        super().keyPressEvent(event)


def _make_button(entry: PageEntry, action: QAction) -> QPushButton:
    button = Button(entry.title, icon_name=entry.icon)
    button.setCheckable(True)
    button.setAccessibleName(entry.title)
    button.setToolTip(plain_tip(action.shortcut().toString()))
    button.clicked.connect(action.trigger)
    return button
