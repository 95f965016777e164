"""What opening and making portfolios does on other threads, and which trouble has which way out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from kam_desktop.services.clock import Clock
from kam_desktop.services.opening import Secrets, create_portfolio, open_portfolio
from kam_desktop.services.storage.problems import Problem

if TYPE_CHECKING:
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.services.storage.recovery_key import RecoveryKey

CAN_BE_TYPED = frozenset(
    {
        Problem.PASSPHRASE_NEEDED,
        Problem.PASSPHRASE_WRONG,
        Problem.RECOVERY_KEY_WRONG,
        Problem.SLOT_MISSING,
        Problem.KEYRING_ABSENT,
        Problem.KEYRING_REFUSED,
        Problem.KEYRING_FORGETFUL,
        Problem.KEYRING_LOCKED,
        Problem.KEYRING_DISMISSED,
        Problem.KEYRING_ENTRY_MISSING,
        Problem.KEYRING_ENTRY_WRONG,
        Problem.KEYRING_FAILED,
    }
)
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


def make_sample(path: Path, clock: Clock) -> OpenPortfolio:
    """Make the sample portfolio."""
    from kam_desktop.services.sample import create_sample_portfolio

    path.parent.mkdir(parents=True, exist_ok=True)
    opened: OpenPortfolio = create_sample_portfolio(path, clock=clock)
    return opened


def write_recovery_sheet(file: Path, name: str, key: str, today: dt.date) -> Path:
    """Write the recovery sheet as a PDF; there whole or not at all."""
    from kam_desktop.services.handouts.pdf.recovery import render_recovery_sheet
    from kam_desktop.services.storage.atomic_file import write_atomically

    write_atomically(file, render_recovery_sheet(name, key, today))
    return file
