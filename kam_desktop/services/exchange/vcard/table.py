"""A file of cards as the table the import page shows: a row per card, a column per field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.records import Record
from kam_desktop.services.exchange.tables import NO_PROGRESS, Row, Table, TaskProgress
from kam_desktop.services.exchange.vcard.contact import Contact, contact_of
from kam_desktop.services.exchange.vcard.properties import binary_of
from kam_desktop.services.exchange.vcard.reading import Card, read_cards
from kam_desktop.services.i18n import _, ngettext

SYSTEM = "vcard"
"""The system of the identifiers (UID) that cards carry."""
COLUMNS = (
    ("FN", "name"),
    ("N: given name", "given_name"),
    ("N: family name", "family_name"),
    ("ORG", "account_name"),
    ("TITLE", "title"),
    ("EMAIL", "email"),
    ("TEL", "phone"),
    ("TEL: cell", "mobile"),
    ("LANG", "languages"),
    ("NOTE", "about"),
    ("UID", "key"),
)
"""What a column is called in the file, and the field it fills."""


@dataclass(frozen=True, slots=True)
class CardTable(Table):
    """The cards of a file; ``contacts`` and ``cards`` are by the number of the card."""

    contacts: Mapping[int, Contact] = field(default_factory=dict)
    cards: Mapping[int, Card] = field(default_factory=dict)


def card_table(
    name: str, data: bytes, encoding: str | None = None, progress: TaskProgress = NO_PROGRESS
) -> CardTable:
    """The cards in the file ``name`` with the content ``data``.

    Raises `UserError` for too many, `CancelledError`.
    """
    found = read_cards(data, encoding, progress)
    if not found.cards:
        raise UserError(_("“{name}” holds no contacts. Nothing was changed.").format(name=name))
    contacts = {card.number: contact_of(card) for card in found.cards}
    return CardTable(
        name,
        tuple(column for column, _field in COLUMNS),
        [_row(number, contact) for number, contact in contacts.items()],
        found.encoding,
        delimiter="",
        notes=_notes(found.cards, contacts),
        contacts=contacts,
        cards={card.number: card for card in found.cards},
    )


def card_mapping() -> ColumnMapping:
    """What the columns of a `CardTable` mean."""
    return ColumnMapping(Kind.PEOPLE, SYSTEM, tuple(field_name for _column, field_name in COLUMNS))


def _row(number: int, contact: Contact) -> Row:
    values = {
        **contact.fields(),
        "account_name": contact.organisation[0] if contact.organisation else "",
        "key": contact.uid,
    }
    cells = [values.get(field_name, "") for _column, field_name in COLUMNS]
    return Row(number, cells, contact.problem)


def card_records(table: CardTable, mapping: ColumnMapping) -> list[Record]:
    """The values of each card, as far as its columns are used; texts are taken as they are."""
    records = []
    for row in table.rows:
        named = zip(mapping.columns, row.cells, strict=True)
        values = {field_name: str(cell) for field_name, cell in named if field_name and cell}
        records.append(Record(row.line, values, row.problem, str(row.cells[0] or "")[:80]))
    return records


def _notes(cards: Sequence[Card], contacts: Mapping[int, Contact]) -> tuple[str, ...]:
    """What is left out of the cards, in sentences."""
    pictures = [prop for card in cards for prop in card.all("PHOTO")]
    unread = [
        card
        for card in cards
        if card.all("PHOTO") and contacts[card.number].photo is None and _has_inline(card)
    ]
    notes = []
    addresses = sum(not prop.is_base64 and binary_of(prop) is None for prop in pictures)
    if addresses:
        text = ngettext(
            "{count} photo lies elsewhere; its address is kept and not opened.",
            "{count} photos lie elsewhere; their addresses are kept and not opened.",
            addresses,
        )
        notes.append(text.format(count=addresses))
    if unread:
        listed = ", ".join(str(card.number) for card in unread[:10])
        text = ngettext(
            "The photo in card {cards} cannot be read and is left out.",
            "The photos in cards {cards} cannot be read and are left out.",
            len(unread),
        )
        notes.append(text.format(cards=listed))
    if any(card.all("AGENT") for card in cards):
        notes.append(
            _("Cards inside other cards (AGENT) are kept, but are no people of their own.")
        )
    return tuple(notes)


def _has_inline(card: Card) -> bool:
    return any(prop.is_base64 or prop.value[:5].lower() == "data:" for prop in card.all("PHOTO"))
