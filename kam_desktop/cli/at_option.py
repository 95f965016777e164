"""The option ``--at DATE`` of commands that can look back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from kam_desktop.services.clock import Clock
    from kam_desktop.services.storage.reader import Reader

P = ParamSpec("P")
R = TypeVar("R")


def at_option(command: Callable[P, R]) -> Callable[P, R]:
    """Adds ``--at`` to a command; the text arrives as ``at``, None when it was not given."""
    return click.option(
        "--at",
        metavar="DATE",
        help="As it was at the end of that day (like 2026-11-20), by this computer's calendar.",
    )(command)


def wanted_moment(at: str | None, clock: Clock) -> dt.datetime | None:
    """The instant that was asked for; None for now.

    Raises ``UserError`` when it is no date or has not come yet.
    """
    from kam_desktop.services.moments import moment_from_text

    return None if at is None else moment_from_text(at, clock)


@contextmanager
def account_at(db: Reader, account_id: str, moment: dt.datetime | None) -> Iterator[Reader]:
    """A reader on the account as it was at ``moment``, or ``db`` itself without one.

    Raises ``UserError`` (it names the earliest date) when the portfolio does not go back that far.
    """
    if moment is None:
        yield db
        return
    from kam_desktop.services.storage.past import account_as_of

    with account_as_of(db, account_id, moment) as then:
        yield then
