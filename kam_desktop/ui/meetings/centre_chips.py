"""Buying centres of an account, to switch on and off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, FlowLayout, clear_layout, plain_tip, text_label

_FEW = 8
_LONGEST = 40
Centres = tuple[tuple[str, str], ...]


class CentreChips(QWidget):
    """Hidden without any. ``changed`` carries the ids of the chosen ones, in their order here.

    Of many, only the chosen ones and the first are shown until more are asked for.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Centres = ()
        self._chosen: tuple[str, ...] = ()
        self._all = False
        self.chips: dict[str, QToolButton] = {}
        self._more = Button("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        column.addWidget(text_label(_("Buying centres"), "small"))
        room = QWidget()
        self._flow = FlowLayout(room, spacing=theme().px(Space.XS))
        column.addWidget(room)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(_("Buying centres"))
        self._more.clicked.connect(self._show_all)
        self._rebuild()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of those that are switched on."""
        return self._chosen

    def show_centres(self, offered: Centres, chosen: tuple[str, ...]) -> None:
        """Show the centres there are, and those that are chosen."""
        if offered != self._offered:
            self._offered, self._chosen = offered, chosen
            self._rebuild()
        elif chosen != self._chosen:
            self._chosen = chosen
            for centre, chip in self.chips.items():
                chip.setChecked(centre in chosen)

    def _show_all(self) -> None:
        self._all = True
        self._rebuild()

    def _rebuild(self) -> None:
        clear_layout(self._flow)
        self.chips = {}
        hidden = 0
        for at, (centre, name) in enumerate(self._offered):
            if self._all or at < _FEW or centre in self._chosen:
                self._add(centre, name)
            else:
                hidden += 1
        self._more.setText(ngettext("{n} more", "{n} more", hidden).format(n=hidden))
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(self._offered))

    def _add(self, centre: str, name: str) -> None:
        chip = QToolButton()
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        chip.setText(short.replace("&", "&&"))
        chip.setToolTip(plain_tip(name))
        chip.setAccessibleName(name)
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setChecked(centre in self._chosen)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(self._clicked)
        self.chips[centre] = chip
        self._flow.addWidget(chip)

    def _clicked(self) -> None:
        # What is chosen and not shown cannot be: chosen ones always are.
        self._chosen = tuple(centre for centre, chip in self.chips.items() if chip.isChecked())
        self.changed.emit(self._chosen)
