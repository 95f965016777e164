"""Any text goes into a card of any version and comes out of it letter by letter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.models.text import clean_text
from kam_desktop.services.exchange.vcard.contact import contact_of
from kam_desktop.services.exchange.vcard.exporting import CardPerson, card_properties
from kam_desktop.services.exchange.vcard.kept import kept_card, kept_text
from kam_desktop.services.exchange.vcard.properties import (
    Property,
    escaped,
    joined_parts,
    split_escaped,
    unescaped,
)
from kam_desktop.services.exchange.vcard.reading import Card, read_cards
from kam_desktop.services.exchange.vcard.writing import WIDTH, Version, card_bytes
from kam_desktop.services.lines import spaced_line

texts = st.text(max_size=200).map(clean_text)
lines = texts.map(spaced_line)
names = lines.filter(lambda name: any(char.isalnum() for char in name))
addresses = st.sampled_from(["", "a@x.example", "=b;c,d\\@x.example", "ü@x.example"])
versions = st.sampled_from(Version)


@st.composite
def people(draw: st.DrawFn) -> CardPerson:
    def field() -> str:
        # What shows nothing is an empty field everywhere.
        text = draw(lines)
        return text if any(char.isalnum() for char in text) else ""

    name = draw(names)
    given_name, family = field(), field()
    return CardPerson(
        id="01a20108-a147-74bc-98a4-0f7f5cfd09a3",
        name=name,
        given_name=given_name,
        family_name="" if not given_name and family == name else family,
        title=field(),
        email=draw(addresses),
        phone=field(),
        mobile=field(),
        languages=field(),
        about=draw(texts).strip(),
        account=draw(names),
        centre=field(),
        photo_sha256=None,
        kept=None,
    )


FIELDS = (
    "name", "given_name", "family_name", "title", "email", "phone", "mobile", "languages", "about",
)  # fmt: skip


def is_tel(person: CardPerson) -> bool:
    """Whether a number looks like an address of a number, which is read as one."""
    return any(text[:4].lower() == "tel:" for text in (person.phone, person.mobile))


@settings(max_examples=100, deadline=None)
@given(person=people(), version=versions)
def test_a_person_comes_back_from_their_card(person: CardPerson, version: Version) -> None:
    if is_tel(person):
        return
    written = card_bytes(card_properties(person, None, version), version)
    (card,) = read_cards(written).cards
    contact = contact_of(card)
    assert contact.problem == ""
    assert contact.fields() == {
        field: getattr(person, field) for field in FIELDS if getattr(person, field)
    }
    assert contact.organisation[0] == person.account
    # What is kept of it says the same, and coming out again nothing changes.
    kept = kept_text(card, person.account)
    assert contact_of(kept_card(kept)).fields() == contact.fields()
    again = card_bytes(card_properties(replace(person, kept=kept), None, version), version)
    assert sorted(again.split(b"\r\n")) == sorted(written.split(b"\r\n"))


@settings(max_examples=100, deadline=None)
@given(person=people(), other=people(), version=versions)
def test_what_was_changed_since_comes_out_changed(
    person: CardPerson, other: CardPerson, version: Version
) -> None:
    if is_tel(person) or is_tel(other):
        return
    card = Card(1, properties=card_properties(person, None, version))
    card.properties.append(Property("X-KEPT", "as it was"))
    changed = replace(other, kept=kept_text(card, person.account))
    (read,) = read_cards(card_bytes(card_properties(changed, None, version), version)).cards
    assert contact_of(read).fields() == {
        field: getattr(other, field) for field in FIELDS if getattr(other, field)
    }
    assert contact_of(read).organisation[0] == other.account
    assert [one.value for one in read.all("X-KEPT")] == ["as it was"]


@given(parts=st.lists(texts, min_size=1, max_size=6))
def test_structured_values_are_divided_where_they_were_joined(parts: list[str]) -> None:
    joined = joined_parts(parts)
    assert "\n" not in joined
    assert [unescaped(part) for part in split_escaped(joined, ";")] == parts


@settings(deadline=None)
@given(text=texts, name=st.sampled_from(["NOTE", "TITLE", "X-ANY", "NICKNAME"]), version=versions)
def test_lines_are_short_and_cut_no_character(text: str, name: str, version: Version) -> None:
    written = card_bytes([Property(name, escaped(text))], version)
    for line in written.split(b"\r\n"):
        assert len(line) <= WIDTH
        line.decode("utf-8")
    (card,) = read_cards(written).cards
    assert [prop.text for prop in card.properties] == [text]


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400), middle=st.text("BEGINVCARD:;=\n\r \\\"'a.,^n", max_size=200))
def test_nothing_in_a_file_stops_the_reader(data: bytes, middle: str) -> None:
    text = middle.encode()
    for rest in (data, text, text + data):
        for version in (b"2.1", b"3.0", b"4.0"):
            start = b"BEGIN:VCARD\nVERSION:" + version + b"\nFN:Ann\n"
            cards = read_cards(start + rest + b"\nEND:VCARD\n").cards
            for card in cards:
                contact_of(card)
                kept_card(kept_text(card, "Aurora"))
                for wanted in Version:
                    card_bytes(card.properties, wanted)
