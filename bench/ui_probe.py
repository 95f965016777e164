"""The window on one portfolio, used for real: prints what was measured as JSON.

Times are from the user's act until the answer has been painted, in milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from bench.figures import median_ms, p95
from bench.start_probe import KEY
from kam_desktop.app import Program
from kam_desktop.services.opening import OpenPortfolio
from kam_desktop.services.queries.accounts import account_ids, account_rows
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.shell.window import MainWindow

ACCOUNTS_OPENED = 12
WORDS_TYPED = 12


class _Driver:
    """Acts on the window and waits until everything it asked for has come and been painted."""

    def __init__(self, program: Program, window: MainWindow) -> None:
        self.program = program
        self.window = window

    def settled(self, shown: QWidget) -> None:
        """Run the event loop until nothing is under way, then paint ``shown``."""
        loop = QEventLoop()
        self.program._lanes.idle.connect(loop.quit)
        if not self.program.is_idle():
            loop.exec()
        shown.repaint()

    def timed(self, act: Callable[[], None], shown: QWidget) -> float:
        """Milliseconds from ``act`` until ``shown`` is painted with the answer."""
        start = time.perf_counter()
        act()
        self.settled(shown)
        return (time.perf_counter() - start) * 1000


def _type_words(driver: _Driver, words: list[str]) -> list[float]:
    driver.window.open_palette()
    palette = driver.window.palette_panel
    assert palette is not None
    times = []
    for word in words:
        for length in range(1, len(word) + 1):
            found = QEventLoop()
            palette.model.modelReset.connect(found.quit)
            start = time.perf_counter()
            palette.field.setText(word[:length])
            found.exec()
            palette.view.viewport().repaint()
            times.append((time.perf_counter() - start) * 1000)
            palette.model.modelReset.disconnect(found.quit)
    palette.close_palette()
    return times


def _open_accounts(driver: _Driver, ids: list[str]) -> list[float]:
    def opener(account_id: str) -> Callable[[], None]:
        return lambda: driver.program.navigator.open("account", account_id=account_id)

    return [driver.timed(opener(account_id), driver.window) for account_id in ids]


def main(path: str) -> None:
    """Measure on the portfolio at ``path``."""
    app = QApplication([])
    program = Program(app)
    portfolio = Portfolio(Path(path), KEY)
    program.show_portfolio(OpenPortfolio(portfolio, KEY, None, ()))
    window = program.window
    assert window is not None
    driver = _Driver(program, window)
    driver.settled(window)
    rng = random.Random(3)
    with portfolio.reading() as db:
        ids = rng.sample(account_ids(db), ACCOUNTS_OPENED)
        words = [row.name.split()[0] for row in account_rows(db, ids)]
    words = [*words[: WORDS_TYPED - 2], "reviewed", "pump"]
    _open_accounts(driver, ids[:1])  # makes the page; counted apart
    opened = _open_accounts(driver, ids[1:])
    typed = _type_words(driver, words)
    for page in ("portfolio", "people", "meetings", "health", "today"):
        driver.timed(lambda name=page: program.navigator.open(name), window)
    answer = {
        "account_p95": p95(opened),
        "search_painted_p95": p95(typed),
        "repaint": median_ms(window.repaint),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
