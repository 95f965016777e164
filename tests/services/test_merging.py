"""Two records of one person become one; two people with one name stay two until then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import PersonVCard, SavedMap
from kam_desktop.models.vocabulary import DecisionRole, PersonalKind, TieKind
from kam_desktop.services import accounts, buying_centres, people, personal, ties
from kam_desktop.services.claims import state_claim
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.exchange.vcard.kept import kept_card
from kam_desktop.services.imports import import_files
from kam_desktop.services.merging import merge_people
from kam_desktop.services.queries.duplicates import possible_doubles
from kam_desktop.services.queries.merging import KEEP, OTHER, merge_view, swapped
from kam_desktop.services.queries.people import person_ids
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def account(do: Do) -> str:
    return str(do(accounts.add_account, name="Aurora Foods"))


@pytest.fixture
def second(do: Do) -> str:
    return str(do(accounts.add_account, name="Borealis"))


def rows(portfolio: Portfolio, sql: str, *args: object) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(sql, args)


def reports(portfolio: Portfolio) -> list[tuple[str, str]]:
    """Names of people and managers, the solid line of each person first."""
    return rows(
        portfolio,
        "SELECT f.name, o.name FROM tie t JOIN person f ON f.id = t.from_id"
        " JOIN person o ON o.id = t.to_id WHERE t.kind = 'reports_to' AND t.deleted_at IS NULL"
        " ORDER BY f.name, t.id",
    )


def test_gaps_are_filled_and_choices_count(portfolio: Portfolio, do: Do, account: str) -> None:
    keep = do(people.add_person, account, "Elena Rossi", title="CEO", influence=8)
    other = do(
        people.add_person,
        account,
        "E. Rossi",
        title="Chief",
        phone="+39 02 1",
        influence=3,
        support=1,
    )
    do(people.update_person, other, left_on=dt.date(2026, 1, 5))
    do(merge_people, keep, other, {"title": OTHER})
    assert rows(
        portfolio,
        "SELECT name, title, phone, influence, support, left_on FROM person WHERE id = ?",
        keep,
    ) == [("Elena Rossi", "Chief", "+39 02 1", 8, 1, None)]


def test_the_newest_claim_counts_unless_chosen(portfolio: Portfolio, do: Do, account: str) -> None:
    said = {"source": "said", "confidence": "high"}
    keep, other = (do(people.add_person, account, name) for name in ("Elena Rossi", "E. Rossi"))
    for person, field, value, day in (
        (keep, "support", -1, 9), (other, "support", 2, 1),
        (keep, "influence", 4, 1), (other, "influence", 9, 2),
        (keep, "coverage", "brief", 1), (other, "coverage", "in_depth", 2),
    ):  # fmt: skip
        do(state_claim, person, field, value, on=dt.date(2026, 11, day), **said)
    with portfolio.reading() as db:
        view = merge_view(db, keep, other)
    assert view is not None
    judged = {field: view.default[field] for field in ("support", "influence", "coverage")}
    assert judged == {"support": KEEP, "influence": OTHER, "coverage": OTHER}
    do(merge_people, keep, other, {"coverage": KEEP})
    assert rows(
        portfolio, "SELECT support, influence, coverage FROM person WHERE id = ?", keep
    ) == [(-1, 9, "brief")]
    newest = (
        "SELECT value FROM claim WHERE field = 'coverage' ORDER BY \"on\" DESC, id DESC LIMIT 1"
    )
    assert rows(portfolio, newest) == [("brief",)]


def test_doubles_circles_and_ties_between_the_two(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    keep, other, boss, staff = (
        do(people.add_person, account, name) for name in ("Keep", "Other", "Boss", "Staff")
    )
    do(ties.set_manager, other, boss)
    do(ties.set_manager, boss, keep)
    do(ties.set_manager, staff, other)
    do(ties.add_tie, staff, keep, TieKind.REPORTS_TO, strength=2, note="dotted")
    do(ties.add_tie, keep, other, TieKind.ALLIED)
    do(ties.add_tie, keep, staff, TieKind.INFORMAL, note="school")
    do(ties.add_tie, staff, other, TieKind.INFORMAL, strength=4, note="sailing")
    told = do(merge_people, keep, other).told
    assert len(told) == 2
    assert "1 tie between the two" in told[0]
    assert "1 line of reports was left out" in told[1]
    assert reports(portfolio) == [("Boss", "Keep"), ("Staff", "Keep")]
    live = "SELECT kind, strength, note FROM tie WHERE deleted_at IS NULL ORDER BY kind, id"
    assert rows(portfolio, live) == [
        ("informal", 4, "school\nsailing"),
        ("reports_to", None, ""),
        ("reports_to", 2, "dotted"),
    ]


def test_the_solid_line_stays_that_of_the_one_kept(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    other, keep, old, new = (
        do(people.add_person, account, name) for name in ("Other", "Keep", "Old boss", "Boss")
    )
    do(ties.set_manager, other, old)
    do(ties.set_manager, keep, new)
    do(merge_people, keep, other)
    assert reports(portfolio) == [("Keep", "Boss"), ("Keep", "Old boss")]


def test_across_accounts(portfolio: Portfolio, do: Do, account: str, second: str) -> None:
    keep = do(people.add_person, account, "Elena Rossi")
    other = do(people.add_person, second, "Elena Rossi")
    boss = do(people.add_person, second, "Boss")
    do(ties.set_manager, other, boss)
    plant = do(buying_centres.add_buying_centre, second, "Plant")
    do(people.update_person, other, buying_centre_id=plant)
    do(people.set_decision_roles, other, [(DecisionRole.APPROVER, plant)])
    told = do(merge_people, keep, other, {"buying_centre_id": OTHER}).told
    assert len(told) == 3
    assert reports(portfolio) == []
    assert rows(portfolio, "SELECT kind FROM tie WHERE deleted_at IS NULL") == [("informal",)]
    assert rows(
        portfolio, "SELECT account_id, buying_centre_id FROM person WHERE id = ?", keep
    ) == [(account, None)]
    assert rows(
        portfolio,
        "SELECT person_id, buying_centre_id FROM role_in_decision WHERE deleted_at IS NULL",
    ) == [(keep, None)]


def test_a_vacant_seat_is_filled(portfolio: Portfolio, do: Do, account: str) -> None:
    seat = do(people.add_vacant_seat, account, "Head of Quality")
    person = do(people.add_person, account, "Ana Pop")
    do(merge_people, seat, person)
    assert rows(portfolio, "SELECT name, title, placeholder FROM person WHERE id = ?", seat) == [
        ("Ana Pop", "Head of Quality", 0)
    ]


def test_cards_and_maps_follow(portfolio: Portfolio, do: Do, account: str) -> None:
    keep, other = (do(people.add_person, account, name) for name in ("Elena Rossi", "E. Rossi"))
    head = "BEGIN:VCARD\nVERSION:4.0\nFN:Elena\nitem1.URL:http://one.example"
    with portfolio.unit_of_work("Cards") as work:
        work.add(PersonVCard(person_id=keep, text=f"{head}\nEND:VCARD"))
        text = f"{head}\nitem1.TEL:2\nitem1.X-ABLABEL:Desk\nEND:VCARD"
        work.add(PersonVCard(person_id=other, text=text))
        work.add(SavedMap(account_id=account, title="Map", options={"focus": other}))
    do(merge_people, keep, other)
    ((kept,),) = rows(portfolio, "SELECT text FROM person_vcard WHERE deleted_at IS NULL")
    card = kept_card(kept)
    lines = [(prop.group, prop.name, prop.value) for prop in card.properties]
    group = lines[2][0]
    assert group not in ("", "item1")
    assert lines == [
        ("", "FN", "Elena"),
        ("item1", "URL", "http://one.example"),
        (group, "TEL", "2"),
        (group, "X-ABLABEL", "Desk"),
    ]
    assert rows(portfolio, "SELECT options FROM saved_map") == [(f'{{"focus": "{keep}"}}',)]


def test_personal_notes_follow_and_one_birthday_stays(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    keep, other = (do(people.add_person, account, name) for name in ("Ana", "Anna"))
    do(personal.set_birthday, keep, 11, 21)
    do(personal.set_birthday, other, 12, 21)
    do(
        personal.add_personal_fact, other, PersonalKind.FAMILY,
        text="Two sons", purpose="Small talk",
    )  # fmt: skip
    do(merge_people, keep, other)
    found = rows(
        portfolio,
        "SELECT kind, substr(day, 6), text FROM personal_fact WHERE person_id = ?"
        " AND deleted_at IS NULL ORDER BY kind",
        keep,
    )
    assert found == [("birthday", "11-21", ""), ("family", None, "Two sons")]


def test_an_import_finds_the_person_by_either_address(
    portfolio: Portfolio, do: Do, account: str, tmp_path: Any
) -> None:
    keep = do(people.add_person, account, "Elena Rossi", email="elena@x.example")
    other = do(people.add_person, account, "E. Rossi", email="Rossi@x.example")
    do(merge_people, keep, other)
    source = tmp_path / "people.csv"
    source.write_text("Full Name,Email,Account Name\nE. Rossi,rossi@x.example,Aurora Foods\n")
    plan = import_files(portfolio, [source], dry_run=True)
    assert [(row.fate, row.record_id) for row in plan.tables[0].rows] == [(Fate.CHANGED, keep)]


def test_one_person_cannot_be_merged_with_themselves(do: Do, account: str) -> None:
    person = do(people.add_person, account, "Elena Rossi")
    with pytest.raises(UserError, match="two people"):
        do(merge_people, person, person)
    with pytest.raises(TypeError):
        do(merge_people, person, do(people.add_person, account, "Ana Pop"), {"title": "both"})


def test_possible_doubles(portfolio: Portfolio, do: Do, account: str, second: str) -> None:
    accents = do(people.add_person, account, "Élena  Rossi")
    plain = do(people.add_person, account, "elena rossi", email="E@x.example")
    mail = do(people.add_person, account, "Somebody", email="e@X.example")
    do(people.add_person, second, "Elena Rossi", email="e@x.example")
    do(people.add_person, account, "渡辺", email="w@x.example")
    with portfolio.reading() as db:
        pairs = possible_doubles(db)
        assert [(one.first.id, one.second.id, one.same_email) for one in pairs] == [
            (accents, plain, False),
            (plain, mail, True),
        ]
        assert len(possible_doubles(db, limit=1)) == 2
        assert possible_doubles(db, account_id=second) == []
        assert person_ids(db, doubles=True) == [accents, plain, mail]
        assert person_ids(db, doubles=True, sort="title", account_id=second) == []
    do(merge_people, plain, mail)
    with portfolio.reading() as db:
        assert len(possible_doubles(db)) == 1


def test_the_one_with_more_history_is_kept(portfolio: Portfolio, do: Do, account: str) -> None:
    bare, busy = (do(people.add_person, account, name) for name in ("Elena Rossi", "E. Rossi"))
    do(people.set_decision_roles, busy, [(DecisionRole.USER, None)])
    with portfolio.reading() as db:
        view = merge_view(db, bare, busy)
        assert view is not None
        assert (view.keep.id, view.other.id, view.differing) == (busy, bare, ("name",))
        assert swapped(db, view).keep.id == bare
        assert merge_view(db, bare, "gone") is None
