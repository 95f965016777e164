"""Full-text indexes over accounts, people, notes, promises and meetings, kept by triggers.

Each index is contentless: it holds words and row numbers, not a second copy of the text. Row
numbers are SQLite's own; nothing in the program runs VACUUM, which could renumber them, and
`rebuild` makes the indexes anew after anything that might have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kam_desktop.services.storage.engine import Connection
from kam_desktop.services.storage.words_of_text import LAST_LATIN


class Index(NamedTuple):
    """The index ``name`` over some columns of one table, the most telling column first."""

    name: str
    table: str
    columns: tuple[str, ...]


INDEXES = (
    Index("account_words", "account", ("name", "number", "city", "country", "industry", "about")),
    Index("person_words", "person", ("name", "title", "email", "about")),
    Index("interaction_words", "interaction", ("summary", "text")),
    Index("note_words", "note", ("text",)),
    Index("commitment_words", "commitment", ("text", "evidence")),
    Index(
        "meeting_words",
        "meeting",
        ("title", "place", "objective_ours", "objective_theirs", "agenda", "outcome", "next_step"),
    ),
)


def statements() -> Iterator[str]:
    """The DDL of the indexes."""
    for index in INDEXES:
        yield (
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({', '.join(index.columns)},"
            " content = '', contentless_delete = 1, prefix = '1 2 3 4',"
            ' tokenize = "unicode61 remove_diacritics 2")'
        )


def trigger_statements() -> Iterator[str]:
    """The DDL of the triggers that keep the indexes."""
    for index in INDEXES:
        insert = (
            f"INSERT INTO {index.name} (rowid, {', '.join(index.columns)}) "
            f"SELECT NEW.rowid, {_words(index, 'NEW')} WHERE NEW.deleted_at IS NULL;"
        )
        delete = f"DELETE FROM {index.name} WHERE rowid = OLD.rowid AND OLD.deleted_at IS NULL;"
        watched = ", ".join((*index.columns, "deleted_at"))
        changed = " OR ".join(
            f"OLD.{column} IS NOT NEW.{column}" for column in (*index.columns, "deleted_at")
        )
        yield f"CREATE TRIGGER {index.name}_insert AFTER INSERT ON {index.table} BEGIN {insert} END"
        yield f"CREATE TRIGGER {index.name}_delete AFTER DELETE ON {index.table} BEGIN {delete} END"
        yield (
            f"CREATE TRIGGER {index.name}_update AFTER UPDATE OF {watched} ON {index.table} "
            f"WHEN {changed} BEGIN {delete} {insert} END"
        )


def _words(index: Index, row: str) -> str:
    """SQL for the text of each column; only text beyond Latin pays for the function."""
    return ", ".join(
        f"CASE WHEN {row}.{column} GLOB '*[^\x01-{LAST_LATIN}]*'"
        f" THEN kam_searchable({row}.{column})"
        f" ELSE {row}.{column} END"
        for column in index.columns
    )


def rebuild(db: Connection) -> None:
    """Make all indexes anew from their tables, inside the caller's transaction."""
    for index in INDEXES:
        db.execute(f"DELETE FROM {index.name}")
        db.execute(
            f"INSERT INTO {index.name} (rowid, {', '.join(index.columns)}) "
            f"SELECT rowid, {_words(index, index.table)} FROM {index.table}"
            " WHERE deleted_at IS NULL"
        )


def damaged(db: Connection) -> list[str]:
    """The names of indexes that do not hold exactly one entry for each row outside the trash."""
    return [
        index.name
        for index in INDEXES
        if db.execute(f"SELECT count(*) FROM {index.name}").fetchone()
        != db.execute(f"SELECT count(*) FROM {index.table} WHERE deleted_at IS NULL").fetchone()
    ]
