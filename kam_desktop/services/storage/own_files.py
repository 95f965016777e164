"""Knows the files a portfolio consists of, so that nothing else is ever written over them."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.key_file import key_file_path

OWN_ENDINGS = ("", ".keys", ".lock", ".mark", "-wal", "-shm")
"""What the names of a portfolio's own files end with, after the portfolio's name."""


def require_not_own(target: Path) -> None:
    """Raise ``UserError`` when ``target`` is a file of a portfolio (any, seen by its key file)."""
    real = target.resolve()
    for ending in OWN_ENDINGS:
        if not real.name.endswith(ending) or real.name == ending:
            continue
        portfolio = real.with_name(real.name.removesuffix(ending) if ending else real.name)
        if key_file_path(portfolio).exists():
            raise UserError(
                _(
                    "“{name}” belongs to a portfolio. Nothing was changed. Choose another name."
                ).format(name=target.name),
                field="target",
            )
