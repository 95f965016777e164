"""What opening and making portfolios does on other threads, and which trouble has which way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import StorageError
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import Secrets, create_portfolio, open_portfolio
from kam_desktop.services.places import data_folder
from kam_desktop.services.storage.problems import KEYRING_PROBLEMS, Problem

if TYPE_CHECKING:
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.services.storage.recovery_key import RecoveryKey
    from kam_desktop.ui.shell.safekeeping import RestoreWanted

SAMPLE_NAME = "Sample portfolio.kam"
CAN_BE_TYPED = KEYRING_PROBLEMS | {
    Problem.PASSPHRASE_NEEDED,
    Problem.PASSPHRASE_WRONG,
    Problem.RECOVERY_KEY_WRONG,
    Problem.SLOT_MISSING,
}
READ_ONLY_HELPS = frozenset(
    {
        Problem.SCHEMA_NEWER,
        Problem.READ_ONLY,
        Problem.NO_SPACE,
        Problem.NETWORK_DRIVE,
        Problem.CLOUD_FOLDER,
        Problem.IN_USE,
    }
)


def open_file(
    path: Path, secrets: Secrets, read_only: bool, device: str, clock: Clock
) -> OpenPortfolio:
    """Open a portfolio; raises as `open_portfolio`."""
    return open_portfolio(path, secrets, read_only=read_only, device=device, clock=clock)


def create_file(
    path: Path, title: str, passphrase: str, device: str, clock: Clock
) -> tuple[OpenPortfolio, RecoveryKey]:
    """Make a portfolio; an empty passphrase means the keyring."""
    secrets = Secrets(passphrase=passphrase or None)
    return create_portfolio(path, title=title, secrets=secrets, device=device, clock=clock)


def open_or_make_sample(path: Path, device: str, clock: Clock) -> OpenPortfolio:
    """Open the sample portfolio, made on first use; asks for nothing, also without a keyring."""
    from kam_desktop.services.sample import open_sample_portfolio

    path.parent.mkdir(parents=True, exist_ok=True)
    return open_sample_portfolio(path, clock=clock, device=device)


def sample_path() -> Path:
    """Where the sample portfolio lies, made or not."""
    return data_folder() / SAMPLE_NAME


def go_back_and_open(wanted: RestoreWanted, device: str, clock: Clock) -> OpenPortfolio:
    """Put a backup in place of its portfolio, which is closed, and open it again.

    When that does not work the portfolio is as it was: it is opened all the same, with the reason
    among its notices. Raises as `open_portfolio`.
    """
    from kam_desktop.services.storage.backup_files import backup_folder
    from kam_desktop.services.storage.restore import restore

    path, trouble = wanted.portfolio, ""
    try:
        restore(
            wanted.backup,
            wanted.backup_key,
            path,
            wanted.key,
            folder=backup_folder(path),
            clock=clock,
        )
    except StorageError as error:
        trouble = str(error)
    opened = open_portfolio(path, Secrets(key=wanted.key), device=device, clock=clock)
    if trouble:
        opened.notices = (*opened.notices, trouble)
    else:
        opened.news = (_("You are back at the backup. The state before is kept as a backup."),)
    return opened
