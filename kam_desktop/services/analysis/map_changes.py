"""What is different between two states of an account's map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from kam_desktop.models.vocabulary import DIRECTED_TIES, TieKind
from kam_desktop.services.analysis.strength import is_thread
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine


class MapChangeKind(IntEnum):
    """What can have changed, the most important first."""

    LEFT = 1
    REMOVED = 2
    SUPPORT = 3
    ADDED = 4
    SEAT_FILLED = 5
    SEAT_EMPTIED = 6
    CAME_BACK = 7
    ROLES = 8
    INFLUENCE = 9
    THREAD_FADED = 10
    THREAD_RISEN = 11
    MANAGER = 12
    TITLE = 13
    CENTRE = 14
    LEVEL = 15
    COVERAGE = 16
    OWNER = 17
    TIE_ADDED = 18
    TIE_REMOVED = 19
    TIE_CHANGED = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """Who a change is about: name ('' for a vacant seat) and title."""

    id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class MapChange:
    """One difference. ``other`` is the far end of a tie.

    ``before`` and ``after`` are None for *nothing* or *unknown*; else the value as the card holds
    it, a `Mention` for managers, names for buying centres and our people, where somebody went for
    those who left, tuples of (role, buying centre's name or '') for roles, a `TieLine` for ties.
    """

    kind: MapChangeKind
    who: Mention
    influence: int | None
    before: object = None
    after: object = None
    other: Mention | None = None


@dataclass(frozen=True, slots=True)
class MapChanges:
    """All differences, the most important first."""

    changes: tuple[MapChange, ...] = ()

    @property
    def people(self) -> frozenset[str]:
        """The ids of those whom something is said about, at both ends of ties."""
        ends = (each for change in self.changes for each in (change.who, change.other))
        return frozenset(each.id for each in ends if each is not None)

    def of(self, *kinds: MapChangeKind) -> tuple[MapChange, ...]:
        """The differences of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


def map_changes(before: MapData, after: MapData) -> MapChanges:
    """What changed from one state to a later one.

    People of other accounts are only mentioned at the ends of ties. What somebody's going takes
    along (their ties, all that was known) is not told besides. Ordered by kind, then by influence,
    then by name.
    """
    old, new = _own(before), _own(after)
    found = [
        MapChange(MapChangeKind.REMOVED, _mention(card), card.influence)
        for key, card in old.items()
        if key not in new
    ]
    for key, card in new.items():
        if key not in old:
            found.append(MapChange(MapChangeKind.ADDED, _mention(card), card.influence))
        else:
            centres = {**before.buying_centres, **after.buying_centres}
            found += _of_person(old[key], card, centres)
    found += _of_managers(before, after)
    found += _of_ties(before, after)
    return MapChanges(tuple(sorted(found, key=_order)))


def _own(data: MapData) -> dict[str, PersonCard]:
    return {card.id: card for card in data.people if not card.account_name}


def _mention(card: PersonCard) -> Mention:
    return Mention(card.id, "" if card.vacant else card.name, card.title)


def _order(change: MapChange) -> tuple[object, ...]:
    influence = -1 if change.influence is None else change.influence
    who, other = change.who, change.other or Mention("", "", "")
    return (change.kind, -influence, who.name or who.title, who.id, other.name, other.id)


def _of_person(old: PersonCard, new: PersonCard, centres: Mapping[str, str]) -> Iterator[MapChange]:
    who = _mention(new)
    if new.left_on is not None:
        if old.left_on is None:
            went = new.went_to or None
            yield MapChange(MapChangeKind.LEFT, who, new.influence, after=went)
        return
    for kind in _whereabouts(old, new):
        yield MapChange(kind, who, new.influence)
    before, after = _values(old, centres), _values(new, centres)
    for kind, value in after.items():
        if before[kind] != value:
            yield MapChange(kind, who, new.influence, before[kind], value)
    yield from _thread(old, new)


def _whereabouts(old: PersonCard, new: PersonCard) -> Iterator[MapChangeKind]:
    if old.left_on is not None:
        yield MapChangeKind.CAME_BACK
    if old.vacant != new.vacant:
        yield MapChangeKind.SEAT_EMPTIED if new.vacant else MapChangeKind.SEAT_FILLED


def _values(card: PersonCard, centres: Mapping[str, str]) -> dict[MapChangeKind, object]:
    return {
        MapChangeKind.SUPPORT: card.support,
        MapChangeKind.ROLES: _roles(card, centres),
        MapChangeKind.INFLUENCE: card.influence,
        MapChangeKind.TITLE: card.title or None,
        MapChangeKind.CENTRE: centres.get(card.buying_centre_id),
        MapChangeKind.LEVEL: card.level,
        MapChangeKind.COVERAGE: card.coverage,
        MapChangeKind.OWNER: card.owner_name or None,
    }


def _thread(old: PersonCard, new: PersonCard) -> Iterator[MapChange]:
    """Whether our contact became a live thread, or is one no more."""
    if old.strength is None or new.strength is None:
        return
    was, now = is_thread(old.strength), is_thread(new.strength)
    if was != now:
        kind = MapChangeKind.THREAD_RISEN if now else MapChangeKind.THREAD_FADED
        yield MapChange(kind, _mention(new), new.influence, old.strength, new.strength)


def _roles(card: PersonCard, centres: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    held = {(role.role, centres.get(role.buying_centre_id, "")) for role in card.roles_held}
    return tuple(sorted(held))


class _Ends:
    """Who stands at the ends of ties, as they are called in the later of two states."""

    def __init__(self, before: MapData, after: MapData) -> None:
        self._cards = {card.id: card for data in (before, after) for card in data.people}
        self._still_there = {card.id for card in after.people if card.left_on is None}

    def mention(self, person_id: str) -> Mention:
        return _mention(self._cards[person_id])

    def influence(self, person_id: str) -> int | None:
        return self._cards[person_id].influence

    def went(self, person_id: str) -> bool:
        """Whether one of the account's own is gone; guests are there only for their ties."""
        is_guest = bool(self._cards[person_id].account_name)
        return not is_guest and person_id not in self._still_there


def _of_managers(before: MapData, after: MapData) -> Iterator[MapChange]:
    old, new = _managers(before), _managers(after)
    ends, stayed = _Ends(before, after), _own(before).keys() & _own(after).keys()
    for key in stayed:
        was, now = old.get(key), new.get(key)
        if was == now or ends.went(key) or (now is None and was is not None and ends.went(was)):
            continue
        yield MapChange(
            MapChangeKind.MANAGER,
            ends.mention(key),
            ends.influence(key),
            None if was is None else ends.mention(was),
            None if now is None else ends.mention(now),
        )


def _managers(data: MapData) -> dict[str, str]:
    return {tie.from_id: tie.to_id for tie in data.ties if tie.solid}


_TieKey = tuple[str, str, str]


def _key(tie: TieLine) -> _TieKey:
    """What makes two lines the same tie: its kind and ends, in order only where that matters."""
    if TieKind(tie.kind) in DIRECTED_TIES:
        return (tie.kind, tie.from_id, tie.to_id)
    return (tie.kind, *sorted((tie.from_id, tie.to_id)))  # type: ignore[return-value]


def _of_ties(before: MapData, after: MapData) -> Iterator[MapChange]:
    """Ties but for the line to the manager, which `_of_managers` tells of."""
    old, new = ({_key(tie): tie for tie in data.ties} for data in (before, after))
    ends = _Ends(before, after)
    removed = {tie.id: tie for key, tie in old.items() if key not in new}
    for key, tie in new.items():
        was = old.get(key) or _same_people(removed, tie)
        if was is None:
            if not tie.solid:
                yield _tie_change(MapChangeKind.TIE_ADDED, ends, None, tie)
        elif _key(was) != key or was.strength != tie.strength:
            yield _tie_change(MapChangeKind.TIE_CHANGED, ends, was, tie)
    for tie in removed.values():
        if not (tie.solid or ends.went(tie.from_id) or ends.went(tie.to_id)):
            yield _tie_change(MapChangeKind.TIE_REMOVED, ends, tie, None)


def _same_people(removed: dict[str, TieLine], tie: TieLine) -> TieLine | None:
    """The line ``tie`` was before, taken out of ``removed``: turned round or of another kind."""
    was = removed.get(tie.id)
    if was is None or {was.from_id, was.to_id} != {tie.from_id, tie.to_id}:
        return None
    return removed.pop(tie.id)


def _tie_change(
    kind: MapChangeKind, ends: _Ends, before: TieLine | None, after: TieLine | None
) -> MapChange:
    tie = after or before
    assert tie is not None
    return MapChange(
        kind,
        ends.mention(tie.from_id),
        ends.influence(tie.from_id),
        before,
        after,
        ends.mention(tie.to_id),
    )
