"""What if somebody leaves: what is lost, whom it leaves alone, and what goes on without them."""

from __future__ import annotations

import pytest

from kam_desktop.models.vocabulary import DecisionRole as Role
from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.people_facts import MapFacts, Member
from kam_desktop.services.analysis.people_graph import people_graph
from kam_desktop.services.analysis.what_if import WhatIf, what_if_leaves
from tests.services.thinking.people import GOOD, facts, somebody, tie, visits

ME, PIA = Member("me", "Me", is_me=True), Member("pia", "Pia")
QUOTAS = {"": {Role.CHAMPION: 1, Role.USER: 1}}


def asked(known: MapFacts, who: str) -> WhatIf:
    return what_if_leaves(known, people_graph(known), QUOTAS, who)


@pytest.fixture
def known() -> MapFacts:
    """gate (6 of 10, two visits of mine) leads to boss (4 of 10, never met), who reports to him."""
    return facts(
        [
            somebody("gate", influence=6, touches=visits(2), roles=[Role.CHAMPION]),
            somebody("boss", influence=4, roles=[Role.USER]),
        ],
        [tie("boss", "gate", TieKind.REPORTS_TO)],
        [ME],
    )


def test_one_of_theirs_takes_coverage_threads_roles_and_ways_along(known: MapFacts) -> None:
    """Coverage before: 6·1/(6 + 4) = 0.6; after: the seat stays, (0 + 0)/10 = 0."""
    lost = asked(known, "gate")
    assert lost.before.share == pytest.approx(0.6)
    assert lost.after.share == 0.0
    assert lost.threads_lost == ("gate",)
    assert lost.cut_off == ("boss",)
    assert lost.reports == ("boss",)
    assert [need.role for need in lost.roles] == [Role.CHAMPION]
    assert [(left.person_id, left.way) for left in lost.ways_left] == [("boss", None)]


def test_one_of_ours_takes_their_touches_along(known: MapFacts) -> None:
    lost = asked(known, "me")
    assert lost.ours
    assert lost.after.share == 0.0
    assert lost.threads_lost == ("gate",)
    assert lost.cut_off == ("gate", "boss")
    assert (lost.roles, lost.reports) == ((), ())


def test_a_colleague_who_knows_them_can_take_over(known: MapFacts) -> None:
    both = facts(known.people, known.ties, [ME, PIA], {("pia", "gate"): GOOD})
    lost = asked(both, "me")
    assert lost.cut_off == ()
    (left,) = lost.ways_left
    assert left.way is not None
    assert left.way.introducer == "pia"


def test_touches_of_two_of_ours_stay_with_the_other() -> None:
    shared = visits(1, "me")[0]
    touch = type(shared)(shared.kind, shared.on, ("me", "pia"))
    known = facts([somebody("a", influence=5, touches=(touch, touch))], team=[ME, PIA])
    assert asked(known, "me").threads_lost == ()


def test_nothing_is_changed_and_nobody_is_nobody(known: MapFacts) -> None:
    before = dict(known.strengths)
    asked(known, "gate")
    assert dict(known.strengths) == before
    assert known.threads == {"gate"}
    with pytest.raises(KeyError):
        asked(known, "nobody")
