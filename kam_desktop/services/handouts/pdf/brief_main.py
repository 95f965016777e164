"""The wide column of the brief: who, agenda, promises, questions, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.content import (
    BriefContent,
    Change,
    PersonCard,
    Promise,
    Task,
)
from kam_desktop.services.handouts.edited import EditedLine, EditedSection
from kam_desktop.services.handouts.outline import MAIN, SectionKey, Told
from kam_desktop.services.handouts.pdf.brief_people import RATING_WIDTH, legend, person_block
from kam_desktop.services.handouts.pdf.brief_rows import due_row, labelled, point_row
from kam_desktop.services.handouts.pdf.brief_sections import section
from kam_desktop.services.handouts.pdf.flow import Block, Section
from kam_desktop.services.handouts.pdf.limits import Limits
from kam_desktop.services.handouts.pdf.parts import bulleted
from kam_desktop.services.handouts.pdf.style import ACCENT
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import PointRow


def main_sections(
    content: BriefContent, sections: Sequence[EditedSection], width: float, limits: Limits
) -> list[Section]:
    """The sections of the wide column, in the user's order, without those left out."""
    today = for_colleague(content.today)
    return [
        _section(edited, today, width, limits)
        for edited in sections
        if edited.key in MAIN and not edited.left_out
    ]


def _section(edited: EditedSection, today: dt.date, width: float, limits: Limits) -> Section:
    def draw(line: EditedLine) -> Block:
        return _row(line, today, width, limits)

    if edited.key is SectionKey.WHO:
        people = [line.line.fact for line in edited.printed]
        faded = any(
            isinstance(person, PersonCard) and person.faded_on(ClaimField.SUPPORT) is not None
            for person in people
        )
        columns = (_("influence, contact"), RATING_WIDTH)
        last = (legend(faded=faded),)
        return section(edited, width, draw, limits.people, columns=columns, last=last)
    most = {
        SectionKey.PROMISES: limits.promises,
        SectionKey.ACTIONS: limits.promises,
        SectionKey.CHANGES: limits.changes,
    }.get(edited.key, limits.remarks)
    return section(edited, width, draw, most, each_group=True)


def _row(line: EditedLine, today: dt.date, width: float, limits: Limits) -> Block:
    fact, text = line.line.fact, line.text
    if isinstance(fact, PersonCard):
        return person_block(fact, line, width)
    if isinstance(fact, Promise | Task):
        return due_row(fact, text, today, width, limits)
    if isinstance(fact, PointRow):
        return point_row(fact, text, width, limits)
    if isinstance(fact, Change | Told):
        return labelled(line.line.label, text, width, limits)
    return bulleted(text, width, limits.lines, colour=ACCENT)
