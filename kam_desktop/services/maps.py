"""Saved maps of an account: their names, and where the user put the cards."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, MapPosition, SavedMap
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.map_options import MapOptions, MapTarget
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

VIEWS = ("org", "network", "grid", "coverage", "ego")


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
    found = _first_id(work, account_id, view)
    if found is not None:
        return found
    map_id = add_map(work, account_id, words.map_view(view), view)
    work.flush()
    return map_id


def _first_id(work: UnitOfWork, account_id: str, view: str) -> str | None:
    found = work.reader.value(
        "SELECT id FROM saved_map WHERE account_id = ? AND view = ? AND deleted_at IS NULL"
        " ORDER BY id LIMIT 1",
        (account_id, view),
    )
    return None if found is None else str(found)


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


def move_cards_on(
    work: UnitOfWork, target: MapTarget, positions: Mapping[str, tuple[float, float]]
) -> str:
    """`move_cards` on the map of ``target``, which is made if need be; its id."""
    map_id = map_of(work, target)
    move_cards(work, map_id, positions)
    return map_id


def map_of(work: UnitOfWork, target: MapTarget) -> str:
    """The id of the map ``target`` stands for; the account's first of its view is made if needed.

    Raises `UserError` when a map that is named is no longer there.
    """
    if target.map_id is not None:
        return work.get(SavedMap, target.map_id).id
    return first_map(work, target.account_id, target.view)


def change_options(work: UnitOfWork, target: MapTarget, options: MapOptions) -> str:
    """Let a map show what ``options`` say; its id. What only newer programs know is kept."""
    map_id = map_of(work, target)
    saved = work.get(SavedMap, map_id)
    saved.options = {**saved.options, **options.to_json()}
    return map_id


def save_as(work: UnitOfWork, target: MapTarget, title: str, options: MapOptions) -> str:
    """A new map like that of ``target``, showing what ``options`` say; its id.

    Raises `UserError` on ``title`` when empty.
    """
    source = map_of(work, target)
    made = add_map(work, target.account_id, title, target.view)
    work.flush()
    saved = work.get(SavedMap, made)
    saved.options = {**work.get(SavedMap, source).options, **options.to_json()}
    rows = work.reader.rows(
        "SELECT person_id, x, y FROM map_position WHERE map_id = ? AND deleted_at IS NULL",
        (source,),
    )
    move_cards(work, made, {person_id: (x, y) for person_id, x, y in rows})
    return made


def tidy_up(work: UnitOfWork, target: MapTarget) -> None:
    """Arrange a map anew: forget where cards were put by hand, and where the layout had put them.

    Undoing it brings all back to where it was: arrangements are kept by how often was tidied.
    """
    map_id = map_of(work, target)
    saved = work.get(SavedMap, map_id)
    options = MapOptions.from_json(saved.options)
    saved.options = {**saved.options, "tidied": options.tidied + 1}
    for (position_id,) in work.reader.rows(
        "SELECT id FROM map_position WHERE map_id = ? AND deleted_at IS NULL", (map_id,)
    ):
        trash.trash(work, "map_position", position_id)


def _title(title: str) -> str:
    return required_line(title, _("A map needs a name."), field="title")
