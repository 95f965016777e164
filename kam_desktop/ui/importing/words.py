"""How plans, rows and values of an import read on screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services import formatting
from kam_desktop.services.exchange.fields import Kind, field_label, kind_label
from kam_desktop.services.exchange.plans import Fate, FieldChange, ImportCounts, PlannedRow
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.words import word

_FIELDS_OF_COLUMNS = {
    "annual_revenue_minor": "annual_revenue",
    "annual_revenue_currency": "currency",
    "value_minor": "amount",
    "amount_minor": "amount",
    "cost_minor": "cost",
}
_HIDDEN = frozenset({"name", "account_id", "person_id", "parent_id", "zone", "state", "kind"})
_REFERENCES = frozenset({"account_id", "person_id", "parent_id"})
_IDS = frozenset({"buying_centre_id"})


def fate_label(fate: Fate) -> str:
    """The name of a fate, as a tab."""
    return {
        Fate.NEW: _("New"),
        Fate.CHANGED: _("Changed"),
        Fate.UNCHANGED: _("Unchanged"),
        Fate.REJECTED: _("Rejected"),
    }[fate]


def column_label(kind: Kind, column: str) -> str:
    """The name of a stored column."""
    return field_label(kind, _FIELDS_OF_COLUMNS.get(column, column))


def row_text(kind: Kind, row: PlannedRow) -> str:
    """What would happen with a row, in one line."""
    if row.reason:
        return row.reason
    if row.fate is Fate.CHANGED:
        parts = [_change_text(kind, change) for change in row.changes]
        if row.card is not None:
            parts.append(_("more of the card") if parts else _("fields kept with the card"))
        if row.ref_key:
            parts.append(_("known elsewhere as {key}").format(key=row.ref_key))
        return " · ".join(parts)
    if row.fate is Fate.UNCHANGED:
        return _("Already as in the file")
    return _values_text(row.values)


def _change_text(kind: Kind, change: FieldChange) -> str:
    label = column_label(kind, change.column)
    if change.column in _REFERENCES:
        return _("{field} is another one").format(field=label)
    old = _value_text(change.column, change.old, "")
    new = _value_text(change.column, change.new, "")
    if not old:
        return f"{label}: {new}"
    return f"{label}: {old} → {new}"


def _values_text(values: Mapping[str, object]) -> str:
    currency = str(values.get("currency") or values.get("annual_revenue_currency") or "")
    shown = [
        _value_text(column, value, currency)
        for column, value in values.items()
        if column not in _HIDDEN | _IDS and not column.endswith("currency")
    ]
    return formatting.joined(text for text in shown if text and len(text) < 80) if shown else ""


def _value_text(column: str, value: object, currency: str) -> str:
    if value is None:
        return ""
    if column.endswith("_minor") and isinstance(value, int):
        return formatting.money(value, currency) if currency else formatting.number(value / 100, 2)
    if isinstance(value, dt.datetime):
        return f"{formatting.date(value.date())} {value:%H:%M}"
    if isinstance(value, dt.date):
        return formatting.date(value)
    if column == "tier":
        return word(Tier(str(value)))
    return " ".join(str(value).split())


def summary(counts: ImportCounts) -> str:
    """What an import did, per kind, e.g. *423 accounts: 423 new. 38 opportunities: 38 new.*"""
    lines = []
    for kind in Kind:
        told = [
            f"{formatting.number(number)} {fate_label(fate).lower()}"
            for fate in Fate
            if (number := counts.of(kind, fate))
        ]
        if told:
            lines.append(f"{kind_label(kind)}: {', '.join(told)}")
    return "\n".join(lines)


def rows_text(count: int) -> str:
    """A number of rows."""
    return ngettext("{count} row", "{count} rows", count).format(count=formatting.number(count))
