"""A year of 2,000 meetings in the calendar: prints what scrolling through it takes, as JSON.

Milliseconds; a step counts until it has been painted. Blocks of weeks are read meanwhile.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollBar

from bench.figures import median_ms, percentile
from bench.start_probe import KEY
from kam_desktop.models.registry import Account, ChecklistItem, Meeting
from kam_desktop.models.text import new_id
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.queries.calendar import calendar_span
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.schema import create_schema
from kam_desktop.ui.calendar.model import BLOCK_DAYS
from kam_desktop.ui.calendar.page import CalendarPage
from kam_desktop.ui.fonts import add_missing_fonts
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.operations import Operations
from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.theme import Theme

MEETINGS, ITEMS = 2_000, 8
YEAR = 2026
WINDOW = QSize(1200, 760)
_TITLES = ("Business review", "Angebot besprechen", "年度回顧", "مراجعة العقد", "Συνάντηση", "Обед")


def fill(portfolio: Portfolio) -> None:
    """A year of meetings of one account, each with a checklist."""
    rng = random.Random(4)
    begin = dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC)
    with portfolio.unit_of_work("Fill") as work:
        account = Account(name="Northern")
        work.add(account)
        work.flush()
        meetings = [
            {
                "id": new_id(),
                "account_id": account.id,
                "title": f"{rng.choice(_TITLES)} {at}",
                "type": MeetingType.INFORMAL,
                "starts_at": begin
                + dt.timedelta(days=rng.randrange(365), minutes=15 * rng.randrange(28, 72)),
                "zone": rng.choice(("Europe/Rome", "America/New_York", "Asia/Tokyo")),
                "minutes": rng.choice((30, 45, 60, 90, 120)),
                "cancelled": at % 20 == 0,
            }
            for at in range(MEETINGS)
        ]
        work.bulk_insert(Meeting, meetings)
        work.bulk_insert(
            ChecklistItem,
            [
                {"id": new_id(), "meeting_id": row["id"], "position": at, "text": f"Item {at}"}
                for row in meetings
                for at in range(ITEMS)
            ],
        )


def _context(folder: Path, look: Theme) -> AppContext:
    path = folder / "year.kam"
    path.touch()
    db = connect(path, KEY)
    make_durable(db)
    create_schema(db)
    db.close()
    portfolio = Portfolio(path, KEY)
    fill(portfolio)
    lanes, bus, navigator = Lanes(portfolio), Bus(), Navigator()
    return AppContext(
        portfolio=portfolio,
        lanes=lanes,
        operations=Operations(portfolio, lanes, bus, navigator),
        bus=bus,
        theme=look,
        preferences=PreferenceStore(folder / "preferences.json"),
        navigator=navigator,
        clock=SystemClock(),
    )


def _settle(context: AppContext) -> None:
    while context.lanes.busy:
        QApplication.processEvents()
    QApplication.processEvents()


def _frames(steps: int, act: Callable[[int], None]) -> float:
    """The 99th percentile of acting and painting what the act asks for."""
    samples = []
    for at in range(steps):
        start = time.perf_counter()
        act(at)
        QApplication.processEvents()
        samples.append((time.perf_counter() - start) * 1000)
    return percentile(samples, 99)


def _through(bar: QScrollBar, length: int) -> Callable[[int], None]:
    """Scroll on and on, by about a tenth of ``length`` a frame."""

    def act(_at: int) -> None:
        bar.setValue(bar.value() + max(1, length // 10))

    return act


def main() -> None:
    """Measure on a portfolio made up here."""
    app = QApplication([])
    add_missing_fonts()
    look = Theme(app)
    look.apply()
    with TemporaryDirectory(prefix="kam-desktop-bench-") as folder:
        context = _context(Path(folder), look)
        page = CalendarPage(context)
        page.resize(WINDOW)
        page.show()
        first = dt.date(YEAR, 1, 1)

        def read() -> None:
            with context.portfolio.reading() as db:
                last = first + dt.timedelta(days=BLOCK_DAYS)
                calendar_span(db, first, last, page.model.zone, context.clock.now())

        answer = {"block": median_ms(read)}
        for view, bar, length, steps in (
            ("month", page.month.verticalScrollBar(), page.month.height() // 6, 520),
            ("week", page.week.horizontalScrollBar(), page.month.width() // 7, 3_650),
        ):
            page.show_with(view=view)
            page.go_to_day(first)
            _settle(context)
            answer[f"{view}_p99"] = _frames(steps, _through(bar, length))
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
