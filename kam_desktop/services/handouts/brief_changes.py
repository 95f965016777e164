"""The lines of a brief that say what happened since the meeting before."""

from __future__ import annotations

from collections.abc import Iterator

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.formatting import day_month
from kam_desktop.services.handouts.clean import apart
from kam_desktop.services.handouts.content import Change, ChangeKind, Changes
from kam_desktop.services.handouts.outline import BriefLine, Places, Source, Told, basis_of
from kam_desktop.services.handouts.pieces import pieces
from kam_desktop.services.i18n import _
from kam_desktop.services.map_change_words import change_text
from kam_desktop.services.words import word


def changes_title(changes: Changes) -> str:
    """The heading: since when."""
    if changes.since is None:
        return _("What happened in the last three months")
    return _("What changed since the meeting of {day}").format(day=day_month(changes.since))


def change_lines(changes: Changes, places: Places) -> Iterator[BriefLine]:
    """What the meeting before came to, then changes of people, then what happened, newest first.

    The outcome and the next step are the last to be cut; then come people and promises that were
    not kept, then talks, then notes.
    """
    for name, label, text in (
        ("outcome", _("Outcome"), changes.outcome),
        ("next_step", _("Next step"), changes.next_step),
    ):
        if text.strip():
            key, where = f"{name}:{changes.meeting_id}", places.other_meeting(changes.meeting_id)
            yield BriefLine(key, text, Told(label), where, basis_of(text), label, importance=9)
    label = _("People")
    for at, each in enumerate(changes.people.rows):
        yield BriefLine(
            f"people:{each.kind}:{each.who.id}",
            change_text(each),
            Told(label),
            places.person(each.who.id),
            basis_of(each.kind, each.who, each.before, each.after),
            label,
            # People first, but not so many of them that nothing else is told.
            importance=4 if at < _SURE_PEOPLE else 1,
        )
    for happened in changes.listed.rows:
        yield _happened(happened, places)


_SURE_PEOPLE = 5


def _happened(change: Change, places: Places) -> BriefLine:
    kind = (
        _CHANGE_WORDS[change.kind]() if isinstance(change.kind, ChangeKind) else word(change.kind)
    )
    detail = ": ".join(apart(part) for part in (change.who, change.text) if part.strip())
    family = "change" if isinstance(change.kind, ChangeKind) else "touch"
    return BriefLine(
        f"{family}:{change.kind}:{change.id}",
        pieces(kind, detail),
        change,
        _where(change, places),
        basis_of(change.kind, change.on, change.who, change.text),
        day_month(change.on),
        importance=_importance(change),
    )


def _where(change: Change, places: Places) -> Source:
    if isinstance(change.kind, InteractionKind) or change.kind is ChangeKind.NOTE:
        return places.account("timeline")
    return places.account("promises")


def _importance(change: Change) -> int:
    if change.kind in (ChangeKind.BROKEN, ChangeKind.LATE):
        return 4
    if change.kind in _TALKS:
        return 3
    return 1 if change.kind is ChangeKind.NOTE else 2


_TALKS = {InteractionKind.VISIT, InteractionKind.CALL, InteractionKind.VIDEO}
_CHANGE_WORDS = {
    ChangeKind.NOTE: lambda: _("Note"),
    ChangeKind.PROMISED_BY_US: lambda: _("We promised"),
    ChangeKind.PROMISED_BY_THEM: lambda: _("They promised"),
    ChangeKind.KEPT: lambda: _("Promise kept"),
    ChangeKind.LATE: lambda: _("Promise kept late"),
    ChangeKind.BROKEN: lambda: _("Promise broken"),
    ChangeKind.WITHDRAWN: lambda: _("Promise withdrawn"),
}
