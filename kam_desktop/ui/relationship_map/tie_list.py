"""A person's ties in words, each with a way to go there, turn it round or remove it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import DIRECTED_TIES, TieKind
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_map import PersonTie
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, IconButton, clear_layout, text_label


def tie_words(tie: PersonTie) -> str:
    """A tie as seen from one person, e.g. “reports to Ben”, “Cem reports here”."""
    other = tie.other_name or _("vacant: {title}").format(title=tie.other_title)
    kind = TieKind(tie.kind)
    if tie.outgoing or kind not in DIRECTED_TIES:
        text = f"{words.word(kind)} {other}"
    elif kind is TieKind.REPORTS_TO:
        text = _("{name} reports here").format(name=other)
    else:
        text = _("{name} has influence here").format(name=other)
    matrix = kind is TieKind.REPORTS_TO and not tie.solid
    return _("{tie} (matrix line)").format(tie=text) if matrix else text


class TieList(QWidget):
    """``delete_wanted`` and ``turn_wanted`` carry a tie's id, ``person_wanted`` a person's."""

    delete_wanted = Signal(str)
    turn_wanted = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PersonTie, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(Space.XS))

    def show_ties(self, ties: tuple[PersonTie, ...]) -> None:
        """Show these ties."""
        if ties == self._shown:
            return
        self._shown = ties
        clear_layout(self._column)
        if not ties:
            self._column.addWidget(text_label(_("No ties noted yet."), "hint"))
        for tie in ties:
            self._column.addWidget(self._row(tie))

    def _row(self, tie: PersonTie) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(Space.XS))
        text = tie_words(tie)
        line.addWidget(ElidedLabel(text), 1)
        tools = [("locate", _("Go to this person"), "person", tie.other_id)]
        if tie.kind in {kind.value for kind in DIRECTED_TIES}:
            tools.append(("refresh-cw", _("Turn round"), "turn", tie.id))
        tools.append(("x", _("Remove tie"), "delete", tie.id))
        for icon_name, name, what, target in tools:
            button = IconButton(icon_name, f"{name}: {text}")
            button.setToolTip(name)
            button.setProperty("what", what)
            button.setProperty("target", target)
            button.clicked.connect(self._clicked)
            line.addWidget(button)
        return row

    def _clicked(self) -> None:
        button = self.sender()
        target = str(button.property("target"))
        wanted = {
            "person": self.person_wanted,
            "turn": self.turn_wanted,
            "delete": self.delete_wanted,
        }
        wanted[str(button.property("what"))].emit(target)
