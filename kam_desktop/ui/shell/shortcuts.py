"""The sheet of keyboard shortcuts, made from the commands that are there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.commands import CommandGroup
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.card import Card, Scroller
from kam_desktop.ui.widgets.labels import text_label
from kam_desktop.ui.widgets.screen_room import resize_within_screen


class ShortcutSheet(QDialog):
    """Every command that has a key, under the heading of its group."""

    def __init__(self, groups: list[CommandGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keyboard shortcuts"))
        px = theme().px
        resize_within_screen(self, 520, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
        column.addWidget(text_label(_("Keyboard shortcuts"), "section"))
        scroller = Scroller()
        for group in groups:
            with_keys = [action for action in group.actions if keys_of(action)]
            if with_keys:
                scroller.column.addWidget(_group_card(group.title, with_keys))
        scroller.column.addStretch(1)
        column.addWidget(scroller, 1)


def keys_of(action: QAction) -> list[str]:
    """The keys of an action, as they are written on this system."""
    native = QKeySequence.SequenceFormat.NativeText
    return [key.toString(native) for key in action.shortcuts() if not key.isEmpty()]


def _group_card(title: str, actions: list[QAction]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setVerticalSpacing(theme().px(Space.S))
    for row, action in enumerate(actions):
        grid.addWidget(text_label(action.text().replace("&", "")), row, 0)
        keys = QHBoxLayout()
        keys.setSpacing(theme().px(Space.XS))
        for key in keys_of(action)[:2]:
            keys.addWidget(text_label(key, "key"))
        grid.addLayout(keys, row, 1, Qt.AlignmentFlag.AlignRight)
    card.body.addLayout(grid)
    return card
