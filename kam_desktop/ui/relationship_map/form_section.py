"""A part of a long form under a heading that opens and closes it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from kam_desktop.ui.icons import icon
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, Rule

_CHEVRON = 16


class FormSection(QWidget):
    """Put what it holds into ``column``. While it is closed, one line says what is in it."""

    def __init__(self, title: str, *, is_open: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._title = title
        self._head = QToolButton()
        self._head.setText(title)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head.setAutoRaise(True)
        self._head.setCheckable(True)
        self._head.setProperty("kind", "section")
        side = px(_CHEVRON)
        self._head.setIconSize(QSize(side, side))
        self._head.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._summary = ElidedLabel("", "small")
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, px(Space.S))
        self.column.setSpacing(px(Space.M))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(Space.S))
        head.addWidget(self._head)
        head.addWidget(self._summary, 1000)
        head.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        outer.addWidget(Rule())
        outer.addLayout(head)
        outer.addWidget(self._body)
        self._head.toggled.connect(self._show)
        self._head.setChecked(is_open)
        self._show(is_open)

    @property
    def is_open(self) -> bool:
        """Whether what it holds is shown."""
        return self._head.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide what it holds."""
        self._head.setChecked(is_open)

    def set_summary(self, text: str) -> None:
        """What is said beside the heading while it is closed."""
        self._summary.setText(text)

    def _show(self, is_open: bool) -> None:
        self._head.setIcon(icon("chevron-up" if is_open else "chevron-down", "text2"))
        self._body.setVisible(is_open)
        self._summary.setVisible(not is_open)
