"""An account as it was: a small database in memory that every query can be asked of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services import formatting
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.engine import Connection, connect_in_memory
from kam_desktop.services.storage.past_rows import TABLES, Row, rows_of_account
from kam_desktop.services.storage.reader import Reader, placeholders


@contextmanager
def account_as_of(db: Reader, account_id: str, at: dt.datetime) -> Iterator[Reader]:
    """A `Reader` on the account as it was recorded at the instant ``at``.

    It holds the tables of `past_rows.TABLES` (what the map and its analysis read; neither search
    nor pictures, revenue or notes), lives in memory only and is gone afterwards. The cost grows
    with the account's rows and their later changes, not with the portfolio.

    What was *recorded* then is shown: a person added yesterday who left last year was nobody a year
    ago, and a touch of January that was logged in March appears from March on. Touches and
    judgements carry a day of their own besides; queries take those up to the day they are asked
    for. Edits merged into one step of undo count as made at its end.

    Raises `UserError` when ``at`` is before the portfolio or the account was there.
    """
    newest = _last_action_until(db, at)
    if not newest:
        raise UserError(_before_the_beginning(began_at(db)), field="at")
    tables = rows_of_account(db, account_id, _first_change_after(db, newest))
    if account_id not in tables["account"]:
        raise UserError(
            _("This account was not in the portfolio yet on {date}. Choose a later date.").format(
                date=formatting.date(at.astimezone().date())
            ),
            field="at",
        )
    memory = connect_in_memory()
    try:
        _fill(memory, db, tables)
        memory.execute("PRAGMA query_only = ON")
        yield Reader(memory)
    finally:
        memory.close()


def began_at(db: Reader) -> dt.datetime | None:
    """The earliest instant at which anything was recorded; None while nothing was."""
    at = db.value("SELECT min(at) FROM ledger_action")
    return None if at is None else parse_instant(at)


def _before_the_beginning(began: dt.datetime | None) -> str:
    if began is None:
        return _("Nothing has been recorded in this portfolio yet.")
    return _("This portfolio began on {date}. Choose that day or a later one.").format(
        date=formatting.date(began.astimezone().date())
    )


_BEFORE = """
WITH note AS (
  SELECT n.value ->> 0 AS id, n.value ->> 1 AS person, n.value ->> 2 AS field, n.value ->> 3 AS now,
    (SELECT min(i.action) FROM ledger_change i WHERE i.row = n.value ->> 0 AND i.op = 'I') AS made
  FROM json_each(?) n)
SELECT note.id, CASE WHEN u.seq IS NULL THEN note.now ELSE u.old END
FROM note LEFT JOIN ledger_change u ON u.seq = (
  SELECT min(c.seq) FROM ledger_change c
  WHERE c.row = note.person AND c.op = 'U' AND c.field = note.field AND c.action >= note.made)
WHERE (SELECT min(i.action) FROM ledger_change i WHERE i.row = note.person AND i.op = 'I')
  < note.made
"""


def values_before(db: Reader, notes: Sequence[tuple[object, ...]]) -> dict[str, Any]:
    """What a person's field held before a record about it was made, by that record's id.

    ``notes`` are (record, person, field, value of the field with that record). A record that was
    made together with its person is missing: nothing was there before.
    """
    return dict(db.rows(_BEFORE, (json.dumps(notes),)))


def _first_change_after(db: Reader, action: int) -> int | None:
    """The number of the oldest change made by later steps; None when there is none."""
    found: int | None = db.value(
        "SELECT seq FROM ledger_change WHERE action > ? ORDER BY action, seq LIMIT 1", (action,)
    )
    return found


def _last_action_until(db: Reader, at: dt.datetime) -> int:
    """The number of the newest step made at ``at`` or before, 0 when none.

    Looked for from the newest one back, which reads only later steps. What was recorded before it
    with a later time (the laptop's clock was wrong, or the program filled in) counts as made.
    """
    found = db.value(
        "SELECT seq FROM ledger_action WHERE at <= ? ORDER BY seq DESC LIMIT 1",
        (instant_text(at),),
    )
    return int(found or 0)


def _fill(memory: Connection, db: Reader, tables: Mapping[str, Mapping[str, Row]]) -> None:
    """Make the tables, put the rows in, then make the indexes (cheaper in this order)."""
    marks = placeholders(TABLES)
    made = db.rows(
        f"SELECT type, sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL"
        " AND type IN ('table', 'index') AND name NOT LIKE '%_trash' ORDER BY type DESC",
        TABLES,
    )
    memory.execute("BEGIN")
    for statement in (sql for kind, sql in made if kind == "table"):
        memory.execute(statement)
    for name, rows in tables.items():
        _insert(memory, name, list(rows.values()))
    for statement in (sql for kind, sql in made if kind == "index"):
        memory.execute(statement)
    memory.execute("COMMIT")


def _insert(memory: Connection, table: str, rows: list[Row]) -> None:
    """Images of removed rows may have been recorded before a column was added; it gets its default
    then, as the upgrade gave it."""
    for columns, alike in groupby(sorted(rows, key=_shape), _shape):
        listed = ", ".join(f'"{column}"' for column in columns)
        memory.executemany(
            f'INSERT INTO "{table}" ({listed}) VALUES ({placeholders(columns)})',
            [tuple(row.values()) for row in alike],
        )


def _shape(row: Row) -> tuple[str, ...]:
    return tuple(row)
