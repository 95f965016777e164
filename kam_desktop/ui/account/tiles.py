"""The people who decide as small cards, drawn like those of the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kam_desktop.models.vocabulary import Support
from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.formatting import joined, percent
from kam_desktop.services.i18n import _
from kam_desktop.services.map_scene import CardSpec
from kam_desktop.services.queries.overview import Decider
from kam_desktop.services.words import word
from kam_desktop.ui.relationship_map.card_painting import CardState, Pens, paint_tile
from kam_desktop.ui.theme import theme

WIDTH, HEIGHT, GAP = 190, 70, 10


class PersonTile(QAbstractButton):
    """One person; clicking (or Enter) opens the map."""

    def __init__(self, person: Decider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person_id = person.id
        self._spec = _spec(person)
        self.setAccessibleName(self._spec.name)
        self.setAccessibleDescription(self._spec.description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(WIDTH), theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        state = CardState(focused=self.hasFocus(), hovered=self.underMouse())
        paint_tile(painter, QRectF(self.rect()), self._spec, Pens.of(theme()), state)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class PeopleTiles(QWidget):
    """The tiles in lines of equal width. ``chosen`` carries the id of the person clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[PersonTile] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_people(self, people: Sequence[Decider]) -> None:
        """Show these people, in this order."""
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self._tiles = [PersonTile(person, self) for person in people]
        for tile in self._tiles:
            tile.clicked.connect(self._choose)
            tile.show()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        gap, height = theme().px(GAP), theme().px(HEIGHT)
        columns = max(1, (self.width() + gap) // (theme().px(WIDTH) + gap))
        width = (self.width() - gap * (columns - 1)) // columns
        for at, tile in enumerate(self._tiles):
            row, column = divmod(at, columns)
            tile.setGeometry(column * (width + gap), row * (height + gap), width, height)
        rows = -(-len(self._tiles) // columns)
        self.setFixedHeight(max(0, rows * (height + gap) - gap))

    def _choose(self) -> None:
        tile = self.sender()
        if isinstance(tile, PersonTile):
            self.chosen.emit(tile.person_id)


def _spec(person: Decider) -> CardSpec:
    roles = ", ".join(word(role) for role in person.roles)
    subtitle = joined((person.title, roles))
    support = None if person.support is None else Support(person.support)
    influence = "?" if person.influence is None else str(person.influence)
    description = _("{subtitle}. Support: {support}. Influence: {influence}. Contact: {contact}.")
    return CardSpec(
        id=person.id,
        name=_("(vacant)") if person.placeholder else person.name,
        subtitle=subtitle,
        support=person.support,
        influence=person.influence,
        strength=person.strength,
        vacant=person.placeholder,
        outside=False,
        left=False,
        description=description.format(
            subtitle=subtitle,
            support=word(support),
            influence=influence,
            contact=percent(person.strength),
        ),
        place=Place(person.id, 0, 0, WIDTH, HEIGHT),
    )
