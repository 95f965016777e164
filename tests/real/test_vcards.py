"""The cards of phones, address books and two standards give exactly the people in them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from kam_desktop.models.registry import Account, Person
from kam_desktop.models.text import clean_text, is_visible
from kam_desktop.services import imports, people_exchange
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.vcard.contact import contact_of
from kam_desktop.services.exchange.vcard.kept import is_inline_photo, kept_card
from kam_desktop.services.exchange.vcard.reading import read_cards
from kam_desktop.services.exchange.vcard.writing import Version
from kam_desktop.services.storage.portfolio import Portfolio

FILES = (
    "John_Doe_ANDROID.vcf", "John_Doe_IPHONE.vcf", "fullcontact.vcf", "gmail-list.vcf",
    "gmail-single2.vcf", "outlook-2003.vcf", "rfc2426-example.vcf", "rfc6350-example.vcf",
)  # fmt: skip
N = "Ñ"


def row(name: str, **fields: str) -> dict[str, str]:
    """One expected person; what is not said is empty."""
    names = "given_name family_name title email phone mobile languages about".split()
    return {"name": name, **dict.fromkeys(names, ""), **fields}


NOTE = f"{N} {N} {N} {N} {N} {N} {N} {N}{N} {N} {N} {N} {N} {N} {N} {N}{N} {N} {N} {N} {N}"
PEOPLE: dict[str, list[dict[str, str]]] = {
    "John_Doe_ANDROID.vcf": [
        row("john.doe@company.com", email="john.doe@company.com"),
        row("jane.doe@company.com", email="jane.doe@company.com"),
        row(" ".join(N * 5), family_name=" ".join(N * 4), mobile="123456789"),
        row(" ".join(N * 11), phone="234567", mobile="123456", about=f"{NOTE}\n\n{NOTE}"),
        row(
            " ".join(N * 4),
            given_name=" ".join(N * 3),
            family_name=" ".join(N * 2),
            email="bob@company.com",
            phone="123456",
            mobile="123456",
        ),
        row(N * 4, email="henry@company.com", mobile="55556666"),
    ],
    "John_Doe_IPHONE.vcf": [
        row(
            "Mr. John Richter James Doe Sr.",
            given_name="John",
            family_name="Doe",
            title="Money Counter",
            email="john.doe@ibm.com",
            phone="905-777-1234",
            mobile="905-555-1234",
        )
    ],
    "fullcontact.vcf": [
        row(
            "Prefix FirstName MiddleName LastName Suffix",
            given_name="FirstName",
            family_name="LastName",
            title="Title1",
            email="home@example.com",
            phone="555-555-1112",
            mobile="555-555-1113",
            about="Notes line 1\nNotes line 2",
        )
    ],
    "gmail-list.vcf": [
        row("Arnold Smith", given_name="Arnold", family_name="Smith", email="asmithk@gmail.com"),
        row("Chris Beatle", given_name="Chris", family_name="Beatle", email="chrisy55d@yahoo.com"),
        row("Doug White", given_name="Doug", family_name="White", email="dwhite@gmail.com"),
    ],
    "gmail-single2.vcf": [
        row(
            "VCard Test",
            given_name="VCard",
            family_name="Test",
            title="TheJobTitle",
            email="email@example.com",
            phone="5555551113",
            mobile="5555551115",
            about="note line 1\nnote line 2\nCustomField: field value",
        )
    ],
    "outlook-2003.vcf": [
        row(
            "John Doe III",
            given_name="John",
            family_name="Doe",
            title="The Job Title",
            email="jdoe@hotmail.com",
            phone="BusinessPhone",
            mobile="MobilePhone",
            about="This is the note field!!\nSecond line\n\nThird line is empty",
        )
    ],
    "rfc2426-example.vcf": [
        row("Frank Dawson", email="Frank_Dawson@Lotus.com", phone="+1-919-676-9515"),
        row("Tim Howes", email="howes@netscape.com", phone="+1-415-937-3419"),
    ],
    "rfc6350-example.vcf": [
        row(
            "Simon Perreault",
            given_name="Simon",
            family_name="Perreault",
            email="simon.perreault@viagenie.ca",
            phone="+1-418-656-9254 ext. 102",
            mobile="+1-418-262-6501",
            languages="French, English",
        )
    ],
}
PHOTOS = {"John_Doe_IPHONE.vcf": 1}
"""The photo of the fifth Android card is cut short in the file and is told as unreadable."""


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


def bring(portfolio: Portfolio, path: Path, account_id: str) -> ImportPlan:
    """Import, and once more to see that nothing is left to change and nothing is recorded."""
    options = ImportOptions(account_id=account_id)
    plan = imports.import_files(portfolio, [path], options=options)
    before = len(portfolio.history())
    again = imports.import_files(portfolio, [path], options=options)
    assert again.is_empty
    assert len(portfolio.history()) == before
    return plan


def stored(portfolio: Portfolio) -> list[dict[str, Any]]:
    columns = list(row(""))
    with portfolio.reading() as db:
        found = db.rows(
            f"SELECT {', '.join(columns)} FROM person WHERE deleted_at IS NULL ORDER BY id"
        )
    return [dict(zip(columns, values, strict=True)) for values in found]


@pytest.mark.parametrize("name", FILES)
def test_the_people_of_each_file(
    portfolio: Portfolio, account: str, shared_data: Path, name: str
) -> None:
    plan = bring(portfolio, shared_data / "vcard" / name, account)
    assert not list(plan.rejected())
    assert stored(portfolio) == PEOPLE[name]
    with portfolio.reading() as db:
        photos = db.value("SELECT count(*) FROM person WHERE photo_sha256 IS NOT NULL")
        kept = db.value("SELECT count(*) FROM person_vcard")
    assert photos == PHOTOS.get(name, 0)
    unreadable = any("cannot be read" in note for one in plan.tables for note in one.notes)
    assert unreadable == (name == "John_Doe_ANDROID.vcf")
    assert kept == len(PEOPLE[name])


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("name", FILES)
def test_what_was_read_comes_out_again(
    portfolio: Portfolio,
    account: str,
    shared_data: Path,
    tmp_path: Path,
    name: str,
    version: Version,
) -> None:
    source = shared_data / "vcard" / name
    bring(portfolio, source, account)
    target = tmp_path / "out.vcf"
    with portfolio.reading() as db:
        ids = [one for (one,) in db.rows("SELECT id FROM person ORDER BY id")]
        people_exchange.export_cards(db, target, person_ids=ids, version=version)
    written = target.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    before, after = read_cards(source.read_bytes()).cards, read_cards(written).cards
    assert len(before) == len(after)
    for was, now in zip(before, after, strict=True):
        assert now.version == version
        assert contact_of(now).fields() == contact_of(was).fields()
        # Only what a version cannot say may be written otherwise: compared by name and text.
        known = {(prop.name, clean_text(prop.text)) for prop in now.properties}
        for prop in was.properties:
            if not is_inline_photo(prop) and not prop.is_base64 and ":" not in prop.value[:5]:
                assert (prop.name, clean_text(prop.text)) in known or prop.name == "N", prop
    # Coming back, it changes nothing.
    again = imports.import_files(portfolio, [target], options=ImportOptions(account_id=account))
    assert again.counts.total(Fate.NEW) == again.counts.total(Fate.REJECTED) == 0
    if version is Version.V40:
        assert again.is_empty


def test_outlooks_certificate_is_kept(
    portfolio: Portfolio, account: str, shared_data: Path
) -> None:
    source = shared_data / "vcard" / "outlook-2003.vcf"
    bring(portfolio, source, account)
    with portfolio.reading() as db:
        card = kept_card(db.value("SELECT text FROM person_vcard"))
    key = card.first("KEY")
    assert key is not None
    assert key.is_base64
    assert key.types == {"x509"}
    assert key.value.startswith("MIIDITCCAoqgAwIBAgIQT52W2Waw")
    assert key.value.endswith("JUMcafC4+Q==")


def test_organisations_tell_the_account(portfolio: Portfolio, shared_data: Path) -> None:
    with portfolio.unit_of_work("Add accounts") as work:
        for name in ("Lotus Development", "IBM", "Viagénie"):
            work.add(Account(name=name))
    folder = shared_data / "vcard"
    files = ["rfc2426-example.vcf", "John_Doe_IPHONE.vcf", "rfc6350-example.vcf"]
    plan = imports.import_files(portfolio, [folder / name for name in files])
    with portfolio.reading() as db:
        found = db.rows(
            "SELECT p.name, a.name FROM person p JOIN account a ON a.id = p.account_id ORDER BY 1"
        )
    assert found == [
        ("Frank Dawson", "Lotus Development"),
        ("Mr. John Richter James Doe Sr.", "IBM"),
        ("Simon Perreault", "Viagénie"),
    ]
    ((table, rejected),) = plan.rejected()
    assert (table.table.name, rejected.line, rejected.label) == (
        "rfc2426-example.vcf",
        2,
        "Tim Howes",
    )
    assert "Netscape Communications Corp." in rejected.reason


def naughty(shared_data: Path) -> list[str]:
    """The list of naughty strings, and people's names in four scripts."""
    lines = (shared_data / "names" / "blns.txt").read_text("utf-8").split("\n")
    strings = [line for line in lines if line and not line.startswith("#")]
    with (shared_data / "names" / "names_ja_ar_ru_el.csv").open(encoding="utf-8") as file:
        names = [cell for record in csv.reader(file) for cell in record if cell]
    return list(dict.fromkeys([*strings, *names]))


