"""Makes one person of two records of them. Nothing that hangs on either is lost.

Which columns refer to a person is known from `RELATIONS`; a test compares it with the models, so
that a relation added later cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import Person
from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.merging_relations import RELATIONS, Pair, move_mentions
from kam_desktop.services.merging_ties import move_ties
from kam_desktop.services.queries.merging import CHOICES, KEEP, OTHER
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

__all__ = ["Merged", "merge_people"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge: who stays, and sentences about what could not stay as it was."""

    person_id: str
    told: tuple[str, ...]


def merge_people(
    work: UnitOfWork, keep_id: str, other_id: str, choices: Mapping[str, str] | None = None
) -> Merged:
    """Let ``keep_id`` stand for both; the other one goes to the trash without its relations.

    ``choices`` says per field of `queries.merging.CHOICES` whose value counts, ``keep`` or
    ``other``. Without a choice it is the one kept unless that is empty or unknown; of judgements it
    is the newest claim's. Raises `UserError` for one and the same person, and for somebody who is
    no longer there.
    """
    if keep_id == other_id:
        raise UserError(_("Choose two people. One person cannot be merged with themselves."))
    keep, other = work.get(Person, keep_id), work.get(Person, other_id)
    wanted = dict(choices or {})
    if unknown := [one for one, whose in wanted.items() if one not in CHOICES or whose not in _WHO]:
        raise TypeError(f"no choice of this kind: {', '.join(unknown)}")
    pair = Pair(keep_id, other_id, keep.account_id, other.account_id)
    _remember_addresses(work, pair, {keep.email, other.email})
    values = {name: _value(keep, other, name, wanted.get(name)) for name in CHOICES}
    told = _move(work, pair)
    for columns in values.values():
        for column, value in columns.items():
            setattr(keep, column, value)
    if keep.name:
        keep.placeholder = False
    _settle_judgements(work, keep, wanted)
    work.flush()
    trash.trash(work, "person", other_id)
    if pair.accounts_differ:
        told = (*told, _("They belonged to two accounts; the person is now at the first one’s."))
    return Merged(keep_id, tuple(dict.fromkeys(told)))


_WHO = frozenset({KEEP, OTHER})


def _move(work: UnitOfWork, pair: Pair) -> tuple[str, ...]:
    told = list(move_ties(work, pair))
    for move in dict.fromkeys(RELATIONS.values()):
        told += move(work, pair)
    move_mentions(work, pair)
    return tuple(told)


def _value(keep: Person, other: Person, field: str, whose: str | None) -> dict[str, Any]:
    """The columns of a field with the values that count."""
    choice = CHOICES[field]
    if choice.within_account and keep.account_id != other.account_id:
        whose = KEEP
    if whose is None:
        empty = all(getattr(keep, column) in ("", None) for column in choice.columns)
        whose = OTHER if empty and choice.fills else KEEP
    source = other if whose == OTHER else keep
    return {column: getattr(source, column) for column in choice.columns}


def _settle_judgements(work: UnitOfWork, keep: Person, wanted: Mapping[str, str]) -> None:
    """Let each judgement and the newest claim about it say the same again.

    What the user chose counts as said now; else the newest claim of both people counts.
    """
    from kam_desktop.services.claims import follow_newest, record_own_judgement

    for field in ClaimField:
        chosen = getattr(keep, field.value)
        work.flush()
        follow_newest(work, keep.id, (field,))
        if wanted.get(field.value) is not None and getattr(keep, field.value) != chosen:
            setattr(keep, field.value, chosen)
            record_own_judgement(work, keep, field, chosen)


def _remember_addresses(work: UnitOfWork, pair: Pair, emails: set[str]) -> None:
    """Let an import find the person by either address, so that the second one is not made again."""
    from kam_desktop.models.registry import ExternalRef
    from kam_desktop.services.exchange.directory import EMAIL_SYSTEM

    for email in sorted(emails - {""}) if len(emails - {""}) > 1 else ():
        work.add(
            ExternalRef(
                system=EMAIL_SYSTEM,
                key=email.casefold()[:200],
                record_kind="person",
                record_id=pair.keep,
            )
        )
