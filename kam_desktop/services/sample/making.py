"""Makes the sample portfolio."""

from __future__ import annotations

import json
import random
from pathlib import Path

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
from kam_desktop.services.sample.cast import Stage, add_accounts, add_people, add_team
from kam_desktop.services.sample.story import add_story
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import KEYRING_PROBLEMS, Problem, StorageFaultError

_SEED = 7
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
    """Put the sample's records into an empty portfolio; not a step of the user's undo."""
    data = json.loads(resource_path("sample", "portfolio.json").read_text("utf-8"))
    # Not for secrets: the same seed makes the same people each time.
    stage = Stage(data, random.Random(_SEED))
    with portfolio.unit_of_work(_("Make the sample portfolio"), origin="program") as work:
        add_team(work, stage)
        add_accounts(work, stage)
        add_people(work, stage)
        add_story(work, stage)
        add_agenda(work, stage)
        add_snapshots(work, stage)
