"""The file's shape per schema version: a change without a migration fails here."""

from __future__ import annotations

import os
from pathlib import Path

from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.schema import SCHEMA_VERSION

REFERENCE = Path(__file__).with_name(f"schema_{SCHEMA_VERSION}.sql")


def _on_one_line(sql: str) -> str:
    return " ".join(" ".join(line.split("--")[0] for line in sql.split("\n")).split())


def test_the_schema_is_the_one_of_its_version(portfolio: Portfolio) -> None:
    """Triggers are not part of it: every upgrade makes them anew."""
    with portfolio.reading() as db:
        statements = db.rows(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
            " AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\' ORDER BY type DESC, name"
        )
    text = "".join(f"{_on_one_line(sql)};\n" for (sql,) in statements)
    if os.environ.get("KAM_DESKTOP_REWRITE_GOLDEN"):
        REFERENCE.write_text(text, "utf-8")
    assert text == REFERENCE.read_text("utf-8"), (
        "the schema has changed: raise SCHEMA_VERSION, add models/migrations/vNNNN_….py and "
        "keep the old reference"
    )
