"""Builds the portfolios the benchmarks run on: S, M (×10) and L (×100), the same on every machine.

Names and words are made up from syllables; sizes are accounts / people / interactions.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from kam_desktop.models.registry import (
    Account,
    Commitment,
    Contract,
    Interaction,
    Meeting,
    Opportunity,
    Person,
    RevenueEntry,
    RoleInDecision,
    Tie,
)
from kam_desktop.models.text import new_id
from kam_desktop.models.vocabulary import (
    DecisionRole,
    InteractionKind,
    MeetingType,
    Side,
    TieKind,
    Tier,
)
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.schema import create_schema

SIZES = {
    "S": (100, 1_000, 10_000),
    "M": (1_000, 10_000, 100_000),
    "L": (10_000, 100_000, 1_000_000),
}
KEY = bytes(range(32))
TODAY = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
_CHUNK = 20_000
_SYLLABLES = (
    "an bel cor dra el fin gra hol in jur kal lem mor nat ol pen quin ras sol tur um ver win"
).split()
_NOUNS = "valve pump line order audit price batch plant report visit offer terms pilot".split()
_VERBS = "discussed agreed reviewed shipped delayed tested ordered praised compared renewed".split()


def _word(rng: random.Random, syllables: int = 3) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _sentence(rng: random.Random) -> str:
    return (
        f"{rng.choice(_VERBS).capitalize()} the {_word(rng, 2).lower()} {rng.choice(_NOUNS)} "
        f"and the {rng.choice(_NOUNS)} for {_word(rng)} {rng.randint(1, 9999)}"
    )


def build(path: Path, size: str) -> Path:
    """Make the portfolio ``size`` at ``path``, encrypted with `KEY`, unless it is there."""
    if path.exists():
        return path
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch()
    db = connect(draft, KEY)
    make_durable(db)
    create_schema(db)
    db.close()
    portfolio = Portfolio(draft, KEY, device="bench")
    _fill(portfolio, *SIZES[size])
    portfolio.close()
    draft.rename(path)
    return path


def _fill(portfolio: Portfolio, accounts: int, people: int, interactions: int) -> None:
    rng = random.Random(42)
    account_ids = [new_id() for _ in range(accounts)]
    person_ids = [new_id() for _ in range(people)]
    homes = {person_id: account_ids[n % accounts] for n, person_id in enumerate(person_ids)}
    for kind, rows in (
        (Account, _accounts(rng, account_ids)),
        (Person, _people(rng, homes)),
        (RoleInDecision, _roles(rng, person_ids)),
        (Tie, _ties(rng, person_ids, accounts)),
        (Opportunity, _opportunities(rng, account_ids)),
        (RevenueEntry, _revenue(rng, account_ids)),
        (Contract, _contracts(rng, account_ids)),
        (Commitment, _commitments(rng, account_ids)),
        (Meeting, _meetings(rng, account_ids)),
        (Interaction, _interactions(rng, homes, interactions)),
    ):
        while chunk := list(itertools.islice(rows, _CHUNK)):
            with portfolio.unit_of_work("Fill", origin="import") as work:
                # Inserts all over large indexes: the usual cache would read most pages again.
                work.execute("PRAGMA cache_size = -1000000")
                work.bulk_insert(kind, chunk)


def _accounts(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for n, account_id in enumerate(ids):
        yield {
            "id": account_id,
            "name": f"{_word(rng)} {_word(rng, 2)} {rng.choice(['AG', 'Ltd', 'SpA', 'SA'])}",
            "tier": rng.choice(list(Tier)),
            "city": _word(rng, 2),
            "country": _word(rng, 2),
            "industry": _word(rng, 2),
            "number": str(n),
            "parent_id": ids[n - n % 10] if n % 10 else None,
        }


def _people(rng: random.Random, homes: dict[str, str]) -> Iterator[dict[str, object]]:
    for person_id, account_id in homes.items():
        given, family = _word(rng, 2), _word(rng)
        yield {
            "id": person_id,
            "account_id": account_id,
            "name": f"{given} {family}",
            "given_name": given,
            "family_name": family,
            "title": f"{_word(rng, 2)} manager",
            "email": f"{given}.{family}@{_word(rng).lower()}.example".lower(),
            "support": rng.choice([None, -2, -1, 0, 1, 2]),
            "influence": rng.choice([None, *range(11)]),
            "cadence_days": rng.choice([None, None, 30, 60, 90]),
        }


def _roles(rng: random.Random, people: list[str]) -> Iterator[dict[str, object]]:
    for person_id in people[::2]:
        yield {"person_id": person_id, "role": rng.choice(list(DecisionRole))}


def _ties(rng: random.Random, people: list[str], accounts: int) -> Iterator[dict[str, object]]:
    for n in range(accounts, len(people)):
        manager = people[n - accounts * rng.randint(1, n // accounts)]
        yield {"from_id": people[n], "to_id": manager, "kind": TieKind.REPORTS_TO}


def _opportunities(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for account_id in ids[::2]:
        yield {
            "account_id": account_id,
            "name": f"{_word(rng)} {rng.choice(_NOUNS)}",
            "value_minor": rng.randint(1, 10**8),
            "currency": "EUR",
            "close_on": TODAY.date() + dt.timedelta(days=rng.randint(-300, 300)),
        }


def _revenue(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for account_id in ids:
        for month in range(24):
            day = TODAY.date() - dt.timedelta(days=30 * month)
            yield {
                "account_id": account_id,
                "starts_on": day,
                "ends_on": day,
                "amount_minor": rng.randint(1, 10**7),
                "currency": "EUR",
            }


def _contracts(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for account_id in ids[::3]:
        ends = TODAY.date() + dt.timedelta(days=rng.randint(-200, 800))
        yield {
            "account_id": account_id,
            "name": f"{_word(rng)} agreement",
            "ends_on": ends,
            "notice_on": ends - dt.timedelta(days=90),
        }


def _commitments(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for account_id in ids:
        yield {
            "account_id": account_id,
            "side": rng.choice(list(Side)),
            "text": _sentence(rng),
            "due_on": TODAY.date() + dt.timedelta(days=rng.randint(-60, 120)),
        }


def _meetings(rng: random.Random, ids: list[str]) -> Iterator[dict[str, object]]:
    for account_id in ids:
        yield {
            "account_id": account_id,
            "title": f"{_word(rng)} review",
            "type": rng.choice(list(MeetingType)),
            "starts_at": TODAY + dt.timedelta(days=rng.randint(-300, 120)),
        }


def _interactions(
    rng: random.Random, homes: dict[str, str], count: int
) -> Iterator[dict[str, object]]:
    people = list(homes)
    for n in range(count):
        person_id = people[rng.randrange(len(people))]
        yield {
            "account_id": homes[person_id],
            "person_id": person_id,
            "kind": rng.choice(list(InteractionKind)),
            "at": TODAY - dt.timedelta(minutes=(count - n) * 1_000_000 // count),
            "summary": _sentence(rng),
        }
