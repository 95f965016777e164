"""Opens the portfolio a command works on: which file, and with what passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import OpenPortfolio, Secrets, open_portfolio
from kam_desktop.services.places import data_folder
from kam_desktop.services.storage.device import device_id
from kam_desktop.services.storage.own_files import OWN_ENDINGS
from kam_desktop.services.storage.problems import KEYRING_PROBLEMS, Problem, StorageFaultError

R = TypeVar("R")

_ASK_FOR_PASSPHRASE = KEYRING_PROBLEMS | {Problem.PASSPHRASE_NEEDED}


def chosen_portfolio() -> Path:
    """The file given with ``--portfolio``. Raises ``UserError`` when none was."""
    path = click.get_current_context().find_root().params.get("portfolio")
    if not path or not Path(path).name:
        raise UserError(_("Say which portfolio: kam-desktop --portfolio FILE …"))
    return Path(path)


@contextmanager
def opened(*, read_only: bool = False) -> Iterator[OpenPortfolio]:
    """The chosen portfolio, open; asks for a passphrase on a terminal when one is needed."""
    portfolio = _open(chosen_portfolio(), read_only=read_only)
    try:
        for notice in portfolio.notices:
            click.echo(notice, err=True)
        yield portfolio
    finally:
        portfolio.close()


def require_target(target: Path, *sources: Path) -> None:
    """Raises ``UserError`` unless ``target`` may be written.

    It may not be a file of the chosen portfolio nor one of ``sources``, and its folder must exist.
    To be called before anything is changed.
    """
    portfolio = chosen_portfolio()
    own = [portfolio.with_name(f"{portfolio.name}{ending}") for ending in OWN_ENDINGS]
    if target.resolve() in {path.resolve() for path in (*own, *sources)}:
        raise UserError(
            _("{path} would be overwritten. Nothing was changed. Choose another name.").format(
                path=target
            )
        )
    if not target.parent.is_dir():
        raise UserError(
            _("The folder {folder} is not there. Nothing was changed. Choose another.").format(
                folder=target.parent
            )
        )


def unlocked(path: Path) -> bytes:
    """The key of a portfolio or backup; asks for a passphrase like `opened`."""
    return _with_passphrase_if_needed(lambda secrets: secrets.unlock(path))


def _open(path: Path, *, read_only: bool) -> OpenPortfolio:
    device = device_id(data_folder())
    return _with_passphrase_if_needed(
        lambda secrets: open_portfolio(path, secrets, read_only=read_only, device=device)
    )


def _with_passphrase_if_needed(attempt: Callable[[Secrets], R]) -> R:
    given = click.get_current_context().find_root().params.get("recovery_key")
    try:
        return attempt(Secrets(recovery_key=given))
    except StorageFaultError as fault:
        if fault.problem not in _ASK_FOR_PASSPHRASE or not sys.stdin.isatty():
            raise
        click.echo(str(fault), err=True)
    except UserError as error:
        if error.field != "recovery_key":
            raise
        # A key that was mistyped ends as one that is wrong does.
        raise StorageFaultError(
            Problem.RECOVERY_KEY_WRONG,
            str(error),
            remedy=_("Your data is safe. Nothing was changed."),
        ) from error
    return attempt(Secrets(passphrase=click.prompt(_("Passphrase"), hide_input=True, err=True)))
