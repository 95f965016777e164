"""Threads into an account and on its open opportunities, in words."""

from __future__ import annotations

from collections.abc import Sequence

from kam_desktop.services.analysis.threads import DealThreads, ThreadCount
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.insight_lines import (
    BAD,
    GOOD,
    PLAIN,
    WARN,
    Line,
    Section,
    centre_name,
    inline,
    names,
)
from kam_desktop.services.queries.map_analysis import AccountThinking


def threads_section(thinking: AccountThinking) -> Section:
    """How many people we are in live contact with, and where that is too few."""
    whole, *centres = thinking.threads
    sentence, state = _point(thinking, len(whole.people))
    lines = [deal_line(thinking, deal) for deal in thinking.deals]
    lines += [_count_line(thinking, each) for each in (whole, *centres)]
    return Section("threads", _("Threads"), sentence, state, tuple(lines))


def _point(thinking: AccountThinking, count: int) -> tuple[str, str]:
    few = sum(deal.few for deal in thinking.deals)
    if few:
        text = ngettext(
            "Too few threads on {n} open opportunity.",
            "Too few threads on {n} open opportunities.",
            few,
        )
        return text.format(n=few), BAD
    unreached = sum(bool(deal.unreached) for deal in thinking.deals)
    if unreached:
        text = ngettext(
            "Economic buyer or champion not reached on {n} open opportunity.",
            "Economic buyer or champion not reached on {n} open opportunities.",
            unreached,
        )
        return text.format(n=unreached), WARN
    text = ngettext("{n} thread into the account.", "{n} threads into the account.", count)
    enough = count >= thinking.facts.rules.enough_threads
    return text.format(n=count), GOOD if enough else WARN


def deal_line(thinking: AccountThinking, deal: DealThreads) -> Line:
    """An open opportunity, its threads, and the roles nobody of them plays."""
    count = len(deal.people)
    detail = ngettext("{n} thread", "{n} threads", count).format(n=count)
    if deal.few:
        detail = names(thinking, deal.people) if deal.people else _("no live contact")
    state = BAD if deal.few else WARN if deal.unreached else GOOD
    return Line(deal_sentence(deal), detail if deal.notice else "", deal.people, state)


def deal_sentence(deal: DealThreads) -> str:
    """The notice on an open opportunity; without one, how many threads there are."""
    return _("{name}: {what}").format(name=inline(deal.deal.name), what=deal_notice(deal))


def deal_notice(deal: DealThreads) -> str:
    """What an open opportunity lacks in contacts, or how many threads there are."""
    count, parts = len(deal.people), []
    if deal.few:
        text = ngettext(
            "only {n} thread, {enough} are safe", "only {n} threads, {enough} are safe", count
        )
        parts.append(text.format(n=count, enough=deal.enough))
    if not deal.buyer and not deal.champion:
        parts.append(_("neither economic buyer nor champion reached"))
    elif not deal.buyer:
        parts.append(_("economic buyer not reached"))
    elif not deal.champion:
        parts.append(_("no champion reached"))
    if not parts:
        return ngettext("{n} thread", "{n} threads", count).format(n=count)
    return "; ".join(parts)


def deals_sentence(deals: Sequence[DealThreads]) -> str:
    """The worst of some notices, and how many more there are; empty without any."""
    if not deals:
        return ""
    worst = min(deals, key=lambda deal: (not deal.few, -len(deal.unreached)))
    what, rest = deal_sentence(worst), len(deals) - 1
    if not rest:
        return what
    text = ngettext("{what}; {n} more deal is like it", "{what}; {n} more deals are like it", rest)
    return text.format(what=what, n=rest)


def _count_line(thinking: AccountThinking, count: ThreadCount) -> Line:
    where = centre_name(thinking, count.centre_id)
    text = ngettext("{where}: {n} thread", "{where}: {n} threads", len(count.people))
    return Line(
        text.format(where=inline(where), n=len(count.people)),
        names(thinking, count.people),
        count.people,
        PLAIN if count.people else WARN,
    )
