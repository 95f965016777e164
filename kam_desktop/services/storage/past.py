"""An account as it was: a small database in memory that every query can be asked of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby

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
    began = began_at(db)
    if began is None or at < began:
        raise UserError(_before_the_beginning(began), field="at")
    tables = rows_of_account(db, account_id, _first_change_after(db, at))
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
    """When the first change of the portfolio was recorded; None while there is none."""
    at = db.value("SELECT at FROM ledger_action ORDER BY seq LIMIT 1")
    return None if at is None else parse_instant(at)


def _before_the_beginning(began: dt.datetime | None) -> str:
    if began is None:
        return _("Nothing has been recorded in this portfolio yet.")
    return _("This portfolio began on {date}. Choose that day or a later one.").format(
        date=formatting.date(began.astimezone().date())
    )


def _first_change_after(db: Reader, at: dt.datetime) -> int | None:
    """The number of the oldest change after an instant; None when there is none."""
    found: int | None = db.value(
        "SELECT seq FROM ledger_change WHERE action > ? ORDER BY action, seq LIMIT 1",
        (_last_action_until(db, at),),
    )
    return found


def _last_action_until(db: Reader, at: dt.datetime) -> int:
    """A number that the actions finished by ``at`` do not exceed and all later ones do; by halving.

    The hybrid clocks grow with the numbers, whatever the laptop's clock did.
    """
    later = f"{int(at.timestamp() * 1000):012x}."  # "." sorts after the "-" that follows the hour
    low, high = 0, int(db.value("SELECT coalesce(max(seq), 0) FROM ledger_action"))
    while low < high:
        middle = (low + high + 1) // 2
        found = db.row(
            "SELECT seq, clock FROM ledger_action WHERE seq > ? AND seq <= ?"
            " ORDER BY seq DESC LIMIT 1",
            (low, middle),
        )
        if found is None or found[1] < later:
            low = middle
        else:
            high = found[0] - 1
    return _without_unfinished(db, low, at)


def _without_unfinished(db: Reader, seq: int, at: dt.datetime) -> int:
    """``seq``, or the number before it when that step began by ``at`` but went on after it."""
    last = db.row("SELECT seq, at FROM ledger_action WHERE seq <= ? ORDER BY seq DESC", (seq,))
    return seq if last is None or last[1] <= instant_text(at) else int(last[0]) - 1


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
