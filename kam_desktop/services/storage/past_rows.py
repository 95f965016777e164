"""The rows of an account as they were at an earlier point of the ledger.

Today's rows are read and every change made since is taken back, newest first: an insert removes the
row, a delete brings its image back, an update puts the old value of its unit back. What was undone
in the meantime needs no care: the undo is a change like any other.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from kam_desktop.services.storage.ledger import MOVED_AWAY, Unit, ledgered_tables, units_of
from kam_desktop.services.storage.reader import Reader

Row = dict[str, Any]

OF_ALL = ("team_member", "rule_set", "setting")
"""Tables that belong to no account; they are small and taken whole."""

OF_ACCOUNT = (
    "buying_centre",
    "person",
    "account_team",
    "saved_map",
    "dismissed_suggestion",
    "interaction",
    "meeting",
    "opportunity",
    "commitment",
    "contract",
)
OF_PERSON = ("role_in_decision", "claim", "team_contact", "interaction_person")
BELOW = (
    ("interaction_person", "interaction_id", "interaction"),
    ("attendee", "meeting_id", "meeting"),
    ("map_position", "map_id", "saved_map"),
)

TABLES = (
    "account",
    *OF_ALL,
    *OF_ACCOUNT,
    *OF_PERSON,
    "tie",
    "attendee",
    "map_position",
)
"""The tables a past state has."""


class PastRows:
    """Rows found by reference, as they were before change number ``first``.

    ``first`` is None when nothing was changed since. ``tables`` are the rows found so far, by id.
    """

    def __init__(self, db: Reader, first: int | None) -> None:
        self.tables: dict[str, dict[str, Row]] = {name: {} for name in TABLES}
        self._db = db
        self._first = first
        self._then: dict[str, dict[str, Row | None]] = {name: {} for name in TABLES}
        self._units = _units()

    def find(self, table: str, column: str, keys: Collection[str]) -> list[Row]:
        """The rows whose ``column`` was one of ``keys`` then; they are kept in ``tables``."""
        if not keys:
            return []
        wanted = frozenset(keys)
        self._look_up(table, self.candidates(table, column, wanted))
        then = self._then[table]
        found = [row for row in then.values() if row is not None and row[column] in wanted]
        self.tables[table].update((row["id"], row) for row in found)
        return found

    def find_all(self, table: str) -> None:
        """Keep every row a table had then."""
        ids = {row_id for (row_id,) in self._db.rows(f'SELECT id FROM "{table}"')}
        self._look_up(table, ids | self._removed(table, "1", ""))
        self.tables[table].update(
            (row["id"], row) for row in self._then[table].values() if row is not None
        )

    def candidates(self, table: str, column: str, wanted: Collection[str]) -> set[str]:
        """The ids of rows whose ``column`` is one of ``wanted`` now, or was at some time since."""
        if column == "id":
            return set(wanted)
        keys = json.dumps(list(wanted))
        now = self._db.rows(
            f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))',
            (keys,),
        )
        ids = {row_id for (row_id,) in now}
        if self._first is None:
            return ids
        moved = self._db.rows(
            "SELECT row FROM ledger_change WHERE old IN (SELECT value FROM json_each(?))"
            f" AND {MOVED_AWAY} AND tbl = ? AND field = ? AND seq >= ?",
            (keys, table, column, self._first),
        )
        ids.update(row_id for (row_id,) in moved)
        condition = f"json_extract(old, '$.{column}') IN (SELECT value FROM json_each(?))"
        return ids | self._removed(table, condition, keys)

    def _removed(self, table: str, condition: str, keys: str) -> set[str]:
        if self._first is None:
            return set()
        parameters: list[object] = [table, self._first]
        if "?" in condition:
            parameters.append(keys)
        rows = self._db.rows(
            "SELECT row FROM ledger_change WHERE op = 'D' AND tbl = ? AND seq >= ?"
            f" AND {condition}",
            parameters,
        )
        return {row_id for (row_id,) in rows}

    def _look_up(self, table: str, ids: Collection[str]) -> None:
        """Put the rows of ``ids`` as they were then into ``_then``; None where there was none."""
        then = self._then[table]
        new = [row_id for row_id in ids if row_id not in then]
        if not new:
            return
        then.update(dict.fromkeys(new))
        keys = json.dumps(new)
        columns = [name for unit in self._units[table].values() for name in unit.columns]
        columns.insert(0, "id")
        listed = ", ".join(f'"{name}"' for name in columns)
        for values in self._db.rows(
            f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (keys,)
        ):
            then[values[0]] = dict(zip(columns, values, strict=True))
        if self._first is not None:
            self._take_back(table, keys, then)

    def _take_back(self, table: str, keys: str, rows: dict[str, Row | None]) -> None:
        """Undo in ``rows`` what was done to the rows of ``keys`` since, newest change first."""
        units = self._units[table]
        for row_id, op, field, old in self._db.rows(
            "SELECT row, op, field, old FROM ledger_change"
            " WHERE row IN (SELECT value FROM json_each(?)) AND seq >= ? AND tbl = ?"
            " ORDER BY seq DESC",
            (keys, self._first, table),
        ):
            row = rows[row_id]
            if op == "I":
                rows[row_id] = None
            elif op == "D":
                rows[row_id] = json.loads(old)
            elif row is not None:
                row.update(_values(units[field], old))


def _units() -> dict[str, dict[str, Unit]]:
    return {
        table.name: {unit.name: unit for unit in units_of(table)}
        for table in ledgered_tables()
        if table.name in TABLES
    }


def _values(unit: Unit, recorded: Any) -> Iterator[tuple[str, Any]]:
    if len(unit.columns) == 1:
        return iter([(unit.columns[0], recorded)])
    # A unit may have grown a column since the change was recorded.
    return iter(zip(unit.columns, json.loads(recorded), strict=False))


def rows_of_account(db: Reader, account_id: str, first: int | None) -> dict[str, dict[str, Row]]:
    """The rows of an account before change number ``first``, by table and id.

    With the people of other accounts who were tied to somebody here: their account, buying centre,
    roles, judgements and touches. No account row when there was no such account yet.
    """
    past = PastRows(db, first)
    if not past.find("account", "id", [account_id]):
        return past.tables
    for table in OF_ALL:
        past.find_all(table)
    for table in OF_ACCOUNT:
        past.find(table, "account_id", [account_id])
    own = list(past.tables["person"])
    _add_guests(past, own)
    _add_of_people(past, list(past.tables["person"]))
    _add_below(past)
    return past.tables


def _add_guests(past: PastRows, own: list[str]) -> None:
    ends: set[str] = set()
    for column in ("from_id", "to_id"):
        for tie in past.find("tie", column, own):
            ends.update((tie["from_id"], tie["to_id"]))
    guests = past.find("person", "id", ends.difference(own))
    past.find("account", "id", {guest["account_id"] for guest in guests})
    centres = {guest["buying_centre_id"] for guest in guests if guest["buying_centre_id"]}
    past.find("buying_centre", "id", centres)


def _add_of_people(past: PastRows, people: list[str]) -> None:
    for table in OF_PERSON:
        past.find(table, "person_id", people)
    past.find("interaction", "person_id", people)
    shared = {row["interaction_id"] for row in past.tables["interaction_person"].values()}
    past.find("interaction", "id", shared.difference(past.tables["interaction"]))


def _add_below(past: PastRows) -> None:
    for table, column, parent in BELOW:
        past.find(table, column, list(past.tables[parent]))
