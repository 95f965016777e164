"""Who comes, on both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Side, TeamRole
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.meetings import AttendeeRow, MeetingDetail
from kam_desktop.services.words import word
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.meetings import changes, meeting_changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.support_marks import support_mark
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Card,
    IconButton,
    InlineLine,
    clear_layout,
    plain_tip,
    text_label,
)

_INDENT = 9


def display_name(row: AttendeeRow) -> str:
    """A person's name, or what is said of a vacant seat."""
    return row.name or _("(vacant)")


def role_text(row: AttendeeRow) -> str:
    """Title and decision roles, or the role in our team."""
    if row.side is Side.OURS:
        return word(TeamRole(row.title))
    roles = [word(role) for role in row.roles] or [_("role unknown")]
    return joined((row.title, ", ".join(roles)))


class AttendeesCard(Card):
    """People can be added by typing and taken off. ``person_wanted`` carries a person's id."""

    person_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Who comes"), parent=parent)
        self._context = context
        self._meeting_id = ""
        self._shown: tuple[AttendeeRow, ...] | None = None
        self._lines: list[_AttendeeLine] = []
        px = theme().px
        self._theirs, self._ours = QVBoxLayout(), QVBoxLayout()
        for column in (self._theirs, self._ours):
            column.setSpacing(px(Space.S))
        self._add_theirs = RecordPicker(
            context, choices.people_of, _("Add one of theirs"), clears=True
        )
        self._add_ours = RecordPicker(context, choices.team, _("Add one of ours"), clears=True)
        self.body.addWidget(text_label(_("Theirs"), "small"))
        self.body.addLayout(self._theirs)
        self.body.addWidget(self._add_theirs)
        self.body.addSpacing(px(Space.XS))
        self.body.addWidget(text_label(_("Ours"), "small"))
        self.body.addLayout(self._ours)
        self.body.addWidget(self._add_ours)
        self._add_theirs.picked.connect(self._add_person)
        self._add_ours.picked.connect(self._add_team_member)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show the attendees of a meeting."""
        self._meeting_id = detail.row.id
        self._add_theirs.ask_with(detail.row.account_id)
        if detail.attendees == self._shown:
            return
        if self._same_people(detail.attendees):
            # Only what somebody does here changed: the editors stay, with the keyboard in them.
            self._shown = detail.attendees
            for line, row in zip(self._lines, self._in_order(), strict=True):
                line.show_part(row)
            return
        self._shown = detail.attendees
        self._lines = []
        theirs = [row for row in detail.attendees if row.side is Side.THEIRS]
        self._fill(self._theirs, theirs)
        self._fill(self._ours, [row for row in detail.attendees if row.side is Side.OURS])
        self.set_subtitle(_gaps(theirs))

    def _same_people(self, rows: tuple[AttendeeRow, ...]) -> bool:
        bare = [replace(row, part="") for row in rows]
        return bare == [replace(row, part="") for row in self._shown or ()] and bool(bare)

    def _in_order(self) -> list[AttendeeRow]:
        rows = self._shown or ()
        return sorted(rows, key=_is_ours)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        for line in self._lines:
            line.part.commit()

    def focus_adding(self) -> None:
        """Put the keyboard where a stakeholder is added."""
        self._add_theirs.setFocus()

    def _fill(self, column: QVBoxLayout, rows: Iterable[AttendeeRow]) -> None:
        clear_layout(column)
        for row in rows:
            line = _AttendeeLine(row)
            line.removed.connect(self._remove)
            line.opened.connect(self.person_wanted)
            line.part_wanted.connect(self._set_part)
            column.addWidget(line)
            self._lines.append(line)

    def _add_person(self, choice: Choice) -> None:
        self._context.operations.run(
            self, _("Add an attendee"), changes.add_person, self._meeting_id, choice.id
        )

    def _add_team_member(self, choice: Choice) -> None:
        self._context.operations.run(
            self, _("Add an attendee"), changes.add_team_member, self._meeting_id, choice.id
        )

    def _set_part(self, attendee_id: str, part: str) -> None:
        self._context.operations.run(
            self, _("Say what somebody does at a meeting"), meeting_changes.set_part,
            attendee_id, part,
        )  # fmt: skip

    def _remove(self, attendee_id: str) -> None:
        self._context.operations.run(
            self, _("Take an attendee off"), changes.remove_attendee, attendee_id
        )


def _is_ours(row: AttendeeRow) -> bool:
    return row.side is Side.OURS


def _gaps(theirs: list[AttendeeRow]) -> str:
    if not theirs:
        return _("Nobody of theirs is on the list yet.")
    unknown = sum(row.support is None for row in theirs)
    roleless = sum(not row.roles for row in theirs)
    gaps = []
    if unknown:
        text = ngettext("{n} position unknown", "{n} positions unknown", unknown)
        gaps.append(text.format(n=unknown))
    if roleless:
        text = ngettext("{n} without a role", "{n} without a role", roleless)
        gaps.append(text.format(n=roleless))
    return " · ".join(gaps) or _("Everybody's role and position is known.")


class _AttendeeLine(QWidget):
    """One attendee. ``opened`` carries the person's id, ``removed`` the attendee's, ``part_wanted``
    (attendee's id, what they do here)."""

    opened = Signal(str)
    removed = Signal(str)
    part_wanted = Signal(str, str)

    def __init__(self, row: AttendeeRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        px = theme().px
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(Space.XS))
        if row.side is Side.THEIRS:
            mark = support_mark(row.support)
            symbol = text_label(mark.symbol, "strong")
            symbol.setProperty("tone", str(mark.state))
            symbol.setFixedWidth(px(28))
            symbol.setToolTip(plain_tip(mark.word))
            symbol.setAccessibleName(mark.word)
            line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, role in ((display_name(row), "strong"), (role_text(row), "small")):
            label = text_label(text, role, wrap=True)
            # In line with the text of the field below.
            label.setIndent(px(_INDENT))
            words.addWidget(label)
        self.part = InlineLine(
            _("What {name} does at the meeting").format(name=display_name(row)), show_label=False
        )
        self.part.set_placeholder(_("Part in this meeting"))
        self.part.set_quiet()
        self.part.committed.connect(self._commit_part)
        words.addWidget(self.part)
        self.show_part(row)
        line.addLayout(words, 1)
        if row.person_id is not None:
            go = IconButton("arrow-up-right", _("Show {name} on the map").format(name=row.name))
            go.clicked.connect(self._open)
            line.addWidget(_at_full_size(go), 0, Qt.AlignmentFlag.AlignTop)
        remove = IconButton("x", _("Take {name} off").format(name=display_name(row)))
        remove.clicked.connect(self._remove)
        line.addWidget(_at_full_size(remove), 0, Qt.AlignmentFlag.AlignTop)

    def show_part(self, row: AttendeeRow) -> None:
        """Show what they do here."""
        self._row = row
        self.part.set_value(row.part)

    def _commit_part(self, part: object) -> None:
        self.part_wanted.emit(self._row.id, str(part))

    def _open(self) -> None:
        if self._row.person_id is not None:
            self.opened.emit(self._row.person_id)

    def _remove(self) -> None:
        self.removed.emit(self._row.id)


def _at_full_size(button: IconButton) -> IconButton:
    # A layout that has not yet got the room it asked for squeezes its widgets for a moment, and Qt
    # cannot paint a button of three pixels.
    button.ensurePolished()
    button.setMinimumSize(button.sizeHint())
    return button
