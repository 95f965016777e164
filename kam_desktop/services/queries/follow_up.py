"""What the steps after a proposal are planned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """The country of the client as it was written, and its open opportunities as (id, name)."""

    country: str
    opportunities: tuple[tuple[str, str], ...]


def follow_up_facts(db: Reader, account_id: str) -> FollowUpFacts:
    """Where the client works, and which deals a proposal can be about, the next to close first."""
    country = db.value("SELECT country FROM account WHERE id = ?", (account_id,))
    rows = db.rows(
        "SELECT id, name FROM opportunity WHERE account_id = ? AND state = 'open'"
        " AND deleted_at IS NULL ORDER BY close_on IS NULL, close_on, id LIMIT 100",
        (account_id,),
    )
    return FollowUpFacts(str(country or ""), tuple((key, name) for key, name in rows))
