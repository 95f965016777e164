"""Our side of the account: who works for it in which role, and whom they know there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import TeamRole
from kam_desktop.services.formatting import joined, number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.our_side import AccountTeam, OurMember, TeamPlace, account_team
from kam_desktop.services.words import choices, word
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    IconButton,
    InlineChoice,
    text_label,
)

_NAMES = 3
"""So many names of people are said."""


class OurTeamCard(Card):
    """A line for each place in the team, what others of ours know, and a line to add somebody."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Our team here"), parent=parent)
        self._context = context
        self._account_id = ""
        self._lines: dict[str, PlaceLine] = {}
        self._nothing = text_label(
            _("Who of ours works for this account, and who sponsors it."), "hint", wrap=True
        )
        self.add(self._nothing)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.S))
        self.body.addLayout(self._column)
        self._others = text_label("", "small", wrap=True)
        self._known = text_label("", "small", wrap=True)
        self.add(self._others)
        self.add(self._known)
        self.member = _choice(_("Somebody of ours"))
        self.role = _choice(_("Role here"))
        self.role.set_choices(list(choices(TeamRole)))
        self.role.set_value(TeamRole.KAM.value)
        self.add_button = Button(_("Add"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.member, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.role, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._roles: dict[str, str] = {}
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.member.committed.connect(self._propose_role)
        self.add_button.clicked.connect(self._add)

    def load(self, account_id: str) -> None:
        """Read our side of an account."""
        if account_id != self._account_id:
            self._account_id = account_id
            self.member.revert()
        self._context.lanes.read(
            self, account_team, account_id,
            options={"on": self._context.clock.today()}, on_done=self.show_team,
        )  # fmt: skip

    def show_team(self, team: AccountTeam) -> None:
        """Show our side; drafts stay."""
        if team.ours.account_id != self._account_id:
            return
        members = team.ours.members
        places = [(member, place) for member in members for place in member.places]
        self._show_lines(places, team)
        here = [member for member in members if member.left_on is None]
        self._roles = {member.id: member.role for member in here}
        self.member.set_choices([(None, _("Choose a colleague")), *((m.id, m.name) for m in here)])
        self.add_button.setEnabled(bool(here))
        self._nothing.setVisible(not places)
        sponsored = any(m.is_sponsor and m.left_on is None for m in members)
        missing = [(_("No executive sponsor"), State.WARN)]
        self.set_pills(missing if places and not sponsored else [])
        self._say_others([m for m in here if not m.places], team)

    def _show_lines(self, places: Sequence[tuple[OurMember, TeamPlace]], team: AccountTeam) -> None:
        for place_id in self._lines.keys() - {place.id for _member, place in places}:
            line = self._lines.pop(place_id)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for at, (member, place) in enumerate(places):
            line = self._lines.get(place.id) or self._new_line(place.id)
            self._column.insertWidget(at, line)
            line.show_place(member, place, team.known.get(member.id, ()))

    def _new_line(self, place_id: str) -> PlaceLine:
        line = PlaceLine(place_id)
        line.changed.connect(self._change)
        line.removed.connect(self._remove)
        self._lines[place_id] = line
        return line

    def _say_others(self, others: Sequence[OurMember], team: AccountTeam) -> None:
        named = [
            _("{member} ({count})").format(
                member=member.name, count=number(len(team.known[member.id]))
            )
            for member in others
            if team.known.get(member.id)
        ]
        self._others.setText(_("Also know people here: {names}").format(names=", ".join(named)))
        self._others.setVisible(bool(named))
        text = ngettext(
            "{unknown} of {count} person is known by nobody of ours.",
            "{unknown} of {count} people are known by nobody of ours.",
            team.people,
        )
        self._known.setText(text.format(unknown=number(team.unknown), count=number(team.people)))
        self._known.setVisible(bool(team.unknown and team.ours.members))

    def line(self, place_id: str) -> PlaceLine:
        """The line of a place in the team."""
        return self._lines[place_id]

    # Changing

    def _propose_role(self, member_id: str | None) -> None:
        if member_id is not None:
            self.role.set_value(self._roles.get(member_id))

    def _add(self) -> None:
        from kam_desktop.services.our_side import add_to_account_team

        member_id, role = self.member.value(), self.role.value()
        if not self._account_id or member_id is None:
            self.member.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._context.operations.run(
            self, _("Add to the account's team"), add_to_account_team,
            self._account_id, member_id, role, on_done=self._added, on_error=self.member.refuse,
        )  # fmt: skip

    def _added(self, _place_id: str) -> None:
        self.member.revert()

    def _change(self, place_id: str, role: str) -> None:
        from kam_desktop.services.our_side import set_role_on_team

        self._context.operations.run(
            self, _("Change a role in the account's team"), set_role_on_team, place_id, role,
            on_error=self._lines[place_id].role.refuse,
        )  # fmt: skip

    def _remove(self, place_id: str) -> None:
        from kam_desktop.services.our_side import remove_from_account_team

        self._context.operations.run(
            self, _("Take off the account's team"), remove_from_account_team, place_id
        )


class PlaceLine(QWidget):
    """One of ours and their role here. ``changed`` carries id and role, ``removed`` the id."""

    changed = Signal(str, str)
    removed = Signal(str)

    def __init__(self, place_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = place_id
        self._name = ElidedLabel("", "strong")
        self._knows = ElidedLabel("", "small")
        self.role = _choice(_("Role here"))
        self.role.set_choices(list(choices(TeamRole)))
        self.remove = IconButton("x", _("Take off the team"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._knows)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addLayout(words, 3)
        row.addWidget(self.role, 2, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self.role.committed.connect(self._changed)
        self.remove.clicked.connect(self._removed)

    def show_place(self, member: OurMember, place: TeamPlace, known: Sequence[str]) -> None:
        """Show who it is, what they do here and whom they know."""
        left = _("left") if member.left_on is not None else ""
        name = _("{name} (you)").format(name=member.name) if member.is_me else member.name
        self._name.setText(joined((name, member.title, left)))
        self._knows.setText(knows_text(known))
        self.role.set_value(place.role)
        words = {"name": member.name, "role": word(TeamRole(place.role))}
        self.remove.setAccessibleName(_("Take {name} off the team").format(**words))
        self.role.setAccessibleName(_("Role of {name} here").format(**words))

    def _changed(self, role: str) -> None:
        self.changed.emit(self._id, role)

    def _removed(self) -> None:
        self.removed.emit(self._id)


def _choice(label: str) -> InlineChoice:
    """A list of choices that gives way where there is no room for its longest word."""
    made = InlineChoice(label, show_label=False)
    made.combo.setMinimumContentsLength(4)
    made.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def knows_text(names: Sequence[str]) -> str:
    """Whom one of ours knows, the count first, since names may be cut: “Knows 8: Elena, Ben …”."""
    if not names:
        return _("Knows nobody here yet, as far as is noted")
    shown = ", ".join(names[:_NAMES]) + (" …" if len(names) > _NAMES else "")
    return _("Knows {count}: {names}").format(count=number(len(names)), names=shown)
