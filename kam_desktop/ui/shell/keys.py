"""Which keys the page has actions on, so that the shell leaves them alone."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kam_desktop.ui.shell.page import Page


def taken_keys(page: Page | None, window: QWidget) -> frozenset[str]:
    """The keys (portable text) that work now for the page or for what has the focus in it."""
    if page is None:
        return frozenset()
    keys = set(_keys(page, Qt.ShortcutContext.WindowShortcut))
    widget: QWidget | None = window.focusWidget()
    while widget is not None and widget is not window:
        keys |= set(_keys(widget, None))
        widget = widget.parentWidget()
    return frozenset(keys)


def _keys(widget: QWidget, context: Qt.ShortcutContext | None) -> Iterator[str]:
    for action in widget.actions():
        if context is None or action.shortcutContext() == context:
            yield from (key.toString() for key in action.shortcuts())
