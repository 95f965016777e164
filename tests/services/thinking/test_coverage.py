"""Coverage, fragility and strength: worked examples of the rules, and the same figures elsewhere.

Source of the formulas: the product's rules, section 4 ("The relationship map"):
coverage = Σ(influenceᵢ · strengthᵢ)/Σ influenceᵢ; fragility = max over i of the share of coverage
lost without i; S(t) = min(1, Σ wₖ · 2^(−Δtₖ/h)/W), h = 1.5 × cadence; a thread is S > 0.3.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.analysis.people_facts import MapFacts, TouchFact
from tests.services.thinking.people import ON, facts, somebody, visits


def test_coverage_weighs_strength_by_influence() -> None:
    """Influence 8 at S = 1 and influence 2 at S = 0.5: (8·1 + 2·0.5)/(8 + 2) = 0.9."""
    known = facts(
        [
            somebody("a", influence=8, touches=visits(2)),
            somebody("b", influence=2, touches=visits(1)),
        ]
    )
    assert known.coverage().share == pytest.approx(0.9)


def test_fragility_is_the_largest_share_lost_with_one_person() -> None:
    """Of 8 + 1 = 9 points of coverage 8 hang on a: 8/9."""
    known = facts(
        [
            somebody("a", influence=8, touches=visits(2)),
            somebody("b", influence=2, touches=visits(1)),
        ]
    )
    found = known.coverage()
    assert found.fragility == pytest.approx(8 / 9)
    assert found.weakest_link == "a"


def test_unknown_influence_is_left_out_and_counted_never_taken_for_middling() -> None:
    known = facts([somebody("a", influence=5, touches=visits(2)), somebody("b")])
    found = known.coverage()
    assert (found.share, found.unknown) == (pytest.approx(1.0), 1)
    assert facts([somebody("b")]).coverage().share is None


def test_a_vacant_seat_keeps_its_weight_and_has_no_contact() -> None:
    known = facts(
        [
            somebody("a", influence=5, touches=visits(2)),
            somebody("seat", influence=5, vacant=True),
        ]
    )
    assert known.coverage().share == pytest.approx(0.5)


def test_whoever_has_left_and_guests_do_not_count() -> None:
    known = facts(
        [
            somebody("a", influence=5, touches=visits(2)),
            somebody("gone", influence=9, left_on=ON),
            somebody("guest", influence=9, guest=True),
        ]
    )
    assert known.coverage().share == pytest.approx(1.0)
    assert known.threads == {"a"}


def test_a_thread_is_more_than_three_tenths() -> None:
    """A call is 3/10 today, not a thread; with a one-way mail it is 3.3/10, which is one."""
    call = TouchFact(InteractionKind.CALL, ON)
    mail = TouchFact(InteractionKind.EMAIL_ONE_WAY, ON)
    assert facts([somebody("a", touches=(call,))]).threads == frozenset()
    assert facts([somebody("a", touches=(call, mail))]).threads == {"a"}


def test_strength_halves_in_one_and_a_half_cadences() -> None:
    """Cadence 30 days: a visit of 45 days ago is worth 5 · 2^(−45/45)/10 = 0.25."""
    visit = TouchFact(InteractionKind.VISIT, ON - dt.timedelta(days=45))
    known = facts([somebody("a", touches=(visit,), cadence_days=30)])
    assert known.strengths["a"] == pytest.approx(0.25)


def test_touches_are_counted_for_whoever_took_part_else_the_owner() -> None:
    person = somebody("a", touches=(*visits(1, "pia"), *visits(1)), owner_id="tom")
    known = facts([person])
    assert known.strengths_by_member(person) == {
        "pia": pytest.approx(0.5),
        "tom": pytest.approx(0.5),
    }
    assert known.strength_without(person, {"pia"}) == pytest.approx(0.5)
    assert known.strength_without(person, {"pia", "tom"}) == 0.0


@st.composite
def covered(draw: st.DrawFn) -> MapFacts:
    people = draw(
        st.lists(st.tuples(st.none() | st.integers(0, 10), st.integers(0, 3)), max_size=8)
    )
    return facts(
        [
            somebody(f"p{at}", influence=influence, touches=visits(count))
            for at, (influence, count) in enumerate(people)
        ]
    )


@given(covered())
def test_shares_are_shares_and_nobody_hangs_more_than_the_weakest_link(known: MapFacts) -> None:
    found = known.coverage()
    if found.share is None:
        return
    assert 0 <= found.share <= 1
    for person in known.present:
        after = known.coverage({**known.strengths, person.id: 0.0})
        assert after.share is not None
        lost = 0.0 if not found.share else (found.share - after.share) / found.share
        assert lost <= (found.fragility or 0.0) + 1e-9
