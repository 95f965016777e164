"""The surfaces of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.labels import ElidedLabel, Pill, text_label


class Card(QFrame):
    """A titled surface: heading, up to two pills, tools at the right, one line that says the point.

    Put the content into ``body``; tools (small buttons) into ``tools``.
    """

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        px = theme().px
        self.outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.L))
        outer.setSpacing(px(Space.S))
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(Space.S))
        self._title = ElidedLabel(title, "heading")
        self._pill_row = _row(px(Space.S))
        self.tools = _row(px(Space.XS))
        head.addWidget(self._title)
        head.addLayout(self._pill_row)
        head.addStretch(1)
        head.addLayout(self.tools)
        self._subtitle = text_label(subtitle, "small", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(Space.S))
        outer.addWidget(self._head)
        outer.addWidget(self._subtitle)
        outer.addLayout(self.body, 1)
        self._pills: list[Pill] = []
        self.set_title(title)
        self.set_subtitle(subtitle)

    def set_title(self, title: str) -> None:
        """The heading: a noun or a short sentence."""
        self._title.setText(title)
        self._head.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        """The line that says the point; hidden when empty."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def set_pills(self, pills: Iterable[tuple[str, State | str]]) -> None:
        """Show these states beside the heading, instead of those shown now."""
        for pill in self._pills:
            self._pill_row.removeWidget(pill)
            pill.deleteLater()
        self._pills = [Pill(text, state) for text, state in pills]
        for pill in self._pills:
            self._pill_row.addWidget(pill)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append to the body."""
        self.body.addWidget(widget, stretch)

    def add_tool(self, widget: QWidget) -> None:
        """Append a small button at the right of the heading."""
        self.tools.addWidget(widget)


class EmptyState(QWidget):
    """What a place is for while it is empty, and the most useful first steps."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.XL), px(Space.XXL), px(Space.XL), px(Space.XXL))
        column.setSpacing(px(Space.S))
        self._icon = _BigIcon(icon_name)
        self._title = text_label(title, "section")
        self._text = text_label(text, "secondary", wrap=True)
        self._text.setMaximumWidth(px(460))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        # In a row of its own, the wrapped text gets the height that its width asks for.
        middle = _row(0)
        middle.addStretch(1)
        middle.addWidget(self._text, 8)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(px(Space.S))
        row = _row(px(Space.S))
        row.addStretch(1)
        for position, action in enumerate(actions):
            button = Button(kind="" if position else "primary")
            row.addWidget(button)
            button.follow(action)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def show_text(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)


class _BigIcon(QLabel):
    """An icon of 32 pixels that is drawn anew with the theme."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = icon_name
        self._draw()
        theme().changed.connect(self._draw)

    def _draw(self) -> None:
        from kam_desktop.ui.icons import pixmap

        look = theme()
        size = look.px(Space.XXL)
        self.setPixmap(pixmap(self._name, look.colours.text3, size, self.devicePixelRatioF()))


class Scroller(QScrollArea):
    """A page's column of cards, scrolled when it does not fit. Put cards into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("transparent", "true")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, theme().px(Space.XS), 0)
        self.column.setSpacing(theme().px(Space.M))
        self.setWidget(inner)


class Rule(QFrame):
    """A thin line between things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _row(spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    return row


def clear_layout(layout: QLayout) -> None:
    """Remove everything from a layout and free the widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
            inner.deleteLater()
