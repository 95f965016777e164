"""An older file is backed up and upgraded as a whole; a newer one is refused; nothing half-way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services.storage import schema
from kam_desktop.services.storage.engine import Connection, connect
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.upgrade import migrations, upgrade
from tests.conftest import TEST_KEY
from tests.support.old_files import make_file_of_version

GOOD = """
from alembic import op
import sqlalchemy as sa

def upgrade() -> None:
    op.add_column("account", sa.Column("mood", sa.String(), nullable=True))
    op.execute("UPDATE account SET mood = 'calm'")
"""
NEXT = schema.SCHEMA_VERSION + 1
BAD = GOOD + '    raise RuntimeError("half-way")\n'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    folder = tmp_path / "later_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / f"v{NEXT:04}_mood.py").write_text(GOOD)
    (folder / f"v{NEXT + 1:04}_bad.py").write_text(BAD)
    monkeypatch.syspath_prepend(tmp_path)
    import later_migrations  # type: ignore[import-not-found]

    yield later_migrations
    for name in [name for name in sys.modules if name.startswith("later_migrations")]:
        del sys.modules[name]


@pytest.fixture
def db(portfolio: Portfolio) -> Iterator[Connection]:
    with portfolio.unit_of_work("Add") as work:
        work.add(Account(name="Aurora"))
    portfolio.close()
    connection = connect(portfolio.path, TEST_KEY)
    yield connection
    connection.close()


def everything(db: Connection) -> list[object]:
    schema_rows = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    return [schema_rows, db.execute("SELECT * FROM account").fetchall()]


def test_an_upgrade_backs_up_first_and_stamps_the_file(db: Connection, package: ModuleType) -> None:
    seen: list[int] = []

    def back_up() -> None:
        seen.append(schema.schema_version(db))

    assert upgrade(db, back_up=back_up, package=package, target=NEXT)
    assert seen == [schema.SCHEMA_VERSION]
    assert db.execute("SELECT name, mood FROM account").fetchall() == [("Aurora", "calm")]
    assert db.execute("PRAGMA user_version").fetchone() == (NEXT,)
    triggers = db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert triggers[0] > 100
    with pytest.raises(schema.NewerSchemaError):
        schema.schema_version(db)


def test_a_failed_upgrade_leaves_the_file_as_it_was(db: Connection, package: ModuleType) -> None:
    before = everything(db)
    with pytest.raises(Exception, match=r"half-way|duplicate column"):
        upgrade(db, back_up=lambda: None, package=package, target=NEXT + 1)
    assert everything(db) == before
    assert schema.schema_version(db) == schema.SCHEMA_VERSION


def test_without_a_backup_there_is_no_upgrade(db: Connection, package: ModuleType) -> None:
    def no_backup() -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        upgrade(db, back_up=no_backup, package=package, target=NEXT)
    assert schema.schema_version(db) == schema.SCHEMA_VERSION


def test_todays_file_needs_no_upgrade(db: Connection) -> None:
    assert not upgrade(db, back_up=pytest.fail)
    assert sorted(migrations()) == list(range(2, schema.SCHEMA_VERSION + 1))


def columns(db: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Name, type, emptiness and default of each column by table, in an order of its own."""
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%words%'"
    ).fetchall()
    return {
        name: sorted(row[1:5] for row in db.execute(f"PRAGMA table_info({name})").fetchall())
        for (name,) in tables
    }


def references(db: Connection) -> set[tuple[object, ...]]:
    return {
        (name, *row[2:5])
        for name in columns(db)
        for row in db.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    }


def indexes(db: Connection) -> set[str]:
    rows = db.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return {" ".join(sql.split()) for (sql,) in rows.fetchall()}


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
def test_every_older_file_becomes_like_a_new_one(
    version: int, portfolio: Portfolio, tmp_path: Path
) -> None:
    old = make_file_of_version(tmp_path / "old.kam", version, TEST_KEY)
    old.execute("PRAGMA foreign_keys = ON")
    assert upgrade(old, back_up=lambda: None)
    portfolio.close()
    new = connect(portfolio.path, TEST_KEY)
    assert columns(old) == columns(new)
    assert references(old) == references(new)
    assert indexes(old) == indexes(new)
    old.close()
    new.close()
