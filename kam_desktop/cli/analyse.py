"""Commands that think: what an account's people and ties say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from kam_desktop.cli.at_option import account_at, at_option, wanted_moment
from kam_desktop.cli.output import answer_json, json_option, reported, say, wants_json
from kam_desktop.cli.portfolio_option import opened
from kam_desktop.services.formatting import date
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.analysis.people_graph import FailurePoint
    from kam_desktop.services.analysis.role_quota import RoleNeed
    from kam_desktop.services.analysis.threads import DealThreads
    from kam_desktop.services.queries.map_analysis import AccountThinking


@click.group()
def analyse() -> None:
    """Think about an account: what its relationship map says."""


@analyse.command()
@click.argument("account")
@at_option
@json_option
@reported
def coverage(account: str, at: str | None, as_json: bool) -> None:
    """Say how well the people of ACCOUNT (id or name) are covered, and on whom that hangs."""
    from kam_desktop.services.queries.accounts import find_account
    from kam_desktop.services.queries.map_analysis import account_thinking

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        clock = portfolio.portfolio.clock
        moment = wanted_moment(at, clock)
        day = clock.today() if moment is None else moment.date()
        account_id = find_account(db, account).id
        with account_at(db, account_id, moment) as then:
            thinking = account_thinking(then, account_id, on=day)
    if wants_json(as_json):
        answer_json(coverage_sheet(thinking))
        return
    for line in coverage_lines(thinking):
        say(line)


def coverage_sheet(thinking: AccountThinking) -> dict[str, Any]:
    """What ``analyse coverage --json`` answers: a promised shape. Shares are 0 … 1."""
    found = thinking.coverage
    return {
        "account": {"id": thinking.account_id, "name": thinking.account_name},
        "on": thinking.facts.on.isoformat(),
        "people": len(thinking.facts.present),
        "influence_unknown": found.unknown,
        "coverage": _share(found.share),
        "fragility": _share(found.fragility),
        "hangs_on": found.weakest_link and _one(thinking, found.weakest_link),
        "threads": {
            "count": len(thinking.threads[0].people),
            "enough": thinking.facts.rules.enough_threads,
            "people": _named(thinking, thinking.threads[0].people),
            "buying_centres": [
                {
                    "id": each.centre_id,
                    "name": thinking.facts.centres[each.centre_id],
                    "count": len(each.people),
                }
                for each in thinking.threads[1:]
            ],
            "opportunities": [_deal(deal) for deal in thinking.deals],
        },
        "missing_roles": [_need(thinking, need) for need in thinking.needs if need.missing],
        "unreached_roles": [
            _need(thinking, need)
            for need in thinking.needs
            if not need.missing and not need.reached
        ],
        "articulation_points": [_failure(thinking, point) for point in thinking.failures],
        "betweenness": [
            {**_one(thinking, who), "value": round(value, 6)}
            for who, value in sorted(
                thinking.betweenness.items(), key=lambda each: (-each[1], each[0])
            )
        ],
        "out_of_reach": _named(thinking, thinking.out_of_reach),
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _one(thinking: AccountThinking, who: str) -> dict[str, Any]:
    ours = who not in thinking.facts.by_id
    return {"id": who, "name": thinking.name_of(who), "side": "ours" if ours else "theirs"}


def _named(thinking: AccountThinking, people: Iterable[str]) -> list[dict[str, Any]]:
    wanted = set(people)
    return [_one(thinking, each.id) for each in thinking.facts.people if each.id in wanted]


def _deal(deal: DealThreads) -> dict[str, Any]:
    return {
        "id": deal.deal.id,
        "name": deal.deal.name,
        "buying_centre_id": deal.centre_id or None,
        "count": len(deal.people),
        "champion_reached": deal.champion,
        "economic_buyer_reached": deal.buyer,
        "notice": deal.notice,
    }


def _need(thinking: AccountThinking, need: RoleNeed) -> dict[str, Any]:
    return {
        "buying_centre_id": need.centre_id or None,
        "buying_centre": thinking.facts.centres.get(need.centre_id),
        "role": need.role.value,
        "needed": need.needed,
        "held": len(need.held),
        "vacant_seats": len(need.seats),
    }


def _failure(thinking: AccountThinking, point: FailurePoint) -> dict[str, Any]:
    return {
        **_one(thinking, point.id),
        "cuts_off": _named(thinking, point.cuts_off),
        "only_contact_of": _named(thinking, point.alone),
    }


def coverage_lines(thinking: AccountThinking) -> list[str]:
    """The same for a person to read on a terminal."""
    from kam_desktop.services.thinking_words import sections

    lines = [f"{thinking.account_name}  ({date(thinking.facts.on)})"]
    found = sections(thinking)
    if not found:
        return [*lines, "", _("No people yet.")]
    for section in found:
        lines += ["", f"{section.title}: {section.sentence}"]
        group = ""
        for line in section.lines:
            if line.group != group:
                group = line.group
                lines.append(f"  {group}")
            indent = "    " if line.group else "  "
            lines.append(f"{indent}{line.text}" + (f"  ({line.detail})" if line.detail else ""))
    return lines


COMMANDS = (analyse,)
