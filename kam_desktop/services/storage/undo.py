"""Undo and redo: the inverse of an action, applied as a new action.

Each inverse statement also states what it expects to find. When a value has moved on since, nothing
is changed and the user is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ActionInfo
from kam_desktop.services.storage.engine import Connection, IntegrityError
from kam_desktop.services.storage.ledger import Change, Unit, image_sql, unit_of
from kam_desktop.services.storage.recorder import action_info

_CHUNK = 5_000


class MovedOnError(UserError):
    """A value to be put back has been changed by something else since."""


def next_undo(db: Connection) -> ActionInfo | None:
    """The action that undo would take back; what the program did by itself is not the user's."""
    return action_info(
        db,
        "WHERE a.kind = 'do' AND a.state = 'done' AND a.origin <> 'program' ORDER BY a.seq DESC",
    )


def next_redo(db: Connection) -> tuple[ActionInfo, ActionInfo] | None:
    """The undo that redo would take back, and the action it brings back; None after new work."""
    undo = action_info(
        db,
        "WHERE a.kind = 'undo' AND a.state = 'done' AND a.seq > coalesce((SELECT max(seq)"
        " FROM ledger_action WHERE kind = 'do' AND origin <> 'program'), 0) ORDER BY a.seq DESC",
    )
    if undo is None:
        return None
    original = action_info(
        db, "WHERE a.seq = (SELECT target FROM ledger_action WHERE seq = ?)", (undo.seq,)
    )
    return None if original is None else (undo, original)


def set_state(db: Connection, seq: int, state: str) -> None:
    """Mark an action as done or undone."""
    db.execute("UPDATE ledger_action SET state = ? WHERE seq = ?", (state, seq))


def apply_inverse(db: Connection, action: ActionInfo) -> None:
    """Put back what ``action`` changed, last change first.

    Raises `MovedOnError`; the caller rolls back.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    for (op, table, field), run in groupby(_changes_backwards(db, action.seq), _kind_of_change):
        changes = list(run)
        try:
            if op == "U":
                done = _put_back_values(db, unit_of(table, str(field)), table, changes)
            elif op == "I":
                done = _remove_rows(db, table, changes)
            else:
                done = _bring_back_rows(db, table, changes)
        except IntegrityError as error:
            raise moved_on(action) from error
        if done != len(changes):
            raise moved_on(action)


def _kind_of_change(change: Change) -> tuple[str, str, str | None]:
    # Images of different shapes (before and after a schema upgrade) must not share a statement.
    shape = ",".join(change.image()) if change.op != "U" else change.field
    return change.op, change.table, shape


def _changes_backwards(db: Connection, action: int) -> Iterator[Change]:
    below = 2**62
    while True:
        rows = db.execute(
            "SELECT seq, tbl, row, op, field, old, new FROM ledger_change"
            " WHERE action = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            (action, below, _CHUNK),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield Change(*row[1:])
        below = rows[-1][0]


def _put_back_values(db: Connection, unit: Unit, table: str, changes: list[Change]) -> int:
    columns = unit.columns
    assign = ", ".join(f'"{column}" = ?' for column in columns)
    quoted = f'"{table}"'
    return _run(
        db,
        f"UPDATE {quoted} SET {assign} WHERE id = ? AND {unit.value(quoted)} IS ?",
        [
            (
                *([change.old] if len(columns) == 1 else json.loads(str(change.old))),
                change.row,
                change.new,
            )
            for change in changes
        ],
    )


_MADE_ABOUT = {"account": (("health_snapshot", "account_id"),)}
"""What the program itself keeps about records of a table: no reason not to remove them."""


def _remove_own_records(db: Connection, table: str, changes: list[Change]) -> None:
    for child, column in _MADE_ABOUT.get(table, ()):
        _run(
            db,
            f'DELETE FROM "{child}" WHERE "{column}" = ? AND EXISTS (SELECT 1 FROM ledger_change c'
            f' JOIN ledger_action a ON a.seq = c.action WHERE c.row = "{child}".id'
            " AND c.op = 'I' AND a.origin = 'program')",
            [(change.row,) for change in changes],
        )


def _remove_rows(db: Connection, table: str, changes: list[Change]) -> int:
    _remove_own_records(db, table, changes)
    image = image_sql(changes[0].image(), f'"{table}"')
    return _run(
        db,
        f'DELETE FROM "{table}" WHERE id = ? AND {image} = ?',
        [(change.row, change.new) for change in changes],
    )


def _bring_back_rows(db: Connection, table: str, changes: list[Change]) -> int:
    images = [change.image() for change in changes]
    columns = list(images[0])
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return _run(
        db,
        f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',
        [tuple(image.values()) for image in images],
    )


def _run(db: Connection, sql: str, parameters: list[tuple[object, ...]]) -> int:
    return int(db.executemany(sql, parameters).rowcount)


def moved_on(action: ActionInfo) -> MovedOnError:
    """The refusal to invert ``action``."""
    return MovedOnError(
        _(
            "“{label}” cannot be undone, because something it changed has been changed again "
            "since. Nothing was changed now. Open the history to see the later changes."
        ).format(label=action.label)
    )
