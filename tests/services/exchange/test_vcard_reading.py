"""Each shape a vCard can have, and what hostile files do: nothing."""

from __future__ import annotations

import base64
import io

import pytest

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.vcard import reading
from kam_desktop.services.exchange.vcard.contact import Contact, contact_of
from kam_desktop.services.exchange.vcard.languages import language_names, language_tags
from kam_desktop.services.exchange.vcard.properties import Property
from kam_desktop.services.exchange.vcard.reading import Card, is_vcard, read_cards
from kam_desktop.services.exchange.vcard.table import card_table


def card(*lines: str | bytes, version: str = "3.0", end: bytes = b"\r\n") -> Card:
    """The one card with these lines."""
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    data = end.join([b"BEGIN:VCARD", b"VERSION:" + version.encode(), *raw, b"END:VCARD", b""])
    (found,) = read_cards(data).cards
    return found


def contact(*lines: str | bytes, version: str = "3.0") -> Contact:
    return contact_of(card(*lines, version=version))


def picture(kind: str = "PNG") -> bytes:
    from PIL import Image

    into = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(into, kind)
    return into.getvalue()


def test_a_group_parameters_and_escapes() -> None:
    found = card('item1.EMAIL;TYPE=WORK,pref;X-A="a;b:c":a\\,b@x.example')
    assert found.properties == [
        Property(
            "EMAIL",
            "a\\,b@x.example",
            (("TYPE", ("WORK", "pref")), ("X-A", ("a;b:c",))),
            "item1",
        )
    ]
    (email,) = found.properties
    assert email.text == "a,b@x.example"
    assert email.types == {"work", "pref"}


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_line_ends_and_folds(end: bytes) -> None:
    found = card("NOTE:one", "  two", "\tthree", "FN:", " Elena", " Rossi", end=end)
    assert [prop.value for prop in found.properties] == ["one twothree", "ElenaRossi"]


def test_a_fold_of_version_2_1_keeps_its_blank() -> None:
    assert card("FN:Elena", " Rossi", version="2.1").properties[0].text == "Elena Rossi"


def test_quoted_printable_in_its_charset() -> None:
    shown = contact(
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
        "NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe=0D=0Aaus=",
        " Graz",
        version="2.1",
    )
    assert (shown.name, shown.given_name, shown.family_name) == ("Jörg Müller", "Jörg", "Müller")
    assert shown.about == "Grüße\naus Graz"


def test_bytes_in_another_charset() -> None:
    line = b"FN;CHARSET=WINDOWS-1251:" + "Иван Петров".encode("cp1251")
    assert contact(line, version="2.1").name == "Иван Петров"


def test_an_unknown_charset_is_read_as_utf_8() -> None:
    for charset in ("KLINGON-8", "idna", "base64", "undefined", "\x00"):
        line = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:J=C3=B6rg"
        assert contact(line, version="2.1").name == "Jörg"


def test_a_soft_line_end_never_swallows_the_end_of_the_card() -> None:
    text = b"BEGIN:VCARD\nVERSION:2.1\nFN;QUOTED-PRINTABLE:Ann=\nEND:VCARD\n"
    both = read_cards(text + text).cards
    assert [contact_of(one).name for one in both] == ["Ann", "Ann"]


def test_numbers_and_addresses_of_a_person() -> None:
    shown = contact(
        "FN:Ann",
        "TEL;TYPE=FAX,WORK:1",
        "TEL;TYPE=HOME:2",
        "TEL;TYPE=WORK:3",
        "TEL;TYPE=CELL:4",
        "TEL;TYPE=CELL;TYPE=PREF:5",
        "EMAIL:a@x.example",
        "EMAIL;TYPE=PREF:b@x.example",
    )
    assert (shown.phone, shown.mobile, shown.email) == ("3", "5", "b@x.example")
    assert shown.emails == ("a@x.example", "b@x.example")


