"""A person's card as marks, near, half way and from afar; the same on screen and on paper.

Coordinates count from the card's own top left corner; a card is `CARD_WIDTH` × `CARD_HEIGHT`.
"""

from __future__ import annotations

from enum import Enum, auto

from kam_desktop.models.vocabulary import ClaimField, RelationshipLevel, Support
from kam_desktop.services.formatting import initials
from kam_desktop.services.letters import UNKNOWN, letters
from kam_desktop.services.map_scene import CARD_HEIGHT, CARD_WIDTH, CardSpec
from kam_desktop.services.map_signs import (
    BLOCKS_WIDTH,
    PIPS_WIDTH,
    coverage_blocks,
    hatched,
    influence_pips,
    sign_width,
    strength_bar,
    support_ink,
    support_sign,
)
from kam_desktop.services.marks import (
    Disc,
    Group,
    Ink,
    Mark,
    Photo,
    Rectangle,
    Side,
    Stroke,
    Way,
    Words,
    all_moved,
)

RADIUS = 8.0
LEAST_TYPE = 11.0
"""The smallest type on a card seen near; paper must not make it too small to read."""

BELOW = 11.0
"""How far the count of hidden people hangs out under a card."""

_FACE, _FACE_X, _FACE_Y = 14.0, 32.0, 27.0
_TEXT = 53.0
_PAD = 10.0
_SIGNS = 26.0
"""The column at the right for the sign and its letter."""

_NAME_AT, _HEADING_AT, _ROLES_AT, _FACTS_AT = 19.0, 36.0, 52.0, 72.0
_LETTER = 15.0


class Detail(Enum):
    """How much of a card is drawn: everything, name and sign, or initials and sign."""

    NEAR = auto()
    HALF_WAY = auto()
    FAR = auto()


def card_group(spec: CardSpec, detail: Detail = Detail.NEAR) -> Group:
    """The card at its place on a map, in words as well."""
    x, y = spec.place.x, spec.place.y
    marks = all_moved((*card_frame(spec), *card_body(spec, detail)), x, y)
    bottom = spec.place.bottom + (BELOW if spec.hidden else 0.0)
    name, *lines = spec.description.split("\n")
    return Group(marks, x, y, spec.place.right, bottom, name, ", ".join(lines))


def card_frame(
    spec: CardSpec,
    line: Stroke | None = None,
    ground: Ink = Ink.SURFACE,
    *,
    width: float = CARD_WIDTH,
    height: float = CARD_HEIGHT,
) -> tuple[Mark, ...]:
    """The card's ground and outline: dashed for a vacant seat, doubled for people from elsewhere.

    ``line`` takes the place of the usual outline, as around the card that is met.
    """
    usual = Stroke(Ink.TEXT3 if spec.vacant or spec.outside or spec.left else Ink.LINE)
    stroke = line or usual
    if spec.vacant:
        stroke = Stroke(stroke.ink, stroke.width, (5.0, 3.5))
    inset = stroke.width / 2
    outer = Rectangle(
        inset, inset, width - 2 * inset, height - 2 * inset, ground, stroke, RADIUS
    )  # fmt: skip
    if not spec.outside or spec.vacant:
        return (outer,)
    inner = Rectangle(
        3.5, 3.5, width - 7, height - 7, None, Stroke(usual.ink, 1.0), RADIUS - 3
    )  # fmt: skip
    return outer, inner


def card_body(spec: CardSpec, detail: Detail = Detail.NEAR) -> tuple[Mark, ...]:
    """All that stands on a card."""
    hidden = () if not spec.hidden else _hidden(spec.hidden, detail)
    if detail is Detail.FAR:
        return (*_side_bar(spec, wide=True), *_from_afar(spec), *hidden)
    if detail is Detail.HALF_WAY:
        return (*_side_bar(spec, wide=True), *_half_way(spec), *hidden)
    crossed = (_crossed_out(),) if spec.left else ()
    return (*_side_bar(spec), *crossed, *_texts(spec), *_signs(spec), *_facts(spec), *hidden)


def tile_body(spec: CardSpec, width: float, height: float) -> tuple[Mark, ...]:
    """The small card of a list, of any size: name, title and roles, influence and contact."""
    ink = Ink.TEXT2 if spec.vacant else Ink.TEXT
    left, right = 17.0, width - _PAD
    wide = sign_width(spec.support)
    line = height * 0.24
    bar = left + PIPS_WIDTH + 14
    return (
        *_side_bar(spec, height=height),
        Words(spec.name, left, line, right - wide - 8 - left, 13.0, ink, bold=True),
        *support_sign(spec.support, right - wide / 2, line),
        Words(spec.subtitle, left, height * 0.5, right - left, 12.0, Ink.TEXT2),
        *influence_pips(spec.influence, left, height * 0.77),
        *strength_bar(spec.strength or 0.0, bar, height * 0.77, right - bar),
    )


