"""Companies of any size for pictures and measurements: people, ties, roles, contacts, touches.

Everything is made up, the same at every call.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from kam_desktop.models.registry import (
    BuyingCentre,
    Interaction,
    InteractionPerson,
    Person,
    RoleInDecision,
    TeamContact,
    TeamMember,
    Tie,
)
from kam_desktop.models.text import new_id
from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    InteractionKind,
    RelationshipLevel,
    TeamContactState,
    TieKind,
)
from kam_desktop.services.accounts import add_account
from kam_desktop.services.storage.unit_of_work import UnitOfWork

REPORTS_PER_HEAD = 6
_GIVEN = (
    "Anna Bruno Chiara Davide Elena Fabio Greta Hugo Irene Jonas Katja Luca Mira Nils Olga".split()
)
_FAMILIES = (
    "Haugen", "Rossi", "Ångström", "Papadopoulou", "Müller-Lüdenscheidt", "Novák", "O’Brien",
)  # fmt: skip
_WHOLE_NAMES = ("田中 健一", "سارة الأحمد", "דנה לוי", "Никос Петров", "김민준", "สมชาย ใจดี")
_TITLES = (
    "Head of procurement", "Plant director", "Process engineer", "Chief financial officer",
    "Quality manager", "Head of maintenance", "Buyer", "IT manager", "",
)  # fmt: skip
_CENTRES = ("Milan plant", "Head office", "Nordic division")
_OURS = ("Jana Vesela", "Tom Beck", "Ines Duarte", "Omar Said")


def add_company(work: UnitOfWork, name: str, people: int, ties: int) -> str:
    """An account with so many people and ties (those to managers counted); returns its id."""
    rng = random.Random(people)
    account_id = add_account(work, name=name, tier="key")
    centres = work.bulk_insert(
        BuyingCentre, [{"account_id": account_id, "name": each} for each in _CENTRES]
    )
    ids = [new_id() for _ in range(people)]
    work.bulk_insert(Person, list(_people(rng, account_id, ids, centres)))
    work.bulk_insert(Tie, list(_ties(rng, ids, ties)))
    work.bulk_insert(RoleInDecision, list(_roles(rng, ids)))
    _touches(work, rng, account_id, ids)
    _our_side(work, rng, ids)
    return account_id


def _people(
    rng: random.Random, account_id: str, ids: list[str], centres: list[str]
) -> Iterator[dict[str, object]]:
    for at, person_id in enumerate(ids):
        vacant = at % 20 == 7
        title = rng.choice(_TITLES)
        yield {
            "id": person_id,
            "account_id": account_id,
            "name": "" if vacant else _name(rng, at),
            "title": title or ("Position" if vacant else ""),
            "placeholder": vacant,
            "external": at % 30 == 3,
            "support": rng.choice((None, -2, -1, 0, 0, 1, 1, 2)),
            "influence": None if at % 9 == 4 else max(0, min(10, 9 - at // 8 + rng.randrange(3))),
            "coverage": rng.choice((None, *ContactCoverage)),
            "level": rng.choice((None, *RelationshipLevel)),
            "cadence_days": rng.choice((None, 30, 60, 90)),
            "buying_centre_id": centres[at % len(centres)] if at else None,
        }


def _name(rng: random.Random, at: int) -> str:
    if at % 8 == 5:
        return rng.choice(_WHOLE_NAMES)
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILIES)}"


def _ties(rng: random.Random, ids: list[str], ties: int) -> Iterator[dict[str, object]]:
    for at in range(1, len(ids)):
        manager = ids[(at - 1) // REPORTS_PER_HEAD]
        yield {"from_id": ids[at], "to_id": manager, "kind": TieKind.REPORTS_TO}
    kinds = [kind for kind in TieKind if kind is not TieKind.REPORTS_TO]
    for _at in range(ties - len(ids) + 1):
        one, two = rng.sample(ids, 2)
        yield {
            "from_id": one,
            "to_id": two,
            "kind": rng.choice(kinds),
            "strength": rng.choice((None, 1, 2, 3)),
        }


def _roles(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for person_id in ids[::2]:
        yield {"person_id": person_id, "role": rng.choice(list(DecisionRole))}


def _touches(work: UnitOfWork, rng: random.Random, account_id: str, ids: list[str]) -> None:
    rows, people = [], []
    for person_id in ids[::2]:
        for _count in range(3):
            interaction_id = new_id()
            at = work.now - dt.timedelta(days=rng.randrange(1, 300))
            rows.append(
                {
                    "id": interaction_id,
                    "account_id": account_id,
                    "person_id": person_id,
                    "kind": rng.choice(list(InteractionKind)),
                    "at": at,
                    "summary": "Call about the line",
                }
            )
            other = rng.choice(ids)
            if other != person_id:
                people.append({"interaction_id": interaction_id, "person_id": other})
    work.bulk_insert(Interaction, rows)
    work.bulk_insert(InteractionPerson, people)


def _our_side(work: UnitOfWork, rng: random.Random, ids: list[str]) -> None:
    members = work.bulk_insert(TeamMember, [{"name": name} for name in _OURS])
    contacts = [
        {"person_id": person_id, "member_id": member, "state": rng.choice(list(TeamContactState))}
        for person_id in ids[::3]
        for member in rng.sample(members, 2)
    ]
    work.bulk_insert(TeamContact, contacts)
