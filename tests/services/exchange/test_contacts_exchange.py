"""Contacts into accounts and out again, and the tables of people and ties."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kam_desktop.services import accounts, buying_centres, people, people_exchange, ties
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.vcard.contact import contact_of
from kam_desktop.services.exchange.vcard.reading import Card, read_cards
from kam_desktop.services.imports import import_files, write_rejects
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]
Bring = Callable[..., ImportPlan]


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def account(do: Do) -> str:
    return str(do(accounts.add_account, name="Aurora Foods S.p.A."))


@pytest.fixture
def bring(portfolio: Portfolio, tmp_path: Path) -> Bring:
    """Imports cards given as their lines."""

    def run(*cards: str, **options: Any) -> ImportPlan:
        source = tmp_path / "contacts.vcf"
        source.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\n{c}\nEND:VCARD\n" for c in cards))
        return import_files(portfolio, [source], options=ImportOptions(**options))

    return run


def rows(portfolio: Portfolio, sql: str) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(sql)


def fates(plan: ImportPlan) -> list[Fate]:
    return [row.fate for one in plan.tables if one.kind is Kind.PEOPLE for row in one.rows]


def exported(portfolio: Portfolio, folder: Path, **options: Any) -> list[Card]:
    target = folder / "out.vcf"
    with portfolio.reading() as db:
        people_exchange.export_cards(db, target, **options)
    return list(read_cards(target.read_bytes()).cards)


def picture(colour: str) -> str:
    from PIL import Image

    into = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(into, "PNG")
    return base64.b64encode(into.getvalue()).decode()


def test_an_organisation_tells_account_and_buying_centre(
    portfolio: Portfolio, do: Do, bring: Bring, account: str
) -> None:
    plant = do(buying_centres.add_buying_centre, account, "Plant 2")
    bring("FN:Elena Rossi\nORG:AURORA FOODS;plant 2")
    assert rows(portfolio, "SELECT name, account_id, buying_centre_id FROM person") == [
        ("Elena Rossi", account, plant)
    ]


def test_whoever_is_known_stays_at_their_account(
    portfolio: Portfolio, do: Do, bring: Bring, account: str
) -> None:
    do(people.add_person, account, "Elena Rossi", email="Elena@x.example")
    plan = bring("FN:E. Rossi\nORG:Some branch\nEMAIL:a@x.example\nEMAIL;TYPE=PREF:elena@x.example")
    assert fates(plan) == [Fate.CHANGED]
    assert rows(portfolio, "SELECT name, account_id FROM person") == [("E. Rossi", account)]


def test_without_an_account_a_contact_is_rejected(
    portfolio: Portfolio, do: Do, bring: Bring, account: str, tmp_path: Path
) -> None:
    do(accounts.add_account, name="aurora foods spa")
    plan = bring("FN:Ann", "FN:Ben\nORG:Nowhere", "FN:Cid\nORG:Aurora Foods", "NOTE:x\nORG:Nowhere")
    reasons = [row.reason for _table, row in plan.rejected()]
    assert [reason[:25] for reason in reasons] == [
        "The card names no organis", "No account is known as “N", "There are 2 accounts call",
        "The person has no name.",
    ]  # fmt: skip
    assert rows(portfolio, "SELECT * FROM person") == []
    assert write_rejects(plan, tmp_path / "rejects.csv") == 4
    assert "Nowhere" in (tmp_path / "rejects.csv").read_text("utf-8-sig")


def test_accounts_are_made_only_when_asked_for(portfolio: Portfolio, bring: Bring) -> None:
    plan = bring("FN:Ann\nORG:New GmbH", "FN:Ben\nORG:new", create_from_cards=True)
    assert plan.label == "Import of 1 account and 2 people"
    assert rows(portfolio, "SELECT name FROM account") == [("New GmbH",)]


def test_importing_again_changes_nothing_and_a_step_is_undone(
    portfolio: Portfolio, bring: Bring, account: str
) -> None:
    cards = (
        f"FN:Ann\nNICKNAME:A\nPHOTO;ENCODING=b:{picture('red')}\nUID:1", "FN:Ann\nUID:2", "FN:Ben"
    )  # fmt: skip
    assert fates(bring(*cards, account_id=account)) == [Fate.NEW] * 3
    steps = len(portfolio.history())
    assert fates(bring(*cards, account_id=account)) == [Fate.UNCHANGED] * 3
    assert len(portfolio.history()) == steps
    portfolio.undo()
    for table in ("person", "person_vcard", "external_ref", "import_batch"):
        assert rows(portfolio, f"SELECT * FROM {table}") == []


def test_a_changed_card_changes_only_what_it_says(
    portfolio: Portfolio, do: Do, bring: Bring, account: str
) -> None:
    bring(f"FN:Ann\nUID:1\nTITLE:CEO\nPHOTO;ENCODING=b:{picture('red')}", account_id=account)
    ((person, photo),) = rows(portfolio, "SELECT id, photo_sha256 FROM person")
    do(people.update_person, person, phone="1")
    plan = bring(
        f"FN:Ann Lee\nUID:1\nURL:http://x\nPHOTO;ENCODING=b:{picture('blue')}", account_id=account
    )
    assert fates(plan) == [Fate.CHANGED]
    ((*fields, new_photo),) = rows(
        portfolio, "SELECT id, name, title, phone, photo_sha256 FROM person"
    )
    assert fields == [person, "Ann Lee", "CEO", "1"]
    assert new_photo not in (None, photo)


def test_two_cards_about_one_person(bring: Bring, account: str) -> None:
    plan = bring("FN:Ann\nTITLE:CEO", "FN:Ann\nTITLE:CEO", "FN:Ann\nTITLE:CFO", account_id=account)
    assert fates(plan) == [Fate.NEW, Fate.UNCHANGED, Fate.REJECTED]


def test_two_people_with_one_name_stay_two(
    portfolio: Portfolio, do: Do, bring: Bring, account: str, tmp_path: Path
) -> None:
    for title in ("CEO", "Buyer"):
        do(people.add_person, account, "Ana Pop", title=title)
    refused = bring("FN:Ana Pop", account_id=account)
    assert fates(refused) == [Fate.REJECTED]
    for version in people_exchange.Version:
        assert len(exported(portfolio, tmp_path, version=version)) == 2
        again = import_files(portfolio, [tmp_path / "out.vcf"])
        assert fates(again) == [Fate.UNCHANGED] * 2
    with portfolio.reading() as db:
        people_exchange.export_tables(db, tmp_path / "people.csv")
    assert fates(import_files(portfolio, [tmp_path / "people.csv"])) == [Fate.UNCHANGED] * 2


def test_somebody_in_the_trash_is_not_made_again(do: Do, bring: Bring, account: str) -> None:
    plan = bring("FN:Ann\nUID:1", account_id=account)
    do(people.delete_person, plan.tables[-1].rows[0].record_id)
    again = bring("FN:Ann\nUID:1", account_id=account)
    ((_table, row),) = again.rejected()
    assert "trash" in row.reason


def test_what_goes_out(portfolio: Portfolio, do: Do, account: str, tmp_path: Path) -> None:
    person = do(
        people.add_person, account, "Elena Rossi", support=-1, influence=9, about="Likes figures",
        languages="Italian, English",
    )  # fmt: skip
    do(people.add_vacant_seat, account, "Head of Quality")
    (card,) = exported(portfolio, tmp_path)
    assert {prop.name for prop in card.properties} == {"FN", "ORG", "LANG", "NOTE", "UID"}
    assert contact_of(card).organisation == ("Aurora Foods S.p.A.",)
    assert contact_of(card).uid == f"urn:uuid:{person}"
    (bare,) = exported(portfolio, tmp_path, notes=False, person_ids=[person])
    assert not bare.all("NOTE")
    with portfolio.reading() as db, pytest.raises(UserError, match="could not be written"):
        people_exchange.export_cards(db, tmp_path / "none" / "a.vcf")
    with portfolio.reading() as db, pytest.raises(UserError):
        people_exchange.export_cards(db, tmp_path)


def test_the_tables_hold_everything(
    portfolio: Portfolio, do: Do, account: str, tmp_path: Path
) -> None:
    elena = do(
        people.add_person, account, "=Elena", title="CEO", support=2, influence=10,
        coverage="in_depth", level="vendor", level_wanted="trusted_adviser", cadence_days=30,
        phone="-1", external=True, about="two\nlines",
    )  # fmt: skip
    seat = do(people.add_vacant_seat, account, "Head of Quality")
    do(people.set_decision_roles, elena, [("champion", None)])
    do(ties.add_tie, seat, elena, "reports_to", strength=4, note="@dotted")
    target = tmp_path / "people.csv"
    with portfolio.reading() as db:
        done = people_exchange.export_tables(db, target, account_id=account)
    assert (done.people, done.ties) == (2, 1)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    first, vacant = table(target)
    assert first["Name"] == "'=Elena"
    wanted = {
        "Account name": "Aurora Foods S.p.A.", "Job title": "CEO", "Support": "2",
        "Support word": "Mentor", "Influence": "10", "Coverage": "In-depth contact",
        "Relationship level": "Vendor", "Level wanted": "Trusted adviser", "Cadence days": "30",
        "Phone": "-1", "External": "yes", "Vacant seat": "", "Notes": "two\nlines",
        "Decision roles": "Champion",
    }  # fmt: skip
    assert {name: first[name] for name in wanted} == wanted
    assert (vacant["Vacant seat"], vacant["Support"], vacant["Support word"]) == ("yes", "", "")
    (tie,) = table(people_exchange.ties_path(target))
    assert (tie["From"], tie["Tie"], tie["To"]) == ("Head of Quality", "reports to", "'=Elena")
    assert (tie["Strength"], tie["Note"], tie["Seen on"]) == ("4", "'@dotted", "")


def test_vacant_seats_in_a_table_are_known_again(
    portfolio: Portfolio, do: Do, account: str, tmp_path: Path
) -> None:
    do(people.add_vacant_seat, account, "Head of Quality")
    target = tmp_path / "people.csv"
    with portfolio.reading() as db:
        people_exchange.export_tables(db, target)
    assert fates(import_files(portfolio, [target])) == [Fate.UNCHANGED]
    target.write_text(target.read_text("utf-8-sig").replace("Head of Quality", "Head of Plant"))
    assert fates(import_files(portfolio, [target])) == [Fate.CHANGED]
    assert rows(portfolio, "SELECT name, title FROM person") == [("", "Head of Plant")]
    ((seat,),) = rows(portfolio, "SELECT id FROM person")
    target.write_text(target.read_text("utf-8").replace(seat, "elsewhere"))
    assert fates(import_files(portfolio, [target])) == [Fate.REJECTED]


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_left_people_and_days_are_in_the_table(
    portfolio: Portfolio, do: Do, account: str, tmp_path: Path
) -> None:
    person = do(people.add_person, account, "Ana Pop")
    do(people.update_person, person, left_on=dt.date(2026, 3, 1))
    with portfolio.reading() as db:
        people_exchange.export_tables(db, tmp_path / "p.csv")
    (row,) = table(tmp_path / "p.csv")
    assert row["Left on"] == "2026-03-01"
