"""How the decision roles of an account stand, in words."""

from __future__ import annotations

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT
from kam_desktop.services.analysis.role_quota import RoleNeed, RoleState
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
from kam_desktop.services.words import word


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
    where = inline(centre_name(thinking, need.centre_id))
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
