"""The relationship map as things to draw: cards and lines with places and words, nothing of Qt.

The window turns a `MapScene` into items, paper turns the same one into vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam_desktop.models.vocabulary import DecisionRole, Support, TieKind
from kam_desktop.services import words
from kam_desktop.services.analysis.claims import has_faded
from kam_desktop.services.analysis.map_ego import Ring, ego_layout
from kam_desktop.services.analysis.map_layout import (
    Box,
    Layout,
    Link,
    Place,
    Point,
    Spacing,
    managers_of,
)
from kam_desktop.services.analysis.map_routes import network_lines, org_lines
from kam_desktop.services.analysis.map_stable import (
    Arrangement,
    arrangement,
    chart_anchors,
    settled_network,
    settled_org,
)
from kam_desktop.services.formatting import initials, isolate, joined
from kam_desktop.services.i18n import _
from kam_desktop.services.letters import letters
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine

CARD_WIDTH = 224.0
CARD_HEIGHT = 88.0

_ROLE_LETTERS_FROM = 26
"""More characters of roles than this do not fit beside each other on a card."""


@dataclass(frozen=True, slots=True)
class CardSpec:
    """One card: ``subtitle`` is title and roles in a line, ``description`` everything in words.

    ``heading`` is what the second line says and ``roles`` the third; ``owner`` are the initials of
    ours who looks after the person. ``faded`` names the judgements (`ClaimField`) that are too old
    to rely on. ``folds`` when a branch hangs below the card that can be folded away; ``hidden``
    counts the people of one that is.
    """

    id: str
    name: str
    subtitle: str
    support: int | None
    influence: int | None
    strength: float | None
    vacant: bool
    outside: bool
    left: bool
    description: str
    place: Place
    heading: str = ""
    roles: str = ""
    coverage: str | None = None
    level: str | None = None
    level_wanted: str | None = None
    owner: str = ""
    photo: str = ""
    faded: frozenset[str] = frozenset()
    hidden: int = 0
    folds: bool = False


@dataclass(frozen=True, slots=True)
class TieSpec:
    """One line from ``from_id`` to ``to_id``. ``solid`` is the line of the org chart.

    ``strength`` is 1 … 5, None while unknown.
    """

    id: str
    from_id: str
    to_id: str
    kind: TieKind
    solid: bool
    description: str
    points: tuple[Point, ...]
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class HeadingSpec:
    """A title over a group of cards."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class MapScene:
    """All there is to draw, and what is needed to draw it again with some cards elsewhere.

    ``automatic`` are the places the layout chose; cards moved by hand return to them when the move
    is undone. ``rings`` are the distances from the middle of an ego view, ``focus`` who stands
    there.
    """

    view: str
    cards: tuple[CardSpec, ...] = ()
    ties: tuple[TieSpec, ...] = ()
    headings: tuple[HeadingSpec, ...] = ()
    layout: Layout = field(default_factory=lambda: Layout({}))
    links: tuple[Link, ...] = ()
    automatic: Arrangement = field(default_factory=dict)
    rings: tuple[Ring, ...] = ()
    focus: str = ""


def build_scene(
    data: MapData,
    view: str = "org",
    before: Arrangement | None = None,
    scale: float = 1.0,
    *,
    hidden: Mapping[str, int] | None = None,
    focus: str = "",
) -> MapScene:
    """The scene of ``data`` as ``view`` (org, network or ego), card sizes times ``scale``.

    ``before`` is the ``automatic`` arrangement shown until now: it is kept, so that only new people
    get a place. ``hidden`` counts who is folded away under whom. An ego view has ``focus`` in the
    middle.
    """
    boxes, links = boxes_of(data, scale), links_of(data)
    kept = before or {}
    spacing = _scaled(Spacing(), scale)
    rings: tuple[Ring, ...] = ()
    anchors = chart_anchors(boxes, managers_of(boxes, links))
    if view == "org":
        automatic = settled_org(boxes, links, kept, data.positions, spacing)
    elif view == "ego":
        automatic, rings, anchors = ego_layout(boxes, links, focus, kept, data.positions, spacing)
    else:
        automatic = settled_network(boxes, links, kept, data.positions, spacing)
    layout = automatic.with_places(data.positions)
    middle = focus if view == "ego" else ""
    lines = _routed(view, layout, links, middle)
    return MapScene(
        view,
        _cards(data, layout, hidden or {}, foldable(boxes, links) if view == "org" else set()),
        _ties(data, lines),
        _headings(data, layout),
        layout,
        links,
        arrangement(automatic, anchors),
        rings,
        middle,
    )


def boxes_of(data: MapData, scale: float = 1.0) -> list[Box]:
    """The cards of a map before they have places, ``scale`` times their usual size."""
    width, height = CARD_WIDTH * scale, CARD_HEIGHT * scale
    return [Box(card.id, width, height, card.buying_centre_id) for card in data.people]


def links_of(data: MapData) -> tuple[Link, ...]:
    """The ties of a map before they have ways."""
    return tuple(Link(tie.id, tie.from_id, tie.to_id, tie.solid) for tie in data.ties)


def foldable(boxes: Sequence[Box], links: Sequence[Link]) -> set[str]:
    """Those with somebody below them in the chart."""
    return set(managers_of(boxes, links).values())


def lines_with(scene: MapScene, moved: Mapping[str, Point]) -> dict[str, tuple[Point, ...]]:
    """The ways of the lines that touch the cards of ``moved``, with those cards there."""
    layout = scene.layout.with_places(moved)
    # Lines bend around the middle of an ego view, so all of them depend on where it is.
    every = bool(scene.focus) and scene.focus in moved
    touched = [
        link for link in scene.links if every or link.from_id in moved or link.to_id in moved
    ]
    pairs = {frozenset((link.from_id, link.to_id)) for link in touched}
    together = [link for link in scene.links if frozenset((link.from_id, link.to_id)) in pairs]
    return _routed(scene.view, layout, together, scene.focus)