def _has_faded(spec: CardSpec, field: ClaimField) -> bool:
    return field in spec.faded


def _side_bar(
    spec: CardSpec, *, wide: bool = False, height: float = CARD_HEIGHT
) -> tuple[Mark, ...]:
    """Full for what is known, striped for what has faded, dotted for unknown."""
    if spec.vacant:
        return ()
    x, y, width = 7.0, 11.0, 10.0 if wide else 5.0
    height -= 2 * y
    faded = _has_faded(spec, ClaimField.SUPPORT)
    ink = support_ink(spec.support, faded=faded)
    if spec.support is None:
        dots = Stroke(ink, 1.2, (1.5, 2.5))
        return (Rectangle(x + 0.6, y, width - 1.2, height, None, dots, 2.0),)
    if faded:
        outline = Rectangle(x + 0.5, y, width - 1, height, None, Stroke(ink, 1.0))
        return (outline, *hatched(x, y, width, height, Stroke(ink, 1.0), 5.0))
    return (Rectangle(x, y, width, height, ink, None, 2.0),)


def _crossed_out() -> Way:
    """The stroke across the card of somebody who left."""
    return Way(((18.0, CARD_HEIGHT - 8), (CARD_WIDTH - 8, 8.0)), Stroke(Ink.TEXT3, 0.8))


def _texts(spec: CardSpec) -> tuple[Mark, ...]:
    quiet = spec.vacant or spec.left
    room = CARD_WIDTH - _PAD - _SIGNS - 4 - _TEXT
    marks: list[Mark] = list(_face(spec))
    ink = Ink.TEXT2 if quiet else Ink.TEXT
    marks.append(Words(spec.name, _TEXT, _NAME_AT, room, 13.0, ink, bold=True))
    if spec.heading:
        marks.append(Words(spec.heading, _TEXT, _HEADING_AT, room, 12.0, Ink.TEXT2))
    if spec.roles:
        wider = CARD_WIDTH - _PAD - _TEXT
        marks.append(Words(spec.roles, _TEXT, _ROLES_AT, wider, 12.0, ink))
    return tuple(marks)


def _face(spec: CardSpec) -> tuple[Mark, ...]:
    """Initials, and the photo over them where there is one; an empty circle for a vacant seat."""
    if spec.vacant:
        dashed = Stroke(Ink.TEXT3, 1.0, (3.0, 2.5))
        return (Disc(_FACE_X, _FACE_Y, _FACE - 0.5, None, dashed),)
    ring = Disc(_FACE_X, _FACE_Y, _FACE - 0.5, Ink.SUNKEN, Stroke(Ink.LINE, 1.0))
    letter = _centred(initials(spec.name), _FACE_X, _FACE_Y, 2 * _FACE, 12.0, Ink.TEXT2)
    if not spec.photo:
        return ring, letter
    return ring, letter, Photo(spec.photo, _FACE_X, _FACE_Y, _FACE)


def _signs(spec: CardSpec) -> tuple[Mark, ...]:
    """The sign of support at the right, and its letter under it."""
    if spec.vacant:
        return ()
    faded = _has_faded(spec, ClaimField.SUPPORT)
    middle = CARD_WIDTH - _PAD - _SIGNS / 2
    sign = support_sign(spec.support, middle, _NAME_AT, faded=faded)
    if spec.support is None:
        return sign
    text = letters(Support(spec.support)) + (UNKNOWN if faded else "")
    ink = support_ink(spec.support, faded=faded)
    return (*sign, _centred(text, middle, _HEADING_AT, _SIGNS, 11.0, ink))


def _facts(spec: CardSpec) -> tuple[Mark, ...]:
    """Influence, our contact, the level now and wanted, and who of ours looks after it."""
    left = _FACE_X - _FACE
    faded = _has_faded(spec, ClaimField.INFLUENCE)
    marks: list[Mark] = [*influence_pips(spec.influence, left, _FACTS_AT, faded=faded)]
    at = left + PIPS_WIDTH + 13
    if not spec.vacant:
        faded = _has_faded(spec, ClaimField.COVERAGE)
        marks += coverage_blocks(spec.coverage, at, _FACTS_AT - 3.5, faded=faded)
        marks += strength_bar(spec.strength or 0.0, at, _FACTS_AT + 3.5, BLOCKS_WIDTH)
        marks += _levels(spec, at + BLOCKS_WIDTH + 9)
    if spec.owner:
        marks += _owner(spec.owner)
    return tuple(marks)


