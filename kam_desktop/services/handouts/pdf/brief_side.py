"""The narrow column of the brief: health and why, risks, money, contracts, preparation."""

from __future__ import annotations

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.analysis.health import Band, Health, waterfall
from kam_desktop.services.formatting import (
    date,
    money_list,
    money_short,
    month,
    percent,
    points,
)
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.content import Bands, BriefContent, Revenue
from kam_desktop.services.handouts.pdf import charts, symbols
from kam_desktop.services.handouts.pdf.flow import Block, Section
from kam_desktop.services.handouts.pdf.limits import Limits
from kam_desktop.services.handouts.pdf.lines import set_lines
from kam_desktop.services.handouts.pdf.parts import more, note, parts, pill, warned
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    BODY,
    FIGURE,
    ROW_GAP,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    STRONG,
)
from kam_desktop.services.handouts.remark_words import remark_text
from kam_desktop.services.health_words import band_name, headline, known, step_name, veto_reason
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.brief import ContractRow, DealRow


def side_sections(content: BriefContent, width: float, limits: Limits) -> list[Section]:
    """The sections of the narrow column, in order."""
    return [
        _health(content, width, limits),
        _risks(content, width, limits),
        _preparation(content, width, limits),
        _deals(content, width, limits),
        _contracts(content, width, limits),
        _revenue(content, width),
    ]


def _health(content: BriefContent, width: float, limits: Limits) -> Section:
    health, bands = for_colleague(content.health), for_colleague(content.bands)
    blocks = [_score(health, bands, width)]
    blocks += [note(veto_reason(veto), width, 2, style=SMALL_INK) for veto in health.vetoes]
    steps = waterfall(health)
    largest = max((abs(step.change) for step in steps), default=0.0)
    for step in steps:
        blocks.append(_step(step_name(step.key), step.change, largest, width))
    trend = for_colleague(content.health_trend)
    if limits.lines > 1 and sum(1 for value in trend if value is not None) > 1:
        blocks.append(_trend(trend, width))
    return Section(_("Health"), known(health), tuple(blocks))


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


def _risks(content: BriefContent, width: float, limits: Limits) -> Section:
    remarks = for_colleague(content.risks)[: limits.remarks]
    blocks = [warned(remark_text(each), width, limits.lines) for each in remarks]
    return Section(_("Risks"), "", tuple(blocks))


def _deals(content: BriefContent, width: float, limits: Limits) -> Section:
    deals = for_colleague(content.deals)
    rows = deals.listed.rows[: limits.side]
    blocks = [_deal(deal, width) for deal in rows]
    if deals.count > len(rows):
        blocks.append(more(width))
    if not rows:
        blocks.append(note(_("No open opportunity."), width))
    return Section(_("Open opportunities"), money_list(dict(deals.totals)), tuple(blocks))


def _deal(deal: DealRow, width: float) -> Block:
    value = "?" if deal.value_minor is None else money_short(deal.value_minor, deal.currency)
    chance = "" if deal.probability is None else percent(deal.probability / 100)
    closes = _("closes {day}").format(day=date(deal.close_on)) if deal.close_on else ""
    return _two_lines(deal.name, value, parts(deal.stage, chance, closes), width)


def _contracts(content: BriefContent, width: float, limits: Limits) -> Section:
    contracts = for_colleague(content.contracts)
    rows = contracts.rows[: limits.side]
    blocks = [_contract(each, width) for each in rows]
    if contracts.more or len(rows) < len(contracts.rows):
        blocks.append(more(width))
    return Section(_("Contracts"), "", tuple(blocks))


def _contract(each: ContractRow, width: float) -> Block:
    value = "" if each.value_minor is None else money_short(each.value_minor, each.currency)
    ends = _("ends {day}").format(day=date(each.ends_on)) if each.ends_on else _("no end date")
    notice = _("notice by {day}").format(day=date(each.notice_on)) if each.notice_on else ""
    return _two_lines(each.name, value, parts(ends, notice), width)


def _two_lines(name: str, value: str, detail: str, width: float) -> Block:
    lines = set_lines(detail, SMALL, width, 2)

    def draw(pen: Pen, x: float, y: float) -> None:
        used = pen.text_right(value, STRONG, x + width, y, 58)
        pen.text(name, BODY, x, y, width - used - 6)
        pen.lines(lines, SMALL, x, y + BODY.leading, width)

    return Block(BODY.leading + len(lines) * SMALL.leading + ROW_GAP, draw)


def _revenue(content: BriefContent, width: float) -> Section:
    revenues = for_colleague(content.revenue)
    if not revenues:
        return Section(_("Revenue"), "", (note(_("No revenue in the last year."), width),))
    totals = {
        each.currency: sum(amount for amount in each.minor if amount is not None)
        for each in revenues
    }
    blocks = [_bars(each, width) for each in revenues[:2]]
    return Section(_("Revenue by month"), money_list(totals), tuple(blocks))


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


def _preparation(content: BriefContent, width: float, limits: Limits) -> Section:
    checklist = for_colleague(content.checklist)
    if checklist is None:
        return Section(_("Preparation"), "", ())
    total = checklist.done + len(checklist.open)
    point = _("{done} of {total} done").format(done=checklist.done, total=total)
    rows = checklist.open[: 2 * limits.side]
    blocks = [_item(text, width, limits) for text in rows]
    if len(rows) < len(checklist.open):
        blocks.append(more(width))
    if not rows:
        blocks.append(note(_("All prepared."), width))
    return Section(_("Preparation"), point, tuple(blocks))


def _item(text: str, width: float, limits: Limits) -> Block:
    lines = set_lines(text, BODY, width - 12, limits.lines)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.tick_box(pen, ChecklistState.OPEN, x, y + 1.8)
        pen.lines(lines, BODY, x + 12, y, width - 12)

    return Block(max(1, len(lines)) * BODY.leading + 2, draw)
