"""One of ours in full, each field edited in place, and what would leave with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from kam_desktop.models.vocabulary import TeamRole
from kam_desktop.services.formatting import isolate, number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.our_side import OnlyContact, known_only_by
from kam_desktop.services.queries.portfolio_facts import TeamRow
from kam_desktop.services.words import choices
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Card,
    InlineChoice,
    InlineDate,
    InlineEditor,
    InlineLine,
    text_label,
)

_SHOWN = 8
_COLUMNS = 2


class MemberCard(Card):
    """Shows the member that is selected in the list; hidden while none is."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Member"), parent=parent)
        self._context = context
        self._member_id = ""
        role = InlineChoice(_("Role"))
        role.set_choices(list(choices(TeamRole)))
        self.fields: dict[str, InlineEditor] = {
            "name": InlineLine(_("Name")),
            "role": role,
            "title": InlineLine(_("Title")),
            "email": InlineLine(_("E-mail")),
            "phone": InlineLine(_("Phone")),
            "left_on": InlineDate(_("Left on"), today=context.clock.today()),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.M))
        grid.setVerticalSpacing(theme().px(Space.S))
        for at, (name, editor) in enumerate(self.fields.items()):
            editor.setProperty("field", name)
            editor.committed.connect(self._commit)
            grid.addWidget(editor, at // _COLUMNS, at % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self._alone = text_label("", "secondary", wrap=True)
        self.add(self._alone)
        self.hide()

    def show_member(self, row: TeamRow | None) -> None:
        """Show a member; typed text goes to the one it was for."""
        another = row is None or row.id != self._member_id
        if another:
            self.commit_drafts()
        self._member_id = "" if row is None else row.id
        self.setVisible(row is not None)
        if row is None:
            return
        self.set_title(row.name)
        for name, editor in self.fields.items():
            editor.set_value(getattr(row, name))
            if another:
                editor.revert()
        self._context.lanes.read(self, known_only_by, row.id, on_done=self._say_alone)

    def commit_drafts(self) -> None:
        """Keep what was typed."""
        for editor in self.fields.values():
            if self._member_id:
                editor.commit()

    def _commit(self, value: Any) -> None:
        editor = self.sender()
        if not isinstance(editor, InlineEditor) or not self._member_id:
            return
        name = str(editor.property("field"))
        self._context.operations.run(
            self, _("Change a team member"), _update, self._member_id, name, value,
            on_error=editor.refuse, coalesce=f"team_member:{self._member_id}:{name}",
        )  # fmt: skip

    def _say_alone(self, people: Sequence[OnlyContact]) -> None:
        named = [
            _("{person} ({account})").format(
                person=isolate(each.name), account=isolate(each.account_name)
            )
            for each in people[:_SHOWN]
        ]
        rest = len(people) - len(named)
        names = ", ".join(named) + (f" +{number(rest)}" if rest else "")
        text = ngettext(
            "{count} person is known to nobody else of ours: {names}",
            "{count} people are known to nobody else of ours: {names}",
            len(people),
        )
        self._alone.setText(text.format(count=number(len(people)), names=names))
        self._alone.setVisible(bool(people))


def _update(work: Any, member_id: str, field: str, value: object) -> None:
    from kam_desktop.services.team import update_team_member

    update_team_member(work, member_id, **{field: value})
