"""Merging two people, whatever hangs on them: nothing is lost, doubled or left hanging."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models import registry as r
from kam_desktop.models import vocabulary as v
from kam_desktop.models.base import Base
from kam_desktop.services.merging import merge_people
from kam_desktop.services.merging_relations import RELATIONS
from kam_desktop.services.queries.merging import CHOICES, KEEP, OTHER
from kam_desktop.services.storage.ledger import ledgered_tables
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from tests.conftest import TEST_KEY, StillClock

PEOPLE = 5
NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 1)
person = st.integers(0, PEOPLE - 1)
few = st.integers(0, 2)
note = st.sampled_from(["", "seen in May", "at the fair"])
day = st.sampled_from([None, DAY, DAY + dt.timedelta(3)])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """People 0 and 1 are merged; person 1 and some others may be at the second account."""
    at_second = draw(st.sets(st.integers(1, PEOPLE - 1), max_size=2))
    ties = draw(
        st.lists(
            st.tuples(person, person, st.sampled_from(v.TieKind), st.none() | few, note, day),
            max_size=12,
        )
    )
    return {
        "at_second": at_second,
        "fields": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "email": st.sampled_from(["", "a@x.example", "b@x.example"]),
                        "title": st.sampled_from(["", "Buyer", "CEO"]),
                        "support": st.sampled_from([None, -1, 2]),
                        "influence": st.sampled_from([None, 0, 7]),
                        "left_on": st.sampled_from([None, DAY]),
                    }
                ),
                min_size=PEOPLE,
                max_size=PEOPLE,
            )
        ),
        "ties": ties,
        "roles": draw(
            st.lists(st.tuples(person, st.sampled_from(v.DecisionRole), few), max_size=8)
        ),
        "touches": draw(
            st.lists(st.tuples(st.none() | person, st.sets(person, max_size=3)), max_size=4)
        ),
        "meetings": draw(st.lists(st.sets(person, max_size=4), max_size=3)),
        "notes": draw(st.lists(st.none() | person, max_size=3)),
        "claims": draw(
            st.lists(st.tuples(person, st.sampled_from(["", "1", "-2"]), few), max_size=4)
        ),
        "contacts": draw(st.sets(st.tuples(person, st.integers(0, 1)), max_size=5)),
        "places": draw(st.sets(st.tuples(person, st.integers(0, 1)), max_size=5)),
        "cards": draw(st.sets(person, max_size=3)),
        "choices": draw(
            st.dictionaries(st.sampled_from(list(CHOICES)), st.sampled_from([KEEP, OTHER]))
        ),
    }


def build(work: UnitOfWork, world: dict[str, Any]) -> list[str]:
    """Store the world; returns the ids of its people."""
    accounts = [r.Account(name=name) for name in ("Aurora Foods", "Borealis")]
    members = [r.TeamMember(name=name) for name in ("Ann", "Ben")]
    for one in (*accounts, *members):
        work.add(one)
    work.flush()
    home = [accounts[number in world["at_second"]].id for number in range(PEOPLE)]
    centres = [r.BuyingCentre(account_id=account.id, name="Plant") for account in accounts]
    maps = [r.SavedMap(account_id=account.id, title="Map") for account in accounts]
    people = [
        r.Person(account_id=home[number], name=f"Person {number}", **world["fields"][number])
        for number in range(PEOPLE)
    ]
    for one in (*centres, *maps, *people):
        work.add(one)
    work.flush()
    ids = [one.id for one in people]
    stage = Stage(work, world, ids, home, members, centres, maps)
    for build_part in (
        build_ties, build_roles, build_touches, build_meetings, build_records, build_judgements,
        build_rest,
    ):  # fmt: skip
        build_part(stage)
    return ids


@dataclass
class Stage:
    """What relations hang on."""

    work: UnitOfWork
    world: dict[str, Any]
    ids: list[str]
    home: list[str]
    members: list[r.TeamMember]
    centres: list[r.BuyingCentre]
    maps: list[r.SavedMap]


def build_ties(stage: Stage) -> None:
    seen = set()
    for first, second, kind, strength, text, on in stage.world["ties"]:
        one, two = first, second
        if kind is v.TieKind.REPORTS_TO:  # always to a lower number, so that there is no circle
            one, two = max(one, two), min(one, two)
            if stage.home[one] != stage.home[two]:
                continue
        key = (kind, one, two) if kind in v.DIRECTED_TIES else (kind, *sorted((one, two)))
        if one == two or key in seen:
            continue
        seen.add(key)
        ends = {"from_id": stage.ids[one], "to_id": stage.ids[two]}
        stage.work.add(r.Tie(**ends, kind=kind, strength=strength, note=text, on=on))


def build_roles(stage: Stage) -> None:
    seen = set()
    for one, role, in_centre in stage.world["roles"]:
        own = [centre.id for centre in stage.centres if centre.account_id == stage.home[one]]
        centre = own[0] if in_centre else None
        if (one, role, centre) not in seen:
            seen.add((one, role, centre))
            person_id = stage.ids[one]
            stage.work.add(
                r.RoleInDecision(person_id=person_id, role=role, buying_centre_id=centre)
            )


def build_touches(stage: Stage) -> None:
    for main, others in stage.world["touches"]:
        touch = r.Interaction(
            account_id=stage.home[0],
            kind=v.InteractionKind.CALL,
            at=NOW,
            person_id=None if main is None else stage.ids[main],
        )
        stage.work.add(touch)
        stage.work.flush()
        for other in others - {main}:
            stage.work.add(r.InteractionPerson(interaction_id=touch.id, person_id=stage.ids[other]))


def build_meetings(stage: Stage) -> None:
    for attending in stage.world["meetings"]:
        meeting = r.Meeting(
            account_id=stage.home[0], title="Talk", type=v.MeetingType.FIRST, starts_at=NOW
        )
        stage.work.add(meeting)
        stage.work.flush()
        for one in attending:
            stage.work.add(r.Attendee(meeting_id=meeting.id, person_id=stage.ids[one]))


def build_records(stage: Stage) -> None:
    account_id = stage.home[0]
    for one in stage.world["notes"]:
        about = None if one is None else stage.ids[one]
        stage.work.add(r.Note(account_id=account_id, text="note", at=NOW, person_id=about))
        stage.work.add(
            r.Commitment(account_id=account_id, side=v.Side.OURS, text="call", person_id=about)
        )
        stage.work.add(r.Opportunity(account_id=account_id, name="deal", person_id=about))


def build_judgements(stage: Stage) -> None:
    for one, value, days in stage.world["claims"]:
        stage.work.add(
            r.Claim(
                person_id=stage.ids[one],
                field=v.ClaimField.SUPPORT,
                value=value,
                source=v.ClaimSource.SAID,
                confidence=v.Confidence.HIGH,
                on=DAY + dt.timedelta(days),
            )
        )
    for one, member in stage.world["contacts"]:
        stage.work.add(
            r.TeamContact(
                person_id=stage.ids[one],
                member_id=stage.members[member].id,
                state=v.TeamContactState.GOOD,
                on=DAY,
            )
        )


def build_rest(stage: Stage) -> None:
    for one, number in stage.world["places"]:
        if stage.maps[number].account_id == stage.home[one]:
            map_id = stage.maps[number].id
            stage.work.add(r.MapPosition(map_id=map_id, person_id=stage.ids[one], x=one, y=2.0))
    for one in stage.world["cards"]:
        text = f"BEGIN:VCARD\nVERSION:4.0\nFN:Person {one}\nURL:http://{one}.example\nEND:VCARD"
        stage.work.add(r.PersonVCard(person_id=stage.ids[one], text=text))
        stage.work.add(
            r.ExternalRef(
                system="crm", key=str(one), record_kind="person", record_id=stage.ids[one]
            )
        )


Dump = dict[str, list[tuple[Any, ...]]]


def dump(portfolio: Portfolio) -> Dump:
    with portfolio.reading() as db:
        tables = [table.name for table in ledgered_tables()]
        return {name: sorted(db.rows(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


MEANINGS = {
    "roles": "SELECT person_id, role FROM role_in_decision",
    "claims": 'SELECT person_id, field, value, "on", source FROM claim',
    "touches": "SELECT id, person_id FROM interaction",
    "took part": "SELECT interaction_id, person_id FROM interaction_person UNION ALL"
    " SELECT id, person_id FROM interaction WHERE deleted_at IS NULL AND person_id IS NOT NULL",
    "attendees": "SELECT meeting_id, person_id FROM attendee",
    "notes": "SELECT id, person_id FROM note",
    "promises": "SELECT id, person_id FROM commitment",
    "deals": "SELECT id, person_id FROM opportunity",
    "contacts": "SELECT member_id, person_id FROM team_contact",
    "refs": "SELECT key, record_id FROM external_ref",
    "cards": "SELECT person_id FROM person_vcard",
}
"""Who is part of what; the same after a merge, with one person in the place of two."""
ONCE = {
    "SELECT person_id, role, buying_centre_id FROM role_in_decision WHERE deleted_at IS NULL",
    "SELECT meeting_id, person_id FROM attendee WHERE deleted_at IS NULL",
    "SELECT member_id, person_id FROM team_contact WHERE deleted_at IS NULL",
    "SELECT map_id, person_id FROM map_position WHERE deleted_at IS NULL",
    "SELECT person_id FROM person_vcard WHERE deleted_at IS NULL",
    MEANINGS["took part"].replace(" UNION", " WHERE deleted_at IS NULL UNION"),
}


def meanings(portfolio: Portfolio, instead: dict[str, str]) -> dict[str, set[tuple[Any, ...]]]:
    """Live relations, with one person put in another's place."""
    with portfolio.reading() as db:
        found = {}
        for name, sql in MEANINGS.items():
            live = (
                sql.replace(" UNION ALL", " WHERE deleted_at IS NULL UNION ALL")
                if "UNION" in sql
                else f"{sql} WHERE deleted_at IS NULL"
            )
            found[name] = {tuple(instead.get(cell, cell) for cell in row) for row in db.rows(live)}
        return found


