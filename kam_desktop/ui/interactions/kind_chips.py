"""The kinds of contact as chips: one click, or Alt with the number of the chip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout
from kam_desktop.ui.widgets.labels import plain_tip


class KindChips(QWidget):
    """One of the kinds is chosen. ``chosen`` is emitted when the user chooses another."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = tuple(InteractionKind)
        self._group = QButtonGroup(self)
        self._by_hand = False
        self.setAccessibleName(_("Kind of contact"))
        row = FlowLayout(self, spacing=theme().px(Space.XS))
        for number, kind in enumerate(self._kinds, start=1):
            chip = QToolButton()
            chip.setText(word(kind))
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setAccessibleName(word(kind))
            key = QKeySequence(f"Alt+{number}")
            native = key.toString(QKeySequence.SequenceFormat.NativeText)
            chip.setToolTip(plain_tip(f"{word(kind)} ({native})"))
            # A button's own shortcut would click it only a moment later.
            shortcut = QShortcut(key, self)
            shortcut.setObjectName(str(number - 1))
            shortcut.activated.connect(self._choose_sender)
            self._group.addButton(chip, number - 1)
            row.addWidget(chip)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._clicked)
        self.offer(InteractionKind.CALL)

    @property
    def kind(self) -> InteractionKind:
        """What is chosen."""
        return self._kinds[max(0, self._group.checkedId())]

    def offer(self, kind: InteractionKind) -> None:
        """Choose a kind, unless the user has chosen one."""
        if not self._by_hand:
            self._group.button(self._kinds.index(kind)).setChecked(True)

    def _choose_sender(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self._group.button(int(shortcut.objectName())).click()

    def _clicked(self, _number: int) -> None:
        self._by_hand = True
        self.chosen.emit()
