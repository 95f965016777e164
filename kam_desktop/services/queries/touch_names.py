"""Finding by name whom a touch was with, and who of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_desktop.models.text import sort_key
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.accounts import find_account
from kam_desktop.services.queries.choices import (
    Choice,
    account_choice,
    our_members,
    people_and_accounts,
    person_choice,
)
from kam_desktop.services.zones import UTC_ZONE

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_NAMED = 5


def find_touched(db: Reader, typed: str) -> Choice:
    """The person or the account whose id or name (exactly, then as the only match) was typed.

    Raises `UserError` when there is none or more than one.
    """
    found = _exact(db, typed) or people_and_accounts(db, typed)
    people = [choice for choice in found if choice.kind == "person"]
    if len(found) == 1:
        return found[0]
    if not found:
        text = _("There is neither a person nor an account “{name}”. Check the spelling.")
        raise UserError(text.format(name=typed))
    if not people:
        # It says which accounts there are.
        account = find_account(db, typed)
        return Choice("account", account.id, account.id, account.name, account.city)
    raise _several(typed, found)


def _exact(db: Reader, typed: str) -> list[Choice]:
    key = sort_key(typed)
    people = db.rows(
        "SELECT p.id FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.id = ?1"
        " UNION SELECT p.id FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.name_key = ?2 AND ?2 <> ''",
        (typed, key),
    )
    accounts = db.rows(
        "SELECT id FROM account WHERE deleted_at IS NULL AND (id = ?1 OR name_key = ?2)",
        (typed, key),
    )
    found = [person_choice(db, each) for (each,) in people]
    found += [account_choice(db, each) for (each,) in accounts]
    return [choice for choice in found if choice is not None]


def find_member(db: Reader, typed: str | None) -> Choice | None:
    """Who of ours has that id or name, by its beginnings too; without ``typed`` it is me.

    None when nothing was typed and nobody is marked as me. Raises `UserError` when there is nobody
    of that name, or more than one.
    """
    team = our_members(db)
    if typed is None:
        return team[0] if team and team[0].subtitle else None
    key = sort_key(typed)
    found = [each for each in team if typed == each.id or sort_key(each.title) == key]
    found = found or [each for each in team if key in sort_key(each.title)]
    if not found:
        raise UserError(_("Nobody of ours is called “{name}”.").format(name=typed))
    if len(found) > 1:
        raise _several(typed, found)
    return found[0]


def touch_zone(db: Reader, account_id: str) -> str:
    """The time zone of the account, UTC while it is unknown."""
    return str(db.value("SELECT time_zone FROM account WHERE id = ?", (account_id,)) or UTC_ZONE)


def _several(typed: str, found: list[Choice]) -> UserError:
    names = "; ".join(
        ", ".join(part for part in (each.title, each.subtitle) if part) + f" ({each.id})"
        for each in found[:_NAMED]
    )
    text = _("“{name}” fits several: {names}. Use the id.")
    return UserError(text.format(name=typed, names=names))
