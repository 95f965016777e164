"""How differences between two states of a map read."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    RelationshipLevel,
    Support,
    TieKind,
)
from kam_desktop.services.analysis.map_changes import MapChange, MapChangeKind, Mention
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_map import TieLine
from kam_desktop.services.words import UNKNOWN, word

_Roles = tuple[tuple[str, str], ...]


def called(who: Mention) -> str:
    """A person's name, or what the seat is called."""
    return isolate(who.name) if who.name else _seat(who)


def _seat(who: Mention) -> str:
    return _("vacant: {title}").format(title=isolate(who.title) or _("seat without a title"))


def change_text(change: MapChange) -> str:
    """One difference as a line, e.g. ``Kenji Mori: neutral → supporter``."""
    if change.kind in _ALONE:
        return _ALONE[change.kind](change)
    return _("{name}: {what}").format(name=called(change.who), what=what_text(change))


def what_text(change: MapChange) -> str:
    """What changed, without who it is about, where that stands beside already."""
    if change.kind in _ALONE:
        return _ALONE[change.kind](change)
    return _ABOUT[change.kind](change)


def _added(change: MapChange) -> str:
    who = change.who
    if not who.name:
        return _("New vacant seat: {title}").format(
            title=isolate(who.title) or _("seat without a title")
        )
    if who.title:
        return _("{name} is new ({title})").format(name=called(who), title=isolate(who.title))
    return _("{name} is new").format(name=called(who))


def _left(change: MapChange) -> str:
    if change.after:
        return _("{name} has left and went to {place}").format(
            name=called(change.who), place=isolate(str(change.after))
        )
    return _("{name} has left").format(name=called(change.who))


def _removed(change: MapChange) -> str:
    return _("{name} was taken off the map").format(name=called(change.who))


def _came_back(change: MapChange) -> str:
    return _("{name} is back").format(name=called(change.who))


def _filled(change: MapChange) -> str:
    return _("{name} has taken the vacant seat: {title}").format(
        name=called(change.who), title=isolate(change.who.title) or _("seat without a title")
    )


def _emptied(change: MapChange) -> str:
    return _("The seat is vacant now: {title}").format(
        title=isolate(change.who.title) or _("seat without a title")
    )


def _tie_added(change: MapChange) -> str:
    return _("New: {tie}").format(tie=_tie(change, change.after))


def _tie_removed(change: MapChange) -> str:
    return _("No longer: {tie}").format(tie=_tie(change, change.before))


def _tie_changed(change: MapChange) -> str:
    before, after = cast("TieLine", change.before), cast("TieLine", change.after)
    tie = _tie(change, after)
    if before.kind != after.kind:
        return _("{tie} (before: {kind})").format(tie=tie, kind=word(TieKind(before.kind)))
    if before.strength != after.strength:
        arrow = _arrow(_number(before.strength), _number(after.strength))
        return _("{tie}: strength {arrow}").format(tie=tie, arrow=arrow)
    return _("{tie} (before the other way round)").format(tie=tie)


def _tie(change: MapChange, line: object) -> str:
    kind = word(TieKind(cast("TieLine", line).kind))
    other = called(change.other) if change.other else ""
    return _("{name} {kind} {other}").format(name=called(change.who), kind=kind, other=other)


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"


def _number(value: object) -> str:
    return _(UNKNOWN) if value is None else str(value)


def _support(change: MapChange) -> str:
    return _arrow(_support_word(change.before), _support_word(change.after))


def _support_word(value: object) -> str:
    return word(None if value is None else Support(cast("int", value))).lower()


def _influence(change: MapChange) -> str:
    arrow = _arrow(_number(change.before), _number(change.after))
    return _("influence {arrow}").format(arrow=arrow)


def _level(change: MapChange) -> str:
    names = (
        word(None if value is None else RelationshipLevel(cast("str", value))).lower()
        for value in (change.before, change.after)
    )
    return _("sees us as {arrow}").format(arrow=_arrow(*names))


def _coverage(change: MapChange) -> str:
    names = (
        word(None if value is None else ContactCoverage(cast("str", value))).lower()
        for value in (change.before, change.after)
    )
    return _arrow(*names)


def _roles(change: MapChange) -> str:
    before, after = cast("_Roles", change.before), cast("_Roles", change.after)
    gained = [_role(*held) for held in after if held not in before]
    lost = [_role(*held) for held in before if held not in after]
    parts = []
    if gained:
        parts.append(_("now {roles}").format(roles=", ".join(gained)))
    if lost:
        parts.append(_("no longer {roles}").format(roles=", ".join(lost)))
    return "; ".join(parts)


def _role(role: str, centre: str) -> str:
    name = word(DecisionRole(role)).lower()
    if not centre:
        return name
    return _("{role} ({centre})").format(role=name, centre=isolate(centre))


def _title(change: MapChange) -> str:
    if change.after is None:
        return _("no title any more, before {title}").format(title=isolate(str(change.before)))
    return _("now {title}").format(title=isolate(str(change.after)))


def _centre(change: MapChange) -> str:
    if change.after is None:
        return _("in no buying centre any more")
    return _("now in {centre}").format(centre=isolate(str(change.after)))


def _owner(change: MapChange) -> str:
    if change.after is None:
        return _("nobody of ours looks after them any more")
    return _("{name} of ours looks after them now").format(name=isolate(str(change.after)))


def _manager(change: MapChange) -> str:
    before, after = cast("Mention | None", change.before), cast("Mention | None", change.after)
    if after is None:
        assert before is not None
        return _("no longer reports to {name}").format(name=called(before))
    if before is None:
        return _("reports to {name}").format(name=called(after))
    return _("now reports to {name}, before to {other}").format(
        name=called(after), other=called(before)
    )


def _risen(_change: MapChange) -> str:
    return _("our contact is a live thread again")


def _faded(_change: MapChange) -> str:
    return _("our contact has faded")


_ALONE: dict[MapChangeKind, Callable[[MapChange], str]] = {
    MapChangeKind.LEFT: _left,
    MapChangeKind.REMOVED: _removed,
    MapChangeKind.ADDED: _added,
    MapChangeKind.SEAT_FILLED: _filled,
    MapChangeKind.SEAT_EMPTIED: _emptied,
    MapChangeKind.CAME_BACK: _came_back,
    MapChangeKind.TIE_ADDED: _tie_added,
    MapChangeKind.TIE_REMOVED: _tie_removed,
    MapChangeKind.TIE_CHANGED: _tie_changed,
}
_ABOUT: dict[MapChangeKind, Callable[[MapChange], str]] = {
    MapChangeKind.SUPPORT: _support,
    MapChangeKind.INFLUENCE: _influence,
    MapChangeKind.ROLES: _roles,
    MapChangeKind.THREAD_FADED: _faded,
    MapChangeKind.THREAD_RISEN: _risen,
    MapChangeKind.MANAGER: _manager,
    MapChangeKind.TITLE: _title,
    MapChangeKind.CENTRE: _centre,
    MapChangeKind.LEVEL: _level,
    MapChangeKind.COVERAGE: _coverage,
    MapChangeKind.OWNER: _owner,
}
