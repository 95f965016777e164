"""Which key opens a backup: the portfolio's own, or that of the one it was made of."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.storage import vault
from kam_desktop.services.storage.problems import Problem, StorageFaultError


def is_of_another(backup: Path, portfolio: Path) -> bool:
    """Whether the key files say that ``backup`` was made of another portfolio.

    One without a key file of its own (it was lost) is taken for a backup of ``portfolio``. Raises
    ``StorageFaultError`` for a key file that cannot be read.
    """
    try:
        made_of = vault.describe(backup).portfolio_id
    except StorageFaultError as fault:
        if fault.problem is Problem.KEY_FILE_MISSING:
            return False
        raise
    return made_of != vault.describe(portfolio).portfolio_id


def key_of_backup(
    backup: Path,
    portfolio: Path,
    key: bytes,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> bytes:
    """The key of ``backup``, seen from ``portfolio`` that is open with ``key``.

    A portfolio keeps its key for life, so its own backups open with it whatever the passphrase was
    then. Raises as `vault.unlock` for a backup of another portfolio, e.g. with
    `Problem.PASSPHRASE_NEEDED` while nothing was typed.
    """
    if not is_of_another(backup, portfolio):
        return key
    return vault.unlock(backup, passphrase=passphrase, recovery_key=recovery_key)
