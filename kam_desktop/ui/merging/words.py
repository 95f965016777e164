"""How the fields of two people read side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import (
    ContactCoverage,
    Orientation,
    RelationshipLevel,
    Support,
)
from kam_desktop.services.formatting import date, joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.merging import MergeSide
from kam_desktop.services.words import word


def field_title(field: str) -> str:
    """A field's name on screen."""
    return {
        "name": _("Name"),
        "title": _("Title"),
        "buying_centre_id": _("Buying centre"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "mobile": _("Mobile"),
        "support": _("Support"),
        "influence": _("Influence"),
        "coverage": _("Our contact"),
        "level": _("Sees us as"),
        "level_wanted": _("Should see us as"),
        "step": _("Next step there"),
        "orientation": _("Orientation"),
        "style": _("Style"),
        "cadence_days": _("Days between contacts"),
        "owner_id": _("Looked after by"),
        "languages": _("Languages"),
        "about": _("About"),
        "external": _("Employed there"),
        "left_on": _("Left"),
        "photo": _("Photo"),
    }[field]


def value_text(field: str, value: str) -> str:
    """A value as it reads; *unknown* for judgements nobody made, a dash for an empty field."""
    if field in _WORDED_ALWAYS:
        return _WORDED_ALWAYS[field](value)
    if not value:
        return _("unknown") if field in _JUDGED else "—"
    return _WORDED[field](value) if field in _WORDED else value


_JUDGED = frozenset({"support", "influence", "coverage", "level", "orientation"})
_WORDED: Mapping[str, Callable[[str], str]] = {
    "support": lambda value: word(Support(int(value))),
    "coverage": lambda value: word(ContactCoverage(value)),
    "level": lambda value: word(RelationshipLevel(value)),
    "level_wanted": lambda value: word(RelationshipLevel(value)),
    "orientation": lambda value: word(Orientation(value)),
    "influence": lambda value: _("{n} of 10").format(n=value),
}


def _left(value: str) -> str:
    if not value:
        return _("still there")
    day, _dot, where = value.partition(" · ")
    shown = date(dt.date.fromisoformat(day)) if day[:4].isdigit() else day
    return joined([shown, where]) if where else shown


_WORDED_ALWAYS: Mapping[str, Callable[[str], str]] = {
    "external": lambda value: _("no, from outside") if value == "1" else _("yes"),
    "photo": lambda value: _("this photo") if value else _("no photo"),
    "left_on": _left,
}


def side_text(side: MergeSide) -> str:
    """What is known of one of the two: how much hangs on them, and the last touch."""
    entries = ngettext("{n} entry", "{n} entries", side.relations).format(n=side.relations)
    if not side.last_touch:
        return joined([entries, _("no touch yet")])
    day = date(parse_instant(side.last_touch).astimezone().date())
    return joined([entries, _("last touch {day}").format(day=day)])


def shown_name(side: MergeSide) -> str:
    """A name, also of a vacant seat."""
    return side.name or _("Vacant: {title}").format(title=side.title)
