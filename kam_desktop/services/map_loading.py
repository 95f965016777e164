"""A map read and laid out: what window, poster and command line all draw from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.map_layout import managers_of
from kam_desktop.services.analysis.map_stable import Arrangement
from kam_desktop.services.map_options import (
    EVERYBODY,
    MANY,
    MapOptions,
    best_known,
    folded,
    sensible_distance,
    shown,
    within,
)
from kam_desktop.services.map_scene import MapScene, boxes_of, build_scene, links_of
from kam_desktop.services.queries.maps import map_options
from kam_desktop.services.queries.relationship_map import MapData, map_data
from kam_desktop.services.storage.arrangements import arrangement_of
from kam_desktop.services.storage.reader import Reader

Builder: TypeAlias = Callable[[Reader, MapData, dt.date, float], object]

DRAWN = ("org", "network", "ego")
"""The views that are drawn as a scene of cards and lines."""

EGO_DISTANCE = 2
_DEFAULTS = MapOptions()


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where people stand on the map ``key`` as long as it has the same filters and folds."""

    key: str
    shape: str
    places: Arrangement


@dataclass(frozen=True, slots=True)
class MapWish:
    """Which map is wanted.

    Without ``map_id`` the account's first one of ``view``. ``options`` are shown instead of those
    the map has. ``moment`` asks for the account as it was then. ``focus`` is who stands in the
    middle of an ego view whose map names nobody. ``build`` makes what views without a scene need.
    """

    account_id: str
    view: str
    on: dt.date
    map_id: str | None = None
    scale: float = 1.0
    options: MapOptions | None = None
    moment: dt.datetime | None = None
    focus: str = ""
    build: Builder | None = None


@dataclass(frozen=True, slots=True)
class LoadedMap:
    """An account's map as it was read and laid out.

    ``data`` holds who is shown, ``everyone`` all people of the account. ``scene`` is empty for a
    view that makes its own picture, of what its builder gave as ``built``. ``focus`` and
    ``distance`` say around whom and how far people are shown; '' and `EVERYBODY` without a limit.
    ``remember`` is what is worth remembering of where people stand, None when nothing is new.
    """

    data: MapData
    scene: MapScene
    everyone: MapData
    options: MapOptions = _DEFAULTS
    focus: str = ""
    distance: int = EVERYBODY
    moment: dt.datetime | None = None
    built: object = None
    remember: Remembered | None = None

    @property
    def left_out(self) -> int:
        """How many people are not shown, folded branches not counted."""
        folded_away = sum(card.hidden for card in self.scene.cards)
        return len(self.everyone.people) - len(self.data.people) - folded_away


def load_map(db: Reader, wish: MapWish) -> LoadedMap:
    """Read and lay out a map, as it is or as it was at a moment."""
    data = map_data(db, wish.account_id, wish.map_id, on=wish.on, view=wish.view)
    options = wish.options or map_options(db, data.map_id)
    kept = _kept(db, data, options, wish)
    if wish.moment is None:
        return _laid_out(db, data, options, kept, wish)
    from kam_desktop.services.storage.past import account_as_of

    with account_as_of(db, wish.account_id, wish.moment) as then:
        on = wish.moment.date()
        past = map_data(then, wish.account_id, on=on, view=wish.view)
        # Cards keep the places they have today, so that only what changed is seen to change.
        past = replace(past, map_id=data.map_id, maps=data.maps, positions=data.positions)
        return _laid_out(then, past, options, kept, replace(wish, on=on))


def _kept(db: Reader, data: MapData, options: MapOptions, wish: MapWish) -> Remembered:
    """Where everybody stood when the map was seen last with what is shown now."""
    first = next((saved.id for saved in data.maps if saved.view == wish.view), None)
    default = data.map_id is None or data.map_id == first
    key = f"{wish.account_id}/{wish.view}" if default else str(data.map_id)
    told = json.dumps([options.to_json(), wish.scale, wish.focus if wish.view == "ego" else ""])
    shape = hashlib.sha256(told.encode()).hexdigest()[:16]
    places = arrangement_of(db, key, shape) if wish.view in DRAWN else {}
    return Remembered(key, shape, places)


def _laid_out(
    db: Reader, everyone: MapData, options: MapOptions, kept: Remembered, wish: MapWish
) -> LoadedMap:
    built = None
    data = shown(everyone, _for_view(options, wish.view))
    if wish.view not in DRAWN:
        built = None if wish.build is None else wish.build(db, data, wish.on, wish.scale)
        scene = MapScene(wish.view)
        return LoadedMap(data, scene, everyone, options, moment=wish.moment, built=built)
    focus, distance = _extent(data, options, wish)
    if distance != EVERYBODY:
        data = within(data, focus, distance)
    hidden: dict[str, int] = {}
    if wish.view == "org" and options.collapsed:
        managers = managers_of(boxes_of(data), links_of(data))
        data, hidden = folded(data, options.collapsed, managers)
    scene = build_scene(data, wish.view, kept.places, wish.scale, hidden=hidden, focus=focus)
    # Who is hidden or gone now keeps the place for coming back.
    now = replace(kept, places={**kept.places, **scene.automatic})
    remember = now if wish.moment is None and now != kept else None
    return LoadedMap(
        data, scene, everyone, options, focus, distance, moment=wish.moment, remember=remember
    )


def _for_view(options: MapOptions, view: str) -> MapOptions:
    """The lines of the chart shape it and stay, whichever kinds of ties are wanted."""
    if view == "org" and options.ties:
        return replace(options, ties=options.ties | {str(TieKind.REPORTS_TO)})
    return options


def _extent(data: MapData, options: MapOptions, wish: MapWish) -> tuple[str, int]:
    """Around whom and how far people are shown."""
    there = {card.id for card in data.people}
    wanted = (options.focus, wish.focus)
    focus = next((one for one in wanted if one in there), "") or best_known(data.people)
    if wish.view == "ego":
        return focus, options.distance or EGO_DISTANCE
    if options.distance is not None:
        return focus, options.distance
    if len(data.people) <= MANY:
        return "", EVERYBODY
    return focus, sensible_distance(data, focus)
