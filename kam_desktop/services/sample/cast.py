"""The people of the sample: who sits where, under which name, how they stand and who they know."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from kam_desktop.models.registry import (
    Account,
    BuyingCentre,
    Person,
    RoleInDecision,
    TeamMember,
    Tie,
)
from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    Orientation,
    RelationshipLevel,
    TeamRole,
    TieKind,
    Tier,
)
from kam_desktop.services.formatting import minor_digits
from kam_desktop.services.storage.unit_of_work import UnitOfWork

Data = dict[str, Any]
_LEVELS = list(RelationshipLevel)
_ORIENTATION = {
    "ceo": Orientation.BUSINESS,
    "cfo": Orientation.FINANCIAL,
    "buy": Orientation.FINANCIAL,
    "ops": Orientation.RELATIONSHIP,
}
_TURNED = frozenset({"ops", "buy"})
"""Who thought less (or less badly) of us a year ago, at clients without chapters of their own."""


@dataclass(slots=True)
class Stage:
    """What has been made so far: ids by the keys of the data."""

    data: Data
    rng: random.Random
    team: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    seats: dict[str, dict[str, str]] = field(default_factory=dict)
    centres: dict[str, list[str]] = field(default_factory=dict)

    def story(self, account: Data) -> Data:
        """The story an account tells."""
        story: Data = self.data["stories"][account["story"]]
        return story

    def first_support(self, account: Data, seat: str) -> int | None:
        """How somebody stood in the beginning; chapters brought them to where they stand now."""
        story = self.story(account)
        now: int | None = story["support"].get(seat)
        if "first" in story or now is None:
            first: int | None = story.get("first", {}).get(seat, now)
            return first
        return now - (now > 0) + (now < 0) if seat in _TURNED else now


def add_team(work: UnitOfWork, stage: Stage) -> None:
    """Our own people."""
    for source in stage.data["team"]:
        member = TeamMember(
            name=source["name"], role=TeamRole(source["role"]), is_me=source.get("is_me", False)
        )
        work.add(member)
        stage.team[source["key"]] = member.id
    work.flush()


def add_accounts(work: UnitOfWork, stage: Stage) -> None:
    """The client companies with their buying centres."""
    texts = ("website", "about", "history", "strategy", "competitors", "pain_points")
    places = ("street", "city", "postcode", "country", "industry", "employees")
    for source in stage.data["accounts"]:
        account = Account(
            name=source["name"],
            tier=Tier(source["tier"]),
            parent_id=stage.accounts.get(source.get("parent", "")),
            owner_id=stage.team["me"],
            time_zone=source["zone"],
            annual_revenue_minor=int(source["revenue"]) * 10 ** minor_digits(source["currency"]),
            annual_revenue_currency=source["currency"],
            **{name: source[name] for name in places},
            **{name: source.get(name, "") for name in texts},
        )
        work.add(account)
        work.flush()
        stage.accounts[source["key"]] = account.id


def add_people(work: UnitOfWork, stage: Stage) -> None:
    """Everybody at every account, with decision roles and ties."""
    for source in stage.data["accounts"]:
        centres = _add_centres(work, stage, source)
        names = _names(stage, source["names"], len(stage.data["seats"]))
        seats = {
            seat["key"]: _add_person(work, stage, source, seat, names.pop(), centres)
            for seat in stage.data["seats"]
        }
        stage.seats[source["key"]] = seats
        work.flush()
        _add_ties(work, stage, source, seats)


def _add_centres(work: UnitOfWork, stage: Stage, source: Data) -> list[str]:
    ids = []
    for name in source.get("centres", []):
        centre = BuyingCentre(account_id=stage.accounts[source["key"]], name=name)
        work.add(centre)
        ids.append(centre.id)
    work.flush()
    stage.centres[source["key"]] = ids
    return ids


def _names(stage: Stage, language: str, count: int) -> list[tuple[str, str, str]]:
    """Names nobody else at the account has, as (display, given, family)."""
    pool = stage.data["names"][language]
    given = stage.rng.sample(pool["given"], count)
    family = [stage.rng.choice(pool["family"]) for _ in range(count)]
    family_first = pool["first"] == "family"
    return [
        (f"{last} {first}" if family_first else f"{first} {last}", first, last)
        for first, last in zip(given, family, strict=True)
    ]


def _add_person(
    work: UnitOfWork,
    stage: Stage,
    source: Data,
    seat: Data,
    name: tuple[str, str, str],
    centres: list[str],
) -> str:
    story, key = stage.story(source), seat["key"]
    vacant = key in story.get("vacant", [])
    known = key in story["support"]
    at_plant = key in {"plant", "quality", "maint", "plan"}
    person = Person(
        account_id=stage.accounts[source["key"]],
        name="" if vacant else name[0],
        given_name="" if vacant else name[1],
        family_name="" if vacant else name[2],
        title=seat["title"],
        placeholder=vacant,
        buying_centre_id=centres[1 if at_plant else 0] if centres else None,
        support=None if vacant else stage.first_support(source, key),
        influence=seat["influence"] if known else None,
        cadence_days=seat["cadence"] if known and not vacant else None,
        owner_id=stage.team["sponsor" if key == "ceo" else "me"] if known else None,
        orientation=_ORIENTATION.get(key, Orientation.TECHNICAL) if known and not vacant else None,
        email="" if vacant else f"{key}@{source['key']}.example",
        phone="" if vacant or not known else "+00 555 01" + f"{stage.rng.randint(10, 99)}",
        **_relationship(story["support"].get(key), vacant),
    )
    work.add(person)
    work.flush()
    for role in seat["roles"] if known else []:
        work.add(RoleInDecision(person_id=person.id, role=DecisionRole(role)))
    return person.id


def _relationship(support: int | None, vacant: bool) -> dict[str, Any]:
    """How far a relationship has come follows from the support in this made-up world."""
    if support is None or vacant:
        return {"coverage": ContactCoverage.NONE if vacant else None}
    step = max(0, min(2, support + 1))
    coverage = (ContactCoverage.BRIEF, ContactCoverage.MULTIPLE, ContactCoverage.IN_DEPTH)[step]
    return {
        "coverage": coverage,
        "level": _LEVELS[step],
        "level_wanted": _LEVELS[min(3, step + 1)],
    }


def _add_ties(work: UnitOfWork, stage: Stage, source: Data, seats: dict[str, str]) -> None:
    for seat in stage.data["seats"]:
        if seat["boss"]:
            work.add(
                Tie(from_id=seats[seat["key"]], to_id=seats[seat["boss"]], kind=TieKind.REPORTS_TO)
            )
    if source["story"] in {"thin", "gone"}:
        return
    for tie in stage.data["ties"]:
        work.add(
            Tie(
                from_id=seats[tie["from"]],
                to_id=seats[tie["to"]],
                kind=TieKind(tie["kind"]),
                strength=tie["strength"],
                note=tie["note"],
            )
        )


def days(count: float) -> dt.timedelta:
    """A number of days."""
    return dt.timedelta(days=count)
