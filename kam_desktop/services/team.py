"""Our own side: the people of our team."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import TeamMember
from kam_desktop.models.vocabulary import TeamRole
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_TEXTS = frozenset({"title", "email", "phone", "external_key"})


def add_team_member(work: UnitOfWork, name: str, **fields: Any) -> str:
    """Add one of ours and return the new id; ``fields`` as in `update_team_member`.

    Raises `UserError` on ``name`` when empty.
    """
    member = TeamMember(name=_name(name))
    work.add(member)
    work.flush()
    update_team_member(work, member.id, **fields)
    return member.id


def update_team_member(work: UnitOfWork, member_id: str, **fields: Any) -> None:
    """Change ``name``, ``role``, ``title``, ``email``, ``phone``, ``external_key``, ``left_on`` or
    ``is_me``.

    Only one member can be *me*: saying so of one takes it from the others. Whoever has left keeps
    their touches and contacts. Raises `UserError` on ``name`` when empty, ``left_on`` for a day to
    come.
    """
    member = work.get(TeamMember, member_id)
    for field, value in fields.items():
        if field == "name":
            member.name = _name(value)
        elif field == "role":
            member.role = TeamRole(value)
        elif field == "is_me":
            _set_me(work, member, is_me=bool(value))
        elif field == "left_on":
            member.left_on = _past(work, value)
        elif field in _TEXTS:
            setattr(member, field, value.strip())
        else:
            raise TypeError(f"a team member has no field {field}")


def delete_team_member(work: UnitOfWork, member_id: str) -> None:
    """Move one of ours to the trash. Accounts and people they looked after have no owner then."""
    for table in ("account", "person"):
        work.execute(f"UPDATE {table} SET owner_id = NULL WHERE owner_id = ?", (member_id,))
    trash.trash(work, "team_member", member_id)


def _set_me(work: UnitOfWork, member: TeamMember, *, is_me: bool) -> None:
    if is_me:
        work.execute("UPDATE team_member SET is_me = 0 WHERE is_me AND id <> ?", (member.id,))
    member.is_me = is_me


def _past(work: UnitOfWork, day: dt.date | None) -> dt.date | None:
    if day is not None and day > work.today:
        raise UserError(_("The day they left cannot lie in the future."), field="left_on")
    return day


def _name(name: str) -> str:
    return required_line(name, _("A team member needs a name."))
