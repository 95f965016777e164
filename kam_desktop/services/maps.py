"""Saved maps of an account: their names, and where the user put the cards."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, MapPosition, SavedMap
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

VIEWS = ("org", "network")


def add_map(work: UnitOfWork, account_id: str, title: str, view: str = "org") -> str:
    """Start a further map of an account and return its id.

    Raises `UserError` on ``title`` when empty.
    """
    work.get(Account, account_id)
    if view not in VIEWS:
        raise ValueError(f"no view {view}")
    saved = SavedMap(account_id=account_id, title=_title(title), view=view)
    work.add(saved)
    return saved.id


def rename_map(work: UnitOfWork, map_id: str, title: str) -> None:
    """Give a map another name."""
    work.get(SavedMap, map_id).title = _title(title)


def delete_map(work: UnitOfWork, map_id: str) -> None:
    """Move a map and its arrangement to the trash; the people stay."""
    trash.trash(work, "saved_map", map_id)


def first_map(work: UnitOfWork, account_id: str, view: str) -> str:
    """The id of the account's oldest map of ``view``; one is made when there is none."""
    found = work.reader.value(
        "SELECT id FROM saved_map WHERE account_id = ? AND view = ? AND deleted_at IS NULL"
        " ORDER BY id LIMIT 1",
        (account_id, view),
    )
    if found is not None:
        return str(found)
    title = _("Org chart") if view == "org" else _("Network")
    map_id = add_map(work, account_id, title, view)
    work.flush()
    return map_id


def move_cards(work: UnitOfWork, map_id: str, positions: Mapping[str, tuple[float, float]]) -> None:
    """Put the cards of some people at (x, y), their top left corners in scene units."""
    work.get(SavedMap, map_id)
    existing = {
        person_id: position_id
        for position_id, person_id in work.reader.rows(
            "SELECT id, person_id FROM map_position WHERE map_id = ? AND deleted_at IS NULL",
            (map_id,),
        )
    }
    rows = []
    for person_id, (x, y) in positions.items():
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError("a place needs two numbers")
        if person_id in existing:
            work.execute(
                "UPDATE map_position SET x = ?, y = ? WHERE id = ?", (x, y, existing[person_id])
            )
        else:
            rows.append({"map_id": map_id, "person_id": person_id, "x": x, "y": y})
    work.bulk_insert(MapPosition, rows)


def move_cards_of_account(
    work: UnitOfWork,
    account_id: str,
    view: str,
    positions: Mapping[str, tuple[float, float]],
) -> str:
    """`move_cards` on the account's first map of ``view``, which is made if need be; its id."""
    map_id = first_map(work, account_id, view)
    move_cards(work, map_id, positions)
    return map_id


def add_keeping_places(
    work: UnitOfWork,
    account_id: str,
    text: str,
    *,
    add: Callable[[UnitOfWork, str, str], str],
    places: Mapping[str, tuple[float, float]],
) -> str:
    """Add a person with ``add(work, account_id, text)``, and keep where all others stand.

    ``places`` are those of the network that nobody had put anywhere: without them, the next
    layout from nothing would move everybody. Returns the new person's id.
    """
    person_id = add(work, account_id, text)
    move_cards_of_account(work, account_id, "network", places)
    return person_id


def reset_layout(work: UnitOfWork, map_id: str) -> None:
    """Forget where cards were put by hand, so that the map is laid out by itself again."""
    work.get(SavedMap, map_id)
    for (position_id,) in work.reader.rows(
        "SELECT id FROM map_position WHERE map_id = ? AND deleted_at IS NULL", (map_id,)
    ):
        trash.trash(work, "map_position", position_id)


def _title(title: str) -> str:
    cleaned = " ".join(title.split())
    if not cleaned:
        raise UserError(_("A map needs a name."), field="title")
    return cleaned
