"""A map on paper or in a file: what it is made of, and the window that shows it beforehand."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.map_loading import MapWish
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import make_action


class MapOutput(QObject):
    """Offers to print or save a map. Whoever shows the map connects ``action`` and calls `open`."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.action = make_action(
            _("Print or save the map…"), parent, shortcut="Ctrl+Shift+P", icon_name="printer"
        )

    def open(self, wish: MapWish) -> QWidget:
        """Show the map as it comes out of the printer; returns at once.

        ``wish`` is what is seen now. The window owns itself and is freed when it is closed.
        """
        # The preview brings printing with it, which is of no use before.
        from kam_desktop.ui.relationship_map.map_preview import MapPreview

        preview = MapPreview(self._context, wish, self._window.window())
        preview.show()
        return preview
