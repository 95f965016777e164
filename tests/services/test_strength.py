"""Relationship strength, coverage and fragility: worked examples and invariants."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import InteractionKind as Kind
from kam_desktop.services.analysis.strength import Touch, coverage, is_thread, strength

ON = dt.date(2026, 11, 20)


def ago(days: int, kind: Kind = Kind.VISIT) -> Touch:
    return Touch(kind, ON - dt.timedelta(days=days))


def test_a_visit_today_is_half_of_full_strength() -> None:
    assert strength([ago(0)], ON, 30) == pytest.approx(0.5)


def test_a_touch_loses_half_of_its_weight_in_one_and_a_half_cadences() -> None:
    assert strength([ago(45)], ON, 30) == pytest.approx(0.25)
    assert strength([ago(90)], ON, 30) == pytest.approx(0.125)


def test_kinds_weigh_differently() -> None:
    touches = [ago(0, Kind.CALL), ago(0, Kind.EMAIL_TWO_WAY), ago(0, Kind.EMAIL_ONE_WAY)]
    assert strength(touches, ON, 30) == pytest.approx((3 + 1 + 0.3) / 10)


def test_strength_never_exceeds_one() -> None:
    assert strength([ago(0)] * 5, ON, 30) == 1.0


def test_what_has_not_happened_yet_does_not_count() -> None:
    assert strength([ago(-1)], ON, 30) == 0.0


def test_without_a_cadence_a_quarter_is_assumed() -> None:
    assert strength([ago(135)], ON, None) == pytest.approx(0.25)


def test_one_visit_is_a_thread_for_a_little_longer_than_one_cadence() -> None:
    assert is_thread(strength([ago(33)], ON, 30))
    assert not is_thread(strength([ago(34)], ON, 30))


def test_one_call_is_not_a_thread_and_two_are() -> None:
    assert not is_thread(strength([ago(0, Kind.CALL)], ON, 30))
    assert is_thread(strength([ago(0, Kind.CALL)] * 2, ON, 30))


def test_visits_on_cadence_keep_full_contact() -> None:
    regular = [ago(30 * back) for back in range(1, 40)]
    assert strength(regular, ON, 30) == pytest.approx(0.851, abs=0.001)


def test_coverage_is_weighted_by_influence() -> None:
    found = coverage([("a", 8, 1.0), ("b", 2, 0.0)])
    assert found.share == pytest.approx(0.8)
    assert found.fragility == pytest.approx(1.0)
    assert found.weakest_link == "a"


def test_fragility_is_the_largest_share_one_person_carries() -> None:
    found = coverage([("a", 6, 0.5), ("b", 2, 0.5), ("c", None, 1.0)])
    assert found.share == pytest.approx(0.5)
    assert found.fragility == pytest.approx(0.75)
    assert found.unknown == 1


def test_unknown_influence_is_not_counted_as_none() -> None:
    assert coverage([("a", None, 1.0)]).share is None
    assert coverage([]).share is None


@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.integers(-400, 4000)), max_size=30),
    st.one_of(st.none(), st.integers(1, 400)),
)
def test_strength_stays_between_nothing_and_full(
    touches: list[tuple[Kind, int]], cadence: int | None
) -> None:
    value = strength([ago(days, kind) for kind, days in touches], ON, cadence)
    assert 0.0 <= value <= 1.0


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10)), st.floats(0, 1)), max_size=12))
def test_coverage_and_fragility_are_shares(people: list[tuple[int | None, float]]) -> None:
    found = coverage([(str(index), *each) for index, each in enumerate(people)])
    assert found.share is None or 0.0 <= found.share <= 1.0
    assert found.fragility is None or 0.0 < found.fragility <= 1.0 + 1e-9
