"""The current cell of the matrix in words, with a field for a note."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.contact_matrix import CellSpec, ColumnSpec, RowSpec, describe_cell
from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, InlineLine


class CellStrip(QWidget):
    """Below the table. The note is kept when its editing is finished."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pair = ("", "")
        self.words = ElidedLabel("", "secondary")
        self.note = InlineLine(_("Note about this contact"), show_label=False)
        self.note.set_placeholder(_("Note about this contact"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.M))
        row.addWidget(self.words, 3)
        row.addWidget(self.note, 2)
        self.note.committed.connect(self._save)

    def show_cell(
        self, row: RowSpec, column: ColumnSpec, cell: CellSpec, *, read_only: bool
    ) -> None:
        """Show a cell; a note that was typed goes to the cell it was for."""
        another = (cell.person_id, cell.member_id) != self._pair
        if another:
            self.note.commit()
            self._pair = (cell.person_id, cell.member_id)
        lines = describe_cell(row, column, cell).split("\n")
        self.words.setText(" · ".join(line for line in lines if line != cell.contact.note))
        self.note.set_value(cell.contact.note)
        if another:
            self.note.revert()
        self.note.setEnabled(cell.state is not None and not read_only)

    def commit_drafts(self) -> None:
        """Keep what was typed."""
        self.note.commit()

    def _save(self, note: str) -> None:
        from kam_desktop.services.our_side import note_contact

        person_id, member_id = self._pair
        self._context.operations.run(
            self, _("Note about a contact"), note_contact, person_id, member_id, note,
            on_error=self.note.refuse, coalesce=f"contact-note:{person_id}:{member_id}",
        )  # fmt: skip
