"""The user's changes laid over the generated lines of a brief, and what of it fits.

A line whose facts have changed since it was left out comes back, and one that was reworded keeps
the user's words; both say so. Changes that belong to nothing any more are kept and not printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam_desktop.services.handouts.brief_edits import BriefEdits, Wording
from kam_desktop.services.handouts.outline import (
    MAIN,
    SIDE,
    BriefLine,
    BriefSection,
    SectionKey,
)

_OWN_IMPORTANCE = 10
"""What the user wrote is the last to be cut."""


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A line as the user wants it. ``changed``: its facts did since the user edited it.

    ``gone``: a rewording whose line is not generated any more; it is not printed.
    """

    line: BriefLine
    text: str
    left_out: bool = False
    reworded: bool = False
    own: bool = False
    changed: bool = False
    gone: bool = False

    @property
    def printed(self) -> bool:
        """Whether it belongs on paper."""
        return not (self.left_out or self.gone)

    @property
    def importance(self) -> int:
        """What stays longest when not all fits."""
        return _OWN_IMPORTANCE if self.own or self.reworded else self.line.importance


@dataclass(frozen=True, slots=True)
class EditedSection:
    """A section as the user wants it, with all its lines."""

    section: BriefSection
    lines: tuple[EditedLine, ...]
    left_out: bool = False

    @property
    def key(self) -> SectionKey:
        """Which section it is."""
        return self.section.key

    @property
    def printed(self) -> tuple[EditedLine, ...]:
        """The lines that belong on paper; none of a section that is left out."""
        return () if self.left_out else tuple(line for line in self.lines if line.printed)


def applied(edits: BriefEdits, sections: Sequence[BriefSection]) -> tuple[EditedSection, ...]:
    """Every section in the user's order with every generated line and the user's own."""
    own = _own_by_section(edits, sections)
    gone = _gone_by_section(edits, sections)
    made = {
        section.key: EditedSection(
            section,
            (
                *(_edited(line, edits) for line in section.lines),
                *own.get(section.key, ()),
                *gone.get(section.key, ()),
            ),
            section.key in edits.sections_out,
        )
        for section in sections
    }
    return tuple(made[key] for key in _ordered(edits.order, [each.key for each in sections]))


def _edited(line: BriefLine, edits: BriefEdits) -> EditedLine:
    words = edits.words.get(line.key) if line.rewordable else None
    out = edits.out.get(line.key)
    newer = (out is not None and out != line.basis) or (
        words is not None and words.basis != line.basis
    )
    return EditedLine(
        line,
        words.text if words else line.text,
        left_out=out is not None and out == line.basis,
        reworded=words is not None,
        changed=newer,
    )


def _own_by_section(
    edits: BriefEdits, sections: Sequence[BriefSection]
) -> Mapping[SectionKey, list[EditedLine]]:
    found: dict[SectionKey, list[EditedLine]] = {}
    for each in edits.own:
        line = BriefLine(each.key, each.text)
        made = EditedLine(line, each.text, left_out=each.key in edits.out, own=True)
        key = _known(each.section, sections)
        if key is not None:
            found.setdefault(key, []).append(made)
    return found


def _gone_by_section(
    edits: BriefEdits, sections: Sequence[BriefSection]
) -> Mapping[SectionKey, list[EditedLine]]:
    there = {line.key for section in sections for line in section.lines}
    there |= {each.key for each in edits.own}
    found: dict[SectionKey, list[EditedLine]] = {}
    for name, words in edits.words.items():
        key = _known(words.section, sections)
        if name not in there and key is not None:
            made = EditedLine(BriefLine(name, words.text), words.text, reworded=True, gone=True)
            found.setdefault(key, []).append(made)
    return found


def _known(name: str, sections: Sequence[BriefSection]) -> SectionKey | None:
    """The section of that name; words for one that is unknown here are still the user's."""
    keys = [section.key for section in sections]
    if not keys:
        return None
    return next((key for key in keys if key == name), keys[-1])


def _ordered(wanted: Sequence[str], generated: Sequence[SectionKey]) -> list[SectionKey]:
    """The user's order; a section it does not name stands behind the one it is generated after."""
    order = [key for name in dict.fromkeys(wanted) for key in generated if key == name]
    for at, key in enumerate(generated):
        if key not in order:
            order.insert(order.index(generated[at - 1]) + 1 if at else 0, key)
    return order


def moved(sections: Sequence[EditedSection], key: SectionKey, step: int) -> tuple[str, ...] | None:
    """The order after a section moved up (-1) or down (+1) in its column; None at its end."""
    order = [section.key for section in sections]
    column = MAIN if key in MAIN else SIDE if key in SIDE else ()
    inside = [each for each in order if each in column]
    if key not in inside:
        return None
    at = inside.index(key) + step
    if not 0 <= at < len(inside):
        return None
    first, second = order.index(key), order.index(inside[at])
    order[first], order[second] = order[second], order[first]
    return tuple(order)


def reworded(edits: BriefEdits, section: SectionKey, line: EditedLine, text: str) -> BriefEdits:
    """The edits after the user typed ``text`` for a line.

    The generated words or none take a rewording back; no words delete a line of one's own. What
    the user says of a line now, they say of its facts of now.
    """
    if line.own:
        return edits.with_own_words(line.line.key, text)
    words = text.strip()
    if line.gone or not words or words == line.line.text.strip():
        return edits.with_words(line.line.key, None)
    return edits.with_words(line.line.key, Wording(words, line.line.basis, section))


def cut(lines: Sequence[EditedLine], most: int) -> tuple[tuple[EditedLine, ...], int]:
    """The ``most`` weightiest lines in their order, and how many were cut."""
    if len(lines) <= most:
        return tuple(lines), 0
    by_weight = sorted(range(len(lines)), key=lambda at: (-lines[at].importance, at))
    kept = sorted(by_weight[: max(0, most)])
    return tuple(lines[at] for at in kept), len(lines) - len(kept)