def test_names_organisation_title_and_languages_of_version_4() -> None:
    shown = contact(
        "N:渡辺;健一;;;",
        "ORG:Aurora Foods;Plant 2;Quality",
        "ROLE:Buyer",
        "LANG;PREF=2:ja",
        "LANG;PREF=1:de-AT",
        "LANG:en",
        "UID:urn:uuid:4711",
        version="4.0",
    )
    assert (shown.name, shown.title, shown.uid) == ("渡辺健一", "Buyer", "urn:uuid:4711")
    assert shown.organisation == ("Aurora Foods", "Plant 2", "Quality")
    assert shown.languages == "de-AT, Japanese, English"


def test_languages_there_and_back() -> None:
    assert language_names(["fr", "EN", "x-none"]) == "French, English, x-none"
    assert language_tags("French, English") == ["fr", "en"]
    assert language_tags("a little French") == []
    assert language_tags("") == []


def test_photos_in_a_card_and_elsewhere() -> None:
    png, jpeg = (base64.b64encode(picture(kind)).decode() for kind in ("PNG", "JPEG"))
    assert contact("FN:A", f"PHOTO;ENCODING=b;TYPE=PNG:{png}").photo == picture()
    assert contact("FN:A", f"PHOTO:data:image/png;base64,{png}", version="4.0").photo == picture()
    folded = [f" {jpeg[at : at + 60]}" for at in range(0, len(jpeg), 60)]
    shown = contact("FN:A", "PHOTO;JPEG;ENCODING=BASE64:", *folded, "", version="2.1")
    assert shown.photo == picture("JPEG")
    bare = contact("FN:A", "PHOTO;ENCODING=BASE64:", *(one.strip() for one in folded), "", "ROLE:B")
    assert (bare.photo, bare.title) == (picture("JPEG"), "B")
    for line in ("PHOTO;VALUE=uri:http://x.example/a.png", "PHOTO:file:///etc/passwd"):
        assert contact("FN:A", line).photo is None


@pytest.mark.parametrize("content", ["", "=", "A", "!!!!", "AAAA", "QUJD" * 10, "iVBORw0KGgo="])
def test_bad_base64_is_told_and_the_contact_taken(content: str) -> None:
    data = f"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nPHOTO;ENCODING=b:{content}\nEND:VCARD\n"
    table = card_table("a.vcf", data.encode())
    assert table.contacts[1].photo is None
    assert not table.rows[0].problem
    assert any("card 1 cannot be read" in note for note in table.notes)


def test_cards_inside_cards_are_kept_and_no_people() -> None:
    inner = "BEGIN:VCARD\nVERSION:2.1\nFN:Assistant\nEND:VCARD\n"
    data = f"BEGIN:VCARD\nVERSION:2.1\nAGENT:\n{inner}FN:Boss\nEND:VCARD\n"
    found = card_table("a.vcf", data.encode())
    assert [one.name for one in found.contacts.values()] == ["Boss"]
    agent = found.cards[1].first("AGENT")
    assert agent is not None
    assert agent.text == inner.strip()
    assert any("AGENT" in note for note in found.notes)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("KIND:org", "not a person"),
        ("X-ABShowAs:COMPANY", "not a person"),
        ("NOTE:nobody", "no name"),
        ("FN:\u200b", "no name"),
    ],
)
def test_cards_that_are_no_person_are_refused(line: str, reason: str) -> None:
    name = [] if line.startswith(("NOTE", "FN")) else ["FN:Aurora"]
    assert reason in contact(*name, line).problem


def test_an_address_is_a_name_where_there_is_no_other() -> None:
    assert contact("EMAIL:ann@x.example").name == "ann@x.example"


def test_a_card_without_end_does_not_stop_the_next() -> None:
    data = b"BEGIN:VCARD\nFN:Cut\nBEGIN:VCARD\nFN:Whole\nEND:VCARD\nBEGIN:VCARD\nFN:Last"
    cut, whole, last = (contact_of(one) for one in read_cards(data).cards)
    assert "no end" in cut.problem
    assert (whole.name, whole.problem) == ("Whole", "")
    assert "no end" in last.problem


