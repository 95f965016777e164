"""Who can introduce me: which way is taken, what is offered beside it, where there is none."""

from __future__ import annotations

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.introductions import ways_to
from kam_desktop.services.analysis.people_facts import Member
from kam_desktop.services.analysis.people_graph import WE, cost_of, people_graph
from tests.services.thinking.people import BAD, GOOD, WORKING, facts, somebody, tie

ME, PIA = Member("me", "Me", is_me=True), Member("pia", "Pia")
PEOPLE = [somebody(key) for key in ("ann", "ben", "cem", "goal")]


def test_the_way_goes_over_a_good_contact_and_a_tie() -> None:
    known = facts(PEOPLE, [tie("ann", "goal")], [ME], {("me", "ann"): GOOD})
    (way,) = ways_to(people_graph(known), "goal")
    assert way.people == ("me", "ann", "goal")
    assert way.introducer == "ann"
    assert way.ties == ("ann-goal",)
    assert not way.direct


def test_alternatives_go_by_other_introducers_the_easiest_first() -> None:
    ties = [
        tie("ann", "goal", TieKind.INFORMAL, 1),
        tie("ben", "goal", TieKind.ALLIED, 5),
        tie("cem", "goal", TieKind.REPORTS_TO),
    ]
    contacts = {("me", key): GOOD for key in ("ann", "ben", "cem")}
    ways = ways_to(people_graph(facts(PEOPLE, ties, [ME], contacts)), "goal")
    assert [way.introducer for way in ways] == ["ben", "cem", "ann"]


def test_one_weak_step_is_taken_before_two_strong_ones() -> None:
    ties = [tie("ann", "ben", TieKind.ALLIED, 5), tie("ben", "goal", TieKind.ALLIED, 5)]
    weak = tie("ann", "goal", TieKind.INFORMAL, 1)
    known = facts(PEOPLE, [*ties, weak], [ME], {("me", "ann"): GOOD})
    assert ways_to(people_graph(known), "goal", most=1)[0].people == ("me", "ann", "goal")
    assert 1 <= cost_of(ties[0]) < cost_of(weak) <= 2


def test_the_colleague_who_knows_them_well_is_asked() -> None:
    known = facts(PEOPLE, team=[ME, PIA], contacts={("pia", "goal"): GOOD, ("me", "goal"): BAD})
    (way,) = ways_to(people_graph(known), "goal")
    assert (way.people, way.direct) == (("pia", "goal"), True)


def test_my_own_contact_comes_before_a_colleague() -> None:
    contacts = {("pia", "goal"): GOOD, ("me", "goal"): WORKING}
    ways = ways_to(people_graph(facts(PEOPLE, team=[ME, PIA], contacts=contacts)), "goal")
    assert [way.introducer for way in ways] == ["me", "pia"]


def test_a_conflict_is_never_a_way() -> None:
    known = facts(PEOPLE, [tie("ann", "goal", TieKind.CONFLICT)], [ME], {("me", "ann"): GOOD})
    assert ways_to(people_graph(known), "goal") == ()


def test_no_way_leads_to_a_vacant_seat_or_to_us() -> None:
    known = facts(
        [*PEOPLE, somebody("seat", vacant=True)], [tie("ann", "seat")], [ME], {("me", "ann"): GOOD}
    )
    graph = people_graph(known)
    assert ways_to(graph, "seat") == ()
    assert ways_to(graph, WE) == ()
    assert ways_to(graph, "nobody") == ()


def test_looking_after_somebody_is_no_contact_yet() -> None:
    graph = people_graph(facts([somebody("goal", owner_id="me")], team=[ME]))
    assert ways_to(graph, "goal")
    assert ways_to(graph.without_owners(), "goal") == ()