def _levels(spec: CardSpec, x: float) -> tuple[Mark, ...]:
    """What we are to them now → what we want to be; one letter when that is the same."""
    now = None if spec.level is None else RelationshipLevel(spec.level)
    wanted = None if spec.level_wanted is None else RelationshipLevel(spec.level_wanted)
    faded = _has_faded(spec, ClaimField.LEVEL) and now is not None
    text = letters(now) + (UNKNOWN if faded else "")
    ink = Ink.TEXT3 if faded or now is None else Ink.TEXT2
    first = _centred(text, x + _LETTER / 2, _FACTS_AT, _LETTER + 4, 12.0, ink)
    if wanted is None or wanted == now:
        return (first,)
    start, end, y = x + _LETTER + 3, x + _LETTER + 13, _FACTS_AT
    stroke = Stroke(Ink.TEXT2, 1.0, round=True)
    arrow = Way(((start, y), (end, y)), stroke)
    head = Way(((end - 3, y - 2.6), (end, y), (end - 3, y + 2.6)), stroke)
    last = _centred(letters(wanted), end + 1 + _LETTER / 2, y, _LETTER + 4, 12.0, Ink.TEXT)
    return first, arrow, head, last


def _owner(text: str) -> tuple[Mark, ...]:
    """The initials of ours in a small box at the lower right."""
    width, height = 25.0, 17.0
    x, y = CARD_WIDTH - _PAD + 1 - width, _FACTS_AT - height / 2
    return (
        Rectangle(x, y, width, height, None, Stroke(Ink.LINE, 1.0), 4.0),
        _centred(text, x + width / 2, _FACTS_AT, width, 11.0, Ink.TEXT2),
    )


def _hidden(count: int, detail: Detail) -> tuple[Mark, ...]:
    """How many people are folded away, on the lower edge where their lines would begin."""
    scale = 1.0 if detail is Detail.NEAR else 1.8
    text = f"+{count}"
    width, height = (16.0 + 7.0 * len(text)) * scale, 18.0 * scale
    x, y = (CARD_WIDTH - width) / 2, CARD_HEIGHT + BELOW - height
    return (
        Rectangle(x, y, width, height, Ink.SURFACE, Stroke(Ink.TEXT3, 1.0), height / 2),
        _centred(text, CARD_WIDTH / 2, y + height / 2, width, 11.0 * scale, Ink.TEXT),
    )


def _half_way(spec: CardSpec) -> tuple[Mark, ...]:
    """The name on one larger line, and the sign."""
    left, right, middle, size = 25.0, CARD_WIDTH - _PAD, CARD_HEIGHT / 2, 19.0
    shown = spec.subtitle if spec.vacant else spec.name
    ink = Ink.TEXT2 if spec.vacant or spec.left else Ink.TEXT
    if spec.vacant:
        return (Words(shown, left, middle, right - left, 19.0, ink, bold=True),)
    wide = sign_width(spec.support, size)
    faded = _has_faded(spec, ClaimField.SUPPORT)
    return (
        Words(shown, left, middle, right - wide - 8 - left, 19.0, ink, bold=True),
        *support_sign(spec.support, right - wide / 2, middle, size, faded=faded),
    )


def _from_afar(spec: CardSpec) -> tuple[Mark, ...]:
    """Initials and the sign, large."""
    middle = CARD_HEIGHT / 2
    if spec.vacant:
        return (_centred("–", CARD_WIDTH / 2, middle, CARD_WIDTH, 34.0, Ink.TEXT2),)
    faded = _has_faded(spec, ClaimField.SUPPORT)
    at = CARD_WIDTH - 14 - sign_width(2, 34.0) / 2
    return (
        Words(initials(spec.name), 34.0, middle, 90.0, 36.0, Ink.TEXT, bold=True),
        *support_sign(spec.support, at, middle, 34.0, faded=faded),
    )


def _centred(text: str, x: float, y: float, room: float, size: float, ink: Ink) -> Words:
    return Words(text, x - room / 2, y, room, size, ink, bold=True, side=Side.MIDDLE)
