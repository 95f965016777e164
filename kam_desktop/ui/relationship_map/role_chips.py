"""Decision roles as chips to switch on and off, for the whole account or one buying centre."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services import words
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import PersonDetail
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout, QuietCombo, text_label

Roles = list[tuple[str, str | None]]


class RoleChips(QWidget):
    """``changed`` carries all roles of the person as ``[(role, buying centre or None)]``."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Roles in the decision"))
        self._held: Roles = []
        self._centres: list[str | None] = [None]
        self._places: dict[str | None, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        self._scope = QuietCombo()
        self._scope.setAccessibleName(_("Roles apply to"))
        chips = QWidget()
        flow = FlowLayout(chips, spacing=theme().px(Space.XS))
        self.chips: dict[str, QToolButton] = {}
        for role in DecisionRole:
            chip = QToolButton()
            chip.setText(words.word(role))
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setProperty("role_value", role.value)
            self.chips[role.value] = chip
            flow.addWidget(chip)
        self._elsewhere = text_label("", "hint", wrap=True)
        self._elsewhere.hide()
        column.addWidget(self._scope)
        column.addWidget(chips)
        column.addWidget(self._elsewhere)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._scope.activated.connect(self._scope_chosen)
        for chip in self.chips.values():
            chip.toggled.connect(self._toggled)

    def show_detail(self, detail: PersonDetail) -> None:
        """Show the roles of a person."""
        self._held = [(held.role, held.buying_centre_id or None) for held in detail.roles]
        scope = self._centre
        self._centres = [None, *(centre for centre, _name in detail.buying_centres)]
        self._places = {None: _("whole account"), **dict(detail.buying_centres)}
        self._scope.clear()
        self._scope.addItem(_("In the whole account"))
        for _centre, name in detail.buying_centres:
            self._scope.addItem(_("In {buying_centre}").format(buying_centre=name))
        self._scope.setCurrentIndex(self._centres.index(scope) if scope in self._centres else 0)
        self._scope.setVisible(len(self._centres) > 1)
        self._show_scope()

    @property
    def _centre(self) -> str | None:
        at = self._scope.currentIndex()
        return self._centres[at] if 0 <= at < len(self._centres) else None

    def _scope_chosen(self, _index: int) -> None:
        self._show_scope()

    def _show_scope(self) -> None:
        for role, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked((role, self._centre) in self._held)
            chip.blockSignals(False)
        elsewhere = [
            _("{role} ({place})").format(
                role=words.word(DecisionRole(role)), place=isolate(self._places.get(centre, ""))
            )
            for role, centre in self._held
            if centre != self._centre
        ]
        text = _("Elsewhere: {roles}").format(roles=", ".join(elsewhere))
        self._elsewhere.setText(text if elsewhere else "")
        self._elsewhere.setVisible(bool(elsewhere))

    def _toggled(self, _checked: bool) -> None:
        others = [held for held in self._held if held[1] != self._centre]
        mine = [(role, self._centre) for role, chip in self.chips.items() if chip.isChecked()]
        self._held = [*others, *mine]
        self.changed.emit(list(self._held))
