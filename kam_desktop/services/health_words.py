"""How health reads on screen and on paper: names, reasons and one line that says the point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kam_desktop.models.vocabulary import HealthGroup, IndicatorKind
from kam_desktop.services.analysis.health import Band, Health, IndicatorScore, Veto
from kam_desktop.services.analysis.health_indicators import Facts
from kam_desktop.services.analysis.health_rules import IndicatorName, VetoName
from kam_desktop.services.formatting import age, date, number, percent
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.words import word


def group_name(group: HealthGroup | str) -> str:
    """A group, as a short heading."""
    return word(HealthGroup(group))


def band_name(band: Band) -> str:
    """A band, as a pill."""
    return {
        Band.GOOD: _("Healthy"),
        Band.WATCH: _("Watch"),
        Band.BAD: _("At risk"),
        Band.UNKNOWN: _("Insufficient data"),
    }[band]


def indicator_name(name: IndicatorName) -> str:
    """An indicator, as a row heading."""
    return {
        IndicatorName.INFLUENCE_COVERED: _("Influence covered"),
        IndicatorName.ROLES_REACHED: _("Decision roles reached"),
        IndicatorName.CHAMPION_AND_BUYER: _("Champion and economic buyer"),
        IndicatorName.REVENUE_TREND: _("Revenue, year on year"),
        IndicatorName.OUR_PROMISES: _("Our promises"),
        IndicatorName.THEIR_PROMISES: _("Their promises"),
        IndicatorName.NPS: _("Would recommend us (NPS)"),
        IndicatorName.CSAT: _("Satisfaction (CSAT)"),
        IndicatorName.KAM_READING: _("Your own reading"),
        IndicatorName.OPEN_TICKETS: _("Open tickets"),
        IndicatorName.HOURS_TO_RESOLVE: _("Time to resolve"),
        IndicatorName.USAGE: _("Usage"),
        IndicatorName.CONTRACT_HORIZON: _("Contract horizon"),
    }[name]


def kind_name(kind: IndicatorKind) -> str:
    """What an observation measures, with its unit."""
    return {
        IndicatorKind.NPS: _("NPS (−100 to 100)"),
        IndicatorKind.CSAT: _("CSAT (0 to 100 %)"),
        IndicatorKind.KAM_READING: _("Your own reading (0 to 10)"),
        IndicatorKind.OPEN_TICKETS: _("Open tickets"),
        IndicatorKind.HOURS_TO_RESOLVE: _("Hours to resolve"),
        IndicatorKind.USAGE: _("Usage (0 to 100 %)"),
        IndicatorKind.UNPAID_DAYS: _("Oldest unpaid bill (days overdue)"),
        IndicatorKind.TENDER_LOST: _("Tender lost (1 yes, 0 no)"),
        IndicatorKind.GUT_SCORE: _("Your gut score (0 to 100)"),
    }[kind]


def step_name(key: str) -> str:
    """One bar of a waterfall: a group or a veto."""
    if key in set(VetoName):
        return veto_name(VetoName(key))
    return group_name(key)


def veto_name(name: VetoName) -> str:
    """A veto, in two words."""
    return {
        VetoName.CHAMPION_LOST: _("Champion lost"),
        VetoName.SINGLE_THREADED: _("Single-threaded"),
        VetoName.UNPAID: _("Unpaid bill"),
        VetoName.TENDER_LOST: _("Tender lost"),
    }[name]


def veto_reason(veto: Veto) -> str:
    """A veto, as a sentence that names the cap."""
    facts = veto.facts
    what = {
        VetoName.CHAMPION_LOST: lambda: _("The champion left on {day}.").format(
            day=_day(facts.get("on"))
        ),
        VetoName.SINGLE_THREADED: lambda: _single_threaded(int(facts.get("threads", 0))),
        VetoName.UNPAID: lambda: _("A bill is {days} days overdue.").format(
            days=number(float(facts.get("days", 0)))
        ),
        VetoName.TENDER_LOST: lambda: _("A tender was lost on {day}.").format(
            day=_day(facts.get("on"))
        ),
    }[veto.name]()
    return _("{reason} The score cannot exceed {cap}.").format(reason=what, cap=number(veto.cap))


def _single_threaded(threads: int) -> str:
    if threads == 0:
        return _("Nobody there is in live contact with us.")
    return _("Only one person there is in live contact with us.")


def indicator_reason(indicator: IndicatorScore) -> str:
    """What lies behind one indicator, in a few words; what is missing when it is unknown."""
    known_words, missing_words = _EVIDENCE[indicator.name]
    return missing_words() if indicator.score is None else known_words(indicator.facts)


def headline(health: Health) -> str:
    """One line that says the point: a veto, what is missing, or the group that weighs most."""
    if health.score is None:
        return _("Nothing is known yet")
    if health.score < (health.uncapped or 0.0):
        cut = min(health.vetoes, key=lambda veto: veto.cap)
        return _("Held at {cap}: {reason}").format(
            cap=number(cut.cap), reason=veto_name(cut.name).lower()
        )
    if health.band is Band.UNKNOWN:
        return _("Only {share} known").format(share=percent(health.coverage))
    moved = max(health.groups, key=lambda each: abs(each.contribution))
    if moved.contribution < 0:
        return _("Held back by: {group}").format(group=group_name(moved.group).lower())
    return _("Carried by: {group}").format(group=group_name(moved.group).lower())


def known(health: Health) -> str:
    """How much is known: ``78 % known``."""
    return _("{share} known").format(share=percent(health.coverage))


def data_age(health: Health) -> str:
    """How old the data is, from its newest to its oldest part."""
    if health.newest is None or health.oldest is None:
        return ""
    newest, oldest = age(health.newest, health.on), age(health.oldest, health.on)
    if newest == oldest:
        return _("Data: {age} old").format(age=oldest) if health.newest < health.on else ""
    return _("Data: {newest} to {oldest} old").format(newest=newest, oldest=oldest)


def _day(value: object) -> str:
    return date(dt.date.fromisoformat(str(value)))


def _count(facts: Facts, key: str) -> int:
    return int(facts.get(key, 0))


def _influence(facts: Facts) -> str:
    threads = _count(facts, "threads")
    text = ngettext(
        "{share} of known influence, {n} live contact",
        "{share} of known influence, {n} live contacts",
        threads,
    ).format(share=percent(float(facts["share"])), n=threads)
    parts = [text]
    fragility = float(facts.get("fragility", 0.0))
    if fragility >= 0.5 and threads:
        parts.append(_("{share} of it hangs on one person").format(share=percent(fragility)))
    unknown = _count(facts, "unknown")
    if unknown:
        parts.append(
            ngettext("{n} person not rated", "{n} people not rated", unknown).format(n=unknown)
        )
    return "; ".join(parts)


def _roles(facts: Facts) -> str:
    return _("{reached} of {of} roles in live contact").format(
        reached=_count(facts, "reached"), of=_count(facts, "of")
    )


def _champion(facts: Facts) -> str:
    champion, buyer = _count(facts, "champion"), _count(facts, "buyer")
    if champion and buyer:
        return _("Both in live contact")
    if champion:
        return _("Economic buyer not reached")
    if buyer:
        return _("No champion in live contact")
    return _("Neither is in live contact")


def _trend(facts: Facts) -> str:
    change = percent(float(facts["change"]), signed=True)
    if _count(facts, "currencies") > 1:
        return _("{change} in twelve months, each currency against itself").format(change=change)
    return _("{change} in twelve months").format(change=change)


def _promise_counts(facts: Facts) -> str:
    words = {
        "kept": _("{n} kept"),
        "late": _("{n} kept late"),
        "overdue": _("{n} overdue"),
        "broken": _("{n} broken"),
    }
    parts = [text.format(n=_count(facts, key)) for key, text in words.items() if facts.get(key)]
    return ", ".join(parts)


def _observed(facts: Facts) -> str:
    return _("Measured: {value}").format(value=number(float(facts["value"]), 1).replace("-", "−"))


def _contract(facts: Facts) -> str:
    days = _count(facts, "days")
    if facts.get("what") == "ended":
        return ngettext("Ended {n} day ago", "Ended {n} days ago", days).format(n=days)
    if facts.get("what") == "notice":
        return ngettext("Notice date in {n} day", "Notice date in {n} days", days).format(n=days)
    return ngettext("Ends in {n} day", "Ends in {n} days", days).format(n=days)


def _rate_people() -> str:
    return _("Rate people's influence on the map")


def _give_roles() -> str:
    return _("Give people their decision roles")


def _no_promise() -> str:
    return _("No promise was due in the last year")


def _nothing_recorded() -> str:
    return _("Nothing recorded in the last year")


def _too_little_revenue() -> str:
    return _("Needs revenue of two years")


def _no_contract_dates() -> str:
    return _("No contract with dates")


_EVIDENCE: dict[IndicatorName, tuple[Callable[[Facts], str], Callable[[], str]]] = {
    IndicatorName.INFLUENCE_COVERED: (_influence, _rate_people),
    IndicatorName.ROLES_REACHED: (_roles, _give_roles),
    IndicatorName.CHAMPION_AND_BUYER: (_champion, _give_roles),
    IndicatorName.REVENUE_TREND: (_trend, _too_little_revenue),
    IndicatorName.OUR_PROMISES: (_promise_counts, _no_promise),
    IndicatorName.THEIR_PROMISES: (_promise_counts, _no_promise),
    IndicatorName.NPS: (_observed, _nothing_recorded),
    IndicatorName.CSAT: (_observed, _nothing_recorded),
    IndicatorName.KAM_READING: (_observed, _nothing_recorded),
    IndicatorName.OPEN_TICKETS: (_observed, _nothing_recorded),
    IndicatorName.HOURS_TO_RESOLVE: (_observed, _nothing_recorded),
    IndicatorName.USAGE: (_observed, _nothing_recorded),
    IndicatorName.CONTRACT_HORIZON: (_contract, _no_contract_dates),
}
"""What is said of an indicator when it is known, and when it is not."""
