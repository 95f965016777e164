"""Portfolio files as older versions of the program made them."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.storage import schema
from kam_desktop.services.storage.engine import Connection, connect, make_durable

GOLDEN = Path(__file__).parent.parent / "golden"


def make_file_of_version(path: Path, version: int, key: bytes) -> Connection:
    """An empty file with the tables of ``version`` (no triggers: an upgrade makes them anew)."""
    path.touch()
    db = connect(path, key)
    make_durable(db)
    for statement in (GOLDEN / f"schema_{version}.sql").read_text("utf-8").split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("INSERT INTO ledger_now VALUES (1, NULL)")
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {version}")
    return db
