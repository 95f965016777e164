"""Makes the sample portfolio."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kam_desktop.models.registry import Interaction
from kam_desktop.services.clock import Clock
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import (
    OpenPortfolio,
    Secrets,
    clear_away,
    create_portfolio,
    open_portfolio,
)
from kam_desktop.services.resources import resource_path
from kam_desktop.services.sample.agenda import add_agenda, add_snapshots
from kam_desktop.services.sample.cast import Stage, add_accounts, add_people, add_team, days
from kam_desktop.services.sample.past import add_chapter, add_first_claims, add_turns, at_day
from kam_desktop.services.sample.plans import add_plans
from kam_desktop.services.sample.story import Row, add_story, touches
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import KEYRING_PROBLEMS, Problem, StorageFaultError
from kam_desktop.services.storage.unit_of_work import UnitOfWork

_SEED = 7
_BEGAN = -365
"""When the sample was begun, in days from today."""

SAMPLE_PASSPHRASE = "sample"
"""Protects the sample where the system keeps no keys. Not a secret: everything in it is made up."""


def open_sample_portfolio(
    path: Path, *, clock: Clock | None = None, device: str = "local"
) -> OpenPortfolio:
    """Open the sample at ``path``, made on first use; asks for nothing, also without a keyring.

    Raises as `create_portfolio` and `open_portfolio`.
    """
    known = Secrets(passphrase=SAMPLE_PASSPHRASE)
    if path.exists():
        try:
            return open_portfolio(path, clock=clock, device=device)
        except StorageFaultError as fault:
            if fault.problem is not Problem.PASSPHRASE_NEEDED:
                raise
            try:
                return open_portfolio(path, known, clock=clock, device=device)
            except StorageFaultError:
                # Somebody has given it a passphrase of their own: that one is to be asked for.
                raise fault from None
    try:
        return create_sample_portfolio(path, clock=clock, device=device)
    except StorageFaultError as fault:
        if fault.problem not in KEYRING_PROBLEMS:
            raise
    opened = create_sample_portfolio(path, secrets=known, clock=clock, device=device)
    opened.news = (
        _(
            "This computer has no keyring. The passphrase of the sample portfolio is “{word}”."
        ).format(word=SAMPLE_PASSPHRASE),
    )
    return opened


def create_sample_portfolio(
    path: Path,
    *,
    secrets: Secrets | None = None,
    clock: Clock | None = None,
    device: str = "local",
) -> OpenPortfolio:
    """Make the sample at ``path`` and open it. Raises as `create_portfolio`."""
    opened, _recovery = create_portfolio(
        path, title=_("Sample portfolio"), secrets=secrets or Secrets(), clock=clock, device=device
    )
    try:
        fill_with_sample(opened.portfolio)
    except BaseException:
        opened.close()
        clear_away(path)
        raise
    return opened


def fill_with_sample(portfolio: Portfolio) -> None:
    """Put the sample's records into an empty portfolio; not a step of the user's undo.

    The beginning and each chapter of the past year are recorded at their own time.
    """
    data = json.loads(resource_path("sample", "portfolio.json").read_text("utf-8"))
    # Not for secrets: the same seed makes the same people each time.
    stage = Stage(data, random.Random(_SEED))
    with _recorded(portfolio, _BEGAN) as work:
        add_team(work, stage)
        add_accounts(work, stage)
        add_people(work, stage)
        add_first_claims(work, stage)
        ahead = touches(stage, portfolio.clock.now() - days(_BEGAN))
        ahead = _add_touches(work, ahead)
    for chapter in data["chapters"]:
        with _recorded(portfolio, chapter["days"]) as work:
            ahead = _add_touches(work, ahead)
            if chapter.get("turns"):
                add_turns(work, stage)
            add_chapter(work, stage, chapter)
    with _recorded(portfolio, 0) as work:
        _add_touches(work, ahead)
        add_story(work, stage)
        add_agenda(work, stage)
        add_plans(work, stage)
        add_snapshots(work, stage)


@contextmanager
def _recorded(portfolio: Portfolio, day: int) -> Iterator[UnitOfWork]:
    with (
        at_day(portfolio, day),
        portfolio.unit_of_work(_("Make the sample portfolio"), origin="program") as work,
    ):
        yield work


def _add_touches(work: UnitOfWork, ahead: list[Row]) -> list[Row]:
    """Store the touches up to the time of ``work``; returns those still to come."""
    past = [row for row in ahead if row["at"] <= work.now]
    work.bulk_insert(Interaction, past)
    return ahead[len(past) :]
