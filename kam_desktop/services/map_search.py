"""Finding people on a map by what is typed: name, title, role or place, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services import words
from kam_desktop.services.queries.relationship_map import MapData, PersonCard


def matching(data: MapData, text: str) -> tuple[str, ...]:
    """The ids of the people in whose name, title, roles, owner or buying centre all words occur.

    Accents, capitals and the width of letters do not matter. Nobody matches an empty text.
    """
    wanted = plain(text).split()
    if not wanted:
        return ()
    return tuple(
        card.id
        for card in data.people
        if all(part in _said_of(card, data.buying_centres) for part in wanted)
    )


def _said_of(card: PersonCard, centres: Mapping[str, str]) -> str:
    roles = [words.word(DecisionRole(role)) for role in card.roles]
    centre = centres.get(card.buying_centre_id, "")
    return plain(
        " ".join((card.name, card.title, *roles, centre, card.owner_name, card.account_name))
    )


def plain(text: str) -> str:
    """``text`` without accents, capitals and wide forms, to compare what was typed with."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
