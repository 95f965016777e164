"""The relationship map of 500 people: prints what laying it out and moving it takes, as JSON.

Milliseconds; a step of panning or zooming counts until it has been painted.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from bench.figures import median_ms, percentile
from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.map_scene import build_scene
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine
from kam_desktop.ui.fonts import add_missing_fonts
from kam_desktop.ui.relationship_map.canvas_stage import CanvasStage
from kam_desktop.ui.theme import Theme, theme

PEOPLE, OTHER_TIES = 500, 1_001
WINDOW = QSize(1200, 760)
PAN_ZOOM = 0.35
STEPS = 200
STEP = 17
_FAMILIES = ("Haugen", "Rossi", "Ångström", "Papadopoulou", "田中", "الأحمد", "Müller-Lüdenscheidt")
_TITLES = ("Head of procurement", "Plant director", "Engineer", "Chief financial officer", "")


def company(people: int = PEOPLE, other_ties: int = OTHER_TIES) -> MapData:
    """A company in which everybody but the head reports to somebody, with ties across.

    By default 500 people and 1,500 ties.
    """
    rng = random.Random(5)
    cards = tuple(_person(rng, at) for at in range(people))
    ties = [
        TieLine(f"r{at}", f"p{at}", f"p{(at - 1) // 6}", TieKind.REPORTS_TO, None, "", True)
        for at in range(1, people)
    ]
    kinds = [kind for kind in TieKind if kind is not TieKind.REPORTS_TO]
    for at in range(other_ties):
        one, two = rng.sample(range(people), 2)
        kind = rng.choice(kinds)
        ties.append(TieLine(f"t{at}", f"p{one}", f"p{two}", kind, None, "", False))
    return MapData("a", "Northern", None, cards, tuple(ties))


def _person(rng: random.Random, at: int) -> PersonCard:
    return PersonCard(
        id=f"p{at}",
        name=f"Person {at} {rng.choice(_FAMILIES)}",
        title=rng.choice(_TITLES),
        roles=(),
        support=rng.choice((None, -2, -1, 0, 1, 2)),
        influence=rng.randrange(11),
        coverage=None,
        level=None,
        level_wanted=None,
        strength=rng.random(),
        last_touch=None,
        buying_centre_id="",
        owner_name="",
        account_name="",
        vacant=at % 20 == 7,
        external=at % 30 == 3,
        left_on=None,
    )


def _layout_ms(data: MapData, view: str) -> float:
    """Median of laying the map out from nothing, with all its cards and lines."""

    def lay_out() -> None:
        build_scene(data, view)

    return median_ms(lay_out, 5)


def _p99(steps: int, act: Callable[[int], None]) -> float:
    """The 99th percentile of acting and painting what the act asks for."""
    samples = []
    for at in range(steps):
        start = time.perf_counter()
        act(at)
        QApplication.processEvents()
        samples.append((time.perf_counter() - start) * 1000)
    return percentile(samples, 99)


def _moving(data: MapData, view: str) -> dict[str, float]:
    """Panning at `PAN_ZOOM`, and zooming out from 100 % and in again."""
    stage = CanvasStage(theme())
    stage.resize(WINDOW)
    stage.show_loaded(LoadedMap(data, build_scene(data, view), data))
    stage.show()
    stage.fit()
    canvas = stage.canvas
    canvas.zoom_by(PAN_ZOOM / canvas.zoom)
    QApplication.processEvents()
    across, down = canvas.horizontalScrollBar(), canvas.verticalScrollBar()

    def pan(at: int) -> None:
        way = STEP if at % 80 < 40 else -STEP
        across.setValue(across.value() + way)
        down.setValue(down.value() + way // 2)

    def zoom(at: int) -> None:
        canvas.zoom_by(0.95 if at % 60 < 30 else 1 / 0.95)

    panned = _p99(STEPS, pan)
    canvas.zoom_by(1 / canvas.zoom)
    QApplication.processEvents()
    return {"pan": panned, "zoom": _p99(STEPS, zoom)}


def main() -> None:
    """Measure on an account made up here."""
    app = QApplication([])
    add_missing_fonts()
    look = Theme(app)
    look.apply()
    data = company()
    answer = {}
    for view in ("org", "network"):
        moving = _moving(data, view)
        answer[f"{view}_layout"] = _layout_ms(data, view)
        answer[f"{view}_pan_p99"] = moving["pan"]
        answer[f"{view}_zoom_p99"] = moving["zoom"]
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
