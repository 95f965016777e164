"""What is said of a map of which little or nothing is known."""

from __future__ import annotations

import pytest

from kam_desktop.models.vocabulary import DecisionRole as Role
from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.people_facts import MapFacts, Member
from kam_desktop.services.analysis.people_graph import failure_points, people_graph, reachable
from kam_desktop.services.analysis.role_quota import role_needs
from kam_desktop.services.analysis.threads import thread_counts
from kam_desktop.services.insight_lines import BAD, GOOD, WARN, Section, names
from kam_desktop.services.queries.map_analysis import (
    AccountThinking,
    PersonThinking,
    ways_of,
)
from kam_desktop.services.thinking_words import sections
from kam_desktop.services.way_words import introduction_sentence, way_line, what_if_sentence
from tests.services.thinking.people import GOOD as KNOWN
from tests.services.thinking.people import ON, WORKING, facts, somebody, tie, visits

ME, PIA = Member("me", "You", is_me=True), Member("pia", "Pia")


def thinking_about(known: MapFacts) -> AccountThinking:
    graph = people_graph(known)
    reached = reachable(graph)
    quotas = {"": {Role.ECONOMIC_BUYER: 1}}
    return AccountThinking(
        "account",
        "Aurora Foods",
        known,
        graph,
        quotas,
        known.coverage(),
        thread_counts(known),
        (),
        role_needs(known, quotas),
        failure_points(graph, known),
        tuple(p.id for p in known.present if not p.vacant and p.id not in reached),
        {},
        (),
        0,
    )


def said(known: MapFacts) -> dict[str, Section]:
    return {section.key: section for section in sections(thinking_about(known))}


def asked(known: MapFacts, who: str) -> PersonThinking:
    thinking = thinking_about(known)
    return PersonThinking(who, thinking, None, ways_of(thinking.graph, who), (), (), ())


def test_when_nobodys_influence_is_known_coverage_is_not_told() -> None:
    coverage = said(facts([somebody("a"), somebody("b")]))["coverage"]
    assert coverage.sentence == "Nobody’s influence is known yet, so coverage cannot be told."
    assert coverage.lines[0].people == ("a", "b")


def test_when_most_influence_is_unknown_coverage_says_little() -> None:
    people = [somebody("a", influence=5, touches=visits(2)), somebody("b"), somebody("c")]
    coverage = said(facts(people))["coverage"]
    assert coverage.sentence == ("The influence of 2 of 3 people is unknown: coverage says little.")
    assert coverage.state == WARN


def test_no_contact_at_all_is_said() -> None:
    coverage = said(facts([somebody("a", influence=5)]))["coverage"]
    assert coverage.lines[0].text == "We are in contact with nobody whose influence is known."
    assert coverage.lines[0].state == BAD


def test_all_is_well_is_said_too() -> None:
    people = [
        somebody("a", influence=5, touches=visits(2), roles=[Role.ECONOMIC_BUYER]),
        somebody("b", influence=5, touches=visits(2)),
        somebody("c", influence=5, touches=visits(2)),
    ]
    found = said(facts(people))
    assert {found[key].state for key in ("coverage", "threads", "roles", "failures")} == {GOOD}
    assert found["roles"].sentence == "All decision roles are known and reached."
    assert found["failures"].sentence == "Nobody alone holds our contact together."


def test_whom_no_way_leads_to_is_said() -> None:
    failures = said(facts([somebody("a", touches=visits(2)), somebody("b")]))["failures"]
    assert failures.lines[-1].text == "No way is known to 1 person"
    assert failures.lines[-1].people == ("b",)


def test_an_empty_account_has_no_sections() -> None:
    assert sections(thinking_about(facts([]))) == ()


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ""),
        (1, "p0"),
        (2, "p0 and p1"),
        (3, "p0, p1 and p2"),
        (5, "p0, p1, p2 and 2 more"),
    ],
)
def test_people_are_named_in_a_row(count: int, expected: str) -> None:
    people = [somebody(f"p{at}") for at in range(count)]
    assert names(thinking_about(facts(people)), [person.id for person in people]) == expected


def test_each_step_of_a_way_has_its_reason() -> None:
    known = facts(
        [somebody("Ann"), somebody("Goal")],
        [tie("Ann", "Goal", TieKind.INFLUENCES, 5)],
        [ME, PIA],
        {("pia", "Ann"): KNOWN},
    )
    found = asked(known, "Goal")
    line = way_line(found.thinking, found.ways[0])
    assert line.text == "You → Pia → Ann → Goal"
    assert line.detail == "Pia is one of ours; Pia knows Ann well; Ann influences Goal (strong)"
    assert line.people == ("Ann", "Goal")
    assert introduction_sentence(found) == "Ann can introduce you to Goal."


def test_why_nobody_can_introduce_is_said() -> None:
    people = [
        somebody("Seat", vacant=True),
        somebody("Gone", left_on=ON),
        somebody("Alone"),
        somebody("Owned", owner_id="me"),
        somebody("Mine"),
    ]
    known = facts(people, team=[ME], contacts={("me", "Mine"): WORKING})
    assert "vacant seat" in introduction_sentence(asked(known, "Seat"))
    assert introduction_sentence(asked(known, "Gone")) == "Gone has left."
    assert introduction_sentence(asked(known, "Alone")).startswith("No way to Alone is known.")
    assert introduction_sentence(asked(known, "Owned")).startswith("Nobody known can introduce")
    assert introduction_sentence(asked(known, "Mine")) == "You are in contact with Mine yourself."
    assert what_if_sentence(asked(known, "Seat")) == "Seat is a vacant seat already."
    assert what_if_sentence(asked(known, "Gone")) == "Gone is not there any more."


def test_who_of_ours_is_in_contact_is_said_the_busiest_first() -> None:
    people = [somebody("a", owner_id="me"), somebody("b")]
    contacts = {("pia", "a"): KNOWN, ("pia", "b"): WORKING}
    ours = said(facts(people, team=[ME, PIA], contacts=contacts))["ours"]
    assert ours.sentence == "1 of ours is in contact with them."
    assert [(line.text, line.who) for line in ours.lines] == [
        ("Pia: in contact with 2 people", "pia"),
        ("You: no contact yet", "me"),
    ]
    assert said(facts(people))["ours"].sentence == "Nobody of ours is in contact with them."
