"""The instants at which something of an account's map was changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.text import parse_instant
from kam_desktop.services.storage.past_rows import PastRows
from kam_desktop.services.storage.reader import Reader

_OF_ACCOUNT = ("buying_centre", "account_team")
_OF_PERSON = (
    ("role_in_decision", "person_id"),
    ("claim", "person_id"),
    ("team_contact", "person_id"),
    ("tie", "from_id"),
    ("tie", "to_id"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which the map was changed, where the user is.

    ``at`` is the aware instant of the day's last change, ``changes`` how many values and records
    were changed.
    """

    at: dt.datetime
    changes: int

    @property
    def day(self) -> dt.date:
        """The day on the user's calendar."""
        return self.at.date()


def moments_of_account(
    db: Reader, account_id: str, zone: dt.tzinfo | None = None
) -> tuple[Moment, ...]:
    """The days on which people, roles, judgements, ties or our side were changed, oldest first.

    Days are those of ``zone`` (the computer's without one). Places of cards and touches do not
    count: they would leave no day out. The cost grows with the account's rows and their changes.
    """
    rows = db.rows(
        "SELECT a.at, count(*) FROM ledger_change c JOIN ledger_action a ON a.seq = c.action"
        " WHERE c.row IN (SELECT value FROM json_each(?)) GROUP BY a.seq ORDER BY a.seq",
        (json.dumps(sorted(_records_ever(db, account_id))),),
    )
    return tuple(_by_day(rows, zone))


def _records_ever(db: Reader, account_id: str) -> set[str]:
    """The ids of what is or was part of the account's map; also what was removed since."""
    ever = PastRows(db, first=0)
    key = [account_id]
    people = ever.candidates("person", "account_id", key)
    found = people.union(*(ever.candidates(table, "account_id", key) for table in _OF_ACCOUNT))
    return found.union(*(ever.candidates(table, column, people) for table, column in _OF_PERSON))


def _by_day(rows: Iterable[tuple[Any, ...]], zone: dt.tzinfo | None) -> list[Moment]:
    days: dict[dt.date, Moment] = {}
    for text, changes in rows:
        at = parse_instant(text).astimezone(zone)
        before = days.get(at.date(), Moment(at, 0))
        days[at.date()] = Moment(max(at, before.at), before.changes + changes)
    return sorted(days.values(), key=_at)


def _at(moment: Moment) -> dt.datetime:
    return moment.at
