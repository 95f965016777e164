"""What is kept about one item of a checklist beside its text, edited above the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.meetings import ChecklistRow
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import InlineChoice, InlineEditor, InlineLine, text_label

_USUAL_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90)


class ItemFields(QWidget):
    """Who prepares the item, when it is due, and what shows that it is done."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.item_id = ""
        self._row: ChecklistRow | None = None
        self._team: list[Choice] = []
        self._about = text_label("", "strong", wrap=True)
        self.owner = InlineChoice(_("Who prepares it"))
        self.days = InlineChoice(_("Due before the meeting"))
        self.evidence = InlineLine(_("What shows that it is done"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, theme().px(Space.S))
        grid.setHorizontalSpacing(theme().px(Space.S))
        grid.setVerticalSpacing(theme().px(Space.S))
        grid.addWidget(self._about, 0, 0, 1, 2)
        grid.addWidget(self.owner, 1, 0)
        grid.addWidget(self.days, 1, 1)
        grid.addWidget(self.evidence, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.hide()
        for editor in (self.owner, self.days, self.evidence):
            editor.committed.connect(self._commit)

    def edit(self, row: ChecklistRow) -> None:
        """Open on an item."""
        self.show_row(row)
        self.show()
        self.owner.setFocus()
        self._context.lanes.read(self, choices.team, "", on_done=self._show_team)

    def show_row(self, row: ChecklistRow) -> None:
        """Show an item; drafts about the one shown before are kept first."""
        another = row.id != self.item_id
        if another:
            self.commit_drafts()
            self.item_id = row.id
        self._row = row
        self._about.setText(row.text)
        usual = _("A document, a message, a number")
        self.evidence.set_placeholder(row.evidence_wanted or usual)
        self._offer()
        shown = ((self.owner, row.owner_id), (self.days, row.days_before))
        for editor, value in (*shown, (self.evidence, row.evidence)):
            if another:
                editor.revert()
            editor.set_value(value)

    def close_fields(self) -> None:
        """Keep what was typed and go away."""
        self.commit_drafts()
        self.item_id = ""
        self.hide()

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        if self.item_id:
            for editor in (self.owner, self.days, self.evidence):
                editor.commit()

    def _show_team(self, team: list[Choice]) -> None:
        self._team = team
        if self._row is not None:
            self.show_row(self._row)

    def _offer(self) -> None:
        row = self._row
        if row is None:
            return
        people = {choice.id: choice.title for choice in self._team}
        if row.owner_id is not None:
            people.setdefault(row.owner_id, row.owner_name)
        self.owner.set_choices([(None, _("Nobody yet")), *people.items()])
        days = sorted({*_USUAL_DAYS, row.days_before})
        self.days.set_choices([(count, _days_text(count)) for count in days])

    def _commit(self, value: object) -> None:
        editor = self.sender()
        if not self.item_id or not isinstance(editor, InlineEditor):
            return
        uses: dict[InlineEditor, tuple[str, Callable[..., object]]] = {
            self.owner: (_("Say who prepares an item"), changes.set_item_owner),
            self.days: (_("Change when an item is due"), changes.set_item_days),
            self.evidence: (_("Note what shows an item"), changes.set_item_evidence),
        }
        label, use_case = uses[editor]
        self._context.operations.run(
            self, label, use_case, self.item_id, value, on_error=editor.refuse
        )


def _days_text(days: int) -> str:
    if days == 0:
        return _("on the day")
    return ngettext("{n} day before", "{n} days before", days).format(n=days)
