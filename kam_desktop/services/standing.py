"""How people stand on the power grid: support and influence of several of them in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_desktop.services.people import update_person

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

Standings = Mapping[str, tuple[int | None, int | None]]
"""Support and influence by person; None is unknown."""


def set_standings(work: UnitOfWork, standings: Standings) -> None:
    """Set support and influence of some people; what changes is noted as our own judgement.

    Raises `UserError` as `update_person`.
    """
    wanted = dict(standings)
    for person_id, support, influence in work.reader.rows(
        "SELECT id, support, influence FROM person WHERE deleted_at IS NULL"
        f" AND id IN ({', '.join('?' * len(wanted))})",
        tuple(wanted),
    ):
        new_support, new_influence = wanted.pop(person_id)
        changed: dict[str, int | None] = {}
        if new_support != support:
            changed["support"] = new_support
        if new_influence != influence:
            changed["influence"] = new_influence
        if changed:
            update_person(work, person_id, **changed)
    for person_id in wanted:
        # Not there any more: says so in the same words as everywhere.
        update_person(work, person_id)
