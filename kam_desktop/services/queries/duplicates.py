"""People who may be in the portfolio twice: one name, or one address, within an account.

Names are compared without case and accents, in any script. Two people with one name stay two until
somebody merges them; nothing is merged by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kam_desktop.services.queries.people import HAS_DOUBLE, PersonRow, person_rows
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class PossibleDouble:
    """Two people, the older record first; ``same_email`` beside or instead of the same name."""

    first: PersonRow
    second: PersonRow
    same_email: bool


_DOUBLES = f"""
SELECT p.id, p.account_id, p.name_key, lower(p.email) FROM person p
WHERE p.deleted_at IS NULL AND {HAS_DOUBLE}{{account}} ORDER BY p.name_key, p.id
"""
_Group = tuple[str, str]


def possible_doubles(
    db: Reader, *, account_id: str | None = None, limit: int = 100
) -> list[PossibleDouble]:
    """Pairs of people by name, and one more than ``limit`` when there are more."""
    account = "" if account_id is None else " AND p.account_id = ?"
    parameters = () if account_id is None else (account_id,)
    found = db.rows(_DOUBLES.format(account=account), parameters)
    pairs = list(islice(_pairs(found), limit + 1))
    ids = list(dict.fromkeys(one for pair in pairs for one in pair[:2]))
    people = {row.id: row for row in person_rows(db, ids)}
    return [PossibleDouble(people[one], people[two], same) for one, two, same in pairs]


def _pairs(found: Sequence[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, bool]]:
    """The older record of each pair first; made one by one, since a name may be there often."""
    by_name: defaultdict[_Group, list[str]] = defaultdict(list)
    by_email: defaultdict[_Group, list[str]] = defaultdict(list)
    for person_id, account_id, name, email in found:
        if name:
            by_name[account_id, name].append(person_id)
        if email:
            by_email[account_id, email].append(person_id)
    for person_id, account_id, name, email in found:
        same_email = {one for one in by_email.get((account_id, email), ()) if one > person_id}
        others = {one for one in by_name.get((account_id, name), ()) if one > person_id}
        for other in sorted(others | same_email):
            yield person_id, other, other in same_email
