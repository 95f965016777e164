"""The way into a portfolio by hand: through the panels of the opening window."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.opening import Secrets
from kam_desktop.services.sample import create_sample_portfolio
from kam_desktop.tour.driver import Driver, TourError, wait_until
from kam_desktop.tour.stage import PASSPHRASE, StillClock
from kam_desktop.ui.opening.panels import Create, Unlock
from kam_desktop.ui.opening.window import OpeningWindow


def opening_of(driver: Driver) -> OpeningWindow:
    """The opening window; `TourError` while a portfolio is open."""
    opening = driver.program.opening
    if opening is None:
        raise TourError("the opening window is not there")
    return opening


def fill_create(panel: Create, title: str, folder: str) -> None:
    """Write what a new portfolio is called, where it lies, and its passphrase."""
    panel.title_field.line.setText(title)
    panel.place.set_value(folder)
    panel.protect.setChecked(True)
    for field in (panel.passphrase, panel.again):
        field.line.setText(PASSPHRASE)


def unlock(driver: Driver) -> Unlock:
    """Wait until a passphrase is asked for."""
    opening = opening_of(driver)
    wait_until(
        lambda: opening.isVisible() and opening.panel is opening.unlock,
        "the passphrase to be asked for",
    )
    driver.settle()
    return opening.unlock


def enter(driver: Driver) -> None:
    """Type the passphrase and go on to the window."""
    panel = unlock(driver)
    panel.passphrase.line.setText(PASSPHRASE)
    panel.submit()
    driver.window_opens()


def make_sample(path: Path) -> None:
    """Make the sample portfolio, locked with the tour's passphrase instead of a keyring."""
    secrets = Secrets(passphrase=PASSPHRASE)
    create_sample_portfolio(path, secrets=secrets, clock=StillClock()).close()
