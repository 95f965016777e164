"""What the map could gain: ties that seem to be there, roles nobody plays, what is not known.

Each suggestion is a guess with its reason and a stable key. None is ever applied by itself: the
user confirms or dismisses it. A key holds the day a suggestion is about where the same thing can
come up again, so that dismissing it once does not silence it for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kam_desktop.models.vocabulary import ClaimField, DecisionRole, TieKind
from kam_desktop.services.analysis.people_facts import MapFacts, Stakeholder
from kam_desktop.services.analysis.relationship_rules import SuggestionRules
from kam_desktop.services.analysis.role_quota import RoleNeed

DECIDING = frozenset(
    {
        DecisionRole.ECONOMIC_BUYER,
        DecisionRole.DECISION_MAKER,
        DecisionRole.APPROVER,
        DecisionRole.CHAMPION,
    }
)
"""Whoever plays one of these matters, whatever their influence."""

_LONGEST_NAME = 6


class SuggestionKind(StrEnum):
    """What is suggested, the most pressing first."""

    LEFT_WITH_ROLE = "left_with_role"
    MISSING_ROLE = "missing_role"
    NO_SPONSOR = "no_sponsor"
    UNKNOWN_INFLUENCE = "unknown_influence"
    UNKNOWN_SUPPORT = "unknown_support"
    CADENCE_OVERDUE = "cadence_overdue"
    FADED = "faded"
    TIE_BY_TITLE = "tie_by_title"
    TIE_BY_TOUCHES = "tie_by_touches"


@dataclass(frozen=True, slots=True)
class Together:
    """How often two people were in one talk, how often in one e-mail, and the last day of all."""

    talks: int
    mails: int
    last: dt.date

    @property
    def times(self) -> int:
        """All occasions."""
        return self.talks + self.mails


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement of a field: its day and what it is still worth (0 … 1)."""

    on: dt.date
    certainty: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to confirm or dismiss; what is set besides ``people`` is up to the kind.

    A tie leads from the first of ``people`` to the second. ``count`` is occasions, days over or
    people missing; ``on`` the day it goes by.
    """

    key: str
    kind: SuggestionKind
    people: tuple[str, ...] = ()
    role: DecisionRole | None = None
    centre_id: str = ""
    field: ClaimField | None = None
    together: Together | None = None
    count: int = 0
    on: dt.date | None = None
    influence: int = 0

    @property
    def tie(self) -> TieKind | None:
        """The tie that confirming adds."""
        return {
            SuggestionKind.TIE_BY_TOUCHES: TieKind.INFORMAL,
            SuggestionKind.TIE_BY_TITLE: TieKind.REPORTS_TO,
        }.get(self.kind)


@dataclass(frozen=True, slots=True)
class Hints:
    """What suggestions are drawn from besides the map.

    ``together`` by pair of ids in ascending order; ``judged`` by person and field;
    ``sponsored``: one of ours is the account's executive sponsor.
    """

    together: Mapping[tuple[str, str], Together] = field(default_factory=dict)
    judged: Mapping[tuple[str, ClaimField], Judged] = field(default_factory=dict)
    sponsored: bool = True
    dismissed: Collection[str] = frozenset()
    faded_below: float = 0.25


def suggestions(
    facts: MapFacts, needs: Iterable[RoleNeed], hints: Hints, rules: SuggestionRules
) -> tuple[Suggestion, ...]:
    """Everything worth suggesting and not dismissed, the most pressing first.

    Nothing as long as nobody is on the map.
    """
    if not facts.present:
        return ()
    those = [p for p in facts.present if not p.vacant and matters(p, rules)]
    found = [
        *_left_with_role(facts),
        *_missing_roles(needs),
        *_no_sponsor(hints),
        *_unknown(those),
        *_overdue(facts),
        *_faded(those, hints),
        *_named_in_title(facts),
        *_met_together(facts, hints, rules),
    ]
    dismissed = set(hints.dismissed)
    order = {kind: place for place, kind in enumerate(SuggestionKind)}
    kept = [each for each in found if each.key not in dismissed]
    kept.sort(key=lambda each: (order[each.kind], -each.influence, -each.count, each.key))
    return tuple(kept)


def matters(person: Stakeholder, rules: SuggestionRules) -> bool:
    """Whether so much hangs on a person that what is unknown about them is worth asking."""
    if any(role in DECIDING for role, _where in person.roles):
        return True
    return person.influence is not None and person.influence >= rules.influence_from


def _key(kind: SuggestionKind, *parts: object) -> str:
    return ":".join([kind.value, *map(str, parts)])


def _left_with_role(facts: MapFacts) -> list[Suggestion]:
    kind = SuggestionKind.LEFT_WITH_ROLE
    return [
        Suggestion(
            _key(kind, person.id, person.left_on),
            kind,
            (person.id,),
            role=person.roles[0][0],
            on=person.left_on,
            influence=person.influence or 0,
        )
        for person in facts.people
        if not person.guest and not facts.is_there(person) and person.roles
    ]


def _missing_roles(needs: Iterable[RoleNeed]) -> list[Suggestion]:
    """Roles without anybody or any seat; a vacant seat says already that somebody is missing."""
    kind = SuggestionKind.MISSING_ROLE
    return [
        Suggestion(
            _key(kind, need.centre_id, need.role.value),
            kind,
            role=need.role,
            centre_id=need.centre_id,
            count=need.missing - len(need.seats),
        )
        for need in needs
        if need.missing > len(need.seats)
    ]


def _no_sponsor(hints: Hints) -> list[Suggestion]:
    if hints.sponsored:
        return []
    return [Suggestion(_key(SuggestionKind.NO_SPONSOR), SuggestionKind.NO_SPONSOR)]


def _unknown(those: Iterable[Stakeholder]) -> list[Suggestion]:
    found: list[Suggestion] = []
    for person in those:
        for kind, claimed, value in (
            (SuggestionKind.UNKNOWN_INFLUENCE, ClaimField.INFLUENCE, person.influence),
            (SuggestionKind.UNKNOWN_SUPPORT, ClaimField.SUPPORT, person.support),
        ):
            if value is None:
                key = _key(kind, person.id)
                weight = person.influence or 0
                found.append(Suggestion(key, kind, (person.id,), field=claimed, influence=weight))
    return found


def _overdue(facts: MapFacts) -> list[Suggestion]:
    kind = SuggestionKind.CADENCE_OVERDUE
    found: list[Suggestion] = []
    for person in facts.present:
        if person.vacant or person.cadence_days is None:
            continue
        last = max((touch.on for touch in person.touches if touch.on <= facts.on), default=None)
        over = 0 if last is None else (facts.on - last).days - person.cadence_days
        if last is None or over > 0:
            key = _key(kind, person.id, last)
            weight = person.influence or 0
            found.append(Suggestion(key, kind, (person.id,), count=over, on=last, influence=weight))
    return found


def _faded(those: Iterable[Stakeholder], hints: Hints) -> list[Suggestion]:
    """Judgements of people who matter that are too old to rely on."""
    kind = SuggestionKind.FADED
    found: list[Suggestion] = []
    for person in those:
        for claimed, value in (
            (ClaimField.SUPPORT, person.support),
            (ClaimField.INFLUENCE, person.influence),
        ):
            judged = hints.judged.get((person.id, claimed))
            if value is not None and judged is not None and judged.certainty < hints.faded_below:
                key = _key(kind, person.id, claimed.value, judged.on)
                found.append(
                    Suggestion(
                        key,
                        kind,
                        (person.id,),
                        field=claimed,
                        on=judged.on,
                        influence=person.influence or 0,
                    )
                )
    return found


def _named_in_title(facts: MapFacts) -> list[Suggestion]:
    """Titles that name a colleague ("Assistant to Maria Rossi"), where no manager is known."""
    kind = SuggestionKind.TIE_BY_TITLE
    people = [person for person in facts.present if not person.vacant]
    called: dict[tuple[str, ...], str] = {}
    for person in people:
        words = _words(person.name)
        if len(words) > 1:
            # Two people of one name: nobody can tell who is meant.
            called[words] = "" if words in called else person.id
    has_manager = {tie.from_id for tie in facts.ties if tie.kind is TieKind.REPORTS_TO}
    tied = _tied(facts)
    found: list[Suggestion] = []
    for person in people:
        if person.id in has_manager:
            continue
        manager = _somebody_named(_words(person.title), called)
        pair = frozenset((person.id, manager))
        if manager and len(pair) == 2 and pair not in tied:
            key = _key(kind, person.id, manager)
            found.append(Suggestion(key, kind, (person.id, manager)))
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(
        word for word in (each.strip(".,;:()") for each in text.casefold().split()) if word
    )


def _somebody_named(words: tuple[str, ...], called: Mapping[tuple[str, ...], str]) -> str:
    for length in range(min(_LONGEST_NAME, len(words)), 1, -1):
        for start in range(len(words) - length + 1):
            person_id = called.get(words[start : start + length])
            if person_id:
                return person_id
    return ""


def _met_together(facts: MapFacts, hints: Hints, rules: SuggestionRules) -> list[Suggestion]:
    kind = SuggestionKind.TIE_BY_TOUCHES
    people = {person.id: person for person in facts.present if not person.vacant}
    tied = _tied(facts)
    return [
        Suggestion(
            _key(kind, one, other),
            kind,
            (one, other),
            together=together,
            count=together.times,
            on=together.last,
            influence=max(people[one].influence or 0, people[other].influence or 0),
        )
        for (one, other), together in hints.together.items()
        if together.times >= rules.met_together
        and one in people
        and other in people
        and frozenset((one, other)) not in tied
    ]


def _tied(facts: MapFacts) -> set[frozenset[str]]:
    return {frozenset((tie.from_id, tie.to_id)) for tie in facts.ties}
