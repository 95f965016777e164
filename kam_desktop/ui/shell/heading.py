"""What stands above every page: search, going back, the one primary action, the heading."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.commands import ShellCommands
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, IconButton, PrimaryButton
from kam_desktop.ui.widgets.labels import ElidedLabel, Pill, text_label

NARROW = 440
LOW = 400
"""Below this height of the window (at scale 1) a note gets no line of its own."""


class TopBar(QWidget):
    """Back, forward, search, undo, redo, notices, and the page's primary action."""

    def __init__(self, commands: ShellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.XS))
        self._search = SearchButton(commands["palette"])
        self._primary = PrimaryButton()
        self._primary.hide()
        self._followed: QAction | None = None
        self._icons = {
            command: _icon_button(commands[command], command)
            for command in ("back", "forward", "undo", "redo", "notices")
        }
        for command in ("back", "forward"):
            row.addWidget(self._icons[command])
        row.addSpacing(px(Space.XS))
        row.addWidget(self._search, 100)
        row.addStretch(1)
        for command in ("undo", "redo", "notices"):
            row.addWidget(self._icons[command])
        row.addSpacing(px(Space.S))
        row.addWidget(self._primary)
        self._primary.clicked.connect(self._trigger)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window these two stay on their keys and in the palette.
        wide = event.size().width() >= theme().px(NARROW)
        for name in ("forward", "redo"):
            self._icons[name].setVisible(wide)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_primary(self, action: QAction | None) -> None:
        """Offer another primary action, or none."""
        if self._followed is not None:
            self._followed.changed.disconnect(self._copy)
        self._followed = action
        if action is not None:
            action.changed.connect(self._copy)
        self._copy()

    @property
    def primary(self) -> Button:
        return self._primary

    def _copy(self) -> None:
        action = self._followed
        self._primary.setVisible(action is not None and action.isVisible())
        if action is not None:
            self._primary.setText(action.text())
            self._primary.setEnabled(action.isEnabled())

    def _trigger(self) -> None:
        if self._followed is not None:
            self._followed.trigger()


def _icon_button(action: QAction, name: str) -> IconButton:
    button = IconButton(action.icon().name(), action.text())
    button.setObjectName(name)
    button.follow(action)
    return button


class SearchButton(Button):
    """Looks like a field; opens the palette."""

    def __init__(self, action: QAction) -> None:
        super().__init__(icon_name="search")
        self.setObjectName("searchbutton")
        self.setAccessibleName(_("Search"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme().px(44))
        self.setMaximumWidth(theme().px(400))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme().px(Space.S), 0)
        self._key = text_label(action.shortcut().toString(), "hint")
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignRight)
        self.clicked.connect(action.trigger)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme().px
        self._key.setVisible(self.width() > px(240))
        taken = self._key.sizeHint().width() if self._key.isVisibleTo(self) else 0
        room = self.width() - taken - px(Space.XXL + Space.XXL)
        # The longest that fits whole; in the narrowest window the magnifier says it.
        words = (_("Search accounts, people, promises …"), _("Search accounts …"), _("Search"), "")
        metrics = self.fontMetrics()
        self.setText(next((text for text in words if metrics.horizontalAdvance(text) <= room), ""))


class PageHead(QWidget):
    """The heading of a page with its states and a quiet note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pagehead")
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(px(Space.M))
            column.addLayout(row)
        self._title = ElidedLabel("", "title")
        self._states = QWidget(self)
        self._pills = QHBoxLayout(self._states)
        self._pills.setContentsMargins(0, 0, 0, 0)
        self._pills.setSpacing(px(Space.S))
        self._note = text_label("", "secondary")
        self._first.addWidget(self._title)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._arrange()

    def show_page(self, page: Page) -> None:
        """Say what page this is."""
        self._title.setText(page.title())
        self._note.setText(page.head_note())
        while (item := self._pills.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, state in page.head_pills():
            self._pills.addWidget(Pill(text, state))
        self._states.setVisible(bool(page.head_pills()))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put what has no room beside the title below it; the title is the last to be cut."""
        for label in (self._title, self._note, *self._states.findChildren(Pill)):
            # Until then it would be measured in another font.
            label.ensurePolished()
        gap = theme().px(Space.M)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text()) + gap
        states = self._states.sizeHint().width() + gap if self._pills.count() else 0
        note = self._note.sizeHint().width() + gap if self._note.text() else 0
        for widget in (self._states, self._note):
            self._first.removeWidget(widget)
            self._second.removeWidget(widget)
        beside = title + states <= self.width()
        (self._first if beside else self._second).insertWidget(1 if beside else 0, self._states)
        beside = beside and title + states + note <= self.width()
        (self._first if beside else self._second).addWidget(self._note)
        # In a low window the page needs the line more than the note does.
        low = self.window().height() < theme().px(LOW)
        self._note.setVisible(bool(self._note.text()) and (beside or not low))

    @property
    def title_text(self) -> str:
        return self._title.text()
