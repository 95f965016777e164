"""What was said and seen about one field of a person, newest first, and a way to add to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.claim_words import source_words, value_words
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.claims import ClaimRow, Judged
from kam_desktop.ui.relationship_map.judgement.claim_form import ClaimForm
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, ElidedLabel, IconButton, clear_layout, text_label


class ClaimPanel(QFrame):
    """``closed`` by Escape. The form opens in place of the button that asks for it."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id = ""
        self._judged: Judged | None = None
        self.setProperty("card", "sunken")
        self.setAccessibleName(_("Where this comes from"))
        px = theme().px
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(Space.M))
        self.add = Button(_("Add what was seen or said"), "quiet", icon_name="plus")
        self.form = ClaimForm(context, self)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.S))
        column.setSpacing(px(Space.S))
        column.addLayout(self._rows)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)
        self.add.clicked.connect(self.ask)
        self.form.finished.connect(self._close_form)

    @property
    def field(self) -> ClaimField | None:
        """Whose claims are shown."""
        return None if self._judged is None else self._judged.field

    def show_judged(self, person_id: str, judged: Judged) -> None:
        """Show the claims of one field of a person; a form that is open for it stays."""
        if person_id != self._person_id or judged.field is not self.field:
            self._close_form()
        if (person_id, judged) == (self._person_id, self._judged):
            return
        self._person_id, self._judged = person_id, judged
        clear_layout(self._rows)
        if not judged.claims:
            hint = _("Nobody has noted yet where this comes from.")
            self._rows.addWidget(text_label(hint, "hint", wrap=True))
        for claim in judged.claims:
            row = self._row(claim)
            self._rows.addWidget(row)
            row.show()

    def ask(self) -> None:
        """Ask for a new claim."""
        self._open_form(None)

    def _row(self, claim: ClaimRow) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(Space.XS))
        value = value_words(claim.field, claim.value)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ElidedLabel(value, "strong" if claim.believed else "body"))
        said.addWidget(text_label(source_words(claim), "small", wrap=True))
        if claim.note:
            said.addWidget(ElidedLabel(" ".join(claim.note.split()), "hint"))
        line.addLayout(said, 1)
        for icon_name, name, slot in (
            ("pencil", _("Correct"), self._edit),
            ("x", _("Take back"), self._take_back),
        ):
            button = IconButton(icon_name, f"{name}: {value}, {source_words(claim)}")
            button.setToolTip(name)
            button.setProperty("claim", claim.id)
            button.clicked.connect(slot)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _claim(self) -> ClaimRow | None:
        wanted = str(self.sender().property("claim"))
        claims = () if self._judged is None else self._judged.claims
        return next((claim for claim in claims if claim.id == wanted), None)

    def _edit(self) -> None:
        if (claim := self._claim()) is not None:
            self._open_form(claim)

    def _take_back(self) -> None:
        from kam_desktop.services.claims import delete_claim

        if (claim := self._claim()) is not None:
            value = value_words(claim.field, claim.value)
            label = _("Take back: {value}").format(value=value)
            self._context.operations.run(self, label, delete_claim, claim.id)

    def _open_form(self, claim: ClaimRow | None) -> None:
        if self._judged is not None:
            self.add.hide()
            self.form.show()
            self.form.start(self._person_id, self._judged.field, claim)

    def _close_form(self) -> None:
        had_focus = self.form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.form.hide()
        self.add.show()
        if had_focus:
            self.add.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            event.accept()
            return
        super().keyPressEvent(event)
