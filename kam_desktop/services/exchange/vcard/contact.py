"""What a card says about a person, in the fields KAM Desktop has."""

from __future__ import annotations

import io
from dataclasses import dataclass

from kam_desktop.models.text import clean_line, clean_text, is_visible
from kam_desktop.services.exchange.vcard.languages import language_names
from kam_desktop.services.exchange.vcard.properties import Property, binary_of
from kam_desktop.services.exchange.vcard.reading import Card
from kam_desktop.services.i18n import _

OWN_ID = "urn:uuid:"
"""How an identifier of a person of ours begins in a card."""
LANGUAGES = "X-KAM-LANGUAGES"
"""Keeps languages that have no code of their own."""
_NO_PHONES = frozenset({"fax", "pager", "modem", "bbs", "textphone"})
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")


@dataclass(frozen=True, slots=True)
class Contact:
    """The fields of a card. ``organisation`` is its name and its units; ``emails`` are all of them.

    ``problem`` says why the card is no person; ``photo`` is what lies in the card itself.
    """

    name: str
    given_name: str
    family_name: str
    title: str
    email: str
    phone: str
    mobile: str
    languages: str
    about: str
    emails: tuple[str, ...]
    organisation: tuple[str, ...]
    uid: str
    photo: bytes | None
    problem: str = ""

    def fields(self) -> dict[str, str]:
        """The stored columns of a person that the card fills."""
        names = ("name", "given_name", "family_name", "title", "email", "phone", "mobile")
        values = {name: getattr(self, name) for name in (*names, "languages", "about")}
        return {name: value for name, value in values.items() if value}


def contact_of(card: Card) -> Contact:
    """What ``card`` says."""
    name, given, family = _names(card)
    emails = tuple(dict.fromkeys(filter(None, (_line(one.text) for one in card.all("EMAIL")))))
    uid = card.first("UID")
    chosen = chosen_properties(card)
    organisation = card.first("ORG")
    units = tuple(map(_line, organisation.parts)) if organisation else ()
    email = _text_of(chosen.get("email"))
    return Contact(
        name or email,
        given,
        family,
        _text_of(chosen.get("title")),
        email,
        phone_text(chosen["phone"]) if "phone" in chosen else "",
        phone_text(chosen["mobile"]) if "mobile" in chosen else "",
        _languages(card),
        about_of(card),
        emails,
        units if units and units[0] else (),
        uid.text.strip()[:200] if uid else "",
        photo_of(card),
        card.problem or _no_person(card, name or email),
    )


def chosen_properties(card: Card) -> dict[str, Property]:
    """The property each single field is read from: title, email, phone, mobile."""
    found: dict[str, Property | None] = {
        "title": card.first("TITLE") or card.first("ROLE"),
        "email": _preferred([one for one in card.all("EMAIL") if one.text.strip()]),
    }
    phones = [one for one in card.all("TEL") if phone_text(one) and not one.types & _NO_PHONES]
    cells = [one for one in phones if "cell" in one.types]
    fixed = [one for one in phones if "cell" not in one.types]
    found["mobile"] = _preferred(cells)
    found["phone"] = _preferred([one for one in fixed if "work" in one.types]) or _preferred(
        [one for one in fixed if "home" not in one.types]
    )
    found["phone"] = found["phone"] or _preferred(fixed)
    return {name: prop for name, prop in found.items() if prop is not None}


def _preferred(props: list[Property]) -> Property | None:
    """The one marked as preferred, else with the lowest PREF, else the first."""
    return min(props, key=_rank, default=None)


def _rank(prop: Property) -> int:
    if "pref" in prop.types:
        return 0
    number = next(iter(prop.param("PREF")), "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 101


def phone_text(prop: Property) -> str:
    """A number as people write it, also from a ``tel:`` address (RFC 3966)."""
    text = prop.text
    if text[:4].lower() == "tel:":
        number, *rest = text[4:].split(";")
        extension = next((one[4:] for one in rest if one.lower().startswith("ext=")), "")
        text = f"{number} ext. {extension}" if extension else number
    return _line(text)


def _line(text: str) -> str:
    line = " ".join(clean_line(text).split())
    return line if is_visible(line) else ""


def _text_of(prop: Property | None) -> str:
    return _line(prop.text) if prop is not None else ""


def _names(card: Card) -> tuple[str, str, str]:
    """Display name, given name, family name."""
    shown = card.first("FN")
    parts = [_line(part) for part in (card.first("N") or Property("N", "")).parts]
    family, given, more, prefix, suffix = (*parts[:5], *[""] * (5 - len(parts)))
    name = _line(shown.text) if shown else ""
    if not name:
        from kam_desktop.services.exchange.drafts import full_name

        inner = full_name(" ".join(filter(None, (given, more))), family)
        name = " ".join(filter(None, (prefix, inner, suffix)))
    if not given and family == name:
        family = ""  # A whole name in the family name's place says nothing about its parts.
    return name, given, family


def about_of(card: Card) -> str:
    """All notes of a card."""
    notes = (clean_text(one.text).strip() for one in card.all("NOTE"))
    return "\n\n".join(note for note in notes if note)


def _languages(card: Card) -> str:
    own = card.first(LANGUAGES)
    if own is not None:
        return _line(own.text)
    tags = sorted(card.all("LANG"), key=_rank)
    return language_names([_line(one.text) for one in tags])


def photo_of(card: Card) -> bytes | None:
    """The first picture that lies in the card itself; addresses of pictures are never fetched."""
    for prop in card.all("PHOTO"):
        found = binary_of(prop)
        if found is not None and is_picture(found.content):
            return found.content
    return None


def is_picture(content: bytes) -> bool:
    """Whether bytes begin as a picture does and say how large it is; the rest is not read here."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not (webp or content.startswith(_PICTURES)):
        return False
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)):
            return True
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _no_person(card: Card, name: str) -> str:
    kind = card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")
    company = card.first("X-ABSHOWAS")
    if company is not None and company.text.strip().upper() == "COMPANY":
        return _("The card is about a company, not a person.")
    if kind is not None and kind.text.strip().lower() not in {"individual", "x-individual"}:
        return _("The card is about a group, a company or a place, not a person.")
    return "" if name else _("The person has no name.")
