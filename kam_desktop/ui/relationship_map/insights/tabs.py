"""Pages of a narrow panel and the buttons that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout, IconButton, Scroller


class TabbedPages(QWidget):
    """Scrolled pages, one at a time; ``pages`` are name, words and content.

    ``tabs`` are the checkable actions by name. The buttons go on in the next line when there is no
    room; ``close`` stands at their end. ``turned`` when another page is shown than before.
    """

    turned = Signal()

    def __init__(
        self,
        pages: Sequence[tuple[str, str, QWidget]],
        close: IconButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme().px
        self.tabs: dict[str, QAction] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._group = QActionGroup(self)
        self._pages = QStackedWidget()
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=px(Space.XS))
        for name, text, content in pages:
            flow.addWidget(self._tab(name, text))
            self._pages.addWidget(_scrolled(content))
        head = QHBoxLayout()
        head.setSpacing(px(Space.XS))
        head.addWidget(buttons, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        outer.addLayout(head)
        outer.addWidget(self._pages, 1)
        self._group.triggered.connect(self._chosen)
        self.show_page(pages[0][0])

    def show_page(self, name: str) -> None:
        """Go to a page."""
        self.tabs[name].setChecked(True)
        at = list(self.tabs).index(name)
        if at != self._pages.currentIndex():
            self._pages.setCurrentIndex(at)
            self.turned.emit()

    def take_focus(self) -> None:
        """Let the keyboard go on at the button of the page that is shown."""
        for name, action in self.tabs.items():
            if action.isChecked():
                self._buttons[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chosen(self, action: QAction) -> None:
        self.show_page(action.data())

    def _tab(self, name: str, text: str) -> QToolButton:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setData(name)
        self._group.addAction(action)
        self.tabs[name] = action
        button = QToolButton()
        button.setProperty("kind", "text")
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[name] = button
        return button


def _scrolled(content: QWidget) -> Scroller:
    scroller = Scroller()
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.column.addWidget(content)
    scroller.column.addStretch(1)
    return scroller
