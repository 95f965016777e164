"""The narrow column of the brief: health and why, risks, money, contracts, preparation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kam_desktop.services.analysis.health import Band, Health, waterfall
from kam_desktop.services.formatting import money_short, month, percent, points
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.content import (
    Bands,
    BriefContent,
    OpenItem,
    Remark,
    Revenue,
)
from kam_desktop.services.handouts.edited import EditedLine, EditedSection
from kam_desktop.services.handouts.outline import SIDE, Figure, HealthFigure, SectionKey
from kam_desktop.services.handouts.pdf import charts
from kam_desktop.services.handouts.pdf.brief_rows import tick_row
from kam_desktop.services.handouts.pdf.brief_sections import section
from kam_desktop.services.handouts.pdf.flow import Block, Section
from kam_desktop.services.handouts.pdf.limits import Limits
from kam_desktop.services.handouts.pdf.lines import set_lines
from kam_desktop.services.handouts.pdf.parts import bulleted, note, pill, warned
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    BODY,
    FIGURE,
    ROW_GAP,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    STRONG,
)
from kam_desktop.services.health_words import band_name, headline
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.brief import ContractRow, DealRow


def side_sections(
    content: BriefContent, sections: Sequence[EditedSection], width: float, limits: Limits
) -> list[Section]:
    """The sections of the narrow column, in the user's order, without those left out."""
    return [
        _section(content, edited, width, limits)
        for edited in sections
        if edited.key in SIDE and not edited.left_out
    ]


def _section(content: BriefContent, edited: EditedSection, width: float, limits: Limits) -> Section:
    def draw(line: EditedLine) -> Block:
        return _row(content, line, width, limits)

    most = {
        SectionKey.HEALTH: _HEALTH_ROWS,
        SectionKey.RISKS: limits.remarks,
        SectionKey.PREPARATION: 2 * limits.side,
        SectionKey.REVENUE: 2,
    }.get(edited.key, limits.side)
    return section(_without_trend(edited, limits), width, draw, most)


def _without_trend(edited: EditedSection, limits: Limits) -> EditedSection:
    """Where room is short, the line of the last months is the first that goes."""
    if limits.lines > 1:
        return edited
    lines = tuple(line for line in edited.lines if line.line.fact != HealthFigure(Figure.TREND))
    return replace(edited, lines=lines)


def _row(content: BriefContent, line: EditedLine, width: float, limits: Limits) -> Block:
    fact, text = line.line.fact, line.text
    if isinstance(fact, HealthFigure):
        return _health(content, fact, text, width)
    if isinstance(fact, Remark):
        return warned(text, width, limits.lines)
    if isinstance(fact, OpenItem):
        return tick_row(text, width, limits)
    if isinstance(fact, DealRow | ContractRow):
        return _two_lines(fact.name, _value(fact), text, width)
    if isinstance(fact, Revenue):
        return _bars(fact, width)
    return bulleted(text, width, limits.lines, colour=ACCENT)


def _value(fact: DealRow | ContractRow) -> str:
    if fact.value_minor is None:
        return "?" if isinstance(fact, DealRow) else ""
    return money_short(fact.value_minor, fact.currency)


_HEALTH_ROWS = 16
"""Score, vetoes, one bar for each group and the trend always fit; the rest is the user's."""


def _health(content: BriefContent, drawn: HealthFigure, text: str, width: float) -> Block:
    health, bands = for_colleague(content.health), for_colleague(content.bands)
    if drawn.figure is Figure.SCORE:
        return _score(health, bands, width)
    if drawn.figure is Figure.VETO:
        return note(text, width, 2, style=SMALL_INK)
    if drawn.figure is Figure.TREND:
        return _trend(for_colleague(content.health_trend), width)
    steps = waterfall(health)
    largest = max((abs(step.change) for step in steps), default=0.0)
    return _step(text, steps[drawn.at].change, largest, width)


def _score(health: Health, bands: Bands, width: float) -> Block:
    unknown = health.band is Band.UNKNOWN
    figure = "?" if unknown or health.score is None else f"{health.score:.0f}"
    if unknown:
        share = percent(bands.minimum_coverage)
        reason = _("A score needs {share} of the facts.").format(share=share)
    else:
        reason = headline(health)

    def draw(pen: Pen, x: float, y: float) -> None:
        used = pen.text(figure, FIGURE, x, y - 2, 60)
        left = x + used + 8
        pill(pen, band_name(health.band), left, y + 1, width - used - 8, _band_colour(health))
        pen.text(reason, SMALL_INK, left, y + 14.4, width - used - 8)
        score = None if unknown else health.score
        charts.health_bar(pen, score, (bands.watch, bands.good), x, y + 25, width)

    return Block(51, draw)


def _band_colour(health: Health) -> int:
    return charts.BAND_COLOURS[health.band]


def _step(name: str, change: float, largest: float, width: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(name, SMALL_INK, x, y, width - 92)
        charts.point_bar(pen, change, largest, x + width - 88, y + 1.3, 62)
        pen.text_right(points(change), SMALL_STRONG, x + width, y, 22)

    return Block(11, draw)


def _trend(values: tuple[float | None, ...], width: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(_("Twelve months"), SMALL, x, y + 8, 56)
        charts.trend(pen, values, x + 60, y + 2, width - 64)

    return Block(30, draw)


def _two_lines(name: str, value: str, detail: str, width: float) -> Block:
    lines = set_lines(detail, SMALL, width, 2)

    def draw(pen: Pen, x: float, y: float) -> None:
        used = pen.text_right(value, STRONG, x + width, y, 58)
        pen.text(name, BODY, x, y, width - used - 6)
        pen.lines(lines, SMALL, x, y + BODY.leading, width)

    return Block(BODY.leading + len(lines) * SMALL.leading + ROW_GAP, draw)


def _bars(revenue: Revenue, width: float) -> Block:
    highest = max((amount for amount in revenue.minor if amount is not None), default=0.0)

    def draw(pen: Pen, x: float, y: float) -> None:
        top = _("up to {amount} in a month").format(amount=money_short(highest, revenue.currency))
        pen.text(top, SMALL, x, y, width)
        charts.bars(pen, revenue.minor, x, y + 13, width)
        below = y + 13 + charts.BARS_HEIGHT + 2
        pen.text(month(revenue.months[0]), SMALL, x, below, width / 2)
        pen.text_right(_("this month so far"), SMALL, x + width, below, width / 2)

    return Block(charts.BARS_HEIGHT + 13 + 16, draw)
