"""The coverage matrix: our team across, their people down, how well each knows each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam_desktop.models.vocabulary import TeamContactState, TeamRole
from kam_desktop.services.analysis.strength import is_thread
from kam_desktop.services.formatting import date, isolate, joined, number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_scene import describe, display_name
from kam_desktop.services.queries.our_side import Contact, OurMember, OurSide
from kam_desktop.services.queries.relationship_map import MapData, PersonCard
from kam_desktop.services.words import word

ENOUGH_TOUCHES = 3
"""So many touches that still count suggest a good contact, fewer that somebody works on it (our
own default)."""


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One of ours and one of theirs. ``suggestion`` is a state the touches speak for, to be
    confirmed; there is none where somebody has judged."""

    person_id: str
    member_id: str
    contact: Contact
    suggestion: str | None

    @property
    def state(self) -> str | None:
        return self.contact.state


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One of their people. ``known_by`` counts those of ours who know them or work on it."""

    id: str
    name: str
    title: str
    support: int | None
    influence: int | None
    left: bool
    known_by: int
    description: str
    cells: tuple[CellSpec, ...]

    @property
    def known_by_nobody(self) -> bool:
        return self.known_by == 0 and not self.left


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One of ours. ``only`` counts people whom nobody else of ours (who is still here) knows."""

    id: str
    name: str
    role: str
    left: bool
    states: dict[str, int]
    only: int
    description: str


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """The people of one buying centre, the most influential first."""

    title: str
    rows: tuple[RowSpec, ...]