def ties(portfolio: Portfolio, instead: dict[str, str]) -> set[tuple[str, ...]]:
    with portfolio.reading() as db:
        rows = db.rows("SELECT kind, from_id, to_id FROM tie WHERE deleted_at IS NULL")
    found = set()
    for kind, *ends in rows:
        one, two = (instead.get(end, end) for end in ends)
        directed = kind in {str(k) for k in v.DIRECTED_TIES}
        found.add((kind, one, two) if directed else (kind, *sorted((one, two))))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_nothing_is_lost_doubled_or_left_hanging(
    empty_portfolio_file: Path, world: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory(prefix="kam-desktop-test-") as folder:
        path = Path(folder) / "p.kam"
        shutil.copy(empty_portfolio_file, path)
        portfolio = Portfolio(path, TEST_KEY, clock=StillClock(NOW), device="test")
        try:
            check(portfolio, world)
        finally:
            portfolio.close()


def check(portfolio: Portfolio, world: dict[str, Any]) -> None:
    with portfolio.unit_of_work("Build") as work:
        ids = build(work, world)
    keep, other = ids[:2]
    before = dump(portfolio)
    meant = meanings(portfolio, {other: keep})
    tied = ties(portfolio, {other: keep})
    with portfolio.unit_of_work("Merge") as work:
        merge_people(work, keep, other, world["choices"])
    now = meanings(portfolio, {})
    for name, rows in meant.items():
        assert rows <= now[name], name
    check_ties(portfolio, tied, keep, {"across": 1 in world["at_second"]})
    with portfolio.reading() as db:
        for table, column in RELATIONS:
            hanging = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ? AND deleted_at IS NULL'
            assert db.value(hanging, (other,)) == 0, (table, column)
        assert db.value("SELECT deleted_at IS NOT NULL FROM person WHERE id = ?", (other,)) == 1
        for sql in ONCE:
            assert max(Counter(db.rows(sql)).values(), default=1) == 1, sql
        newest = db.value(
            "SELECT value FROM claim WHERE person_id = ? AND field = 'support'"
            ' AND deleted_at IS NULL ORDER BY "on" DESC, id DESC LIMIT 1',
            (keep,),
        )
        support = db.value("SELECT support FROM person WHERE id = ?", (keep,))
        assert newest in (None, "" if support is None else str(support))
    portfolio.undo()
    assert dump(portfolio) == before


def check_ties(
    portfolio: Portfolio, tied: set[tuple[str, ...]], keep: str, world: dict[str, bool]
) -> None:
    after = ties(portfolio, {})
    assert all(one != two for _kind, one, two in after)
    with portfolio.reading() as db:
        live = db.value("SELECT count(*) FROM tie WHERE deleted_at IS NULL")
    assert live == len(after)
    managers = {(one, two) for kind, one, two in after if kind == "reports_to"}
    assert not circles(managers)
    for tie in tied - after:
        kind, one, two = tie
        if one == two:
            continue
        assert kind == "reports_to"
        across = world["across"] and ("informal", *sorted((one, two))) in after
        assert across or circles(managers | {(one, two)})
        assert keep in (one, two)


def circles(managers: set[tuple[str, str]]) -> bool:
    """Whether somebody reports to themselves over any number of lines."""
    left = set(managers)
    while True:
        bosses = {two for _one, two in left}
        leaves = {pair for pair in left if pair[0] not in bosses}
        if not leaves:
            return bool(left)
        left -= leaves


def test_every_reference_to_a_person_is_handled() -> None:
    referring = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }
    assert set(RELATIONS) == referring


def test_every_field_of_a_person_is_handled() -> None:
    chosen = {column for choice in CHOICES.values() for column in choice.columns}
    own = {"id", "account_id", "deleted_at", "deleted_with", "name_key", "placeholder"}
    assert {column.name for column in r.Person.__table__.columns} == chosen | own
