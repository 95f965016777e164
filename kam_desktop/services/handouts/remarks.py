"""Risks, and the questions that unknown and faded facts raise. Pure rules over a brief's parts.

The numbers are our own defaults: influence from 6 counts as high, a notice date within 90 days is
near, 60 days without a touch are a silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from kam_desktop.models.vocabulary import ClaimField, DecisionRole, Side
from kam_desktop.services.handouts.content import (
    PersonCard,
    Promise,
    Remark,
    RemarkKind,
)
from kam_desktop.services.queries.brief import ContractRow, DealRow

HIGH_INFLUENCE = 6
NOTICE_DAYS = 90
SILENCE_DAYS = 60
_MOST_OF_ONE_KIND = 3


def risks(
    people: Sequence[PersonCard],
    promises: Sequence[Promise],
    deals: Sequence[DealRow],
    contracts: Sequence[ContractRow],
    last_touch: dt.date | None,
    today: dt.date,
) -> tuple[Remark, ...]:
    """What may go wrong, the weightiest first."""
    found = [
        *_opponents(people),
        *_dates(contracts, today),
        *_late_ours(promises),
        *_overdue(deals, today),
    ]
    if last_touch is not None and (today - last_touch).days > SILENCE_DAYS:
        days = (today - last_touch).days
        found.append(Remark(RemarkKind.SILENCE, on=last_touch, count=days))
    return tuple(found)


def questions(
    people: Sequence[PersonCard],
    roles: Mapping[DecisionRole, int],
    promises: Sequence[Promise],
    contracts: Sequence[ContractRow],
    today: dt.date,
) -> tuple[Remark, ...]:
    """What to find out, because it is unknown or was learnt long ago."""
    if not people:
        return (Remark(RemarkKind.NOBODY_KNOWN),)
    found: list[Remark] = []
    if not roles.get(DecisionRole.ECONOMIC_BUYER):
        found.append(Remark(RemarkKind.NO_ECONOMIC_BUYER))
    if not roles.get(DecisionRole.CHAMPION):
        found.append(Remark(RemarkKind.NO_CHAMPION))
    matter = [person for person in people if not person.placeholder and _matters(person)]
    found += _named(RemarkKind.SUPPORT_UNKNOWN, (p for p in matter if p.support is None))
    found += _named(RemarkKind.INFLUENCE_UNKNOWN, (p for p in matter if p.influence is None))
    found += _faded(matter)
    present = (p for p in people if p.attends and not p.roles and not p.placeholder)
    found += _named(RemarkKind.ROLE_UNKNOWN, present)
    vacant = [Remark(RemarkKind.SEAT_VACANT, p.title, id=p.id) for p in people if p.placeholder]
    late = [
        Remark(RemarkKind.THEIRS_LATE, promise.text, promise.due_on, promise.days_late, promise.id)
        for promise in promises
        if promise.side is Side.THEIRS and promise.days_late
    ]
    renewals = [
        Remark(RemarkKind.RENEWAL, each.name, each.ends_on, id=each.id)
        for each in contracts
        if each.ends_on is not None and 0 <= (each.ends_on - today).days <= 2 * NOTICE_DAYS
    ]
    for group in (vacant, late, renewals):
        found += group[:_MOST_OF_ONE_KIND]
    return tuple(found)


def _matters(person: PersonCard) -> bool:
    return person.attends or bool(person.roles) or (person.influence or 0) >= HIGH_INFLUENCE


def _named(kind: RemarkKind, people: Iterable[PersonCard]) -> list[Remark]:
    named = (Remark(kind, person.name, id=person.id) for person in people if person.name)
    return list(islice(named, _MOST_OF_ONE_KIND))


def _faded(people: Sequence[PersonCard]) -> list[Remark]:
    """What was learnt of somebody too long ago; one field of a person after the other."""
    found: list[Remark] = []
    for field, kind in _FADED_KINDS.items():
        old = (
            Remark(kind, person.name, day, id=person.id)
            for person in people
            if person.name and (day := person.faded_on(field)) is not None
        )
        found += islice(old, _MOST_OF_ONE_KIND)
    return found


_FADED_KINDS = {
    ClaimField.SUPPORT: RemarkKind.SUPPORT_FADED,
    ClaimField.INFLUENCE: RemarkKind.INFLUENCE_FADED,
    ClaimField.LEVEL: RemarkKind.LEVEL_FADED,
}


def _opponents(people: Sequence[PersonCard]) -> list[Remark]:
    found = [
        Remark(RemarkKind.OPPONENT, person.name, count=person.influence or 0, id=person.id)
        for person in people
        if person.support is not None
        and person.support < 0
        and (person.influence or 0) >= HIGH_INFLUENCE
    ]
    return found[:_MOST_OF_ONE_KIND]


def _dates(contracts: Sequence[ContractRow], today: dt.date) -> list[Remark]:
    found: list[Remark] = []
    for each in contracts:
        if each.ends_on is not None and each.ends_on < today:
            found.append(Remark(RemarkKind.CONTRACT_ENDED, each.name, each.ends_on, id=each.id))
        elif each.notice_on is not None and 0 <= (each.notice_on - today).days <= NOTICE_DAYS:
            days = (each.notice_on - today).days
            found.append(Remark(RemarkKind.NOTICE_SOON, each.name, each.notice_on, days, each.id))
    return found[:_MOST_OF_ONE_KIND]


def _late_ours(promises: Sequence[Promise]) -> list[Remark]:
    late = [each for each in promises if each.side is Side.OURS and each.days_late]
    return [Remark(RemarkKind.OURS_LATE, count=len(late))] if late else []


def _overdue(deals: Sequence[DealRow], today: dt.date) -> list[Remark]:
    found = [
        Remark(RemarkKind.DEAL_OVERDUE, deal.name, deal.close_on, id=deal.id)
        for deal in deals
        if deal.close_on is not None and deal.close_on < today
    ]
    return found[:_MOST_OF_ONE_KIND]
