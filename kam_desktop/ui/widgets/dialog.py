"""A dialog with a heading, as high as its text needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.labels import text_label


class CalmDialog(QDialog):
    """Freed when it is closed. Put the content into ``column``, below the heading."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 440) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        px = theme().px
        self.setMinimumWidth(px(width))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(Space.XL), px(Space.XL), px(Space.XL), px(Space.L))
        self.column.setSpacing(px(Space.M))
        self.column.addWidget(text_label(title, "section", wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        """How high wrapped text is, is known only now that it has its font."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the content needs at this width."""
        self.column.invalidate()
        # Before its next turn the layout would keep the window as high as before.
        self.column.activate()
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
