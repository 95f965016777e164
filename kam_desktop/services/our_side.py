"""Our own side of an account: its team, and who of ours knows whom of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_desktop.models.registry import (
    Account,
    AccountTeamMember,
    Person,
    TeamContact,
    TeamMember,
)
from kam_desktop.models.vocabulary import TeamContactState, TeamRole
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def set_contact(
    work: UnitOfWork,
    person_id: str,
    member_id: str,
    state: str | None,
    *,
    note: str | None = None,
    on: dt.date | None = None,
) -> None:
    """Say how well one of ours knows one of theirs, today unless said otherwise; None: unknown.

    There is one cell for each two: another one (e.g. back from the trash) goes to the trash. A
    note that is not given stays. Raises `UserError`: for a vacant seat, field ``on`` for a day to
    come.
    """
    person, member = work.get(Person, person_id), work.get(TeamMember, member_id)
    if on is not None and on > work.today:
        raise UserError(_("A day to come cannot have shown anything yet."), field="on")
    cells = _cells(work, person.id, member.id)
    if state is None:
        for cell_id in cells:
            trash.trash(work, "team_contact", cell_id)
        return
    if person.placeholder:
        raise UserError(_("Nobody holds this position now, so that nobody can know them."))
    wanted = TeamContactState(state)
    for cell_id in cells[:-1]:
        trash.trash(work, "team_contact", cell_id)
    if not cells:
        work.add(
            TeamContact(
                person_id=person.id,
                member_id=member.id,
                state=wanted,
                note=(note or "").strip(),
                on=on or work.today,
            )
        )
        return
    cell = work.get(TeamContact, cells[-1])
    cell.state, cell.on = wanted, on or work.today
    if note is not None:
        cell.note = note.strip()


def set_contact_states(work: UnitOfWork, states: Mapping[tuple[str, str], str | None]) -> None:
    """`set_contact` for several (person, member), in one step."""
    for (person_id, member_id), state in states.items():
        set_contact(work, person_id, member_id, state)


def add_to_account_team(
    work: UnitOfWork, account_id: str, member_id: str, role: str | None = None
) -> str:
    """Let one of ours work for an account; ``role`` is theirs everywhere unless said otherwise.

    Returns the id of the place in the team. Raises `UserError` on ``member_id`` when they have
    left, and on ``role`` when they hold it there already.
    """
    work.get(Account, account_id)
    member = work.get(TeamMember, member_id)
    wanted = member.role if role is None else TeamRole(role)
    if member.left_on is not None:
        raise UserError(
            _("{name} has left and takes no new place.").format(name=member.name),
            field="member_id",
        )
    _refuse_double(work, account_id, member, wanted)
    place = AccountTeamMember(account_id=account_id, member_id=member_id, role=wanted)
    work.add(place)
    return place.id


def set_role_on_team(work: UnitOfWork, place_id: str, role: str) -> None:
    """Change what one of ours does for an account; raises `UserError` on ``role`` for a double."""
    place = work.get(AccountTeamMember, place_id)
    if TeamRole(role) is not place.role:
        member = work.get(TeamMember, place.member_id)
        _refuse_double(work, place.account_id, member, TeamRole(role))
        place.role = TeamRole(role)


def remove_from_account_team(work: UnitOfWork, place_id: str) -> None:
    """One of ours does not work for the account any more; whom they know stays."""
    work.trash(work.get(AccountTeamMember, place_id))


def set_executive_sponsor(work: UnitOfWork, account_id: str, member_id: str | None) -> None:
    """Make one of ours the only executive sponsor of an account; None: there is none.

    Raises `UserError` as `add_to_account_team`.
    """
    work.get(Account, account_id)
    held = work.reader.rows(
        "SELECT id, member_id FROM account_team"
        " WHERE account_id = ? AND role = ? AND deleted_at IS NULL ORDER BY id",
        (account_id, TeamRole.EXECUTIVE_SPONSOR.value),
    )
    kept = False
    for place_id, holder in held:
        if holder == member_id and not kept:
            kept = True
        else:
            trash.trash(work, "account_team", place_id)
    if member_id is not None and not kept:
        add_to_account_team(work, account_id, member_id, TeamRole.EXECUTIVE_SPONSOR)


def _cells(work: UnitOfWork, person_id: str, member_id: str) -> list[str]:
    return [
        row[0]
        for row in work.reader.rows(
            "SELECT id FROM team_contact"
            " WHERE person_id = ? AND member_id = ? AND deleted_at IS NULL ORDER BY id",
            (person_id, member_id),
        )
    ]


def _refuse_double(work: UnitOfWork, account_id: str, member: TeamMember, role: TeamRole) -> None:
    found = work.reader.value(
        "SELECT 1 FROM account_team WHERE account_id = ? AND member_id = ? AND role = ?"
        " AND deleted_at IS NULL",
        (account_id, member.id, role.value),
    )
    if found is not None:
        raise UserError(
            _("{name} has this role here already.").format(name=member.name), field="role"
        )
