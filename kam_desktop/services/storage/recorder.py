"""Opens, closes and reads back the entries of the ledger. Runs inside the caller's transaction."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.text import instant_text, new_id
from kam_desktop.services.storage.changes import ActionInfo, ChangeSet, FieldChange
from kam_desktop.services.storage.engine import Connection

COALESCE_WITHIN = dt.timedelta(minutes=2)
MAX_LISTED_ROWS = 2_000
_ACTION = "a.seq, a.id, a.kind, a.label, a.origin, a.at, a.state"


def begin_action(
    db: Connection,
    *,
    label: str,
    origin: str,
    device: str,
    now: dt.datetime,
    kind: str = "do",
    target: int | None = None,
    coalesce: str | None = None,
) -> int:
    """Start recording; returns the action's number (an earlier one when the edits coalesce)."""
    seq = _action_to_continue(db, coalesce, origin, now) if coalesce else None
    if seq is None:
        cursor = db.execute(
            "INSERT INTO ledger_action (id, kind, label, origin, device, clock, at, target,"
            " coalesce_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new_id(),
                kind,
                label,
                origin,
                device,
                _next_clock(db, now, device),
                instant_text(now),
                target,
                coalesce,
            ),
        )
        seq = int(cursor.lastrowid)
    else:
        db.execute("UPDATE ledger_action SET at = ? WHERE seq = ?", (instant_text(now), seq))
    db.execute("UPDATE ledger_now SET action = ?", (seq,))
    return seq


def _action_to_continue(db: Connection, coalesce: str, origin: str, now: dt.datetime) -> int | None:
    row = db.execute(
        "SELECT seq FROM ledger_action WHERE seq = (SELECT max(seq) FROM ledger_action)"
        " AND coalesce_key = ? AND origin = ? AND kind = 'do' AND state = 'done' AND at >= ?",
        (coalesce, origin, instant_text(now - COALESCE_WITHIN)),
    ).fetchone()
    return None if row is None else int(row[0])


def _next_clock(db: Connection, now: dt.datetime, device: str) -> str:
    """A hybrid logical clock: wall milliseconds, a counter, the device; always grows."""
    wall = int(now.timestamp() * 1000)
    row = db.execute("SELECT clock FROM ledger_action ORDER BY seq DESC LIMIT 1").fetchone()
    counter = 0
    if row is not None:
        last_wall, last_counter = (int(part, 16) for part in str(row[0]).split("-")[:2])
        if last_wall >= wall:
            wall, counter = last_wall, last_counter + 1
    return f"{wall:012x}-{counter:06x}-{device}"


def last_change(db: Connection) -> int:
    """The number of the newest change; 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM ledger_change").fetchone()[0])


def finish_action(db: Connection, seq: int, since: int) -> ChangeSet:
    """Stop recording and tell what was changed after change number ``since``.

    An action that changed nothing leaves no trace.
    """
    db.execute("UPDATE ledger_now SET action = NULL")
    changes = change_set(db, seq, since)
    if changes.empty:
        db.execute(
            "DELETE FROM ledger_action WHERE seq = ?1"
            " AND NOT EXISTS (SELECT 1 FROM ledger_change WHERE action = ?1)",
            (seq,),
        )
    else:
        _fold_repeats(db, seq, since)
    return changes


def _fold_repeats(db: Connection, seq: int, since: int) -> None:
    """Keep one change of a field where an action that goes on has changed it again.

    Else a text saved each second would be kept whole as often as it was saved. The newest change
    stays, with the value from before the first one: the numbers of changes only ever grow. A value
    that is back where it began stays as two changes: with none, there would be nothing to undo.
    """
    again = db.execute(
        "SELECT new.seq, (SELECT max(old.seq) FROM ledger_change old WHERE old.row = new.row"
        " AND old.action = new.action AND old.tbl = new.tbl AND old.seq <= :since)"
        " FROM ledger_change new WHERE new.action = :seq AND new.seq > :since AND new.op = 'U'"
        " LIMIT :most",
        {"seq": seq, "since": since, "most": MAX_LISTED_ROWS},
    ).fetchall()
    for newer, older in again:
        folded = db.execute(
            "UPDATE ledger_change SET old = before.old"
            " FROM (SELECT field, old FROM ledger_change WHERE seq = ?1 AND op = 'U') AS before"
            " WHERE ledger_change.seq = ?2 AND ledger_change.field = before.field"
            " AND ledger_change.new IS NOT before.old",
            (older, newer),
        ).rowcount
        if folded:
            db.execute("DELETE FROM ledger_change WHERE seq = ?", (older,))


def change_set(db: Connection, seq: int, since: int) -> ChangeSet:
    """The changes of one action after change number ``since``."""
    action_id, label, origin = db.execute(
        "SELECT id, label, origin FROM ledger_action WHERE seq = ?", (seq,)
    ).fetchone()
    listed = db.execute(
        "SELECT DISTINCT tbl, row, field FROM ledger_change WHERE seq > ? LIMIT ?",
        (since, MAX_LISTED_ROWS + 1),
    ).fetchall()
    if len(listed) > MAX_LISTED_ROWS:
        tables = db.execute("SELECT DISTINCT tbl FROM ledger_change WHERE seq > ?", (since,))
        return ChangeSet(action_id, label, origin, frozenset(t for (t,) in tables), bulk=True)
    rows: dict[str, set[str]] = {}
    fields: dict[str, set[str]] = {}
    for table, row, field in listed:
        rows.setdefault(table, set()).add(row)
        if field is not None:
            fields.setdefault(row, set()).add(field)
    return ChangeSet(
        action_id,
        label,
        origin,
        frozenset(rows),
        {table: frozenset(ids) for table, ids in rows.items()},
        {row: frozenset(names) for row, names in fields.items()},
    )


def action_info(
    db: Connection, where: str, parameters: tuple[object, ...] = ()
) -> ActionInfo | None:
    """The first action that fits ``where`` (SQL about ``ledger_action a``, with its order)."""
    row = db.execute(
        f"SELECT {_ACTION} FROM ledger_action a {where} LIMIT 1", parameters
    ).fetchone()
    return None if row is None else ActionInfo(*row)


def actions(db: Connection, *, before: int | None, limit: int) -> list[ActionInfo]:
    """The newest actions, newest first, older than number ``before``."""
    rows = db.execute(
        f"SELECT {_ACTION} FROM ledger_action a WHERE a.seq < ? ORDER BY a.seq DESC LIMIT ?",
        (2**62 if before is None else before, limit),
    )
    return [ActionInfo(*row) for row in rows]


def changes_of_records(db: Connection, row_ids: list[str], limit: int) -> list[FieldChange]:
    """The newest changes of some records, newest first."""
    marks = ", ".join("?" * len(row_ids))
    rows = db.execute(
        f"SELECT {_ACTION}, c.tbl, c.row, c.op, coalesce(c.field, ''), c.old, c.new"
        " FROM ledger_change c JOIN ledger_action a ON a.seq = c.action"
        f" WHERE c.row IN ({marks}) ORDER BY c.seq DESC LIMIT ?",
        (*row_ids, limit),
    )
    return [FieldChange(ActionInfo(*row[:7]), *row[7:]) for row in rows]
