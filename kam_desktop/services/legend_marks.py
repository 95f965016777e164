"""What the signs and lines of a map mean: pictures made of the same marks, each with its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    RelationshipLevel,
    Support,
    TeamContactState,
    TieKind,
)
from kam_desktop.services import words
from kam_desktop.services.contact_matrix import state_letter
from kam_desktop.services.i18n import _
from kam_desktop.services.letters import UNKNOWN, letters
from kam_desktop.services.map_scene import MapScene, TieSpec
from kam_desktop.services.map_signs import (
    BLOCKS_WIDTH,
    coverage_blocks,
    hatched,
    influence_pips,
    strength_bar,
    support_sign,
)
from kam_desktop.services.marks import Disc, Ink, Mark, Rectangle, Side, Stroke, Way, Words
from kam_desktop.services.matrix_marks import contact_sign
from kam_desktop.services.tie_marks import tie_end, tie_ways

WIDTH, HEIGHT = 60.0, 20.0
"""The room of a picture; everything in it is centred."""

_MIDDLE = HEIGHT / 2
_LEFT = (WIDTH - 49.0) / 2


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A picture within `WIDTH` × `HEIGHT` and what it means.

    ``key`` tells what must be drawn for the entry to be of use, '' when it always is.
    """

    text: str
    marks: tuple[Mark, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """Entries that belong together."""

    title: str
    entries: tuple[LegendEntry, ...]


def map_legend(used: frozenset[str] | None = None) -> tuple[LegendGroup, ...]:
    """The key to cards and lines; with ``used`` (`used_keys`) to those that are there only."""
    groups = (_support(), _influence(), _contact(), _levels(), _ties(), _cards())
    if used is None:
        return groups
    kept = (
        LegendGroup(
            group.title,
            tuple(entry for entry in group.entries if not entry.key or entry.key in used),
        )
        for group in groups
    )
    return tuple(group for group in kept if group.entries)


def used_keys(scene: MapScene, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """What of the legend is of use for a map on which the ties ``without`` are not drawn."""
    ties = [tie for tie in scene.ties if tie.id not in without]
    keys = {_tie_key(tie.kind, solid=tie.solid) for tie in ties}
    if any((tie.strength or 0) > 1 for tie in ties):
        keys.add("strong")
    for card in scene.cards:
        shown = {"vacant": card.vacant, "outside": card.outside, "left": card.left,
                 "owner": card.owner, "hidden": card.hidden, "faded": card.faded}  # fmt: skip
        keys.update(name for name, there in shown.items() if there)
    return frozenset(keys)


def role_legend(shown: Iterable[str]) -> tuple[LegendGroup, ...]:
    """The decision roles whose letters stand in one of the role lines ``shown``; () for none."""
    found = {part.strip() for line in shown for part in line.split("·")}
    entries = tuple(
        LegendEntry(words.word(role), (_word(letters(role)),))
        for role in DecisionRole
        if letters(role) in found
    )
    return (LegendGroup(_("Decision roles"), entries),) if entries else ()


def grid_legend() -> tuple[LegendGroup, ...]:
    """The key to the power grid: its places say influence and support, its signs support again."""
    return (_support(),)


def matrix_legend() -> tuple[LegendGroup, ...]:
    """The key to the coverage matrix: how well one of ours knows one of theirs."""
    entries = [
        LegendEntry(
            words.word(state),
            (
                *contact_sign(state.value, 22.0, _MIDDLE),
                _word(state_letter(state.value), 30.0, 16.0),
            ),
        )
        for state in TeamContactState
    ]
    entries.append(LegendEntry(words.word(None), (_word("?"),)))
    dashed = Rectangle(8.0, 1.5, 44.0, 17.0, None, Stroke(Ink.TEXT3, 1.0, (3.0, 3.0)), 8.5)
    guess = _("{letter}?").format(letter=state_letter(TeamContactState.GOOD.value))
    entries.append(LegendEntry(_("to be confirmed: touches speak for it"), (dashed, _word(guess))))
    bar = Rectangle(8.0, _MIDDLE - 1.2, 30.0, 2.5, Ink.ACCENT)
    entries.append(LegendEntry(_("how warm this contact is now"), (bar,)))
    return LegendGroup(_("How well they know each other"), tuple(entries)), _support()


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
    entries.append(LegendEntry(_("striped and dashed: judged long ago"), faded, "faded"))
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
    entries = [
        _tie(TieKind.REPORTS_TO, words.word(TieKind.REPORTS_TO)),
        _tie(TieKind.REPORTS_TO, _("second manager (matrix)"), solid=False),
    ]
    entries += [_tie(kind, words.word(kind)) for kind in TieKind if kind is not TieKind.REPORTS_TO]
    strong = _tie(TieKind.INFLUENCES, _("thicker: a strong tie"), strength=5)
    return LegendGroup(_("Ties"), (*entries, replace(strong, key="strong")))


def _tie_key(kind: TieKind, *, solid: bool) -> str:
    return "matrix" if kind is TieKind.REPORTS_TO and not solid else kind.value


def _tie(
    kind: TieKind, text: str, *, solid: bool = True, strength: int | None = None
) -> LegendEntry:
    chart = kind is TieKind.REPORTS_TO and solid
    way = ((3.0, _MIDDLE), (WIDTH - 3.0, _MIDDLE))
    spec = TieSpec("", "", "", kind, chart, "", way, strength)
    return LegendEntry(text, (*tie_ways(spec), *tie_end(spec)), _tie_key(kind, solid=solid))


def _cards() -> LegendGroup:
    box = (12.0, 3.0, 36.0, 14.0)
    vacant = Rectangle(*box, None, Stroke(Ink.TEXT3, 1.0, (4.0, 3.0)), 4.0)
    outer = Rectangle(*box, None, Stroke(Ink.TEXT3), 4.0)
    inner = Rectangle(14.5, 5.5, 31.0, 9.0, None, Stroke(Ink.TEXT3), 2.5)
    crossed = Way(((15.0, 15.0), (45.0, 5.0)), Stroke(Ink.TEXT3, 0.8))
    gone = (outer, crossed)
    owner = Rectangle(18.0, 2.0, 24.0, 16.0, None, Stroke(Ink.LINE), 4.0)
    folded = Rectangle(14.0, 1.5, 32.0, 17.0, Ink.SURFACE, Stroke(Ink.TEXT3), 8.5)
    face = Disc(WIDTH / 2, _MIDDLE, 9.5, Ink.SUNKEN, Stroke(Ink.LINE))
    return LegendGroup(
        _("Cards"),
        (
            LegendEntry(_("vacant seat"), (vacant,), "vacant"),
            LegendEntry(_("from outside the account"), (outer, inner), "outside"),
            LegendEntry(_("left the company"), gone, "left"),
            LegendEntry(_("who looks after them on our side"), (owner, _word("AB")), "owner"),
            LegendEntry(_("people folded away"), (folded, _word("+12")), "hidden"),
            LegendEntry(_("photo or initials"), (face, _word("AB"))),
        ),
    )