def test_deep_nesting_is_refused_without_going_deep() -> None:
    deep = b"BEGIN:VCARD\nAGENT:\n" * 3_000 + b"END:VCARD\n" * 3_000
    (found, *_rest) = read_cards(deep + b"BEGIN:VCARD\nFN:After\nEND:VCARD").cards
    assert "deep in each other" in found.problem
    plain = read_cards(b"BEGIN:VCARD\n" * 3_000 + b"FN:Ann\nEND:VCARD").cards
    assert contact_of(plain[-1]).name == "Ann"


@pytest.mark.parametrize(
    "line",
    [
        b"NOTE:" + b"x" * 50_000_000,
        b"NOTE:x\n" + b" y" * 1_000 + b"\n " + b"z" * 17_000_000,
        b"NOTE;QUOTED-PRINTABLE:" + (b"x" * 1_000 + b"=\n") * 17_000,
        b"PHOTO;ENCODING=b:" + b"A" * 50_000_000,
        b"PHOTO;ENCODING=BASE64:\n" + (b"A" * 1_000 + b"\n") * 17_000,
    ],
    ids=["one", "folded", "printable", "photo", "bare photo"],
)
def test_endless_lines_refuse_their_card_alone(line: bytes) -> None:
    head = b"BEGIN:VCARD\nVERSION:2.1\nFN:Ann\n"
    data = head + line + b"\n\nEND:VCARD\n" + head + b"END:VCARD"
    found = [contact_of(one) for one in read_cards(data).cards]
    assert "longer than 16 MB" in found[0].problem
    assert (found[1].name, found[1].problem) == ("Ann", "")


def test_a_card_of_a_million_lines_is_refused() -> None:
    (found,) = read_cards(b"BEGIN:VCARD\n" + b"X-A:b\n" * 1_000_000 + b"END:VCARD").cards
    assert "5000 lines" in found.problem
    assert len(found.properties) == reading.MAX_PROPERTIES


def test_ten_thousand_cards_are_read_and_too_many_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = b"BEGIN:VCARD\nVERSION:3.0\nN:Rossi;Elena\nEMAIL:e@x.example\nEND:VCARD\n"
    assert len(card_table("many.vcf", one * 10_000).rows) == 10_000
    monkeypatch.setattr(reading, "MAX_CARDS", 10)
    with pytest.raises(UserError, match="more than 10"):
        read_cards(one * 11)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"BEGIN:VCARD",
        b"BEGIN:VCARD\n\0\n;;;:::\n:\n=\nFN\n.:x\n a\nEND:VCARD",
        b"BEGIN:VCARD\nFN;=;A=;;B:\x00\xff\xfe\nEND:VCARD",
        b"BEGIN:VCARD\nFN;CHARSET=utf-16:abc\nEND:VCARD",
        b'BEGIN:VCARD\nFN;A="' + b'";"' * 20_000 + b":x\nEND:VCARD",
        b"BEGIN:VCARD\n" + b";" * 100_000 + b":\nEND:VCARD",
        b"BEGIN:VCARD\n" + b"a." * 50_000 + b":\nEND:VCARD",
        b"BEGIN:VCARD\nADR:" + b"\\" * 99_999 + b"\nEND:VCARD",
    ],
)
def test_rubbish_is_read_to_its_end(data: bytes) -> None:
    for found in read_cards(data).cards:
        assert "\0" not in contact_of(found).name


def test_the_file_is_known_by_its_beginning() -> None:
    assert is_vcard("\ufeff\r\n begin:vCard\r\n".encode())
    assert is_vcard("BEGIN:VCARD\n".encode("utf-16"))
    assert not is_vcard(b"Name,Email\nBEGIN:VCARD,x\n")
    with pytest.raises(UserError, match="holds no contacts"):
        card_table("a.vcf", b"END:VCARD")


def test_a_file_in_utf_16() -> None:
    data = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:渡辺\r\nEND:VCARD\r\n".encode("utf-16")
    table = card_table("a.vcf", data)
    assert table.contacts[1].name == "渡辺"
    assert table.encoding.startswith("UTF-16")
