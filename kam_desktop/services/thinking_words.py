"""What an account's map says, in sentences: the point first, then what it stands on.

Screen and command line show the same sections.
"""

from __future__ import annotations

from collections.abc import Iterable

from kam_desktop.services.analysis.people_facts import Member
from kam_desktop.services.analysis.people_graph import FailurePoint, direct_contacts
from kam_desktop.services.formatting import percent
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.insight_lines import BAD, GOOD, PLAIN, WARN, Line, Section, inline, names
from kam_desktop.services.queries.map_analysis import AccountThinking
from kam_desktop.services.role_words import roles_section
from kam_desktop.services.thread_words import threads_section

_CARRIERS = 3
_HALF = 0.5
_LITTLE_KNOWN = 0.5


def sections(thinking: AccountThinking) -> tuple[Section, ...]:
    """All sections, in the order they are read; empty when the account has no people."""
    if not thinking.facts.present:
        return ()
    return (
        coverage_section(thinking),
        threads_section(thinking),
        roles_section(thinking),
        failures_section(thinking),
        our_section(thinking),
    )


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
        name=inline(thinking.name_of(found.weakest_link)), share=percent(found.fragility)
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
            _("{name} is not in live contact").format(name=inline(person.name)),
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
    name = inline(thinking.name_of(point.id))
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


# Our side


def our_section(thinking: AccountThinking) -> Section:
    """Who of ours is in contact with whom; a line leads to what would be lost with them."""
    title, team = _("Our side"), thinking.facts.team
    contacts = direct_contacts(thinking.graph, thinking.facts)
    active = [member for member in team if contacts[member.id]]
    if not active:
        return Section("ours", title, _("Nobody of ours is in contact with them."), WARN)
    active.sort(key=lambda member: -len(contacts[member.id]))
    text = ngettext(
        "{n} of ours is in contact with them.", "{n} of ours are in contact with them.", len(active)
    )
    resting = [member for member in team if not contacts[member.id]]
    lines = tuple(
        _member_line(thinking, member, contacts[member.id]) for member in (*active, *resting)
    )
    return Section("ours", title, text.format(n=len(active)), PLAIN, lines)


def _member_line(thinking: AccountThinking, member: Member, people: frozenset[str]) -> Line:
    known = _known(thinking, people)
    text = ngettext(
        "{name}: in contact with {n} person", "{name}: in contact with {n} people", len(known)
    )
    if not known:
        text = _("{name}: no contact yet")
    text = text.format(name=inline(member.name), n=len(known))
    return Line(text, names(thinking, known), known, PLAIN, who=member.id)
