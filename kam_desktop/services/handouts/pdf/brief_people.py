"""Who: people with position, influence and contact, those in the room first."""

from __future__ import annotations

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.handouts.content import PersonCard
from kam_desktop.services.handouts.edited import EditedLine
from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block
from kam_desktop.services.handouts.pdf.lines import Type
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import SECONDARY, SMALL, SMALL_INK, STRONG
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word

RATING_WIDTH = 106.0
_PERSON_HEIGHT = 25.0


def person_block(person: PersonCard, line: EditedLine, width: float) -> Block:
    """One person: name and what is said of them, signs for what we believe."""
    text_width = width - symbols.SUPPORT_WIDTH - 8 - RATING_WIDTH - 8
    faded = person.faded_on(ClaimField.SUPPORT) is not None

    def draw(pen: Pen, x: float, y: float) -> None:
        height = _PERSON_HEIGHT - 4
        if person.placeholder or faded:
            pen.box(x, y, 2.4, height, stroke=SECONDARY, thickness=0.6, dash=(2, 1.5))
        else:
            pen.box(x, y, 2.4, height, fill=symbols.support_colour(person.support))
        symbols.support(pen, person.support, x + 5, y + 3, faded=faded)
        left = x + symbols.SUPPORT_WIDTH + 8
        pen.text(line.line.label, STRONG, left, y, text_width)
        pen.text(line.text or "—", SMALL, left, y + 11.2, text_width)
        _ratings(pen, person, x + width - RATING_WIDTH, y)

    return Block(_PERSON_HEIGHT, draw)


def _ratings(pen: Pen, person: PersonCard, x: float, y: float) -> None:
    """Influence pips and their number above, contact blocks and the level below."""
    faded = person.faded_on(ClaimField.INFLUENCE) is not None
    used = symbols.influence(pen, person.influence, x, y + 3.6, faded=faded)
    number = "?" if person.influence is None else str(person.influence)
    pen.text(f"{number}?" if faded else number, SMALL_INK, x + used + 3, y + 0.6, 20)
    if not person.placeholder:
        used = symbols.coverage(pen, person.coverage, x, y + 14.2)
        level = word(person.level) if person.level else ""
        if level and person.faded_on(ClaimField.LEVEL) is not None:
            level = f"{level}?"
        pen.text(level, SMALL, x + used + 3, y + 11.2, RATING_WIDTH - used - 3)


def legend(*, faded: bool) -> Block:
    """What the signs of support mean; with ``faded``, also what dashes do."""
    entries: list[tuple[int | None, str]] = [
        (2, _("mentor")),
        (1, _("supporter")),
        (0, _("neutral")),
        (-1, _("sceptic")),
        (-2, _("opponent")),
        (None, _("unknown")),
    ]
    style = Type(6.4, 8.5, colour=SECONDARY)

    def draw(pen: Pen, x: float, y: float) -> None:
        left = x
        for value, text in entries:
            symbols.support(pen, value, left, y + 2.4, 4.6)
            left += 21 + pen.text(text, style, left + 15, y + 0.6, 60)
        if faded:
            symbols.support(pen, 1, left, y + 2.4, 4.6, faded=True)
            pen.text(_("long ago"), style, left + 15, y + 0.6, 60)

    return Block(13, draw)
