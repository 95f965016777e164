"""A list and what is chosen in it: beside each other, below each other, or one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button

LOW = 440
"""Below this height (at scale 1) a list and a detail below each other are of no use."""


class ListAndDetail(QSplitter):
    """Beside each other from ``narrow`` pixels (at scale 1) on, else below each other.

    In a window that is narrow and low, as with large type, one of them has all the room: the list,
    until `open_detail`; ``back`` words the button that leads back to it.
    """

    def __init__(
        self,
        listing: QWidget,
        detail: QWidget,
        back: str,
        narrow: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._listing = listing
        self._narrow = narrow
        self._one = False
        self._detail_open = False
        self._list_wanted = True
        self.back = Button(back, "quiet", icon_name="arrow-left")
        self.back.hide()
        self._detail = QWidget()
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(detail, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme().px(Space.M))
        self.addWidget(listing)
        self.addWidget(self._detail)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.back.clicked.connect(self.close_detail)

    @property
    def one_at_a_time(self) -> bool:
        """Whether there is room for only one of them."""
        return self._one

    @property
    def is_beside(self) -> bool:
        """Whether the list stands beside the detail."""
        return self.orientation() == Qt.Orientation.Horizontal

    def fit(self, width: int, height: int) -> None:
        """Arrange both for a room of this many pixels."""
        narrow = width < theme().px(self._narrow)
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._one = narrow and height < theme().px(LOW)
        self._arrange()

    def want_list(self, wanted: bool) -> None:
        """Whether there is anything to choose from; else the detail is shown alone."""
        self._list_wanted = wanted
        self._arrange()

    def open_detail(self) -> None:
        """Something was chosen: show it, also where there is room for one only."""
        self._detail_open = True
        self._arrange()
        if self._one and self._list_wanted:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_detail(self) -> None:
        """Back to the list."""
        self._detail_open = False
        self._arrange()
        self._listing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        alone = self._one and self._list_wanted
        self._listing.setVisible(self._list_wanted and not (alone and self._detail_open))
        self._detail.setVisible(not alone or self._detail_open)
        self.back.setVisible(alone and self._detail_open)
