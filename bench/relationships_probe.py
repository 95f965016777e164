"""Large companies in a real portfolio: prints what their maps take, as JSON (milliseconds).

Read and lay out, show, think, go back in time, put on paper: each as the window does it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.figures import median_ms
from bench.portfolios import KEY, TODAY
from kam_desktop.services.handouts.poster.content import read_poster
from kam_desktop.services.handouts.poster.paper import PosterOptions
from kam_desktop.services.handouts.poster.pdf import render_poster
from kam_desktop.services.handouts.poster.svg import render_svg
from kam_desktop.services.map_loading import MapWish, load_map
from kam_desktop.services.people import update_person
from kam_desktop.services.queries.map_analysis import account_thinking
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.past import account_as_of
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.schema import create_schema
from kam_desktop.tour.crowd import add_company
from kam_desktop.ui.fonts import add_missing_fonts
from kam_desktop.ui.relationship_map.canvas_stage import CanvasStage
from kam_desktop.ui.relationship_map.grid.stage import GridStage
from kam_desktop.ui.relationship_map.matrix.stage import MatrixStage
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.operations import Operations
from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.theme import Theme, theme

CHANGES = 5_000
THEN = TODAY - dt.timedelta(days=100)
ON = TODAY.date()


class _MovingClock:
    """Tells the time it was given last."""

    def __init__(self, instant: dt.datetime) -> None:
        self.instant = instant

    def now(self) -> dt.datetime:
        return self.instant

    def today(self) -> dt.date:
        return self.instant.date()


def build(path: Path) -> tuple[Portfolio, str, str]:
    """A portfolio with a company of 500 people, changed 5,000 times since, and one of 2,000."""
    path.touch()
    db = connect(path, KEY)
    make_durable(db)
    create_schema(db)
    db.close()
    clock = _MovingClock(THEN)
    portfolio = Portfolio(path, KEY, clock=clock, device="bench")
    with portfolio.unit_of_work("Fill", origin="import") as work:
        half = add_company(work, "Five hundred", 500, 1_500)
        whole = add_company(work, "Two thousand", 2_000, 6_000)
    clock.instant = TODAY
    _change(portfolio, half)
    return portfolio, half, whole


def _change(portfolio: Portfolio, account_id: str) -> None:
    """Change everybody's title and influence, step by step, `CHANGES` times in all."""
    with portfolio.reading() as db:
        ids = [
            row[0] for row in db.rows("SELECT id FROM person WHERE account_id = ?", (account_id,))
        ]
    for count in range(CHANGES // 2 // 100):
        with portfolio.unit_of_work(f"Change {count}") as work:
            for person_id in ids[count % 5 * 100 :][:100]:
                update_person(work, person_id, title=f"Title {count}", influence=count % 11)


def _once_ms(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _canvas(_context: AppContext) -> MapStage:
    return CanvasStage(theme())


def _shown_ms(
    db: Reader, wish: MapWish, make: Callable[[AppContext], MapStage], context: AppContext
) -> float:
    """Reading, laying out and painting a map for the first time."""

    def show() -> None:
        stage = make(context)
        stage.resize(1200, 760)
        stage.show_loaded(load_map(db, replace(wish, build=stage.build)))
        stage.show()
        stage.fit()
        QApplication.processEvents()
        stage.close()
        stage.deleteLater()

    return median_ms(show, 3)


def _context(portfolio: Portfolio, look: Theme, folder: Path) -> AppContext:
    lanes, bus, navigator = Lanes(portfolio), Bus(), Navigator()
    return AppContext(
        portfolio=portfolio,
        lanes=lanes,
        operations=Operations(portfolio, lanes, bus, navigator),
        bus=bus,
        theme=look,
        preferences=PreferenceStore(folder / "preferences.json"),
        navigator=navigator,
        clock=_MovingClock(TODAY),
        safekeeping=None,
    )


def measure(db: Reader, half: str, whole: str, context: AppContext) -> dict[str, float]:
    """All figures by name."""

    def past() -> None:
        with account_as_of(db, half, THEN + dt.timedelta(days=1)) as then:
            map_data(then, half, on=ON)

    def think() -> None:
        account_thinking(db, half, on=ON)

    org = MapWish(half, "org", ON)

    def poster() -> None:
        render_poster(read_poster(db, org), PosterOptions("A2"))

    def drawing() -> None:
        render_svg(read_poster(db, org))

    return {
        "opening_org": _shown_ms(db, org, _canvas, context),
        "opening_network": _shown_ms(db, MapWish(half, "network", ON), _canvas, context),
        "opening_grid": _shown_ms(db, MapWish(half, "grid", ON), GridStage, context),
        "opening_matrix": _shown_ms(db, MapWish(half, "coverage", ON), MatrixStage, context),
        "opening_many": _shown_ms(db, MapWish(whole, "network", ON), _canvas, context),
        "past": median_ms(past, 5),
        "thinking": median_ms(think, 5),
        "poster_first": _once_ms(poster),
        "poster": median_ms(poster, 3),
        "svg": median_ms(drawing, 3),
    }


def main() -> None:
    """Build, measure, print."""
    app = QApplication([])
    add_missing_fonts()
    look = Theme(app)
    look.apply()
    with tempfile.TemporaryDirectory() as folder:
        portfolio, half, whole = build(Path(folder) / "maps.kam")
        with portfolio.reading() as db:
            answer = measure(db, half, whole, _context(portfolio, look, Path(folder)))
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
