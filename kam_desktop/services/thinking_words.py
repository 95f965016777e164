"""What an account's map says, in sentences: the point first, then what it stands on.

Screen and command line show the same `Section`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT
from kam_desktop.services.analysis.people_graph import FailurePoint
from kam_desktop.services.analysis.role_quota import RoleNeed, RoleState
from kam_desktop.services.analysis.threads import DealThreads, ThreadCount
from kam_desktop.services.formatting import isolate, percent
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.map_analysis import AccountThinking
from kam_desktop.services.words import word

GOOD, WARN, BAD, PLAIN = "good", "warn", "bad", "plain"
_NAMED = 3
_CARRIERS = 3
_HALF = 0.5
_LITTLE_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of detail; ``people`` are ids to show on the map, ``state`` is good … plain.

    Lines of one ``group`` belong under it. ``who`` is one of ours whom the line is about.
    """

    text: str
    detail: str = ""
    people: tuple[str, ...] = ()
    state: str = PLAIN
    group: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question about the map: its answer in a sentence, then the lines it stands on."""

    key: str
    title: str
    sentence: str
    state: str
    lines: tuple[Line, ...] = ()


def sections(thinking: AccountThinking) -> tuple[Section, ...]:
    """All sections, in the order they are read; empty when the account has no people."""
    if not thinking.facts.present:
        return ()
    return (
        coverage_section(thinking),
        threads_section(thinking),
        roles_section(thinking),
        failures_section(thinking),
    )


def names(thinking: AccountThinking, ids: Sequence[str], most: int = _NAMED) -> str:
    """Some people by name, e.g. "Ana Ruiz, Ben Ott and 4 more"."""
    named = [isolate(thinking.name_of(each)) for each in ids[:most]]
    rest = len(ids) - len(named)
    if rest:
        named_text = ", ".join(named)
        return ngettext("{names} and {n} more", "{names} and {n} more", rest).format(
            names=named_text, n=rest
        )
    if len(named) < 2:
        return "".join(named)
    return _("{names} and {last}").format(names=", ".join(named[:-1]), last=named[-1])


# Coverage


def coverage_section(thinking: AccountThinking) -> Section:
    """How much of the influence we are in contact with, and on whom that hangs."""
    facts, found = thinking.facts, thinking.coverage
    title = _("Coverage")
    total, unknown = len(facts.present), found.unknown
    if found.share is None:
        sentence = _("Nobody’s influence is known yet, so coverage cannot be told.")
        return Section("coverage", title, sentence, WARN, _unknown_lines(thinking))
    if unknown > _LITTLE_KNOWN * total:
        sentence = _(
            "The influence of {unknown} of {total} people is unknown: coverage says little."
        )
        sentence = sentence.format(unknown=unknown, total=total)
        state = WARN
    else:
        sentence = _("Our contact covers {share} of the influence.")
        sentence = sentence.format(share=percent(found.share))
        state = GOOD if found.share >= _HALF else WARN
    lines = [*_fragility_line(thinking), *_carriers(thinking), *_unknown_lines(thinking)]
    return Section("coverage", title, sentence, state, tuple(lines))


def _fragility_line(thinking: AccountThinking) -> list[Line]:
    found = thinking.coverage
    if found.fragility is None or found.weakest_link is None:
        return [Line(_("We are in contact with nobody whose influence is known."), state=BAD)]
    text = _("Without {name}, {share} of it would be lost.").format(
        name=isolate(thinking.name_of(found.weakest_link)), share=percent(found.fragility)
    )
    state = BAD if found.fragility > _HALF else PLAIN
    return [Line(text, _("Fragility"), (found.weakest_link,), state)]


def _carriers(thinking: AccountThinking) -> list[Line]:
    """The influential people we lack most: influence times what is missing of our contact."""
    facts = thinking.facts
    lacking = [
        (person.influence * (1 - facts.strengths[person.id]), person)
        for person in facts.present
        if person.influence and not person.vacant and person.id not in facts.threads
    ]
    lacking.sort(key=lambda each: (-each[0], each[1].id))
    return [
        Line(
            _("{name} is not in live contact").format(name=isolate(person.name)),
            _("influence {n} of 10").format(n=person.influence),
            (person.id,),
            WARN,
        )
        for _weight, person in lacking[:_CARRIERS]
    ]


def _unknown_lines(thinking: AccountThinking) -> tuple[Line, ...]:
    unknown = tuple(p.id for p in thinking.facts.present if p.influence is None)
    if not unknown:
        return ()
    text = ngettext(
        "{n} person of unknown influence is left out",
        "{n} people of unknown influence are left out",
        len(unknown),
    )
    return (Line(text.format(n=len(unknown)), names(thinking, unknown), unknown),)


# Threads


def threads_section(thinking: AccountThinking) -> Section:
    """How many people we are in live contact with, and where that is too few."""
    whole, *centres = thinking.threads
    count = len(whole.people)
    sentence = ngettext(
        "{n} thread into the account.", "{n} threads into the account.", count
    ).format(n=count)
    few = [deal for deal in thinking.deals if deal.few]
    if few:
        sentence = ngettext(
            "Too few threads on {n} open opportunity.",
            "Too few threads on {n} open opportunities.",
            len(few),
        ).format(n=len(few))
    state = BAD if few else GOOD if count >= thinking.facts.rules.enough_threads else WARN
    lines = [deal_line(thinking, deal) for deal in thinking.deals]
    lines += [_count_line(thinking, each) for each in (whole, *centres)]
    return Section("threads", _("Threads"), sentence, state, tuple(lines))


def deal_line(thinking: AccountThinking, deal: DealThreads) -> Line:
    """An open opportunity, its threads, and the roles nobody of them plays."""
    return Line(
        deal_sentence(deal),
        names(thinking, deal.people) if deal.people else _("no live contact"),
        deal.people,
        BAD if deal.few else WARN if deal.unreached else GOOD,
    )


def deal_sentence(deal: DealThreads) -> str:
    """The notice on an open opportunity; without one, how many threads there are."""
    return _("{name}: {what}").format(name=isolate(deal.deal.name), what=deal_notice(deal))


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
        return _("{what}.").format(what=what)
    text = ngettext(
        "{what}. {n} more deal is like it.", "{what}. {n} more deals are like it.", rest
    )
    return text.format(what=what, n=rest)


def _count_line(thinking: AccountThinking, count: ThreadCount) -> Line:
    where = centre_name(thinking, count.centre_id)
    text = ngettext("{where}: {n} thread", "{where}: {n} threads", len(count.people))
    return Line(
        text.format(where=isolate(where), n=len(count.people)),
        names(thinking, count.people),
        count.people,
        PLAIN if count.people else WARN,
    )


def centre_name(thinking: AccountThinking, centre_id: str) -> str:
    """A buying centre, or the account as a whole."""
    if centre_id == WHOLE_ACCOUNT:
        return _("Whole account")
    return thinking.facts.centres.get(centre_id, "")


# Roles


def roles_section(thinking: AccountThinking) -> Section:
    """Which decision roles are open, vacant or out of reach; the first that is, in the sentence."""
    title = _("Roles")
    if not thinking.needs:
        return Section("roles", title, _("No decision roles are asked for."), PLAIN)
    order = list(DecisionRole)
    open_needs = [need for need in thinking.needs if need.state is not RoleState.REACHED]
    open_needs.sort(key=lambda need: order.index(need.role))
    lines = tuple(_need_line(thinking, need) for need in thinking.needs)
    if not open_needs:
        return Section("roles", title, _("All decision roles are known and reached."), GOOD, lines)
    what, rest = need_sentence(thinking, open_needs[0]), len(open_needs) - 1
    sentence = _("{what}.").format(what=what)
    if rest:
        text = ngettext("{what}, and {n} more is open.", "{what}, and {n} more are open.", rest)
        sentence = text.format(what=what, n=rest)
    return Section("roles", title, sentence, WARN, lines)


def need_sentence(thinking: AccountThinking, need: RoleNeed) -> str:
    """How a role stands and where, e.g. "Economic buyer not reached in Plant Nord"."""
    if need.centre_id == WHOLE_ACCOUNT:
        return role_sentence(need)
    text = {
        RoleState.MISSING: _("{role} missing in {where}"),
        RoleState.VACANT: _("{role}: vacant seat in {where}"),
        RoleState.UNREACHED: _("{role} not reached in {where}"),
        RoleState.REACHED: _("{role} reached in {where}"),
    }[need.state]
    where = isolate(centre_name(thinking, need.centre_id))
    return text.format(role=word(need.role), where=where)


def role_sentence(need: RoleNeed) -> str:
    """How a role stands."""
    return {
        RoleState.MISSING: _("{role} missing"),
        RoleState.VACANT: _("{role}: vacant seat"),
        RoleState.UNREACHED: _("{role} not reached"),
        RoleState.REACHED: _("{role} reached"),
    }[need.state].format(role=word(need.role))


def _need_line(thinking: AccountThinking, need: RoleNeed) -> Line:
    people = need.held or need.seats
    quota = _("{held} of {needed}").format(held=len(need.held), needed=need.needed)
    detail = " · ".join(part for part in (quota, names(thinking, people)) if part)
    state = {RoleState.REACHED: GOOD, RoleState.UNREACHED: WARN}.get(need.state, BAD)
    where = "" if need.centre_id == WHOLE_ACCOUNT else centre_name(thinking, need.centre_id)
    return Line(role_sentence(need), detail, people, state, where)


# Single points of failure


def failures_section(thinking: AccountThinking) -> Section:
    """Whom we or they cannot do without."""
    title = _("Who must not be lost")
    lines = [failure_line(thinking, point) for point in thinking.failures]
    if thinking.out_of_reach:
        lines.append(_out_of_reach(thinking))
    if not thinking.failures:
        sentence = _("Nobody alone holds our contact together.")
        return Section("failures", title, sentence, GOOD, tuple(lines))
    sentence = _("{what}.").format(what=lines[0].text)
    return Section("failures", title, sentence, WARN, tuple(lines))


def failure_line(thinking: AccountThinking, point: FailurePoint) -> Line:
    """What would be lost with one of theirs or ours."""
    name = isolate(thinking.name_of(point.id))
    cut = _known(thinking, point.cuts_off)
    if point.ours:
        alone = _known(thinking, point.alone)
        text = _alone(len(alone), me=point.id == thinking.facts.me)
        return Line(
            text.format(name=name, n=len(alone)), names(thinking, alone), alone, WARN, who=point.id
        )
    if not cut:
        text = _("{name} holds parts of their own house together").format(name=name)
        return Line(text, _("out of our reach"), (point.id,))
    text = ngettext(
        "{name} is our only way to {n} person", "{name} is our only way to {n} people", len(cut)
    )
    return Line(text.format(name=name, n=len(cut)), names(thinking, cut), (point.id, *cut), WARN)


def _alone(count: int, *, me: bool) -> str:
    if me:
        return ngettext(
            "Only you are in contact with {n} person",
            "Only you are in contact with {n} people",
            count,
        )
    return ngettext(
        "Only {name} is in contact with {n} person",
        "Only {name} is in contact with {n} people",
        count,
    )


def _out_of_reach(thinking: AccountThinking) -> Line:
    ids = thinking.out_of_reach
    text = ngettext(
        "No way is known to {n} person", "No way is known to {n} people", len(ids)
    ).format(n=len(ids))
    return Line(text, names(thinking, ids), ids)


def _known(thinking: AccountThinking, ids: Iterable[str]) -> tuple[str, ...]:
    """People in the order of the map."""
    wanted = set(ids)
    return tuple(person.id for person in thinking.facts.people if person.id in wanted)
