"""The link under which a meeting takes place, opened in the browser only when that is asked for."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import IconButton, InlineLine, plain_tip

_HOST = re.compile(r"^[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?$")
_SCHEMES = ("http", "https")


def web_address(text: str) -> QUrl | None:
    """The address of a page on the web; None for anything else, so that nothing else is opened."""
    stripped = text.strip()
    if _HOST.match(stripped):
        stripped = f"https://{stripped}"
    url = QUrl(stripped, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in _SCHEMES or not url.host():
        return None
    return url


class LinkLine(QWidget):
    """The link as text, and a button that opens it."""

    def __init__(self, texts: MeetingTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = InlineLine(_("Link"))
        self.edit.set_placeholder(_("Address of the call"))
        texts.add("link", self.edit)
        self.open_it = IconButton("arrow-up-right", _("Open the link in the browser"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.XS))
        row.addWidget(self.edit, 1)
        row.addWidget(self.open_it, 0, Qt.AlignmentFlag.AlignBottom)
        self.edit.line.textChanged.connect(self._follow)
        self.open_it.clicked.connect(self._open)
        self._follow("")

    def _follow(self, text: str) -> None:
        url = web_address(text)
        self.open_it.setEnabled(url is not None)
        told = _("Open {address} in the browser").format(address=url.host()) if url else ""
        self.open_it.setToolTip(plain_tip(told or _("No address of the web")))

    def _open(self) -> None:
        url = web_address(self.edit.line.text())
        if url is not None:
            QDesktopServices.openUrl(url)
