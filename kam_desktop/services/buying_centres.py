"""The units of an account that decide on their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, BuyingCentre
from kam_desktop.services.analysis.relationship_rules import parse_quota
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def add_buying_centre(work: UnitOfWork, account_id: str, name: str, *, place: str = "") -> str:
    """Add a division, plant or country to an account and return its id.

    Raises `UserError` on ``name`` when empty.
    """
    work.get(Account, account_id)
    centre = BuyingCentre(account_id=account_id, name=_name(name), place=place.strip())
    work.add(centre)
    return centre.id


def rename_buying_centre(work: UnitOfWork, centre_id: str, name: str) -> None:
    """Give a buying centre another name."""
    work.get(BuyingCentre, centre_id).name = _name(name)


def set_place(work: UnitOfWork, centre_id: str, place: str) -> None:
    """Say where a buying centre is."""
    work.get(BuyingCentre, centre_id).place = place.strip()


def set_quota(work: UnitOfWork, centre_id: str, quota: Mapping[str, int] | None) -> None:
    """Say how many people of each decision role a buying centre needs; None: as the rules say.

    A role that is left out is not asked for here. Raises `UserError` on ``quota.<role>`` for an
    unknown role or a number outside 0 … 20.
    """
    centre = work.get(BuyingCentre, centre_id)
    if quota is None:
        centre.quota = None
    else:
        centre.quota = {role.value: count for role, count in parse_quota(quota).items()}


def delete_buying_centre(work: UnitOfWork, centre_id: str) -> None:
    """Move a buying centre to the trash. Its people and their roles stay with the account."""
    for table in ("person", "role_in_decision", "revenue_entry"):
        work.execute(
            f"UPDATE {table} SET buying_centre_id = NULL WHERE buying_centre_id = ?", (centre_id,)
        )
    trash.trash(work, "buying_centre", centre_id)


def _name(name: str) -> str:
    return required_line(name, _("A buying centre needs a name."))
