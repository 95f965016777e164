"""Our own side: who works with the accounts."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import TeamRole
from kam_desktop.services.formatting import date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.portfolio_facts import TeamRow, team
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import choices, word
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.settings.record_card import RecordCard
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.settings.team_member import MemberCard
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, make_action
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.fields import InlineChoice, InlineLine
from kam_desktop.ui.widgets.flow import FlowLayout
from kam_desktop.ui.widgets.quick_form import QuickForm


class TeamSection(Section):
    """Add, change and remove members, say which one is you and who has left."""

    name: ClassVar[str] = "team"
    icon: ClassVar[str] = "users"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._add = make_action(_("Add a team member"), self, icon_name="user-plus")
        self._me = make_action(_("This is me"), self, icon_name="user-round-check")
        self._remove = make_action(_("Remove the member"), self, icon_name="user-x")
        empty = EmptyState(
            "users",
            _("Your team is empty"),
            _("Add yourself and the colleagues who work with your accounts."),
            [self._add],
        )
        self.card = RecordCard(
            _("Our team"),
            _("Who looks after accounts and people on our side."),
            _columns(),
            key="team",
            widths=[140, 130, 140, 130, 90],
            empty=empty,
        )
        self.form = QuickForm(_("New team member"))
        self.member = InlineLine(_("Name"))
        self.role = InlineChoice(_("Role"))
        self.role.set_choices(choices(TeamRole))
        self.role.set_value(TeamRole.KAM.value)
        self.title = InlineLine(_("Title"))
        self.email = InlineLine(_("E-mail"))
        self.form.add_field("name", self.member, 2)
        self.form.add_field("role", self.role, 1)
        self.form.add_field("title", self.title, 2)
        self.form.add_field("email", self.email, 2)
        self.form.finish()
        self.form.hide()
        self.member_card = MemberCard(context)
        row = FlowLayout(spacing=theme().px(Space.S))
        for action in (self._add, self._me, self._remove):
            button = Button()
            row.addWidget(button)
            button.follow(action)
        self.card.body.addLayout(row)
        self.column.addWidget(self.form)
        self.column.addWidget(self.card, 1)
        self.column.addWidget(self.member_card)
        self._connect_signals()
        self._selected()

    @staticmethod
    def heading() -> str:
        return _("Our team")

    def _connect_signals(self) -> None:
        self._add.triggered.connect(self._open_form)
        self._me.triggered.connect(self._set_me)
        self._remove.triggered.connect(self._remove_selected)
        self.form.submitted.connect(self._submit)
        self.card.selection_changed.connect(self._selected)

    def load(self) -> None:
        self.context.lanes.read(self, team, on_done=self._show)

    def _show(self, rows: list[TeamRow]) -> None:
        self.card.show_rows(rows)
        self._selected()

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches("team_member", "team_contact"):
            self.load()

    def _open_form(self) -> None:
        self.form.open_form()

    def _selected(self) -> None:
        chosen = self.card.selected()
        some = bool(chosen)
        self.member_card.show_member(chosen[0] if len(chosen) == 1 else None)
        self._me.setEnabled(some)
        self._remove.setEnabled(some)

    def _submit(self) -> None:
        from kam_desktop.services.team import add_team_member

        self.context.operations.run(
            self,
            _("Add {name} to the team").format(name=self.member.value()),
            add_team_member,
            self.member.value(),
            fields={
                "role": self.role.value(),
                "title": self.title.value(),
                "email": self.email.value(),
            },
            on_done=self._added,
            on_error=self.form.refuse,
        )

    def _added(self, _id: str) -> None:
        self.form.clear()
        self.form.hide()

    def _set_me(self) -> None:
        from kam_desktop.services.team import update_team_member

        for row in self.card.selected()[:1]:
            self.context.operations.run(
                self, _("Say who you are"), update_team_member, row.id, fields={"is_me": True}
            )

    def _remove_selected(self) -> None:
        from kam_desktop.services.team import delete_team_member

        for row in self.card.selected()[:1]:
            label = _("Remove {name} from the team").format(name=row.name)
            self.context.operations.run(
                self, label, delete_team_member, row.id, on_done=self._say_removed
            )

    def _say_removed(self, _result: object) -> None:
        self.context.navigator.notify(
            _("The member is in the trash"),
            action_text=_("Undo"),
            action=self.context.operations.undo,
        )


def _columns() -> list[Column]:
    return [
        Column(_("Name"), _name),
        Column(_("Role"), _role),
        Column(_("Title"), _title),
        Column(_("E-mail"), _email),
        Column(_("Left on"), _left),
    ]


def _name(row: TeamRow) -> str:
    return _("{name} (you)").format(name=row.name) if row.is_me else row.name


def _role(row: TeamRow) -> str:
    return word(TeamRole(row.role))


def _title(row: TeamRow) -> str:
    return row.title


def _left(row: TeamRow) -> str:
    return "" if row.left_on is None else date(row.left_on)


def _email(row: TeamRow) -> str:
    return row.email
