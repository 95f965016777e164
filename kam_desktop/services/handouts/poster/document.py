"""A map as data for other programs: the shape that ``kam-desktop map --format json`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam_desktop.models.text import instant_text
from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.power_grid import EVERY_CELL
from kam_desktop.services.grid_scene import build_grid
from kam_desktop.services.handouts.poster.content import GRID, day_shown, map_title
from kam_desktop.services.map_loading import LoadedMap, MapWish
from kam_desktop.services.map_options import EVERYBODY
from kam_desktop.services.map_scene import TieSpec
from kam_desktop.services.queries.our_side import OurMember, OurSide
from kam_desktop.services.queries.relationship_map import PersonCard, TieLine


def map_document(loaded: LoadedMap, wish: MapWish) -> dict[str, Any]:
    """People, ties and places of a map loaded with `load_view`; unknown values are None.

    Places and points are scene units (pixels at 100 %), y downwards.
    """
    data, scene = loaded.data, loaded.scene
    places = _places(loaded)
    hidden = {card.id: card.hidden for card in scene.cards}
    specs = {tie.id: tie for tie in scene.ties}
    ours = loaded.built if isinstance(loaded.built, OurSide) else None
    map_id = data.map_id
    return {
        "account": {"id": data.account_id, "name": data.account_name},
        "view": wish.view,
        "map": None if map_id is None else {"id": map_id, "title": map_title(loaded)},
        "as_of": day_shown(wish).isoformat(),
        "at": None if wish.moment is None else instant_text(wish.moment),
        "around": loaded.focus or None,
        "distance": None if loaded.distance == EVERYBODY else loaded.distance,
        "not_shown": max(0, loaded.left_out),
        "people": [
            _person(card, data.buying_centres, places.get(card.id), hidden.get(card.id, 0))
            for card in data.people
        ],
        "ties": [_tie(tie, specs.get(tie.id)) for tie in data.ties],
        "team": [] if ours is None else [_member(member) for member in ours.members],
        "contacts": [] if ours is None else _contacts(ours),
    }


def _places(loaded: LoadedMap) -> dict[str, Place]:
    if loaded.scene.view == GRID:
        grid = build_grid(loaded.data, opened=EVERY_CELL)
        return {chip.id: chip.place for chip in grid.chips}
    return {card.id: card.place for card in loaded.scene.cards}


def _person(
    card: PersonCard, centres: Mapping[str, str], place: Place | None, folded: int
) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "title": card.title,
        "roles": [
            {"role": held.role, "buying_centre": centres.get(held.buying_centre_id)}
            for held in card.roles_held
        ],
        "support": card.support,
        "influence": card.influence,
        "coverage": card.coverage,
        "level": card.level,
        "level_wanted": card.level_wanted,
        "orientation": card.orientation,
        "strength": None if card.strength is None else round(card.strength, 3),
        "last_touch": card.last_touch.isoformat() if card.last_touch else None,
        "certainty": {name: round(value, 3) for name, value in sorted(card.certainty.items())},
        "buying_centre": centres.get(card.buying_centre_id),
        "owner": card.owner_name or None,
        "account": card.account_name or None,
        "vacant": card.vacant,
        "external": card.external,
        "left_on": card.left_on.isoformat() if card.left_on else None,
        "place": None if place is None else _place(place),
        "folded": folded,
    }


def _place(place: Place) -> dict[str, float]:
    measures = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
    return {name: round(value, 1) for name, value in measures.items()}


def _tie(tie: TieLine, spec: TieSpec | None) -> dict[str, Any]:
    points = () if spec is None else spec.points
    return {
        "id": tie.id,
        "from": tie.from_id,
        "to": tie.to_id,
        "kind": str(tie.kind),
        "strength": tie.strength,
        "matrix": tie.kind == TieKind.REPORTS_TO and not tie.solid,
        "note": tie.note,
        "on": tie.on.isoformat() if tie.on else None,
        "source": tie.source,
        "confidence": tie.confidence,
        "points": [[round(x, 1), round(y, 1)] for x, y in points],
    }


def _member(member: OurMember) -> dict[str, Any]:
    return {"id": member.id, "name": member.name, "role": str(member.role)}


def _contacts(ours: OurSide) -> list[dict[str, Any]]:
    return [
        {
            "person": person_id,
            "member": member_id,
            "state": contact.state,
            "strength": round(contact.strength, 3),
            "last_touch": contact.last_touch.isoformat() if contact.last_touch else None,
        }
        for (person_id, member_id), contact in sorted(ours.contacts.items())
    ]
