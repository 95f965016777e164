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

GOOD = """
from alembic import op
import sqlalchemy as sa

def upgrade() -> None:
    op.add_column("account", sa.Column("mood", sa.String(), nullable=True))
    op.execute("UPDATE account SET mood = 'calm'")
"""
BAD = GOOD + '    raise RuntimeError("half-way")\n'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    folder = tmp_path / "later_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "v0002_mood.py").write_text(GOOD)
    (folder / "v0003_bad.py").write_text(BAD)
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

    assert upgrade(db, back_up=back_up, package=package, target=2)
    assert seen == [1]
    assert db.execute("SELECT name, mood FROM account").fetchall() == [("Aurora", "calm")]
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    triggers = db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert triggers[0] > 100
    with pytest.raises(schema.NewerSchemaError):
        schema.schema_version(db)


def test_a_failed_upgrade_leaves_the_file_as_it_was(db: Connection, package: ModuleType) -> None:
    before = everything(db)
    with pytest.raises(Exception, match=r"half-way|duplicate column"):
        upgrade(db, back_up=lambda: None, package=package, target=3)
    assert everything(db) == before
    assert schema.schema_version(db) == 1


def test_without_a_backup_there_is_no_upgrade(db: Connection, package: ModuleType) -> None:
    def no_backup() -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        upgrade(db, back_up=no_backup, package=package, target=2)
    assert schema.schema_version(db) == 1


def test_todays_file_needs_no_upgrade(db: Connection) -> None:
    assert not upgrade(db, back_up=pytest.fail)
    assert sorted(migrations()) == list(range(2, schema.SCHEMA_VERSION + 1))