@pytest.mark.parametrize("version", Version)
def test_naughty_strings_go_round(
    portfolio: Portfolio, account: str, shared_data: Path, tmp_path: Path, version: Version
) -> None:
    strings = naughty(shared_data)
    assert len(strings) > 500
    with portfolio.unit_of_work("Fill") as work:
        work.bulk_insert(
            Person,
            [
                {
                    "account_id": account,
                    "name": f"{number} {text}",
                    "title": text,
                    "phone": text,
                    "about": text.strip(),
                }
                for number, text in enumerate(strings)
            ],
        )
    target = tmp_path / "all.vcf"
    with portfolio.reading() as db:
        ids = [one for (one,) in db.rows("SELECT id FROM person ORDER BY id")]
        people_exchange.export_cards(db, target, person_ids=ids, version=version)
        kept = db.rows("SELECT name, title, phone, about FROM person ORDER BY id")
    read = [contact_of(card) for card in read_cards(target.read_bytes()).cards]
    for contact, stored_row in zip(read, kept, strict=True):
        shown = [value if is_visible(value) else "" for value in stored_row[:3]]
        assert [contact.name, contact.title, contact.phone] == [" ".join(v.split()) for v in shown]
        assert contact.about == stored_row[3].strip()
    again = imports.import_files(portfolio, [target], dry_run=True)
    assert again.counts.of(Kind.PEOPLE, Fate.NEW) == 0
    assert again.counts.of(Kind.PEOPLE, Fate.REJECTED) == 0
