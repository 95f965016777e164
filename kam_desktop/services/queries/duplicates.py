"""People who may be in the portfolio twice: one name, or one address, within an account.

Names are compared without case and accents, in any script. Two people with one name stay two until
somebody merges them; nothing is merged by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kam_desktop.services.queries.people import PersonRow, person_rows
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class PossibleDouble:
    """Two people, the older record first; ``same_email`` beside or instead of the same name."""

    first: PersonRow
    second: PersonRow
    same_email: bool


_PAIRS = """
SELECT p.id, q.id, p.email <> '' AND p.email = q.email COLLATE NOCASE
FROM person p JOIN person q ON q.account_id = p.account_id
WHERE p.deleted_at IS NULL AND q.deleted_at IS NULL AND q.id > p.id{account}
  AND ((p.name_key <> '' AND q.name_key = p.name_key)
       OR (p.email <> '' AND q.email = p.email COLLATE NOCASE))
ORDER BY p.name_key, p.id, q.id LIMIT ?
"""


def possible_doubles(
    db: Reader, *, account_id: str | None = None, limit: int = 100
) -> list[PossibleDouble]:
    """Pairs of people by name, and one more than ``limit`` when there are more."""
    account = "" if account_id is None else " AND p.account_id = ?"
    parameters: list[object] = [] if account_id is None else [account_id]
    pairs = db.rows(_PAIRS.format(account=account), [*parameters, limit + 1])
    ids: Sequence[str] = list(dict.fromkeys(one for pair in pairs for one in pair[:2]))
    people = {row.id: row for row in person_rows(db, ids)}
    return [PossibleDouble(people[one], people[two], bool(same)) for one, two, same in pairs]
