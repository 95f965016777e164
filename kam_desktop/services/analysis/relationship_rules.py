"""The numbers behind the relationship map, as validated data with a version.

That judgements fade and that each buying centre has a role quota is in the product rules, sections
1 and 4; the numbers themselves are our own defaults, and every one of them can be edited.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.vocabulary import ClaimField, Confidence, DecisionRole
from kam_desktop.services.analysis.claims import ClaimRules
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

MOST_OF_A_ROLE = 20
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class SuggestionRules:
    """When something is worth suggesting.

    Two people met together ``met_together`` times ``within_days`` suggest a tie between them;
    people of ``influence_from`` on are the ones whose missing role, tie or contact is told.
    """

    met_together: int = 3
    within_days: int = 365
    influence_from: int = 7


@dataclass(frozen=True, slots=True)
class RelationshipRules:
    """One version of the rules.

    ``quota`` is how many people of each decision role a buying centre needs, where it says nothing
    else itself; roles it does not name are not asked for.
    """

    version: int
    claims: ClaimRules
    quota: Mapping[DecisionRole, int]
    suggestions: SuggestionRules


def parse_relationship_rules(body: Mapping[str, Any], version: int) -> RelationshipRules:
    """The rules in ``body`` (the shape of ``resources/templates/relationships.json``).

    Raises `UserError` whose ``field`` names the value that is missing or makes no sense, with dots
    between the parts of its path.
    """
    suggestions = _mapping(body, "suggestions")
    return RelationshipRules(
        version=version,
        claims=ClaimRules(
            half_lives={
                claimed: _whole(_mapping(body, "half_lives"), "half_lives", claimed, 1, MOST_DAYS)
                for claimed in ClaimField
            },
            confidences=_confidences(_mapping(body, "confidences")),
            faded_below=_number(body, "", "faded_below", 0, 1),
        ),
        quota=parse_quota(_mapping(body, "quota")),
        suggestions=SuggestionRules(
            met_together=_whole(suggestions, "suggestions", "met_together", 1, 1000),
            within_days=_whole(suggestions, "suggestions", "within_days", 1, MOST_DAYS),
            influence_from=_whole(suggestions, "suggestions", "influence_from", 0, 10),
        ),
    )


def parse_quota(body: Mapping[str, Any]) -> Mapping[DecisionRole, int]:
    """A role quota from stored values, in the order of the vocabulary, without roles of zero.

    Raises `UserError` on ``quota.<role>`` for an unknown role or a number outside 0 … 20.
    """
    for name in body:
        if name not in set(DecisionRole):
            raise _wrong(f"quota.{name}")
    wanted = {
        role: _whole(body, "quota", role, 0, MOST_OF_A_ROLE)
        for role in DecisionRole
        if role in body
    }
    return {role: count for role, count in wanted.items() if count}


def _confidences(body: Mapping[str, Any]) -> Mapping[Confidence, float]:
    """The worth of each confidence; a surer one is never worth less."""
    found = {sure: _number(body, "confidences", sure, 0, 1) for sure in Confidence}
    for surer, less in ((Confidence.HIGH, Confidence.MEDIUM), (Confidence.MEDIUM, Confidence.LOW)):
        if found[surer] < found[less]:
            raise _wrong(f"confidences.{less}")
    return found


def _wrong(field: str) -> UserError:
    return UserError(
        _(
            "The numbers behind the map have no usable value for “{field}”. Nothing was changed."
        ).format(field=field),
        field=field,
    )


def _mapping(body: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = body.get(field)
    if not isinstance(value, Mapping):
        raise _wrong(field)
    return value


def _number(body: Mapping[str, Any], path: str, field: str, low: float, high: float) -> float:
    value = body.get(field)
    where = f"{path}.{field}" if path else str(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(where)
    if not (math.isfinite(value) and low <= value <= high):
        raise _wrong(where)
    return float(value)


def _whole(body: Mapping[str, Any], path: str, field: str, low: int, high: int) -> int:
    value = _number(body, path, field, low, high)
    if value != int(value):
        raise _wrong(f"{path}.{field}")
    return int(value)
