"""The ORM over the writer's connection. Imported only when something is first written."""

from __future__ import annotations

from collections.abc import Callable

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from kam_desktop.services.storage.engine import Connection


def session_factory(db: Connection) -> Callable[[], Session]:
    """Makes sessions that work inside a transaction the caller begins on ``db`` afterwards.

    Transactions stay the caller's: ending a session after the commit has nothing left to roll back.
    """
    engine = engine_on(db)

    def make() -> Session:
        return Session(engine, autoflush=False, expire_on_commit=False)

    return make


def engine_on(db: Connection) -> Engine:
    """An engine whose only connection is ``db``; call it outside of a transaction."""

    def existing() -> Connection:
        return db

    engine = create_engine(
        "sqlite://",
        creator=existing,
        module=driver,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )
    # The first connection of an engine is rolled back after a look at the library's abilities; that
    # must not happen inside somebody's transaction.
    engine.connect().close()
    return engine
