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
NARROW_WIDTH = 48
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
        self._narrow = False
        self._titles = {entry.name: entry.title for entry in entries}
        self._column = column = QVBoxLayout(self)
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
        self._take_width()

    def show_narrow(self, narrow: bool) -> None:
        """Show icons only, so that a narrow window or large type leaves room for the page."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._take_width()
            self._show_texts()

    def _take_width(self) -> None:
        px = theme().px
        side = px(Space.XS if self._narrow else Space.M)
        self._column.setContentsMargins(side, px(Space.L), side, px(Space.M))
        wide = px(GROWING_WIDTH) + FIXED_WIDTH
        self.setFixedWidth(px(NARROW_WIDTH) if self._narrow else wide)

    def _show_texts(self) -> None:
        # In a low window the pages need the room as well.
        roomy = self.height() >= theme().px(LOW) and not self._narrow
        for label in (self._name, self._saved):
            label.setVisible(not self._narrow)
        for label in (self._facts, self._backup):
            label.setVisible(roomy)
        for name, button in self._buttons.items():
            button.setText("" if self._narrow else self._titles[name])

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
        self._show_texts()

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
    button.setToolTip(plain_tip(f"{entry.title} ({action.shortcut().toString()})"))
    button.clicked.connect(action.trigger)
    return button
