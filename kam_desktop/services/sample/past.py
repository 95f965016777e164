"""How the sample came to be as it is: chapters of a year, each recorded at its own time.

So the slider of the map has something to go back to. A chapter is one step of the program's own,
made with the clock set to its day; its lines are carried out by the same use cases as a user's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kam_desktop.models.registry import Claim, Interaction, InteractionPerson
from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence, InteractionKind
from kam_desktop.services import buying_centres, claims, leaving, maps, our_side, people, ties
from kam_desktop.services.clock import Clock
from kam_desktop.services.map_options import MapOptions, MapTarget
from kam_desktop.services.sample.cast import Data, Stage, days
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _ClockOf:
    """A clock that stands at an instant; ``day`` is the user's date then."""

    instant: dt.datetime
    day: dt.date

    def now(self) -> dt.datetime:
        return self.instant

    def today(self) -> dt.date:
        return self.day


@contextmanager
def at_day(portfolio: Portfolio, day: int) -> Iterator[None]:
    """Let what is written inside be recorded ``day`` days from today (negative: ago)."""
    real: Clock = portfolio.clock
    portfolio.clock = _ClockOf(real.now() + days(day), real.today() + days(day))
    try:
        yield
    finally:
        portfolio.clock = real


def add_first_claims(work: UnitOfWork, stage: Stage) -> None:
    """Where what was thought of people in the beginning came from."""
    rows = []
    for source in stage.data["accounts"]:
        for key in stage.story(source)["support"]:
            first = stage.first_support(source, key)
            if first is not None and key not in stage.story(source).get("vacant", []):
                person_id = stage.seats[source["key"]][key]
                rows.append(_first_claim(work, stage, person_id, first))
    work.bulk_insert(Claim, rows)


def _first_claim(work: UnitOfWork, stage: Stage, person_id: str, support: int) -> dict[str, object]:
    source = stage.rng.choice([ClaimSource.GUESS, ClaimSource.SEEN, ClaimSource.COLLEAGUE])
    confidence = stage.rng.choice([Confidence.LOW, Confidence.MEDIUM])
    return {
        "person_id": person_id,
        "field": ClaimField.SUPPORT,
        "value": str(support),
        "source": source,
        "confidence": confidence,
        "on": work.today - days(stage.rng.randint(0, 40)),
    }


def add_turns(work: UnitOfWork, stage: Stage) -> None:
    """The quieter accounts: whoever had to change their mind has done so, as we saw ourselves."""
    for source in stage.data["accounts"]:
        if source["story"] == "hero":
            continue
        for key, support in stage.story(source)["support"].items():
            if support is not None and stage.first_support(source, key) != support:
                claims.state_claim(
                    work,
                    stage.seats[source["key"]][key],
                    ClaimField.SUPPORT,
                    support,
                    source=ClaimSource.SEEN,
                    confidence=Confidence.HIGH,
                )


def add_chapter(work: UnitOfWork, stage: Stage, chapter: Data) -> None:
    """Carry out the lines of one chapter."""
    for line in chapter["lines"]:
        _DO[line["do"]](work, stage, line)
        work.flush()


def _seat(stage: Stage, line: Data, name: str = "who") -> str:
    return stage.seats[line.get("account", "aurora")][line[name]]


def _account(stage: Stage, line: Data) -> str:
    return stage.accounts[line.get("account", "aurora")]


def _claim(work: UnitOfWork, stage: Stage, line: Data) -> None:
    claims.state_claim(
        work,
        _seat(stage, line),
        line["field"],
        line["value"],
        source=line["source"],
        confidence=line["confidence"],
        on=work.today - days(line.get("ago", 0)),
        source_text=line.get("from", ""),
        note=line.get("note", ""),
    )


def _set(work: UnitOfWork, stage: Stage, line: Data) -> None:
    values = dict(line["values"])
    if "step_due" in values:
        values["step_due"] = work.today + days(values["step_due"])
    people.update_person(work, _seat(stage, line), **values)


def _roles(work: UnitOfWork, stage: Stage, line: Data) -> None:
    centres = stage.centres[line.get("account", "aurora")]
    held = [(role, None if at is None else centres[at]) for role, at in line["roles"]]
    people.set_decision_roles(work, _seat(stage, line), held)


def _tie(work: UnitOfWork, stage: Stage, line: Data) -> None:
    ties.add_tie(
        work,
        _seat(stage, line),
        _seat(stage, line, "to"),
        line["kind"],
        strength=line.get("strength"),
        note=line.get("note", ""),
        on=work.today - days(line.get("ago", 0)),
        source=line.get("source", ClaimSource.SEEN),
        confidence=line.get("confidence", Confidence.MEDIUM),
    )


def _person(work: UnitOfWork, stage: Stage, line: Data) -> None:
    person_id = people.add_person(work, _account(stage, line), line["name"], **line["values"])
    stage.seats[line.get("account", "aurora")][line["who"]] = person_id


def _leave(work: UnitOfWork, stage: Stage, line: Data) -> None:
    """Somebody goes to another account of the sample; the seat stays, vacant."""
    where_to = leaving.WhereTo(account_id=stage.accounts[line["to_account"]])
    key = line.get("account", "aurora")
    seat_id = leaving.vacate_seat(work, _seat(stage, line), work.today, where_to)
    stage.seats[key][line["who"]] = seat_id
    people.update_person(work, seat_id, **line["seat"])
    people.set_decision_roles(work, seat_id, [(role, None) for role in line["roles"]])


def _contact(work: UnitOfWork, stage: Stage, line: Data) -> None:
    for member, state in line["states"].items():
        our_side.set_contact(work, _seat(stage, line), stage.team[member], state)


def _team(work: UnitOfWork, stage: Stage, line: Data) -> None:
    for member in line["members"]:
        our_side.add_to_account_team(work, _account(stage, line), stage.team[member])
    our_side.set_executive_sponsor(work, _account(stage, line), stage.team[line["sponsor"]])


def _quota(work: UnitOfWork, stage: Stage, line: Data) -> None:
    centres = stage.centres[line.get("account", "aurora")]
    buying_centres.set_quota(work, centres[line["centre"]], line["quota"])


def _map(work: UnitOfWork, stage: Stage, line: Data) -> None:
    options = MapOptions(
        influence_from=line.get("influence_from", 0), ties=frozenset(line.get("ties", ()))
    )
    maps.save_as(work, MapTarget(_account(stage, line), line["view"]), line["title"], options)


def _meet_together(work: UnitOfWork, stage: Stage, line: Data) -> None:
    """Several talks with the same two people: the map will suggest that they are close."""
    for ago in line["ago"]:
        touch = Interaction(
            account_id=_account(stage, line),
            person_id=_seat(stage, line),
            kind=InteractionKind.VISIT,
            at=work.now - days(ago),
            summary=line["summary"],
            member_id=stage.team["me"],
        )
        work.add(touch)
        work.flush()
        work.add(InteractionPerson(interaction_id=touch.id, person_id=_seat(stage, line, "with")))


_DO: dict[str, Callable[[UnitOfWork, Stage, Data], None]] = {
    "claim": _claim,
    "set": _set,
    "roles": _roles,
    "tie": _tie,
    "person": _person,
    "leave": _leave,
    "contact": _contact,
    "team": _team,
    "quota": _quota,
    "map": _map,
    "meet": _meet_together,
}
