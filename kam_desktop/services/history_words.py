"""How the values that the ledger keeps read in a history."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from kam_desktop.models import vocabulary as v
from kam_desktop.models.text import parse_instant
from kam_desktop.services import formatting
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word

NOTHING = "—"
_KINDS: dict[tuple[str, str], type[Enum]] = {
    ("account", "tier"): v.Tier,
    ("checklist_item", "state"): v.ChecklistState,
    ("claim", "confidence"): v.Confidence,
    ("claim", "field"): v.ClaimField,
    ("claim", "source"): v.ClaimSource,
    ("commitment", "side"): v.Side,
    ("commitment", "state"): v.CommitmentState,
    ("interaction", "kind"): v.InteractionKind,
    ("meeting", "type"): v.MeetingType,
    ("observation", "kind"): v.IndicatorKind,
    ("opportunity", "stage"): v.OpportunityState,
    ("person", "coverage"): v.ContactCoverage,
    ("person", "level"): v.RelationshipLevel,
    ("person", "level_wanted"): v.RelationshipLevel,
    ("person", "orientation"): v.Orientation,
    ("person", "support"): v.Support,
    ("role_in_decision", "role"): v.DecisionRole,
    ("team_member", "role"): v.TeamRole,
    ("tie", "confidence"): v.Confidence,
    ("tie", "kind"): v.TieKind,
    ("tie", "source"): v.ClaimSource,
}
_MONEY = frozenset({"annual_revenue", "value", "amount"})
_FLAGS = frozenset({"cancelled", "external", "is_me", "pinned", "placeholder"})
_TELLING = ("name", "title", "text", "summary", "value", "kind")
_LONGEST = 200


def references(field: str, *values: object) -> list[str]:
    """The ids of records among the values of a field."""
    if not field.endswith("_id"):
        return []
    return [value for value in values if isinstance(value, str) and value]


def value_text(table: str, field: str, value: object, names: Mapping[str, str]) -> str:
    """A stored value for reading; ``names`` has the names of the records it may refer to."""
    found = _decoded(value)
    if isinstance(found, dict):
        return _record_text(table, found)
    if found in (None, ""):
        return NOTHING
    if isinstance(found, list):
        return _unit_text(table, field, found)
    if field.endswith("_id"):
        return names.get(str(found), NOTHING)
    return _one(table, field, found)


def _record_text(table: str, found: Mapping[str, Any]) -> str:
    """What tells a record from others of its kind."""
    if table == "observation" and isinstance(found.get("value"), int | float):
        return f"{_one(table, 'kind', found.get('kind'))}: {_one(table, 'value', found['value'])}"
    if table == "claim":
        return _claim_text(found)
    if table == "revenue_entry":
        return _money([found.get("amount_minor"), found.get("currency")])
    return _shortened(next((found[key] for key in _TELLING if found.get(key)), ""))


def _claim_text(found: Mapping[str, Any]) -> str:
    from kam_desktop.services.analysis.claims import value_of
    from kam_desktop.services.claim_words import value_words

    try:
        field = v.ClaimField(str(found.get("field")))
        value = value_words(field, value_of(field, found.get("value")))
    except ValueError:
        # A newer version of the program may judge what this one does not know.
        return _shortened(found.get("value"))
    return f"{word(field)}: {value}"


def _unit_text(table: str, field: str, parts: list[Any]) -> str:
    if field in _MONEY:
        return _money(parts)
    if field == "name":
        # The second part is the key it is sorted by.
        return _shortened(parts[0]) if parts[0] else NOTHING
    if field == "went_to":
        # The second part is the account of that name, where it is one of ours.
        return _shortened(parts[0]) if parts[0] else NOTHING
    if field == "source" and table == "tie":
        named = zip(("source", "confidence"), parts, strict=False)
        return _listed(_one(table, name, part) for name, part in named if part)
    if field == "when":
        return _one(table, field, parts[0])
    return _listed(_one(table, field, part) for part in parts if part not in (None, ""))


def _money(parts: list[Any]) -> str:
    currency = next((part for part in parts if isinstance(part, str) and part), "")
    amounts = [part for part in parts if isinstance(part, int)]
    return _listed(formatting.money(amount, currency) for amount in amounts if currency)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts) or NOTHING


def _one(table: str, field: str, value: Any) -> str:
    if field in _FLAGS:
        return _("yes") if value else _("no")
    if field == "photo_sha256":
        return _("a picture")
    kind = _KINDS.get((table, field))
    if kind is not None:
        try:
            return word(kind(value))
        except ValueError:
            pass
    if isinstance(value, str):
        return _date_text(value) or _shortened(value)
    if isinstance(value, int | float):
        return formatting.number(value, 0 if value == int(value) else 1)
    return _shortened(value)


def _date_text(text: str) -> str:
    """A stored day or instant as the region writes it; empty when it is neither."""
    if len(text) < 10 or text[4:5] != "-":
        return ""
    try:
        if len(text) == 10:
            return formatting.date(dt.date.fromisoformat(text))
        moment = parse_instant(text).astimezone()
    except ValueError:
        return ""
    return f"{formatting.date(moment.date())} {formatting.time(moment)}"


def _decoded(value: object) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _shortened(value: object) -> str:
    return " ".join(str(value)[:_LONGEST].split()) or NOTHING