def _routed(
    view: str, layout: Layout, links: Sequence[Link], middle: str
) -> dict[str, tuple[Point, ...]]:
    lines = (
        org_lines(layout, links) if view == "org" else network_lines(layout, links, around=middle)
    )
    return {line.link_id: line.points for line in lines}


def _scaled(spacing: Spacing, scale: float) -> Spacing:
    return Spacing(
        spacing.across * scale,
        spacing.down,
        spacing.stacked * scale,
        spacing.between_trees * scale,
        spacing.indent * scale,
    )


def _cards(
    data: MapData, layout: Layout, hidden: Mapping[str, int], folds: set[str]
) -> tuple[CardSpec, ...]:
    return tuple(
        CardSpec(
            card.id,
            display_name(card),
            subtitle(card),
            card.support,
            card.influence,
            card.strength,
            card.vacant,
            card.external or bool(card.account_name),
            card.left_on is not None,
            describe(card, data.buying_centres),
            layout.places[card.id],
            heading=heading(card),
            roles=role_line(card.roles),
            coverage=card.coverage,
            level=card.level,
            level_wanted=card.level_wanted,
            owner=initials(card.owner_name) if card.owner_name else "",
            photo=card.photo,
            faded=faded_fields(card),
            hidden=hidden.get(card.id, 0),
            folds=card.id in folds or card.id in hidden,
        )
        for card in data.people
    )


def _ties(data: MapData, points: Mapping[str, tuple[Point, ...]]) -> tuple[TieSpec, ...]:
    people = {card.id: card for card in data.people}
    return tuple(
        TieSpec(
            tie.id,
            tie.from_id,
            tie.to_id,
            TieKind(tie.kind),
            tie.solid,
            describe_tie(tie, people),
            points[tie.id],
            tie.strength,
        )
        for tie in data.ties
        if tie.id in points
    )


def _headings(data: MapData, layout: Layout) -> tuple[HeadingSpec, ...]:
    several = len(layout.headings) > 1
    return tuple(
        HeadingSpec(
            data.buying_centres.get(heading.group)
            or (_("No buying centre") if several else _("Not linked yet")),
            heading.x,
            heading.y,
            heading.width,
        )
        for heading in layout.headings
    )


def display_name(card: PersonCard) -> str:
    """The name on a card; a vacant seat says so."""
    return card.name or _("(vacant)")


def heading(card: PersonCard) -> str:
    """The title, and before it what is out of the ordinary: left, or from elsewhere."""
    left = _("left") if card.left_on is not None else ""
    elsewhere = card.account_name or (_("external") if card.external else "")
    return joined((left, elsewhere, card.title))


def role_line(roles: Sequence[str]) -> str:
    """Decision roles in words where they fit on a card, else in letters."""
    held = [DecisionRole(role) for role in roles]
    in_words = joined(words.word(role) for role in held)
    if len(in_words) <= _ROLE_LETTERS_FROM:
        return in_words
    return joined(letters(role) for role in held)


def faded_fields(card: PersonCard) -> frozenset[str]:
    """The judgements of a person that are too old to rely on."""
    return frozenset(name for name, value in card.certainty.items() if has_faded(value))


def subtitle(card: PersonCard) -> str:
    """Title, decision roles and, for people from elsewhere, where they are from."""
    parts = [card.title, *(words.word(DecisionRole(role)) for role in card.roles)]
    if card.account_name:
        parts.insert(0, card.account_name)
    elif card.external:
        parts.append(_("external"))
    if card.left_on is not None:
        parts.insert(0, _("left"))
    return joined(parts)


def support_word(support: int | None) -> str:
    """Support in a word; unknown reads as unknown."""
    return words.word(None if support is None else Support(support))


def describe(card: PersonCard, centres: Mapping[str, str]) -> str:
    """Everything a card shows, in words: for tool tips and for those who listen."""
    lines = [card.name or _("Vacant seat"), card.title]
    lines.append(", ".join(words.word(DecisionRole(role)) for role in card.roles))
    lines.append(centres.get(card.buying_centre_id, "") or card.account_name)
    if not card.vacant:
        lines.append(_("Support: {word}").format(word=support_word(card.support)))
    influence = _("unknown") if card.influence is None else f"{card.influence}/10"
    lines.append(_("Influence: {value}").format(value=influence))
    if card.strength is not None:
        lines.append(_("Contact: {percent} %").format(percent=round(card.strength * 100)))
    if card.owner_name:
        lines.append(_("Looked after by {name}").format(name=card.owner_name))
    if card.left_on is not None:
        lines.append(_("Left on {day}").format(day=card.left_on.isoformat()))
    return "\n".join(line for line in lines if line)


def describe_tie(tie: TieLine, people: Mapping[str, PersonCard]) -> str:
    """A tie in words, e.g. “Ana reports to Ben (matrix line)”."""
    one, other = isolate(_called(people[tie.from_id])), isolate(_called(people[tie.to_id]))
    text = f"{one} {words.word(TieKind(tie.kind))} {other}"
    if tie.kind == TieKind.REPORTS_TO and not tie.solid:
        text = _("{tie} (matrix line)").format(tie=text)
    return f"{text}\n{tie.note}" if tie.note else text


def _called(card: PersonCard) -> str:
    return card.name or _("vacant: {title}").format(title=card.title)
