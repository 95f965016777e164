"""What a saved map shows of an account's people: filters, folded branches, focus, distance.

Stored as JSON in ``SavedMap.options``. Reading is tolerant: what is missing, unknown or of another
kind than expected is left at its default, so that a file of a newer program can be opened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kam_desktop.models.vocabulary import DecisionRole, Support, TieKind
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine

EVERYBODY = 0
"""The ``distance`` that leaves nobody out."""

MAX_DISTANCE = 4
MANY = 600
"""From so many people on, a map that says nothing of distance shows a part of them."""


@dataclass(frozen=True, slots=True)
class MapTarget:
    """Which map a change is for; without ``map_id`` the account's first one of ``view``."""

    account_id: str
    view: str
    map_id: str | None = None


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What is shown. An empty set does not filter.

    ``focus`` is the person in the middle or ''; ``distance`` the number of ties from there (None:
    as many as suit the view, `EVERYBODY`: no limit). In ``buying_centres`` '' stands for people of
    none, in ``support`` None for unknown. ``tidied`` counts how often the map was arranged anew.
    """

    collapsed: frozenset[str] = frozenset()
    focus: str = ""
    distance: int | None = None
    buying_centres: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    support: frozenset[int | None] = frozenset()
    ties: frozenset[str] = frozenset()
    influence_from: int = 0
    hide_left: bool = False
    hide_vacant: bool = False
    hide_external: bool = False
    tidied: int = 0

    @property
    def filters_people(self) -> bool:
        """Whether somebody may be hidden by what they are like."""
        return self != MapOptions(
            collapsed=self.collapsed,
            focus=self.focus,
            distance=self.distance,
            ties=self.ties,
            tidied=self.tidied,
        )

    def without_filters(self) -> MapOptions:
        """The same map with nobody and nothing hidden by what they are like."""
        return MapOptions(
            collapsed=self.collapsed,
            focus=self.focus,
            distance=self.distance,
            tidied=self.tidied,
        )

    def to_json(self) -> dict[str, Any]:
        """As stored; everything is named, so that a filter taken back is gone."""
        return {
            "collapsed": sorted(self.collapsed),
            "focus": self.focus,
            "distance": self.distance,
            "buying_centres": sorted(self.buying_centres),
            "roles": sorted(self.roles),
            "support": sorted(self.support, key=lambda value: (value is None, value or 0)),
            "ties": sorted(self.ties),
            "influence_from": self.influence_from,
            "hide_left": self.hide_left,
            "hide_vacant": self.hide_vacant,
            "hide_external": self.hide_external,
            "tidied": self.tidied,
        }

    @classmethod
    def from_json(cls, stored: object) -> MapOptions:
        """What ``stored`` says, as far as it can be understood."""
        if not isinstance(stored, Mapping):
            return cls()
        roles, ties = {*map(str, DecisionRole)}, {*map(str, TieKind)}
        support = {None, *(int(value) for value in Support)}
        return cls(
            collapsed=frozenset(_texts(stored.get("collapsed"))),
            focus=focus if isinstance(focus := stored.get("focus"), str) else "",
            distance=_whole(stored.get("distance"), 0, MAX_DISTANCE),
            buying_centres=frozenset(_texts(stored.get("buying_centres"))),
            roles=frozenset(_texts(stored.get("roles"))) & roles,
            support=frozenset(v for v in _listed(stored.get("support")) if _in(v, support)),
            ties=frozenset(_texts(stored.get("ties"))) & ties,
            influence_from=_whole(stored.get("influence_from"), 0, 10) or 0,
            hide_left=stored.get("hide_left") is True,
            hide_vacant=stored.get("hide_vacant") is True,
            hide_external=stored.get("hide_external") is True,
            tidied=_whole(stored.get("tidied"), 0, 1_000_000) or 0,
        )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [text for text in _listed(value) if isinstance(text, str)]


def _in(value: object, known: set[int | None]) -> bool:
    return (value is None or type(value) is int) and value in known


def _whole(value: object, least: int, most: int) -> int | None:
    return value if type(value) is int and least <= value <= most else None


def shown(data: MapData, options: MapOptions) -> MapData:
    """The part of ``data`` that passes the filters of ``options``; no tie is left without its ends.

    Distance and folding are not filters: see `within` and `folded`.
    """
    people = tuple(card for card in data.people if _passes(card, options))
    ties = data.ties
    if options.ties:
        ties = tuple(tie for tie in ties if tie.kind in options.ties)
    return _with(data, people, ties)


def _passes(card: PersonCard, options: MapOptions) -> bool:
    hidden = (
        (options.hide_left and card.left_on is not None)
        or (options.hide_vacant and card.vacant)
        or (options.hide_external and (card.external or bool(card.account_name)))
    )
    return (
        not hidden
        and (not options.buying_centres or card.buying_centre_id in options.buying_centres)
        and (not options.roles or not options.roles.isdisjoint(card.roles))
        and (not options.support or card.support in options.support)
        and (card.influence or 0) >= options.influence_from
    )


def _with(data: MapData, people: tuple[PersonCard, ...], ties: Iterable[TieLine]) -> MapData:
    kept = {card.id for card in people}
    left = tuple(tie for tie in ties if tie.from_id in kept and tie.to_id in kept)
    return replace(data, people=people, ties=left)


def distances(data: MapData, focus: str) -> dict[str, int]:
    """How many ties everybody that can be reached is away from ``focus``, whatever their kind."""
    beside: dict[str, list[str]] = {card.id: [] for card in data.people}
    for tie in data.ties:
        beside[tie.from_id].append(tie.to_id)
        beside[tie.to_id].append(tie.from_id)
    if focus not in beside:
        return {}
    found = {focus: 0}
    waiting = deque([focus])
    while waiting:
        person = waiting.popleft()
        for other in beside[person]:
            if other not in found:
                found[other] = found[person] + 1
                waiting.append(other)
    return found


def within(data: MapData, focus: str, distance: int) -> MapData:
    """The people at most ``distance`` ties away from ``focus``, and the ties among them."""
    found = distances(data, focus)
    people = tuple(c for c in data.people if found.get(c.id, distance + 1) <= distance)
    return _with(data, people, data.ties)


def folded(
    data: MapData, collapsed: frozenset[str], managers: Mapping[str, str]
) -> tuple[MapData, dict[str, int]]:
    """``data`` without those under the people of ``collapsed``, and how many each of these hides.

    ``managers`` says who reports to whom by the lines of the chart, without circles.
    """
    hidden: dict[str, str] = {}
    for card in data.people:
        top, at = "", managers.get(card.id)
        while at is not None:
            if at in collapsed:
                top = at
            at = managers.get(at)
        if top:
            hidden[card.id] = top
    counts: dict[str, int] = {}
    for top in hidden.values():
        counts[top] = counts.get(top, 0) + 1
    people = tuple(card for card in data.people if card.id not in hidden)
    return _with(data, people, data.ties), counts


def best_known(people: Iterable[PersonCard]) -> str:
    """Whom to begin with: the one we know best, then the most influential; '' without anybody."""
    best = max(people, key=_known, default=None)
    return "" if best is None else best.id


def _known(card: PersonCard) -> tuple[bool, float, int]:
    return not card.account_name, card.strength or 0.0, card.influence or 0


def sensible_distance(data: MapData, focus: str) -> int:
    """The greatest distance at which no more than `MANY` are shown, but at least 1."""
    counts: dict[int, int] = {}
    for away in distances(data, focus).values():
        counts[away] = counts.get(away, 0) + 1
    total = 0
    for away in range(max(counts, default=0) + 1):
        total += counts[away]
        if total > MANY:
            return max(1, away - 1)
    return max((1, *counts))
