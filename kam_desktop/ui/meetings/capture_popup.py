"""The small list under the cursor that completes marks, names and values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from kam_desktop.services.analysis.capture_offers import Offer
from kam_desktop.services.capture_words import mark_hint
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.ui.theme import Space, theme


class OfferList(QListWidget):
    """Lies over the text field and never takes the keyboard. ``chosen`` carries an `Offer`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Completions"))
        self.setProperty("popup", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        self.hide()
        self.itemClicked.connect(self._clicked)

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self._offers

    def offer(self, offers: Sequence[Offer], *, first: bool, below: QRect) -> None:
        """Show completions under the cursor's rectangle; ``first`` chooses the first of them."""
        if tuple(offers) != self._offers:
            self._offers = tuple(offers)
            self.clear()
            for each in self._offers:
                self.addItem(QListWidgetItem(_text(each)))
            self.setCurrentRow(0 if first else -1)
        if not self._offers:
            self.hide()
            return
        self._place(below)
        self.show()
        self.raise_()

    def move(self, step: int) -> None:  # type: ignore[override]
        """Go to the next or the previous one, round the ends."""
        count, row = self.count(), self.currentRow()
        self.setCurrentRow((row + step) % count if row >= 0 else (0 if step > 0 else count - 1))

    def choose(self, *, any_of_them: bool = False) -> bool:
        """Take the current one (or the first); False when none is."""
        row = self.currentRow()
        if row < 0 and any_of_them:
            row = 0
        if not 0 <= row < len(self._offers):
            return False
        self.chosen.emit(self._offers[row])
        return True

    def _clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._offers[self.row(item)])

    def _place(self, cursor: QRect) -> None:
        field = self.parentWidget()
        assert field is not None, "it belongs to the field it completes"
        room = field.rect()
        size = self._wanted_size().boundedTo(room.size())
        top = cursor.bottom() + theme().px(2)
        if top + size.height() > room.bottom():
            above = cursor.top() - theme().px(2) - size.height()
            top = above if above >= 0 else max(0, room.bottom() - size.height())
        left = max(0, min(cursor.left(), room.right() - size.width()))
        self.setGeometry(left, top, size.width(), size.height())

    def _wanted_size(self) -> QSize:
        px = theme().px
        self.ensurePolished()
        width = self.sizeHintForColumn(0) + px(Space.XL)
        height = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(max(px(160), width), height + 2 * self.frameWidth() + px(Space.XS))


def _text(offer: Offer) -> str:
    if offer.mark is not None:
        return f"{offer.text.strip()}   {mark_hint(offer.mark)}"
    if offer.support is not None:
        return f"{offer.text}   {word(offer.support).lower()}"
    return offer.text.strip()
