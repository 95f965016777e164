"""What a user does with accounts."""

from __future__ import annotations

from kam_desktop.models.account import Account
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.storage.unit_of_work import UnitOfWork

EDITABLE = frozenset(
    "name tier parent_id owner_id number industry kind website phone street city region postcode"
    " country time_zone employees annual_revenue_minor annual_revenue_currency about history"
    " strategy competitors pain_points".split()
)
"""The fields `update_account` takes."""


def add_account(work: UnitOfWork, *, name: str, **fields: object) -> str:
    """A new account; returns its id. Raises ``UserError`` for what `update_account` refuses."""
    account = Account(name=_checked_name(name))
    work.add(account)
    work.flush()
    if fields:
        update_account(work, account.id, **fields)
    return account.id


def update_account(work: UnitOfWork, account_id: str, **fields: object) -> None:
    """Change some of the `EDITABLE` fields.

    Raises ``UserError`` (with ``field``) for an empty name, an unknown tier, a negative number of
    employees, or a group that would make the account its own parent.
    """
    unknown = fields.keys() - EDITABLE
    if unknown:
        raise TypeError(f"no such fields of an account: {sorted(unknown)}")
    account = work.get(Account, account_id)
    for field, value in fields.items():
        setattr(account, field, _checked(work, account_id, field, value))


def delete_account(work: UnitOfWork, account_id: str) -> None:
    """Move an account and everything that belongs to it to the trash."""
    work.trash(work.get(Account, account_id))


def delete_accounts(work: UnitOfWork, account_ids: list[str]) -> None:
    """Move several accounts to the trash, as one step."""
    for account_id in account_ids:
        delete_account(work, account_id)


def _checked(work: UnitOfWork, account_id: str, field: str, value: object) -> object:
    if field == "name":
        return _checked_name(str(value))
    if field == "tier":
        try:
            return Tier(str(value))
        except ValueError:
            raise UserError(_("Choose one of the tiers."), field="tier") from None
    if field == "parent_id":
        return _checked_parent(work, account_id, value)
    if field == "employees" and isinstance(value, int) and value < 0:
        raise UserError(_("The number of employees cannot be negative."), field="employees")
    return value.strip() if isinstance(value, str) else value


def _checked_name(name: str) -> str:
    return required_line(name, _("An account needs a name."))


def _checked_parent(work: UnitOfWork, account_id: str, value: object) -> str | None:
    if not value:
        return None
    parent: Account | None = work.get(Account, str(value))
    chosen = parent
    while parent is not None:
        if parent.id == account_id:
            raise UserError(_("An account cannot belong to itself."), field="parent_id")
        parent = work.session.get(Account, parent.parent_id) if parent.parent_id else None
    assert chosen is not None
    return chosen.id
