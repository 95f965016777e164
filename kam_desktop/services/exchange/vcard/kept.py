"""The text a person's card is kept as, so that what has no field comes out again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from kam_desktop.models.text import clean_text
from kam_desktop.services.exchange.vcard.contact import photo_of
from kam_desktop.services.exchange.vcard.properties import Property, binary_of, escaped
from kam_desktop.services.exchange.vcard.reading import Card, read_cards

ACCOUNT = "X-KAM-ACCOUNT"
"""The account's name when the card was read: the organisation stays as read while it is so."""
PHOTO = "X-KAM-PHOTO"
"""What the photo of the card was, so that the same one is not set again."""
OWN = frozenset({ACCOUNT, PHOTO})
"""Properties of the kept text that never leave the portfolio."""
MAX_KEPT_BYTES = 900_000
_PARAM_UNSAFE = str.maketrans({'"': "^'", "\n": "^n", "^": "^^"})


def kept_text(card: Card, account_name: str) -> str:
    """The card without what was read from inside its photo.

    Of a card too long to keep, the longest binary properties (sounds, logos, keys) are left out.
    """
    photo = photo_of(card)
    props = [one for one in card.properties if not is_inline_photo(one) and one.name not in OWN]
    props.append(Property(ACCOUNT, escaped(account_name)))
    if photo is not None:
        props.append(Property(PHOTO, sha256(photo).hexdigest()))
    lines = [property_line(one) for one in props]
    while sum(map(_size, lines)) > MAX_KEPT_BYTES:
        lines.remove(max(lines, key=_size))
    return clean_text("\n".join(["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD"]))


def _size(line: str) -> int:
    return len(line.encode("utf-8", "replace")) + 1


def is_inline_photo(prop: Property) -> bool:
    """Whether a property is a photo that lies in the card."""
    return prop.name == "PHOTO" and (prop.is_base64 or binary_of(prop) is not None)


def kept_card(text: str) -> Card:
    """The card of a kept text."""
    cards = read_cards(text.encode("utf-8", "ignore"), "utf-8").cards
    return cards[0] if cards else Card(1)


def property_line(prop: Property) -> str:
    """A property as one line in the grammar of version 4.0, cleaned as all text that is kept."""
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    params = "".join(
        f";{name}={','.join(map(param_value, values))}" for name, values in prop.params
    )
    line = clean_text(f"{head}{params}:{prop.value}")
    return line.replace("\n", "\\n")


def param_value(value: str) -> str:
    """A parameter's value, quoted where it has to be (RFC 6868 for what quotes cannot hold)."""
    value = value.translate(_PARAM_UNSAFE)
    return f'"{value}"' if any(sign in value for sign in ",;:") else value


def combined_texts(first: str, second: str) -> str | None:
    """One kept text from those of two people made one: what only the second has is added.

    What can be there only once (name, organisation, dates) stays the first one's. None when it
    would be too long to keep.
    """
    one, other = kept_card(first), kept_card(second)
    known = {(prop.name, prop.value.casefold()) for prop in one.properties}
    names = {prop.name for prop in one.properties}
    added = [
        prop
        for prop in other.properties
        if (prop.name, prop.value.casefold()) not in known
        and prop.name not in OWN
        and not (prop.name in _SINGLE and prop.name in names)
    ]
    text = _text([*one.properties, *_regrouped(one, added)])
    return text if _size(text) <= MAX_KEPT_BYTES else None


_SINGLE = frozenset(
    {"FN", "N", "UID", "REV", "PRODID", "BDAY", "ANNIVERSARY", "GENDER", "KIND", "ORG", "TITLE",
     "ROLE", "X-ABSHOWAS", "TZ", "GEO", "MAILER", "CLASS", "X-KAM-LANGUAGES"}
)  # fmt: skip


def _regrouped(card: Card, added: Iterable[Property]) -> list[Property]:
    """The added properties in groups that the card does not have yet."""
    taken = {prop.group for prop in card.properties}
    new: dict[str, str] = {"": ""}
    moved = []
    for prop in added:
        if prop.group not in new:
            number = len(taken)
            while f"item{number}" in taken:
                number += 1
            new[prop.group] = f"item{number}"
            taken.add(new[prop.group])
        moved.append(replace(prop, group=new[prop.group]))
    return moved


def _text(props: Iterable[Property]) -> str:
    lines = [property_line(prop) for prop in props]
    return clean_text("\n".join(["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD"]))
