"""Short ways to write down people, ties and contacts for tests of thinking with a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from kam_desktop.models.vocabulary import (
    DecisionRole,
    InteractionKind,
    TeamContactState,
    TieKind,
)
from kam_desktop.services.analysis.people_facts import (
    Acquaintance,
    MapFacts,
    Member,
    Stakeholder,
    TouchFact,
)

ON = dt.date(2026, 11, 20)
GOOD, WORKING, BAD = TeamContactState.GOOD, TeamContactState.WORKING, TeamContactState.BAD


def visits(count: int, member: str = "") -> tuple[TouchFact, ...]:
    """Visits today: two make S = 1, one 0.5."""
    return (TouchFact(InteractionKind.VISIT, ON, (member,) if member else ()),) * count


def somebody(key: str, **fields: object) -> Stakeholder:
    """A person called as their id; ``roles`` may be bare roles, held in the whole account."""
    roles = fields.pop("roles", ())
    assert isinstance(roles, Iterable)
    held = tuple((each, "") if isinstance(each, DecisionRole) else each for each in roles)
    return Stakeholder(key, key, roles=held, **fields)  # type: ignore[arg-type]


def tie(
    one: str, other: str, kind: TieKind = TieKind.ALLIED, strength: int | None = None
) -> Acquaintance:
    return Acquaintance(f"{one}-{other}", one, other, kind, strength)


def facts(
    people: Iterable[Stakeholder],
    ties: Iterable[Acquaintance] = (),
    team: Iterable[Member] = (),
    contacts: Mapping[tuple[str, str], TeamContactState] | None = None,
    centres: Mapping[str, str] | None = None,
) -> MapFacts:
    return MapFacts(ON, tuple(people), tuple(ties), tuple(team), contacts or {}, centres or {})
