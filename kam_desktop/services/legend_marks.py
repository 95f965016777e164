"""What the signs and lines of a map mean: pictures made of the same marks, each with its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    RelationshipLevel,
    Support,
    TieKind,
)
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.letters import UNKNOWN, letters
from kam_desktop.services.map_scene import TieSpec
from kam_desktop.services.map_signs import (
    BLOCKS_WIDTH,
    coverage_blocks,
    hatched,
    influence_pips,
    strength_bar,
    support_sign,
)
from kam_desktop.services.marks import Disc, Ink, Mark, Rectangle, Side, Stroke, Words
from kam_desktop.services.tie_marks import tie_end, tie_ways

WIDTH, HEIGHT = 60.0, 20.0
"""The room of a picture; everything in it is centred."""

_MIDDLE = HEIGHT / 2
_LEFT = (WIDTH - 49.0) / 2


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A picture within `WIDTH` × `HEIGHT` and what it means."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """Entries that belong together."""

    title: str
    entries: tuple[LegendEntry, ...]


def map_legend(*, ties: bool = True) -> tuple[LegendGroup, ...]:
    """The key to cards and, unless ``ties`` is False, to the lines between them."""
    groups = [_support(), _influence(), _contact(), _levels()]
    if ties:
        groups.append(_ties())
    return (*groups, _cards())


def role_legend(shown: Iterable[str]) -> tuple[LegendGroup, ...]:
    """The decision roles whose letters stand in one of the role lines ``shown``; () for none."""
    found = {part.strip() for line in shown for part in line.split("·")}
    entries = tuple(
        LegendEntry(words.word(role), (_word(letters(role)),))
        for role in DecisionRole
        if letters(role) in found
    )
    return (LegendGroup(_("Decision roles"), entries),) if entries else ()


def _word(text: str, x: float = 0.0, room: float = WIDTH, ink: Ink = Ink.TEXT2) -> Words:
    return Words(text, x, _MIDDLE, room, 12.0, ink, bold=True, side=Side.MIDDLE)


def _support() -> LegendGroup:
    entries = [
        LegendEntry(
            words.word(value),
            (*support_sign(value, 21.0, _MIDDLE), _word(letters(value), 36.0, 20.0)),
        )
        for value in Support
    ]
    entries.append(LegendEntry(words.word(None), support_sign(None, 21.0, _MIDDLE)))
    faded = (
        Rectangle(6.5, 2.0, 4.0, 16.0, None, Stroke(Ink.TEXT3)),
        *hatched(6.0, 2.0, 5.0, 16.0, Stroke(Ink.TEXT3), 5.0),
        *support_sign(1, 21.0, _MIDDLE, faded=True),
        _word(f"{letters(Support.SUPPORTER)}{UNKNOWN}", 36.0, 20.0, Ink.TEXT3),
    )
    entries.append(LegendEntry(_("striped and dashed: judged long ago"), faded))
    return LegendGroup(_("Support"), tuple(entries))


def _influence() -> LegendGroup:
    entries = (
        LegendEntry(_("influence 7 of 10"), influence_pips(7, _LEFT, _MIDDLE)),
        LegendEntry(_("no influence"), influence_pips(0, _LEFT, _MIDDLE)),
        LegendEntry(_("influence unknown"), influence_pips(None, _LEFT, _MIDDLE)),
    )
    return LegendGroup(_("Influence"), entries)


def _contact() -> LegendGroup:
    left = (WIDTH - BLOCKS_WIDTH) / 2
    known = [
        LegendEntry(words.word(value), coverage_blocks(value, left, _MIDDLE))
        for value in ContactCoverage
    ]
    unknown = LegendEntry(_("contact unknown"), coverage_blocks(None, left, _MIDDLE))
    warm = LegendEntry(
        _("how warm our contact is now"), strength_bar(0.6, left, _MIDDLE, BLOCKS_WIDTH)
    )
    return LegendGroup(_("Our contact"), (*known, unknown, warm))


def _levels() -> LegendGroup:
    entries = tuple(
        LegendEntry(words.word(level), (_word(letters(level)),)) for level in RelationshipLevel
    )
    vendor, adviser = RelationshipLevel.VENDOR, RelationshipLevel.TRUSTED_ADVISER
    both = f"{letters(vendor)} → {letters(adviser)}"
    wanted = LegendEntry(_("now → wanted"), (_word(both),))
    return LegendGroup(_("They see us as"), (*entries, wanted))


def _ties() -> LegendGroup:
    entries = [_tie(TieKind.REPORTS_TO, words.word(TieKind.REPORTS_TO))]
    entries.append(_tie(TieKind.REPORTS_TO, _("second manager (matrix)"), solid=False))
    entries += [_tie(kind, words.word(kind)) for kind in TieKind if kind is not TieKind.REPORTS_TO]
    entries.append(_tie(TieKind.INFLUENCES, _("thicker: a strong tie"), strength=5))
    return LegendGroup(_("Ties"), tuple(entries))


def _tie(
    kind: TieKind, text: str, *, solid: bool = True, strength: int | None = None
) -> LegendEntry:
    chart = kind is TieKind.REPORTS_TO and solid
    way = ((3.0, _MIDDLE), (WIDTH - 3.0, _MIDDLE))
    spec = TieSpec("", "", "", kind, chart, "", way, strength)
    return LegendEntry(text, (*tie_ways(spec), *tie_end(spec)))


def _cards() -> LegendGroup:
    box = (12.0, 3.0, 36.0, 14.0)
    vacant = Rectangle(*box, None, Stroke(Ink.TEXT3, 1.0, (4.0, 3.0)), 4.0)
    outer = Rectangle(*box, None, Stroke(Ink.TEXT3), 4.0)
    inner = Rectangle(14.5, 5.5, 31.0, 9.0, None, Stroke(Ink.TEXT3), 2.5)
    owner = Rectangle(18.0, 2.0, 24.0, 16.0, None, Stroke(Ink.LINE), 4.0)
    folded = Rectangle(14.0, 1.5, 32.0, 17.0, Ink.SURFACE, Stroke(Ink.TEXT3), 8.5)
    face = Disc(WIDTH / 2, _MIDDLE, 9.5, Ink.SUNKEN, Stroke(Ink.LINE))
    return LegendGroup(
        _("Cards"),
        (
            LegendEntry(_("vacant seat"), (vacant,)),
            LegendEntry(_("from outside the account"), (outer, inner)),
            LegendEntry(_("who looks after them on our side"), (owner, _word("AB"))),
            LegendEntry(_("people folded away"), (folded, _word("+12"))),
            LegendEntry(_("photo or initials"), (face, _word("AB"))),
        ),
    )
