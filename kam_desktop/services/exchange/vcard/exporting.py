"""People as cards: what was read with each, with the fields as they are now.

A field that still says what the kept card said leaves the card's own lines as they were read.
Judgements (support, influence, roles …) never go into a card: cards are passed on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kam_desktop.services.exchange.vcard.contact import (
    LANGUAGES,
    OWN_ID,
    Contact,
    chosen_properties,
    contact_of,
)
from kam_desktop.services.exchange.vcard.kept import ACCOUNT, OWN, is_inline_photo, kept_card
from kam_desktop.services.exchange.vcard.languages import language_tags
from kam_desktop.services.exchange.vcard.properties import Property, escaped, joined_parts
from kam_desktop.services.exchange.vcard.reading import Card
from kam_desktop.services.exchange.vcard.writing import Version, card_bytes, photo_property
from kam_desktop.services.storage.reader import Reader

_BATCH = 500
_SELECT = """
SELECT p.id, p.name, p.given_name, p.family_name, p.title, p.email, p.phone, p.mobile, p.languages,
       p.about, a.name, coalesce(b.name, ''), p.photo_sha256,
       (SELECT v.text FROM person_vcard v WHERE v.person_id = p.id AND v.deleted_at IS NULL
        ORDER BY v.id LIMIT 1)
FROM person p JOIN account a ON a.id = p.account_id
LEFT JOIN buying_centre b ON b.id = p.buying_centre_id AND b.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.name <> '' AND p.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class CardPerson:
    """A person with what a card needs; ``kept`` is the text of the card they were read from."""

    id: str
    name: str
    given_name: str
    family_name: str
    title: str
    email: str
    phone: str
    mobile: str
    languages: str
    about: str
    account: str
    centre: str
    photo_sha256: str | None
    kept: str | None


def card_people(db: Reader, ids: Sequence[str]) -> list[CardPerson]:
    """The people of some ids, in their order; vacant seats are left out."""
    found = {row[0]: CardPerson(*row) for row in db.rows(_SELECT, (json.dumps(list(ids)),))}
    return [found[one] for one in ids if one in found]


def photo_content(db: Reader, person: CardPerson) -> bytes | None:
    """A person's photo."""
    if not person.photo_sha256:
        return None
    content = db.value(
        "SELECT content FROM attachment_content WHERE sha256 = ?", (person.photo_sha256,)
    )
    return None if content is None else bytes(content)


def cards_of(
    db: Reader, ids: Sequence[str], version: Version, *, notes: bool = True
) -> Iterator[bytes]:
    """The cards of some people, one after the other; without ``notes`` no NOTE is in them."""
    for start in range(0, len(ids), _BATCH):
        for person in card_people(db, ids[start : start + _BATCH]):
            props = card_properties(person, photo_content(db, person), version)
            yield card_bytes([one for one in props if notes or one.name != "NOTE"], version)


def card_properties(person: CardPerson, photo: bytes | None, version: Version) -> list[Property]:
    """The card of a person as it is now, for a version: 2.1 and 3.0 cannot be without N."""
    card = kept_card(person.kept or "")
    read_from = next((one.text for one in card.all(ACCOUNT)), "")
    card.properties = [one for one in card.properties if one.name not in OWN]
    before = contact_of(card)
    sheet = _Sheet(card, person, before)
    sheet.write_names(always=version is not Version.V40)
    sheet.write_organisation(read_from)
    sheet.write_fields()
    sheet.write_languages()
    sheet.write_note()
    if not before.uid:
        sheet.add(Property("UID", OWN_ID + person.id))
    if photo is not None:
        sheet.drop(is_inline_photo)
        sheet.add(photo_property(photo))
    return sheet.properties


class _Sheet:
    """The properties of a card while the fields that have changed are written into it."""

    def __init__(self, card: Card, person: CardPerson, before: Contact) -> None:
        self._card = card
        self._person = person
        self._before = before

    @property
    def properties(self) -> list[Property]:
        return self._card.properties

    def add(self, prop: Property) -> None:
        self.properties.append(prop)

    def drop(self, unwanted: Callable[[Property], bool]) -> int:
        """Take some properties out; returns where the first of them stood."""
        places = [at for at, prop in enumerate(self.properties) if unwanted(prop)]
        self._card.properties = [one for one in self.properties if not unwanted(one)]
        return places[0] if places else len(self.properties)

    def put(self, name: str, props: Iterable[Property]) -> None:
        """Other properties in the place of all of one name."""
        at = self.drop(lambda prop: prop.name == name)
        self.properties[at:at] = props

    def write_names(self, *, always: bool) -> None:
        person, before = self._person, self._before
        if person.name != before.name or not self._card.first("FN"):
            self.put("FN", [Property("FN", escaped(person.name))])
        parts = (person.family_name, person.given_name)
        kept = self._card.first("N")
        if parts != (before.family_name, before.given_name):
            old = kept.parts if kept else ()
            self.put("N", [Property("N", joined_parts([*parts, *old[2:5]]))] if any(parts) else [])
        elif kept and person.name != before.name and not any(parts):
            # What stood there was the old name as a whole.
            self.put("N", [])
        if always and not self._card.first("N"):
            # The whole name in the family name's place: phones show N and not FN.
            self.put("N", [Property("N", joined_parts([person.name, "", "", "", ""]))])

    def write_organisation(self, read_from: str) -> None:
        """The account, unless the card was read for this very account and names one itself."""
        person = self._person
        if self._card.first("ORG") and read_from == person.account:
            return
        parts = [person.account, person.centre] if person.centre else [person.account]
        self.put("ORG", [Property("ORG", joined_parts(parts))])

    def write_fields(self) -> None:
        for field, new in (
            ("title", Property("TITLE", "")),
            ("email", Property("EMAIL", "")),
            ("phone", Property("TEL", "", (("TYPE", ("work", "voice")),))),
            ("mobile", Property("TEL", "", (("TYPE", ("cell",)),))),
        ):
            value = getattr(self._person, field)
            if value == getattr(self._before, field):
                continue
            old = chosen_properties(self._card).get(field)
            if old is not None and old.name != new.name:
                old = None  # A title read from ROLE: the role stays what it was.
            changed = [] if not value else [replace(old or new, value=escaped(value))]
            changed = [one.without_params("VALUE") for one in changed]
            at = self.drop(lambda prop, gone=old: prop is gone)  # type: ignore[misc]
            self.properties[at:at] = changed

    def write_languages(self) -> None:
        text = self._person.languages
        if text == self._before.languages:
            return
        tags = language_tags(text)
        self.put("LANG", [_language(tag, rank) for rank, tag in enumerate(tags, start=1)])
        self.put(LANGUAGES, [Property(LANGUAGES, escaped(text))] if text and not tags else [])

    def write_note(self) -> None:
        about = self._person.about
        if about != self._before.about:
            self.put("NOTE", [Property("NOTE", escaped(about))] if about else [])


def _language(tag: str, rank: int) -> Property:
    return Property("LANG", tag, (("PREF", (str(min(rank, 100)),)),))
