"""The health score: worked examples by hand, and what must hold for any facts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import (
    ClaimField,
    CommitmentState,
    DecisionRole,
    HealthGroup,
    IndicatorKind,
    InteractionKind,
    Side,
)
from kam_desktop.services.analysis.health import (
    Band,
    assess,
    explanation,
    since_previous,
    waterfall,
)
from kam_desktop.services.analysis.health_facts import (
    CommitmentFact,
    ContractFact,
    HealthInputs,
    Judgement,
    ObservationFact,
    PersonFact,
    RevenueFact,
)
from kam_desktop.services.analysis.health_indicators import scene
from kam_desktop.services.analysis.health_rules import (
    HealthRules,
    IndicatorName,
    VetoName,
    parse_rules,
)
from kam_desktop.services.analysis.revenue import by_month, last_complete_month, month_ends, trends
from kam_desktop.services.analysis.strength import Touch, coverage
from kam_desktop.services.errors import UserError
from kam_desktop.services.resources import resource_path

ON = dt.date(2026, 11, 20)
BODY: dict[str, Any] = json.loads(
    resource_path("templates", "health.json").read_text(encoding="utf-8")
)
RULES = parse_rules(BODY, 1)


def day(ago: int) -> dt.date:
    return ON - dt.timedelta(days=ago)


def visits(*ago: int) -> tuple[Touch, ...]:
    return tuple(Touch(InteractionKind.VISIT, day(each)) for each in ago)


def person(name: str, influence: int | None, *roles: DecisionRole, **more: Any) -> PersonFact:
    return PersonFact(name, influence=influence, roles=frozenset(roles), cadence_days=30, **more)


def revenue(first: int, second: int) -> tuple[RevenueFact, ...]:
    """Two years to October 2026: ``first`` a month, then ``second`` a month."""
    months = [(2024 + (10 + i) // 12, (10 + i) % 12 + 1) for i in range(24)]
    return tuple(
        RevenueFact(dt.date(y, m, 3), dt.date(y, m, 3), first if i < 12 else second, "EUR")
        for i, (y, m) in enumerate(months)
    )


FULL = HealthInputs(
    people=(
        person("a", 8, DecisionRole.CHAMPION, touches=visits(0, 0)),
        person("b", 8, DecisionRole.ECONOMIC_BUYER),
        person("c", 4, DecisionRole.USER, touches=visits(0)),
    ),
    revenue=revenue(100, 110),
    commitments=(
        CommitmentFact(Side.OURS, CommitmentState.KEPT, day(60), day(50), day(50)),
        CommitmentFact(Side.OURS, CommitmentState.KEPT, day(60), day(50), day(40)),
        CommitmentFact(Side.OURS, CommitmentState.OPEN, day(20), day(2), None),
        CommitmentFact(Side.OURS, CommitmentState.OPEN, day(20), day(-9), None),
        CommitmentFact(Side.THEIRS, CommitmentState.KEPT, day(60), day(50), day(50)),
    ),
    observations=(
        ObservationFact(IndicatorKind.NPS, day(30), 20),
        ObservationFact(IndicatorKind.CSAT, day(400), 90),
        ObservationFact(IndicatorKind.USAGE, day(10), 75),
    ),
    contracts=(ContractFact(day(300), day(-200), day(-60)),),
)


def score(name: IndicatorName, inputs: HealthInputs = FULL) -> float | None:
    found = assess(inputs, RULES, ON)
    return next(each.score for each in found.indicators if each.name == name)


def test_default_group_weights_are_those_of_the_product_rules() -> None:
    weights = [RULES.group_weight(group) for group in HealthGroup]
    assert weights == [30, 20, 15, 15, 10, 10]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # (8·1 + 8·0 + 4·0.5)/20 = 0.5, half-way between 0.3 (50) and 0.7 (100)
        (IndicatorName.INFLUENCE_COVERED, 75.0),
        (IndicatorName.ROLES_REACHED, 200 / 3),
        (IndicatorName.CHAMPION_AND_BUYER, 50.0),
        # +10 %: half-way between 0 (60) and +20 % (100)
        (IndicatorName.REVENUE_TREND, 80.0),
        # one kept, one late, one overdue: (1 + ½)/3
        (IndicatorName.OUR_PROMISES, 50.0),
        (IndicatorName.THEIR_PROMISES, 100.0),
        (IndicatorName.NPS, 60.0),
        (IndicatorName.CSAT, None),
        (IndicatorName.KAM_READING, None),
        (IndicatorName.USAGE, 75.0),
        # notice in 60 days: half-way between 30 (25) and 90 (50)
        (IndicatorName.CONTRACT_HORIZON, 37.5),
    ],
)
def test_worked_example(name: IndicatorName, expected: float | None) -> None:
    assert score(name) == (None if expected is None else pytest.approx(expected))


def test_the_score_is_the_weighted_mean_of_what_is_known() -> None:
    found = assess(FULL, RULES, ON)
    parts = [
        (15, 75),
        (9, 200 / 3),
        (6, 50),
        (20, 80),
        (10, 50),
        (5, 100),
        (6, 60),
        (4, 75),
        (10, 37.5),
    ]
    assert found.score == pytest.approx(sum(w * s for w, s in parts) / 85)
    assert found.coverage == pytest.approx(0.85)
    # 66.6 is shown as 67, and judged as it is shown
    assert found.band is Band.GOOD
    assert found.threads == 2


def test_the_waterfall_leads_from_fifty_to_the_score() -> None:
    found = assess(FULL, RULES, ON)
    steps = waterfall(found)
    assert steps[0].start == 50.0
    assert steps[-1].end == pytest.approx(found.score)
    assert [step.key for step in steps] == [group.value for group in HealthGroup]


def test_below_sixty_percent_there_is_no_band() -> None:
    thin = replace(FULL, revenue=(), commitments=())
    found = assess(thin, RULES, ON)
    assert found.coverage == pytest.approx(0.5)
    assert found.band is Band.UNKNOWN
    assert found.score is not None


def test_nothing_known_is_no_score() -> None:
    found = assess(HealthInputs(), RULES, ON)
    assert (found.score, found.coverage, found.band) == (None, 0.0, Band.UNKNOWN)
    assert waterfall(found) == ()


def strong() -> HealthInputs:
    """Everything at its best, so that only a veto can hold the score down."""
    everyone = (
        person("a", 8, DecisionRole.CHAMPION, touches=visits(0, 0)),
        person("b", 8, DecisionRole.ECONOMIC_BUYER, touches=visits(0, 0)),
    )
    kept = tuple(
        CommitmentFact(side, CommitmentState.KEPT, day(60), day(50), day(50)) for side in Side
    )
    return HealthInputs(people=everyone, revenue=revenue(100, 150), commitments=kept)


def test_at_its_best_the_score_is_a_hundred() -> None:
    found = assess(strong(), RULES, ON)
    assert found.score == pytest.approx(100)
    assert found.vetoes == ()
    assert found.band is Band.GOOD


def test_a_lost_champion_caps_at_sixty() -> None:
    best = strong()
    gone = replace(best.people[0], left_on=day(5))
    third = person("c", 8, DecisionRole.USER, touches=visits(0, 0))
    found = assess(replace(best, people=(gone, best.people[1], third)), RULES, ON)
    assert found.vetoes[0].name is VetoName.CHAMPION_LOST
    assert found.score == 60.0
    assert waterfall(found)[-1].key == "champion_lost"
    assert waterfall(found)[-1].end == 60.0


def test_a_new_champion_lifts_the_veto() -> None:
    best = strong()
    gone = person("x", 8, DecisionRole.CHAMPION, left_on=day(5))
    assert assess(replace(best, people=(*best.people, gone)), RULES, ON).vetoes == ()


def test_one_thread_caps_at_sixty() -> None:
    best = strong()
    alone = replace(best, people=(best.people[0], replace(best.people[1], touches=())))
    found = assess(alone, RULES, ON)
    assert [veto.name for veto in found.vetoes] == [VetoName.SINGLE_THREADED]
    assert found.score == 60.0


@pytest.mark.parametrize(("days", "capped"), [(60, False), (61, True)])
def test_unpaid_for_more_than_sixty_days_caps_at_forty(days: int, capped: bool) -> None:
    unpaid = ObservationFact(IndicatorKind.UNPAID_DAYS, day(3), days)
    found = assess(replace(strong(), observations=(unpaid,)), RULES, ON)
    assert found.score == (40.0 if capped else pytest.approx(100))


def test_a_paid_bill_lifts_the_veto() -> None:
    facts = (
        ObservationFact(IndicatorKind.UNPAID_DAYS, day(30), 90),
        ObservationFact(IndicatorKind.UNPAID_DAYS, day(3), 0),
    )
    assert assess(replace(strong(), observations=facts), RULES, ON).vetoes == ()


def test_a_lost_tender_caps_at_forty_for_a_year() -> None:
    lost = ObservationFact(IndicatorKind.TENDER_LOST, day(30), 1)
    inputs = replace(strong(), observations=(lost,))
    assert assess(inputs, RULES, ON).score == 40.0
    assert assess(inputs, RULES, day(-340)).vetoes[-1].name is not VetoName.TENDER_LOST


def test_the_past_is_judged_by_what_was_known_then() -> None:
    earlier = assess(FULL, RULES, day(35))
    nps = next(each for each in earlier.indicators if each.name is IndicatorName.NPS)
    assert nps.score is None


def test_what_moved_since_the_last_score_is_named_largest_first() -> None:
    before = explanation(assess(FULL, RULES, ON))
    worse = replace(FULL, revenue=revenue(100, 60))
    moved = since_previous(assess(worse, RULES, ON), before)
    assert moved[0][0] == "commercial"
    assert moved[0][1] == pytest.approx(20 * (0 - 80) / 85)
    assert json.loads(json.dumps(before)) == before


def test_revenue_of_a_period_is_spread_over_its_months() -> None:
    fact = RevenueFact(dt.date(2026, 1, 17), dt.date(2026, 2, 14), 2900, "EUR")
    assert by_month([fact]) == {"EUR": {(2026, 1): 1500.0, (2026, 2): 1400.0}}


def test_currencies_are_never_added() -> None:
    both = (*revenue(100, 110), replace(revenue(1, 1)[-1], currency="JPY"))
    found = trends(both, ON, 3)
    assert [trend.currency for trend in found] == ["EUR"]
    assert found[0].change == pytest.approx(0.10)


def test_books_closed_late_are_not_a_loss() -> None:
    late = tuple(fact for fact in revenue(100, 100) if fact.starts_on < dt.date(2026, 9, 1))
    assert trends(late, ON, 3)[0].until == (2026, 8)
    assert trends(late, dt.date(2027, 2, 20), 3)[0].until == (2027, 1)


def test_month_ends_are_complete_months() -> None:
    assert last_complete_month(dt.date(2026, 2, 28)) == (2026, 2)
    assert month_ends(ON, 2) == [dt.date(2026, 9, 30), dt.date(2026, 10, 31)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("bands",), {"good": 30, "watch": 40}),
        (("minimum_coverage",), 1.5),
        (("minimum_coverage",), "much"),
        (("indicators", "nps", "weight"), -1),
        (("indicators", "nps", "curve"), [[0, 0], [0, 10]]),
        (("indicators", "nps", "curve"), []),
        (("indicators", "nps", "group"), "weather"),
        (("indicators", "mood"), {"group": "service", "weight": 1, "curve": [[0, 0]]}),
        (("vetoes", "unpaid"), {"cap": 101}),
        (("strength", "weights"), {"telepathy": 5}),
        (("strength",), None),
    ],
)
def test_rules_that_make_no_sense_are_refused(path: tuple[str, ...], value: object) -> None:
    body = json.loads(json.dumps(BODY))
    target = body
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    with pytest.raises(UserError):
        parse_rules(body, 2)


days = st.integers(-500, 2000).map(day)
maybe_day = st.one_of(st.none(), days)
people = st.builds(
    PersonFact,
    id=st.uuids().map(str),
    influence=st.one_of(st.none(), st.integers(0, 10)),
    roles=st.frozensets(st.sampled_from(DecisionRole), max_size=3),
    cadence_days=st.one_of(st.none(), st.integers(1, 365)),
    left_on=maybe_day,
    touches=st.lists(
        st.builds(Touch, kind=st.sampled_from(InteractionKind), on=days), max_size=4
    ).map(tuple),
)
entries = st.builds(
    RevenueFact,
    starts_on=days,
    ends_on=days,
    amount_minor=st.integers(-(10**9), 10**9),
    currency=st.sampled_from(["EUR", "JPY"]),
)
promises = st.builds(
    CommitmentFact,
    side=st.sampled_from(Side),
    state=st.sampled_from(CommitmentState),
    made_on=maybe_day,
    due_on=maybe_day,
    closed_on=maybe_day,
)
observed = st.builds(
    ObservationFact,
    kind=st.sampled_from(IndicatorKind),
    on=days,
    value=st.floats(-1e6, 1e6),
)
contracts = st.builds(ContractFact, starts_on=maybe_day, ends_on=maybe_day, notice_on=maybe_day)
facts = st.builds(
    HealthInputs,
    people=st.lists(people, max_size=4).map(tuple),
    revenue=st.lists(entries, max_size=6).map(tuple),
    commitments=st.lists(promises, max_size=4).map(tuple),
    observations=st.lists(observed, max_size=6).map(tuple),
    contracts=st.lists(contracts, max_size=3).map(tuple),
)


@given(facts)
def test_any_facts_give_a_score_within_bounds_that_explains_itself(inputs: HealthInputs) -> None:
    found = assess(inputs, RULES, ON)
    assert 0.0 <= found.coverage <= 1.0
    assert found.score is None or 0.0 <= found.score <= 100.0
    assert (found.score is None) == (found.coverage == 0.0)
    if found.score is not None:
        assert waterfall(found)[-1].end == pytest.approx(found.score)
    json.dumps(explanation(found))


@given(facts, st.sampled_from(IndicatorName))
def test_any_indicator_can_be_left_out(inputs: HealthInputs, name: IndicatorName) -> None:
    kept = {key: rule for key, rule in RULES.indicators.items() if key is not name}
    fewer: HealthRules = replace(RULES, indicators=kept)
    found = assess(inputs, fewer, ON)
    assert len(found.indicators) == len(IndicatorName) - 1
    assert found.score is None or 0.0 <= found.score <= 100.0


@given(facts, observed)
def test_knowing_more_never_lowers_coverage(inputs: HealthInputs, extra: ObservationFact) -> None:
    today = replace(extra, on=ON)
    more = replace(inputs, observations=(*inputs.observations, today))
    assert assess(more, RULES, ON).coverage >= assess(inputs, RULES, ON).coverage - 1e-9


def test_a_past_score_takes_influence_and_support_as_they_were_judged_then() -> None:
    """coverage = Σ(influence · strength)/Σ influence (product rules, section 4), by day.

    Two people, A with S = 1 all the time, B never met. A's influence was judged 2 in January and 8
    in March, B's is 8: coverage is 2/10 in February and 8/16 in March.
    """
    march, february = dt.date(2026, 3, 31), dt.date(2026, 2, 20)
    visits = tuple(
        Touch(InteractionKind.VISIT, day - dt.timedelta(days=back))
        for day in (march, february)
        for back in (0, 1, 2)
    )
    judged = (
        Judgement(ClaimField.INFLUENCE, dt.date(2026, 1, 10), 2),
        Judgement(ClaimField.INFLUENCE, dt.date(2026, 3, 5), 8),
    )
    a = PersonFact("a", influence=8, cadence_days=90, touches=visits, judged=judged)
    b = PersonFact("b", influence=8)

    def covered(on: dt.date) -> float:
        people = [
            (each.person.id, each.person.influence, each.strength)
            for each in scene(HealthInputs(people=(a, b)), RULES, on).contacts
        ]
        share = coverage(people).share
        assert share is not None
        return share

    assert covered(march) == pytest.approx(8 / 16)
    assert covered(february) == pytest.approx(2 / 10)
    assert a.as_of(dt.date(2026, 1, 9)).influence is None
    assert b.as_of(february) is b