@dataclass(frozen=True, slots=True)
class MatrixScene:
    """All there is to draw. ``unknown`` of the ``people`` are known by nobody."""

    groups: tuple[GroupSpec, ...] = ()
    columns: tuple[ColumnSpec, ...] = ()
    unknown: int = 0
    people: int = 0

    @property
    def rows(self) -> tuple[RowSpec, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def build_matrix(
    ours: OurSide, data: MapData, *, unknown_only: bool = False, everybody: bool = False
) -> MatrixScene:
    """The matrix of an account's own people; vacant seats can be known by nobody and are left out.

    With ``unknown_only`` just the people nobody of ours knows. Of ours, those who have to do with
    the account, or ``everybody``.
    """
    people = [card for card in data.people if not card.account_name and not card.vacant]
    members = [member for member in ours.members if everybody or member.is_here] or ours.members
    here = {member.id for member in ours.members if member.left_on is None}
    rows = {card.id: _row(card, members, here, ours, data) for card in people}
    only = _only_contacts(ours, people, here)
    shown = [card for card in people if not unknown_only or rows[card.id].known_by_nobody]
    return MatrixScene(
        _groups(shown, rows, data),
        tuple(_column(member, ours, people, only.count(member.id)) for member in members),
        sum(row.known_by_nobody for row in rows.values()),
        len(people),
    )


def suggested_state(contact: Contact) -> str | None:
    """What the touches of a cell speak for while nobody has judged it."""
    if contact.state is not None or not contact.touches:
        return None
    if contact.touches >= ENOUGH_TOUCHES and is_thread(contact.strength):
        return TeamContactState.GOOD.value
    return TeamContactState.WORKING.value


def state_letter(state: str | None) -> str:
    """The letter of a state, for those who see no colours; translated with its word."""
    return {
        TeamContactState.GOOD.value: _("G"),
        TeamContactState.WORKING.value: _("W"),
        TeamContactState.BAD.value: _("B"),
        TeamContactState.NONE.value: _("N"),
    }.get(state or "", "?")


def state_word(state: str | None) -> str:
    """A state in words; unknown reads as unknown."""
    return word(None if state is None else TeamContactState(state))


def touches_text(contact: Contact) -> str:
    """What is remembered of touches: “3 touches, last on 4 Oct 2026”; '' without any."""
    if not contact.touches or contact.last_touch is None:
        return ""
    text = ngettext("{count} touch, on {day}", "{count} touches, last on {day}", contact.touches)
    return text.format(count=number(contact.touches), day=date(contact.last_touch))


def describe_cell(row: RowSpec, column: ColumnSpec, cell: CellSpec) -> str:
    """A cell in words: who, how well, since when, and what the touches speak for."""
    contact = cell.contact
    lines = [f"{isolate(column.name)} – {isolate(row.name)}", state_word(contact.state)]
    if contact.on is not None:
        lines[-1] = _("{state}, noted on {day}").format(state=lines[-1], day=date(contact.on))
    lines += [contact.note, touches_text(contact)]
    if cell.suggestion is not None:
        suggestion = state_word(cell.suggestion)
        lines.append(_("{state}? S takes it over.").format(state=suggestion))
    return "\n".join(line for line in lines if line)


def roles_text(member: OurMember) -> str:
    """What one of ours is to the account: places in its team, owner, or their general role."""
    parts = [_("Looks after it")] if member.owner else []
    parts += [word(TeamRole(place.role)) for place in member.places]
    return joined(parts or [word(TeamRole(member.role))])


def _row(
    card: PersonCard,
    members: Sequence[OurMember],
    here: set[str],
    ours: OurSide,
    data: MapData,
) -> RowSpec:
    return RowSpec(
        card.id,
        display_name(card),
        card.title,
        card.support,
        card.influence,
        card.left_on is not None,
        len(here.intersection(ours.known_by(card.id))),
        describe(card, data.buying_centres),
        tuple(_cell(card, member, ours.contact(card.id, member.id)) for member in members),
    )


def _cell(card: PersonCard, member: OurMember, contact: Contact) -> CellSpec:
    suggestion = None if member.left_on is not None else suggested_state(contact)
    return CellSpec(card.id, member.id, contact, suggestion)


def _column(
    member: OurMember, ours: OurSide, people: Sequence[PersonCard], only: int
) -> ColumnSpec:
    found = [ours.contact(card.id, member.id).state for card in people]
    states = {state.value: found.count(state.value) for state in TeamContactState}
    left = member.left_on is not None
    lines = [member.name, member.title, roles_text(member)]
    if member.left_on is not None:
        lines.append(_("Left on {day}").format(day=date(member.left_on)))
    lines.append(
        ngettext("{count} good contact", "{count} good contacts", states["good"]).format(
            count=number(states["good"])
        )
    )
    if only:
        text = ngettext("Only contact of {count} person", "Only contact of {count} people", only)
        lines.append(text.format(count=number(only)))
    return ColumnSpec(
        member.id,
        _("{name} (you)").format(name=member.name) if member.is_me else member.name,
        _("left") if left else roles_text(member),
        left,
        states,
        only,
        "\n".join(line for line in lines if line),
    )


def _only_contacts(ours: OurSide, people: Iterable[PersonCard], here: set[str]) -> list[str]:
    """Of each person whom exactly one of ours knows, that one."""
    found = []
    for card in people:
        if card.left_on is None:
            known = [m for m in ours.known_by(card.id) if m in here]
            found += known if len(known) == 1 else []
    return found


def _groups(
    people: Sequence[PersonCard], rows: dict[str, RowSpec], data: MapData
) -> tuple[GroupSpec, ...]:
    """By buying centre in the order of their names, people without one last."""
    titles = [*data.buying_centres.items(), ("", _("No buying centre"))]
    known = set(data.buying_centres)
    groups = []
    for centre_id, title in titles:
        inside = [
            rows[card.id]
            for card in people
            if (card.buying_centre_id if card.buying_centre_id in known else "") == centre_id
        ]
        if inside:
            groups.append(GroupSpec(title, tuple(inside)))
    if len(groups) == 1 and not known:
        return (GroupSpec(_("People"), groups[0].rows),)
    return tuple(groups)
