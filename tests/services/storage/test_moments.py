"""The days on which an account's map was changed, and what of them is named."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import (
    Account,
    Claim,
    Interaction,
    Meeting,
    Person,
    RoleInDecision,
    SavedMap,
)
from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    DecisionRole,
    InteractionKind,
    MeetingType,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.moments import end_of_day, moment_from_text
from kam_desktop.services.queries.moments import account_times
from kam_desktop.services.storage.moments import moments_of_account
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

TOKYO = dt.timezone(dt.timedelta(hours=9))


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        work.add(Account(id="a", name="Aurora Foods"))
        work.add(Person(id="p", account_id="a", name="Kenji Mori"))
    return "a"


def days(portfolio: Portfolio, zone: dt.tzinfo = dt.UTC) -> list[tuple[str, int]]:
    with portfolio.reading() as db:
        found = moments_of_account(db, "a", zone)
    return [(moment.day.isoformat(), moment.changes) for moment in found]


def test_changes_are_counted_by_day_also_of_what_is_gone(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    assert days(portfolio) == [("2026-11-20", 1)]
    clock.go_on(days=3)
    with portfolio.unit_of_work("Judge") as work:
        work.get(Person, "p").support = 1
        work.add(RoleInDecision(person_id="p", role=DecisionRole.USER))
        work.add(
            Claim(
                person_id="p",
                field=ClaimField.SUPPORT,
                value="1",
                source=ClaimSource.SEEN,
                confidence=Confidence.HIGH,
                on=work.today,
            )
        )
    clock.go_on(hours=1)
    portfolio.undo()  # The role and the claim are removed again; both days' changes stay counted.
    assert days(portfolio) == [("2026-11-20", 1), ("2026-11-23", 6)]


def test_a_person_who_moved_away_counts_until_and_when_they_went(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    clock.go_on(days=1)
    with portfolio.unit_of_work("Move") as work:
        work.add(Account(id="b", name="Borealis"))
        work.flush()
        work.get(Person, "p").account_id = "b"
    assert days(portfolio) == [("2026-11-20", 1), ("2026-11-21", 1)]


def test_touches_and_places_of_cards_are_no_moments(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    clock.go_on(days=1)
    with portfolio.unit_of_work("Log") as work:
        work.add(Interaction(account_id=account, kind=InteractionKind.CALL, at=work.now))
        work.add(SavedMap(account_id=account, title="Buyers"))
    assert days(portfolio) == [("2026-11-20", 1)]


def test_days_are_those_where_the_user_is(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    clock.instant = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC)
    with portfolio.unit_of_work("Judge") as work:
        work.get(Person, "p").influence = 4
    assert days(portfolio) == [("2026-11-20", 2)]
    assert days(portfolio, TOKYO) == [("2026-11-20", 1), ("2026-11-21", 1)]


def test_the_last_review_is_the_newest_one_held_since_the_map_began(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    def meet(title: str, kind: MeetingType, days_ago: int, cancelled: bool = False) -> None:
        with portfolio.unit_of_work("Plan") as work:
            work.add(
                Meeting(
                    account_id=account,
                    title=title,
                    type=kind,
                    starts_at=clock.now() - dt.timedelta(days=days_ago),
                    cancelled=cancelled,
                )
            )

    clock.go_on(days=100)
    meet("Long ago", MeetingType.BUSINESS_REVIEW, 130)
    with portfolio.reading() as db:
        assert account_times(db, account, clock.now()).last_meeting() is None
    meet("Review", MeetingType.BUSINESS_REVIEW, 40)
    meet("Cancelled", MeetingType.BUSINESS_REVIEW, 20, cancelled=True)
    meet("Service", MeetingType.SERVICE, 10)
    meet("To come", MeetingType.BUSINESS_REVIEW, -10)
    with portfolio.reading() as db:
        times = account_times(db, account, clock.now(), dt.UTC)
    last, review = times.last_meeting(), times.last_meeting(MeetingType.BUSINESS_REVIEW)
    assert last is not None
    assert last.title == "Service"
    assert review is not None
    assert review.title == "Review"
    assert times.began == dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def test_a_date_means_the_end_of_that_day_here(clock: StillClock) -> None:
    moment = moment_from_text("2026-11-19", clock)
    assert moment == end_of_day(dt.date(2026, 11, 19))
    assert moment.date() == dt.date(2026, 11, 19)
    assert (moment + dt.timedelta(microseconds=1)).time() == dt.time()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("yesterday", "“yesterday” is not a date. Write it like 2026-11-20."),
        ("2026-02-30", "“2026-02-30” is not a date"),
        ("20261119", "“20261119” is not a date"),
        ("2026-11-21", "Nov 21, 2026 has not come yet"),
    ],
)
def test_what_is_no_day_of_the_past_is_refused(clock: StillClock, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        moment_from_text(text, clock)
    assert refused.value.field == "at"
