"""Health from stored facts: what is read, what is kept, what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest

from kam_desktop.models.registry import (
    Account,
    Commitment,
    Contract,
    Interaction,
    InteractionPerson,
    Meeting,
    Observation,
    Opportunity,
    Person,
    RevenueEntry,
    RoleInDecision,
)
from kam_desktop.models.vocabulary import (
    CommitmentState,
    DecisionRole,
    IndicatorKind,
    InteractionKind,
    MeetingType,
    OpportunityState,
    Side,
    Tier,
)
from kam_desktop.services import health
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.errors import UserError
from kam_desktop.services.health_words import (
    data_age,
    group_name,
    headline,
    indicator_name,
    indicator_reason,
    veto_reason,
)
from kam_desktop.services.queries import health as queries
from kam_desktop.services.queries.company import account_head, completeness
from kam_desktop.services.queries.overview import overview
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from tests.conftest import StillClock

TODAY = dt.date(2026, 11, 20)
Result = TypeVar("Result")
NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def write(portfolio: Portfolio, use_case: Callable[..., Result], *args: object) -> Result:
    with portfolio.unit_of_work("test") as work:
        return use_case(work, *args)


def well_known(work: UnitOfWork, name: str = "Aurora Foods") -> str:
    """An account of which most is known."""
    account = Account(name=name, tier=Tier.KEY)
    work.add(account)
    work.flush()
    boss = Person(account_id=account.id, name="Elena Example", influence=8, cadence_days=30)
    buyer = Person(account_id=account.id, name="Kenji Example", influence=6, cadence_days=30)
    work.session.add_all([boss, buyer])
    work.flush()
    work.add(RoleInDecision(person_id=boss.id, role=DecisionRole.CHAMPION))
    work.add(RoleInDecision(person_id=buyer.id, role=DecisionRole.ECONOMIC_BUYER))
    for days in (3, 10):
        touch = Interaction(
            account_id=account.id,
            kind=InteractionKind.VISIT,
            at=NOW - dt.timedelta(days=days),
            person_id=boss.id,
        )
        work.add(touch)
        work.flush()
        work.add(InteractionPerson(interaction_id=touch.id, person_id=buyer.id))
    for back in range(1, 25):
        year, month = divmod(2026 * 12 + 10 - back, 12)
        day = dt.date(year, month + 1, 5)
        work.add(
            RevenueEntry(
                account_id=account.id,
                starts_on=day,
                ends_on=day,
                amount_minor=110_00 if back <= 12 else 100_00,
                currency="EUR",
            )
        )
    work.add(
        Commitment(
            account_id=account.id,
            side=Side.OURS,
            text="Pilot report",
            state=CommitmentState.KEPT,
            made_on=TODAY - dt.timedelta(days=60),
            due_on=TODAY - dt.timedelta(days=30),
            closed_on=TODAY - dt.timedelta(days=31),
        )
    )
    work.add(
        Contract(
            account_id=account.id,
            name="Frame",
            ends_on=TODAY + dt.timedelta(days=400),
            notice_on=TODAY + dt.timedelta(days=365),
        )
    )
    return account.id


def test_health_is_read_from_people_touches_money_promises_and_contracts(
    portfolio: Portfolio,
) -> None:
    account_id = write(portfolio, well_known)
    with portfolio.reading() as db:
        card = queries.account_health(db, account_id, TODAY)
    assert card is not None
    known = {each.name.value: each.score for each in card.health.indicators}
    assert known["influence_covered"] == pytest.approx(100)
    assert known["champion_and_buyer"] == 100
    assert known["revenue_trend"] == pytest.approx(80)
    assert known["our_promises"] == 100
    assert known["contract_horizon"] == 100
    assert known["nps"] is None
    assert card.health.coverage == pytest.approx(0.70)
    assert card.health.band is Band.GOOD
    assert card.health.vetoes == ()
    assert "%" in headline(card.health) or ":" in headline(card.health)


def test_every_part_of_a_score_can_be_worded(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(
        portfolio,
        health.record_observation,
        account_id,
        IndicatorKind.UNPAID_DAYS,
        TODAY,
        90.0,
        "ledger",
    )
    with portfolio.reading() as db:
        card = queries.account_health(db, account_id, TODAY)
    assert card is not None
    assert all(indicator_name(each.name) for each in card.health.indicators)
    assert all(indicator_reason(each) for each in card.health.indicators)
    assert all(group_name(each.group) for each in card.health.groups)
    assert "90" in veto_reason(card.health.vetoes[0])
    assert "40" in headline(card.health)
    assert data_age(card.health)


def test_what_is_in_the_trash_does_not_count(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)

    def empty(work: UnitOfWork) -> None:
        for person in work.session.query(Person).all():
            work.trash(person)

    write(portfolio, empty)
    with portfolio.reading() as db:
        card = queries.account_health(db, account_id, TODAY)
    assert card is not None
    assert card.health.threads == 0
    assert card.health.band is Band.UNKNOWN


def test_an_unknown_account_has_no_health(portfolio: Portfolio) -> None:
    with portfolio.reading() as db:
        assert queries.account_health(db, "nobody", TODAY) is None


def test_a_page_of_accounts_puts_what_needs_attention_first(portfolio: Portfolio) -> None:
    def make(work: UnitOfWork) -> tuple[str, str, str]:
        good, bad = well_known(work, "Good"), well_known(work, "Bad")
        thin = Account(name="Thin", tier=Tier.REGULAR)
        work.add(thin)
        work.flush()
        health.record_observation(work, bad, IndicatorKind.UNPAID_DAYS, work.today, 90)
        return good, bad, thin.id

    good, bad, thin = write(portfolio, make)
    with portfolio.reading() as db:
        rows = queries.portfolio_health(db, TODAY)
        found = queries.portfolio_health(db, TODAY, search="goo")
    assert [row.account_id for row in rows] == [bad, thin, good]
    assert rows[0].health.score == 40.0
    assert rows[1].trend == (None,) * 13
    assert [row.account_id for row in found] == [good]


def test_the_series_knows_only_what_was_there_then(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    with portfolio.reading() as db:
        series = queries.health_series(db, account_id, TODAY, 12)
    assert series.days[-1] == TODAY
    assert series.days[-2] == dt.date(2026, 10, 31)
    assert len(series.scores) == len(series.touches) == 13
    assert series.scores[-1] is not None
    assert series.touches[-1] == 2
    assert sum(series.touches) == 2
    assert series.revenue["EUR"][-2] == 110_00
    assert series.revenue["EUR"][-1] is None


def test_a_snapshot_keeps_score_explanation_and_version(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(portfolio, health.take_snapshot, account_id)
    with portfolio.reading() as db:
        (kept,) = queries.snapshots(db, account_id, TODAY, TODAY)
        later = queries.account_health(db, account_id, TODAY + dt.timedelta(days=1))
    assert kept.rules_version == queries.SHIPPED_VERSION
    assert kept.score is not None
    assert set(kept.explanation["groups"]) >= {"relationships", "commercial"}
    assert later is not None
    assert later.previous == kept


def test_nothing_known_is_not_kept(portfolio: Portfolio) -> None:
    def make(work: UnitOfWork) -> None:
        account = Account(name="Thin")
        work.add(account)
        work.flush()
        health.take_snapshot(work, account.id)

    with pytest.raises(UserError):
        write(portfolio, make)


def test_edited_rules_are_a_new_version_and_old_scores_keep_theirs(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(portfolio, health.take_snapshot, account_id)
    body = queries.shipped_rules_body()
    body["minimum_coverage"] = 0.9
    version = write(portfolio, health.save_rules, body)
    with portfolio.reading() as db:
        card = queries.account_health(db, account_id, TODAY)
        (kept,) = queries.snapshots(db, account_id, TODAY, TODAY)
    assert version == queries.SHIPPED_VERSION + 1
    assert card is not None
    assert card.health.rules_version == version
    assert card.health.band is Band.UNKNOWN
    assert kept.rules_version == queries.SHIPPED_VERSION


def test_a_gut_score_far_from_the_score_is_a_notice(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(portfolio, health.set_gut_score, account_id, 80)
    with portfolio.reading() as db:
        near = queries.account_health(db, account_id, TODAY)
    write(portfolio, health.set_gut_score, account_id, 30)
    with portfolio.reading() as db:
        far = queries.account_health(db, account_id, TODAY)
        listed = queries.observations(db, account_id)
    assert near is not None
    assert near.gut_gap is None
    assert far is not None
    assert far.gut_gap is not None
    assert far.gut_gap < -20
    assert len(listed) == 1


@pytest.mark.parametrize(
    ("kind", "day", "value", "field"),
    [
        (IndicatorKind.NPS, TODAY, 101, "value"),
        (IndicatorKind.KAM_READING, TODAY, -1, "value"),
        (IndicatorKind.CSAT, TODAY, float("nan"), "value"),
        (IndicatorKind.CSAT, TODAY + dt.timedelta(days=1), 50, "on"),
    ],
)
def test_measurements_that_cannot_be_are_refused(
    portfolio: Portfolio, kind: IndicatorKind, day: dt.date, value: float, field: str
) -> None:
    account_id = write(portfolio, well_known)
    with pytest.raises(UserError) as caught:
        write(portfolio, health.record_observation, account_id, kind, day, value)
    assert caught.value.field == field


def test_an_observation_can_be_corrected_and_undone(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    made = write(
        portfolio, health.record_observation, account_id, IndicatorKind.NPS, TODAY, 10, "survey"
    )
    write(portfolio, health.change_observation, made, TODAY, 20, "call")
    with portfolio.reading() as db:
        (row,) = queries.observations(db, account_id)
    assert (row.value, row.source) == (20, "call")
    portfolio.undo()
    portfolio.undo()
    with portfolio.reading() as db:
        assert queries.observations(db, account_id) == []


def test_observations_are_stored_as_given(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(portfolio, health.record_observation, account_id, IndicatorKind.USAGE, TODAY, 75.5)

    def stored(work: UnitOfWork) -> float:
        return work.session.query(Observation).one().value

    assert write(portfolio, stored) == 75.5


def test_a_deal_with_few_contacts_is_noticed(portfolio: Portfolio) -> None:
    def make(work: UnitOfWork) -> str:
        account_id = well_known(work)
        work.add(Opportunity(account_id=account_id, name="Line 4"))
        return account_id

    account_id = write(portfolio, make)
    with portfolio.reading() as db:
        found = overview(db, account_id, NOW, TODAY)
    assert found is not None
    assert found.group.notice == "Line 4: only 2 threads, 3 are safe"
    assert [person.name for person in found.group.buyers] == ["Kenji Example"]
    assert found.group.unknown == 2


def test_what_changed_is_told_since_the_last_meeting(portfolio: Portfolio) -> None:
    def make(work: UnitOfWork) -> str:
        account_id = well_known(work)
        work.add(
            Meeting(
                account_id=account_id,
                title="Review",
                type=MeetingType.BUSINESS_REVIEW,
                starts_at=NOW - dt.timedelta(days=5),
            )
        )
        work.add(
            Opportunity(
                account_id=account_id,
                name="Line 4",
                state=OpportunityState.WON,
                close_on=TODAY - dt.timedelta(days=1),
            )
        )
        return account_id

    account_id = write(portfolio, make)
    with portfolio.reading() as db:
        found = overview(db, account_id, NOW, TODAY)
    assert found is not None
    assert found.changes.met
    assert found.changes.since == TODAY - dt.timedelta(days=5)
    assert "Won: Line 4" in found.changes.lines
    assert "1 touch" in found.changes.lines


def test_completeness_names_what_is_missing(portfolio: Portfolio) -> None:
    def make(work: UnitOfWork) -> str:
        account = Account(name="Aurora", city="Milano", country="Italy", time_zone="Europe/Rome")
        work.add(account)
        return account.id

    account_id = write(portfolio, make)
    with portfolio.reading() as db:
        head = account_head(db, account_id)
    assert head is not None
    found = completeness(head)
    assert found["place"].share == pytest.approx(0.6)
    assert found["place"].missing == ("street", "postcode")
    assert found["story"].share == 0


def _kept(portfolio: Portfolio) -> list[tuple[str, float]]:
    with portfolio.reading() as db:
        return [
            (str(name), float(score))
            for name, score in db.rows(
                "SELECT a.name, s.score FROM health_snapshot s JOIN account a ON"
                " a.id = s.account_id ORDER BY a.name"
            )
        ]


def test_daily_scores_are_kept_once_for_key_and_emerging_accounts(portfolio: Portfolio) -> None:
    write(portfolio, well_known)
    regular = write(portfolio, well_known, "Regular Ltd")
    with portfolio.unit_of_work("test") as work:
        work.get(Account, regular).tier = Tier.REGULAR
        work.add(Account(name="Nothing known", tier=Tier.EMERGING))
    with portfolio.unit_of_work("daily", origin="program") as work:
        assert health.keep_daily_snapshots(work) == 1
    with portfolio.unit_of_work("daily", origin="program") as work:
        assert health.keep_daily_snapshots(work) == 0
    assert [name for name, _score in _kept(portfolio)] == ["Aurora Foods"]
    undone = portfolio.next_undo()
    assert undone is not None
    assert undone.label == "test"


def test_daily_scores_are_bounded_and_everybody_has_a_turn(
    portfolio: Portfolio, clock: StillClock
) -> None:
    with portfolio.unit_of_work("test") as work:
        for number in range(7):
            well_known(work, f"Account {number}")
            work.add(Account(name=f"Blank {number}", tier=Tier.KEY))
    for _call in range(30):
        with portfolio.unit_of_work("daily", origin="program") as work:
            assert health.keep_daily_snapshots(work, limit=3) <= 3
        clock.go_on(days=1)
    assert {name for name, _score in _kept(portfolio)} == {f"Account {n}" for n in range(7)}


def test_a_kept_score_says_what_the_health_page_says(portfolio: Portfolio) -> None:
    account_id = write(portfolio, well_known)
    write(portfolio, health.keep_daily_snapshots)
    with portfolio.reading() as db:
        card = queries.account_health(db, account_id, TODAY)
    assert card is not None
    assert _kept(portfolio) == [("Aurora Foods", card.health.score)]
