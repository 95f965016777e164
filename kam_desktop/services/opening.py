"""Making a portfolio and opening one: place, lock, key, schema, the mark of the last change."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kam_desktop.models.text import new_id
from kam_desktop.services.clock import Clock, SystemClock
from kam_desktop.services.errors import StorageError
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.storage import damage, high_water, schema, vault
from kam_desktop.services.storage.atomic_file import rename_durably
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.engine import Connection, connect, make_durable
from kam_desktop.services.storage.location import require_good_location
from kam_desktop.services.storage.lock import PortfolioLock
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.recorder import last_change
from kam_desktop.services.storage.recovery_key import RecoveryKey

SUFFIX = ".kam"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the user can open a portfolio with; all empty means the keyring.

    ``key`` is for opening again what this program had open a moment ago; it is never shown.
    """

    passphrase: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)
    key: bytes | None = field(default=None, repr=False)

    def unlock(self, path: Path) -> bytes:
        """The key of the portfolio or backup at ``path``; raises like `vault.unlock`."""
        if self.key is not None:
            return self.key
        return vault.unlock(path, passphrase=self.passphrase, recovery_key=self.recovery_key)


class OpenPortfolio:
    """An open portfolio with everything that has to be let go of together.

    ``notices`` are warnings to show once, ``news`` what was done on opening. ``key`` is for the
    storage room's own work (backups, changing the passphrase) and is never shown or written.
    """

    def __init__(
        self, portfolio: Portfolio, key: bytes, lock: PortfolioLock | None, notices: tuple[str, ...]
    ) -> None:
        self.portfolio = portfolio
        self.key = key
        self.notices = notices
        self.news: tuple[str, ...] = ()
        self._lock = lock

    def close(self) -> None:
        """Close the file and release the lock. Safe to call twice."""
        self.portfolio.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> OpenPortfolio:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def create_portfolio(
    path: Path,
    *,
    title: str,
    secrets: Secrets,
    home_currency: str = "EUR",
    clock: Clock | None = None,
    device: str = "local",
) -> tuple[OpenPortfolio, RecoveryKey]:
    """Make a new encrypted portfolio and open it; returns it and its recovery key.

    Raises ``StorageError`` when the place is not fit or something is there already, and
    ``UserError`` for an empty title or currency; then nothing is left behind.
    """
    clock = clock or SystemClock()
    require_good_location(path)
    if path.exists():
        raise StorageError(
            _("“{name}” is there already.").format(name=path.name),
            remedy=_("It was not changed. Open it, or choose another name."),
        )
    lock = PortfolioLock(path, clock)
    lock.acquire()
    try:
        key, recovery = vault.create_vault(
            path,
            portfolio_id=new_id(),
            keyring=secrets.passphrase is None,
            passphrase=secrets.passphrase,
        )
        try:
            _make_file(path, key)
            portfolio = _opened(path, key, clock, device)
            _fill_new(portfolio, title, home_currency)
        except BaseException:
            clear_away(path)
            raise
    except BaseException:
        lock.release()
        raise
    return OpenPortfolio(portfolio, key, lock, ()), recovery


def _make_file(path: Path, key: bytes) -> None:
    # Under its name only when it is whole: half a portfolio would look like a damaged one.
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        db = connect(draft, key)
        try:
            make_durable(db)
            schema.create_schema(db)
        finally:
            db.close()
        rename_durably(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def clear_away(path: Path) -> None:
    """Remove a portfolio that was made just now and could not be finished, with its key."""
    logs = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm"))
    for leftover in (path, *logs, high_water.mark_path(path)):
        leftover.unlink(missing_ok=True)
    with contextlib.suppress(StorageError):
        vault.discard_vault(path)


def _fill_new(portfolio: Portfolio, title: str, home_currency: str) -> None:
    from kam_desktop.services.checklists import install_builtin_templates
    from kam_desktop.services.portfolio_settings import rename_portfolio, set_home_currency

    try:
        with portfolio.unit_of_work(_("Make the portfolio"), origin="program") as work:
            rename_portfolio(work, title)
            set_home_currency(work, home_currency)
            install_builtin_templates(work)
    except BaseException:
        portfolio.close()
        raise


def open_portfolio(
    path: Path,
    secrets: Secrets | None = None,
    *,
    read_only: bool = False,
    clock: Clock | None = None,
    device: str = "local",
) -> OpenPortfolio:
    """Open the portfolio at ``path``; upgrades an older one after a verified backup.

    Raises ``StorageError`` (of the problem at hand: not there, in use, wrong passphrase, damaged,
    newer schema, unfit place, …); the file is then unchanged. ``read_only`` takes no lock and opens
    files that cannot be written or come from a newer version; one of an older version raises
    `schema.OlderSchemaError`, since it is brought up to date by writing.
    """
    clock = clock or SystemClock()
    secrets = secrets or Secrets()
    damage.require_file(path)
    if read_only:
        key = secrets.unlock(path)
        damage.diagnose(path, key, read_only=True)
        with _raw_connection(path, key, read_only=True) as db:
            schema.require_up_to_date(db)
        return OpenPortfolio(_opened(path, key, clock, device, read_only=True), key, None, ())
    require_good_location(path)
    lock = PortfolioLock(path, clock)
    lock.acquire()
    try:
        key = secrets.unlock(path)
        damage.diagnose(path, key)
        _upgrade_if_older(path, key, clock)
        portfolio = _opened(path, key, clock, device)
        return OpenPortfolio(portfolio, key, lock, tuple(_lost_tail_notices(portfolio)))
    except BaseException:
        lock.release()
        raise


def _opened(
    path: Path, key: bytes, clock: Clock, device: str, *, read_only: bool = False
) -> Portfolio:
    def remember(_changes: ChangeSet, counter: int) -> None:
        high_water.write(path, counter)

    return Portfolio(path, key, clock=clock, device=device, read_only=read_only, on_commit=remember)


def _upgrade_if_older(path: Path, key: bytes, clock: Clock) -> None:
    """Bring the file to today's schema; the backup made before stays among the backups."""
    with _raw_connection(path, key) as db:
        if schema.schema_version(db) == schema.SCHEMA_VERSION:
            return
        from kam_desktop.services.storage import backup, backup_files, upgrade

        def back_up() -> None:
            backup.make_backup(
                path,
                key,
                backup_files.backup_folder(path),
                now=clock.now(),
                reason=backup_files.BackupReason.UPGRADE,
            )

        upgrade.upgrade(db, back_up=back_up)


@contextlib.contextmanager
def _raw_connection(path: Path, key: bytes, *, read_only: bool = False) -> Iterator[Connection]:
    db = connect(path, key, read_only=read_only)
    try:
        yield db
    finally:
        db.close()


def _lost_tail_notices(portfolio: Portfolio) -> Iterator[str]:
    """Says when changes that were acknowledged once are no longer in the file."""
    with portfolio.reading() as db:
        counter = last_change(db.connection)
    remembered = high_water.read(portfolio.path)
    if remembered is not None and remembered > counter:
        lost = remembered - counter
        yield ngettext(
            "The last change is missing from this portfolio; its file was damaged. "
            "Compare with the newest backup in Settings.",
            "The last {count} changes are missing from this portfolio; its file was damaged. "
            "Compare with the newest backup in Settings.",
            lost,
        ).format(count=lost)
        high_water.reset(portfolio.path, counter)
