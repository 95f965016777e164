"""Who can introduce us, and what would be lost with somebody, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.introductions import Leg, Way
from kam_desktop.services.analysis.people_graph import WE, Step
from kam_desktop.services.analysis.role_quota import RoleNeed
from kam_desktop.services.analysis.strength import Coverage
from kam_desktop.services.analysis.what_if import WayLeft, WhatIf
from kam_desktop.services.formatting import percent, relative_date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.insight_lines import BAD, GOOD, PLAIN, WARN, Line, inline, names
from kam_desktop.services.queries.map_analysis import AccountThinking, PersonThinking, Touched
from kam_desktop.services.role_words import need_sentence

_STRONG, _WEAK = 4, 2


def introduction_sentence(found: PersonThinking) -> str:
    """Who can introduce us to this person, or why nobody can."""
    thinking, who = found.thinking, found.id
    person = thinking.facts.by_id.get(who)
    if person is None:
        return _("Choose one of their people on the map.")
    name = inline(person.name)
    if person.vacant:
        text = _("{name} is a vacant seat: there is nobody to be introduced to.")
    elif not thinking.facts.is_there(person):
        text = _("{name} has left.")
    elif not found.ways:
        text = _("No way to {name} is known. A tie or a contact of ours would open one.")
    else:
        return _by_whom(thinking, found.ways[0], name)
    return text.format(name=name)


def _by_whom(thinking: AccountThinking, way: Way, name: str) -> str:
    introducer = way.introducer
    ours = inline(_called(thinking, introducer))
    if way.legs[-1].edge.why is Step.OWNER:
        text = _("Nobody known can introduce you to {name}. {ours} should make the first contact.")
    elif introducer in (WE, thinking.facts.me):
        text = _("You are in contact with {name} yourself.")
    else:
        text = _("{ours} can introduce you to {name}.")
    return text.format(ours=ours, name=name)


def way_line(thinking: AccountThinking, way: Way) -> Line:
    """A way as names in a row, and why each step can be walked."""
    legs = _legs(thinking, way)
    called = [inline(_called(thinking, node)) for node in (legs[0].from_id, *_ends(legs))]
    reasons = "; ".join(step_reason(thinking, leg) for leg in legs)
    people = tuple(node for node in way.people if node in thinking.facts.by_id)
    good = way.direct and way.legs[-1].edge.why is not Step.OWNER
    return Line(
        " → ".join(called), reasons[:1].upper() + reasons[1:], people, GOOD if good else PLAIN
    )


def _legs(thinking: AccountThinking, way: Way) -> Sequence[Leg]:
    """The steps to tell: from us to the user is none."""
    first = way.legs[0]
    skipped = first.from_id == WE and first.to_id == thinking.facts.me and len(way.legs) > 1
    return way.legs[1:] if skipped else way.legs


def _ends(legs: Sequence[Leg]) -> list[str]:
    return [leg.to_id for leg in legs]


def _called(thinking: AccountThinking, node: str) -> str:
    if node in (WE, thinking.facts.me):
        return _("You")
    return thinking.name_of(node)


def step_reason(thinking: AccountThinking, leg: Leg) -> str:
    """Why one step can be walked."""
    why = leg.edge.why
    if why is Step.TIE:
        return _tie_reason(thinking, leg)
    other = inline(thinking.name_of(leg.to_id))
    if leg.from_id in (WE, thinking.facts.me):
        return {
            Step.OURS: _("{other} is one of ours"),
            Step.GOOD: _("you know {other} well"),
            Step.THREAD: _("you are in live contact with {other}"),
            Step.WORKING: _("you are getting to know {other}"),
            Step.OWNER: _("you look after {other}"),
        }[why].format(other=other)
    one = inline(thinking.name_of(leg.from_id))
    return {
        Step.OURS: _("{other} is one of ours"),
        Step.GOOD: _("{one} knows {other} well"),
        Step.THREAD: _("{one} is in live contact with {other}"),
        Step.WORKING: _("{one} is getting to know {other}"),
        Step.OWNER: _("{one} looks after {other}"),
    }[why].format(one=one, other=other)


def _tie_reason(thinking: AccountThinking, leg: Leg) -> str:
    tie = leg.edge.tie
    assert tie is not None, "a step over a tie has one"
    text = {
        TieKind.REPORTS_TO: _("{one} reports to {other}"),
        TieKind.INFLUENCES: _("{one} influences {other}"),
        TieKind.ALLIED: _("{one} is allied with {other}"),
        TieKind.INFORMAL: _("{one} and {other} know each other"),
    }[tie.kind].format(
        one=inline(thinking.name_of(tie.from_id)), other=inline(thinking.name_of(tie.to_id))
    )
    if tie.strength is not None and tie.strength >= _STRONG:
        return _("{what} (strong)").format(what=text)
    if tie.strength is not None and tie.strength <= _WEAK:
        return _("{what} (weak)").format(what=text)
    return text


# What if


def what_if_sentence(found: PersonThinking) -> str:
    """What would be lost with somebody, in one sentence."""
    thinking, lost = found.thinking, found.what_if
    name = inline(thinking.name_of(found.id))
    if lost is None:
        person = thinking.facts.by_id.get(found.id)
        if person is not None and person.vacant:
            return _("{name} is a vacant seat already.").format(name=name)
        return _("{name} is not there any more.").format(name=name)
    if _nothing(found, lost):
        return _("Without {name} little would change.").format(name=name)
    parts = _lost_parts(lost)
    if not parts:
        return _("Without {name}, this would have to be taken over.").format(name=name)
    what = parts[0]
    if len(parts) > 1:
        what = _("{names} and {last}").format(names=", ".join(parts[:-1]), last=parts[-1])
    return _("Without {name} we would lose {what}.").format(name=name, what=what)


def _lost_parts(lost: WhatIf) -> list[str]:
    cut, threads, roles = len(lost.cut_off), len(lost.threads_lost), len(lost.roles)
    texts = (
        (cut, ngettext("the way to {n} person", "the way to {n} people", cut)),
        (threads, ngettext("{n} thread", "{n} threads", threads)),
        (roles, ngettext("{n} decision role", "{n} decision roles", roles)),
    )
    return [text.format(n=count) for count, text in texts if count]


def _nothing(found: PersonThinking, lost: WhatIf) -> bool:
    return not (
        lost.cut_off or lost.threads_lost or lost.roles or lost.reports
        or found.promises or found.meetings or found.deals
    )  # fmt: skip


def what_if_lines(found: PersonThinking, today: dt.date) -> tuple[Line, ...]:
    """Before and after, then everything that would be touched."""
    lost, thinking = found.what_if, found.thinking
    if lost is None:
        return ()
    lines = [_before_after(lost.before, lost.after), *_people_lines(thinking, lost)]
    lines += [_role_line(thinking, need) for need in lost.roles]
    lines += [_way_left_line(thinking, left) for left in lost.ways_left]
    for label, those in (
        (_("Meeting"), found.meetings),
        (_("Open promise"), found.promises),
        (_("Opportunity"), found.deals),
    ):
        lines += [_touched_line(label, each, today) for each in those]
    return tuple(lines)


def _before_after(before: Coverage, after: Coverage) -> Line:
    if before.share is None or after.share is None:
        return Line(_("Coverage cannot be told: nobody’s influence is known."))
    text = _("Coverage {before} → {after}").format(
        before=percent(before.share), after=percent(after.share)
    )
    changed = round(before.share, 2) > round(after.share, 2)
    return Line(text, state=BAD if changed else PLAIN)


def _people_lines(thinking: AccountThinking, lost: WhatIf) -> list[Line]:
    found: list[Line] = []
    for text, people, state in (
        (_("Threads lost"), lost.threads_lost, BAD),
        (_("No way left to"), lost.cut_off, BAD),
        (_("Without a manager"), lost.reports, WARN),
    ):
        if people:
            found.append(Line(text, names(thinking, people, most=6), people, state))
    return found


def _role_line(thinking: AccountThinking, need: RoleNeed) -> Line:
    return Line(need_sentence(thinking, need), "", need.held, WARN)


def _way_left_line(thinking: AccountThinking, left: WayLeft) -> Line:
    name, group = inline(thinking.name_of(left.person_id)), _("How we would reach who is close")
    people = (left.person_id,)
    if left.way is None:
        return Line(_("{name}: no way left").format(name=name), "", people, WARN, group)
    if left.way.legs[-1].edge.why is Step.OWNER:
        by = inline(_called(thinking, left.way.introducer))
        text = _("{name}: only {by}, by a first contact").format(name=name, by=by)
        return Line(text, "", people, WARN, group)
    if left.way.introducer in (WE, thinking.facts.me):
        return Line(_("{name}: you yourself").format(name=name), "", people, GOOD, group)
    by = inline(thinking.name_of(left.way.introducer))
    text = _("{name}: through {by}").format(name=name, by=by)
    return Line(text, way_line(thinking, left.way).text, people, PLAIN, group)


def _touched_line(label: str, touched: Touched, today: dt.date) -> Line:
    day = "" if touched.on is None else relative_date(touched.on, today)
    return Line(f"{label}: {inline(touched.text)}", day, group=_("What hangs on them"))
