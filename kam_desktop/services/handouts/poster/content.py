"""What a poster shows, gathered in one reading of the portfolio. For colleagues only: a map holds
our judgements of people, so that no client handout takes any of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kam_desktop.services.analysis.power_grid import EVERY_CELL
from kam_desktop.services.card_marks import Detail
from kam_desktop.services.contact_matrix import build_matrix
from kam_desktop.services.grid_marks import grid_drawing
from kam_desktop.services.grid_scene import build_grid
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.legend_marks import (
    LegendGroup,
    grid_legend,
    map_legend,
    matrix_legend,
    role_legend,
    used_keys,
)
from kam_desktop.services.map_loading import LoadedMap, MapWish, load_map
from kam_desktop.services.map_marks import left_out_ties, map_drawing
from kam_desktop.services.marks import Drawing, Photo
from kam_desktop.services.matrix_marks import matrix_drawing
from kam_desktop.services.queries.our_side import OurSide, our_side
from kam_desktop.services.queries.photos import photos_of
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.services.storage.reader import Reader

GRID, COVERAGE = "grid", "coverage"
VIEWS = ("org", "network", GRID, COVERAGE, "ego")


@dataclass(frozen=True, slots=True)
class PosterContent:
    """One view, ready to be laid out on paper.

    ``overview`` is the same drawing without small type, None where that makes no sense.
    ``as_of`` is the day whose state is shown; ``map_title`` is empty for a view that was not saved
    under a name. ``photos`` are JPEG or PNG files by their SHA-256.
    """

    account_name: str
    view: str
    map_title: str
    people: int
    as_of: dt.date
    drawing: Drawing
    overview: Drawing | None = None
    legend: tuple[LegendGroup, ...] = ()
    around: str = ""
    left_out: int = 0
    ties_left_out: int = 0
    photos: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What is shown of the account, e.g. “Org chart”."""
        if self.around:
            return _("Around {name}").format(name=self.around)
        return self.map_title or view_title(self.view)

    @property
    def counted(self) -> str:
        """How many people are shown, and how many are not."""
        shown = ngettext("{count} person", "{count} people", self.people)
        parts = [shown.format(count=self.people)]
        if self.left_out:
            more = ngettext("{count} not shown", "{count} not shown", self.left_out)
            parts.append(more.format(count=self.left_out))
        if self.ties_left_out:
            parts.append(_("{count} other ties not drawn").format(count=self.ties_left_out))
        return ", ".join(parts)


def view_title(view: str) -> str:
    """How a view is called."""
    return {
        "org": _("Org chart"),
        "network": _("Network of ties"),
        GRID: _("Power grid"),
        COVERAGE: _("Coverage matrix"),
        "ego": _("Around one person"),
    }[view]


def read_poster(db: Reader, wish: MapWish) -> PosterContent:
    """The poster of a map, as it is or as it was at the wish's moment.

    Raises `UserError` when the account or the moment is not there.
    """
    return poster_content(db, load_view(db, wish), wish)


def load_view(db: Reader, wish: MapWish) -> LoadedMap:
    """The map of any view at 100 %, with what its drawing needs."""
    build = _our_side if wish.view == COVERAGE else None
    return load_map(db, replace(wish, scale=1.0, build=build))


def poster_content(db: Reader, loaded: LoadedMap, wish: MapWish) -> PosterContent:
    """The poster of a map that was loaded with `load_view`."""
    drawing, overview, legend = _drawn(loaded)
    shas = {
        mark.sha256 for group in drawing.groups for mark in group.marks if isinstance(mark, Photo)
    }
    return PosterContent(
        loaded.data.account_name,
        wish.view,
        map_title(loaded),
        len(loaded.data.people),
        day_shown(wish),
        drawing,
        overview,
        legend,
        around=_name_of(loaded) if wish.view == "ego" else "",
        left_out=max(0, loaded.left_out),
        ties_left_out=len(left_out_ties(loaded.scene)),
        photos=photos_of(db, shas) if shas else {},
    )


def day_shown(wish: MapWish) -> dt.date:
    """The day whose state a wish asks for."""
    return wish.on if wish.moment is None else wish.moment.date()


def _our_side(db: Reader, data: MapData, on: dt.date, _scale: float) -> OurSide:
    return our_side(db, data.account_id, on=on)


def _drawn(loaded: LoadedMap) -> tuple[Drawing, Drawing | None, tuple[LegendGroup, ...]]:
    """The view, the same without small type if there is such a thing, and its legend."""
    scene = loaded.scene
    if scene.view == GRID:
        grid = build_grid(loaded.data, opened=EVERY_CELL)
        return _unless_empty(grid_drawing(grid), loaded), None, grid_legend()
    if isinstance(loaded.built, OurSide):
        matrix = build_matrix(loaded.built, loaded.data)
        return _unless_empty(matrix_drawing(matrix), loaded), None, matrix_legend()
    roles = role_legend(card.roles for card in scene.cards)
    legend = (*map_legend(used_keys(scene, left_out_ties(scene))), *roles) if scene.cards else ()
    return map_drawing(scene), map_drawing(scene, Detail.FAR), legend


def _unless_empty(drawing: Drawing, loaded: LoadedMap) -> Drawing:
    return drawing if loaded.data.people else Drawing()


def map_title(loaded: LoadedMap) -> str:
    """The name under which the map was saved, or ''."""
    return next((one.title for one in loaded.data.maps if one.id == loaded.data.map_id), "")


def _name_of(loaded: LoadedMap) -> str:
    return next((card.name for card in loaded.scene.cards if card.id == loaded.focus), "")
