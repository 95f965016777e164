"""A person's ties in words, each with a way to go there, turn it round or remove it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import DIRECTED_TIES, ClaimSource, TieKind
from kam_desktop.services import words
from kam_desktop.services.formatting import date, isolate, joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import PersonTie
from kam_desktop.ui.relationship_map.tie_fields import TieFields, strength_text
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, IconButton, clear_layout, text_label


def tie_words(tie: PersonTie) -> str:
    """A tie as seen from one person, e.g. “reports to Ben”, “Cem reports here”."""
    other = isolate(tie.other_name or _("vacant: {title}").format(title=tie.other_title))
    kind = TieKind(tie.kind)
    if tie.outgoing or kind not in DIRECTED_TIES:
        text = f"{words.word(kind)} {other}"
    elif kind is TieKind.REPORTS_TO:
        text = _("{name} reports here").format(name=other)
    else:
        text = _("{name} has influence here").format(name=other)
    matrix = kind is TieKind.REPORTS_TO and not tie.solid
    return _("{tie} (matrix line)").format(tie=text) if matrix else text


def tie_note(tie: PersonTie) -> str:
    """The quiet second line: where the other one is, how strong the tie is, what was noted."""
    strength = "" if tie.strength is None else strength_text(tie.strength)
    source = "" if tie.source is None else words.word(ClaimSource(tie.source))
    day = "" if tie.on is None else date(tie.on)
    return joined([tie.other_account, strength, source, day, " ".join(tie.note.split())])


class TieList(QWidget):
    """Each tie with its tools; its fields open below it, one tie at a time.

    ``delete_wanted`` and ``turn_wanted`` carry a tie's id, ``person_wanted`` a person's.
    """

    delete_wanted = Signal(str)
    turn_wanted = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PersonTie, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(Space.XS))
        self.fields = TieFields(context, self)
        self.fields.hide()

    def show_ties(self, ties: tuple[PersonTie, ...]) -> None:
        """Show these ties."""
        if ties == self._shown:
            return
        self._shown = ties
        self._column.removeWidget(self.fields)
        clear_layout(self._column)
        if not ties:
            self._column.addWidget(text_label(_("No ties noted yet."), "hint"))
        for tie in ties:
            row = self._row(tie)
            self._column.addWidget(row)
            row.show()
        self._place_fields()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        self.fields.commit_drafts()

    def _row(self, tie: PersonTie) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(Space.XS))
        text = tie_words(tie)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ElidedLabel(text))
        if note := tie_note(tie):
            said.addWidget(ElidedLabel(note, "small"))
        line.addLayout(said, 1)
        tools = [
            ("locate", _("Go to this person"), "person", tie.other_id),
            ("pencil", _("Edit tie"), "edit", tie.id),
        ]
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
        target, what = str(button.property("target")), str(button.property("what"))
        if what == "edit":
            self.edit(target)
            return
        wanted = {
            "person": self.person_wanted,
            "turn": self.turn_wanted,
            "delete": self.delete_wanted,
        }
        wanted[what].emit(target)

    def edit(self, tie_id: str) -> None:
        """Open the fields of a tie below it, or close them when they are open."""
        closing = not self.fields.isHidden() and self.fields.tie_id == tie_id
        self.fields.commit_drafts()
        self.fields.hide()
        if not closing:
            self._show_fields(tie_id)
            self.fields.strength.setFocus()

    def _show_fields(self, tie_id: str) -> None:
        for at, tie in enumerate(self._shown or ()):
            if tie.id == tie_id:
                self.fields.show_tie(tie)
                self._column.removeWidget(self.fields)
                self._column.insertWidget(at + 1, self.fields)
                self.fields.show()

    def _place_fields(self) -> None:
        if not self.fields.isHidden():
            known = {tie.id for tie in self._shown or ()}
            if self.fields.tie_id in known:
                self._show_fields(self.fields.tie_id)
            else:
                self.fields.hide()
