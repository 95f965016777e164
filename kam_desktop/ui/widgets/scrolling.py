"""Bringing what the keyboard is on into view."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from kam_desktop.ui.theme import Space, theme


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area around a widget so that the widget can be seen."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        # Layouts answer at the next turn of the loop; the place of a new widget is needed now, and
        # how far can be scrolled.
        content = parent.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            layout.activate()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        parent.ensureWidgetVisible(widget, 0, theme().px(Space.M))
