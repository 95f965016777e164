"""Claims about people: they fade, the newest is believed, and what contradicts it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence
from kam_desktop.services import claims, people
from kam_desktop.services.analysis.claims import (
    Freshness,
    Stated,
    certainty,
    contradicting,
    freshness,
    value_of,
    value_text,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.claims import believed_on, judged_fields
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

TODAY = dt.date(2026, 11, 20)
Do = Callable[..., Any]


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def ana(portfolio: Portfolio, do: Do) -> str:
    with portfolio.unit_of_work("Add account") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
    return str(do(people.add_person, account.id, "Ana Pop"))


@pytest.fixture
def state(do: Do, ana: str) -> Do:
    """States a claim about Ana: ``state(field, value, days ago)``."""

    def run(field: str, value: object, days: int = 0, **fields: Any) -> Any:
        how = {"source": "seen", "confidence": "high", **fields}
        return do(claims.state_claim, ana, field, value, on=ago(days), **how)

    return run


def own(portfolio: Portfolio, person: str, field: str) -> Any:
    with portfolio.reading() as db:
        return db.value(f"SELECT {field} FROM person WHERE id = ?", (person,))


# Fading. Product rules, section 1: "a fact about a person: source, confidence, date. It fades with
# age"; exponential as strength is (section 4); the half-lives are this program's own defaults.


@pytest.mark.parametrize(
    ("field", "confidence", "days", "worth"),
    [
        (ClaimField.SUPPORT, Confidence.HIGH, 0, 1.0),
        (ClaimField.SUPPORT, Confidence.HIGH, 180, 0.5),  # one half-life
        (ClaimField.SUPPORT, Confidence.HIGH, 360, 0.25),  # two: at the limit, not below it
        (ClaimField.SUPPORT, Confidence.MEDIUM, 180, 0.35),  # 0.7 · ½
        (ClaimField.INFLUENCE, Confidence.MEDIUM, 365, 0.35),
        (ClaimField.ORIENTATION, Confidence.LOW, 730, 0.2),  # 0.4 · ½
    ],
)
def test_what_a_judgement_is_worth(
    field: ClaimField, confidence: Confidence, days: int, worth: float
) -> None:
    assert certainty(field, confidence, ago(days), TODAY) == pytest.approx(worth)


def stated(
    value: int | str | None,
    days: int,
    *,
    field: ClaimField = ClaimField.SUPPORT,
    source: ClaimSource = ClaimSource.SEEN,
    told_by: str = "",
    confidence: Confidence = Confidence.HIGH,
    key: str = "",
) -> Stated:
    key = key or f"{10_000 - days:05}"
    return Stated(key, field, value, source, told_by, confidence, ago(days))


@pytest.mark.parametrize(
    ("days", "confidence", "how"),
    [
        (0, Confidence.HIGH, Freshness.FRESH),
        (89, Confidence.HIGH, Freshness.FRESH),
        (90, Confidence.HIGH, Freshness.FADING),  # half of its half-life of 180 days
        (360, Confidence.HIGH, Freshness.FADING),
        (361, Confidence.HIGH, Freshness.FADED),  # 2^(−361/180) < 0.25
        (122, Confidence.LOW, Freshness.FADING),  # 0.4 · 2^(−122/180) = 0.2501
        (123, Confidence.LOW, Freshness.FADED),
    ],
)
def test_how_fresh_a_judgement_is_said_to_be(
    days: int, confidence: Confidence, how: Freshness
) -> None:
    assert freshness(stated(1, days, confidence=confidence), TODAY) is how


def test_a_value_nobody_noted_a_source_for_is_undated() -> None:
    assert freshness(None, TODAY) is Freshness.UNDATED


# Contradictions


def test_another_source_that_says_otherwise_contradicts() -> None:
    seen, told = stated(1, 10), stated(-2, 40, source=ClaimSource.COLLEAGUE)
    assert contradicting([seen, told], TODAY) == {ClaimField.SUPPORT: told}


@pytest.mark.parametrize(
    "other",
    [
        stated(1, 40, source=ClaimSource.COLLEAGUE),
        stated(-2, 40),  # the same source changed its mind
        stated(None, 40, source=ClaimSource.COLLEAGUE),
        stated(-2, 191, source=ClaimSource.COLLEAGUE),  # more than one half-life before
        stated(-2, 130, source=ClaimSource.COLLEAGUE, confidence=Confidence.LOW),  # faded
        stated(9, 40, source=ClaimSource.COLLEAGUE, field=ClaimField.INFLUENCE),
    ],
)
def test_what_does_not_contradict(other: Stated) -> None:
    assert contradicting([stated(1, 10), other], TODAY) == {}


def test_influence_contradicts_only_when_far_apart() -> None:
    def told(value: int) -> Stated:
        return stated(value, 40, field=ClaimField.INFLUENCE, source=ClaimSource.OTHERS)

    now = stated(8, 1, field=ClaimField.INFLUENCE)
    assert contradicting([now, told(6)], TODAY) == {}
    assert contradicting([now, told(5)], TODAY) == {ClaimField.INFLUENCE: told(5)}


# Values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (ClaimField.SUPPORT, -2), (ClaimField.SUPPORT, None), (ClaimField.INFLUENCE, 0),
        (ClaimField.COVERAGE, "in_depth"), (ClaimField.LEVEL, "trusted_adviser"),
        (ClaimField.ORIENTATION, "business"),
    ],
)  # fmt: skip
def test_a_value_comes_back_from_its_text(field: ClaimField, value: int | str | None) -> None:
    assert value_of(field, value_text(value)) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("support", 3), ("support", "friendly"), ("support", True), ("support", 0.5),
        ("influence", -1), ("influence", 11), ("influence", float("inf")), ("influence", [1]),
        ("coverage", "deep"), ("level", "friend"), ("orientation", 1),
    ],
)  # fmt: skip
def test_what_is_no_value_of_the_field_is_refused(
    portfolio: Portfolio, state: Do, ana: str, field: str, value: object
) -> None:
    with pytest.raises(UserError) as refused:
        state(field, value)
    assert refused.value.field == "value"
    assert own(portfolio, ana, field) is None


# Stating


def test_a_claim_sets_the_persons_own_value(portfolio: Portfolio, state: Do, ana: str) -> None:
    state("support", 1, 30)
    state("level", "problem_solver")
    assert own(portfolio, ana, "support") == 1
    assert own(portfolio, ana, "level") == "problem_solver"


def test_an_older_claim_does_not_replace_what_is_known_since(
    portfolio: Portfolio, state: Do, ana: str
) -> None:
    state("support", 1, 30)
    state("support", -2, 60)
    assert own(portfolio, ana, "support") == 1


def test_unknown_can_be_claimed_and_is_not_neutral(
    portfolio: Portfolio, state: Do, ana: str
) -> None:
    state("support", 0, 30)
    state("support", None, note="new in the job, behaves differently")
    assert own(portfolio, ana, "support") is None


def test_a_day_to_come_is_refused(state: Do, do: Do) -> None:
    with pytest.raises(UserError) as refused:
        state("support", 1, -1)
    assert refused.value.field == "on"
    claim = state("support", 1)
    with pytest.raises(UserError):
        do(claims.update_claim, claim, on=ago(-1))


def test_correcting_or_taking_back_a_claim_lets_the_newest_count_again(
    portfolio: Portfolio, state: Do, do: Do, ana: str
) -> None:
    old, new = state("support", -1, 60), state("support", 2, 10)
    do(claims.update_claim, new, value=1, note=" corrected ", source_text="  Ida   K. ")
    assert own(portfolio, ana, "support") == 1
    do(claims.update_claim, new, on=ago(90))
    assert own(portfolio, ana, "support") == -1
    do(claims.delete_claim, old)
    assert own(portfolio, ana, "support") == 1
    do(claims.delete_claim, new)
    assert own(portfolio, ana, "support") is None
    for expected in (1, -1, 1, 2, -1):
        portfolio.undo()
        assert own(portfolio, ana, "support") == expected


def test_claims_go_with_the_person_and_come_back_with_them(
    portfolio: Portfolio, state: Do, do: Do, ana: str
) -> None:
    state("support", 1)
    alive = "SELECT count(*) FROM claim WHERE deleted_at IS NULL"
    do(people.delete_person, ana)
    with portfolio.reading() as db:
        assert db.value(alive) == 0
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.value(alive) == 1


def test_long_and_foreign_words_are_kept(portfolio: Portfolio, state: Do, ana: str) -> None:
    said = "אמר לי 北極星 " * 40
    state("support", 1, source="others", source_text=said, note=said)
    with portfolio.reading() as db:
        claim = judged_fields(db, ana, TODAY)[ClaimField.SUPPORT].believed
    assert claim is not None
    assert claim.source_text == claim.note == said.strip()


# The user's own judgement


def test_a_value_set_without_a_source_is_the_users_own_judgement_of_today(
    portfolio: Portfolio, do: Do, ana: str
) -> None:
    do(people.update_person, ana, support=1, influence=7, title="Buyer")
    with portfolio.reading() as db:
        judged = judged_fields(db, ana, TODAY)
    for field, value in ((ClaimField.SUPPORT, 1), (ClaimField.INFLUENCE, 7)):
        claim = judged[field].believed
        assert claim is not None
        assert (claim.value, claim.source, claim.on) == (value, ClaimSource.GUESS, TODAY)
        assert claim.certainty == pytest.approx(0.7)
    assert judged[ClaimField.LEVEL].claims == ()
    portfolio.undo()
    assert own(portfolio, ana, "support") is None
    with portfolio.reading() as db:
        assert judged_fields(db, ana, TODAY)[ClaimField.SUPPORT].claims == ()


def test_second_thoughts_of_one_day_are_one_judgement(
    portfolio: Portfolio, do: Do, ana: str, clock: StillClock
) -> None:
    for value in (1, 2, None, -1):
        do(people.update_person, ana, support=value)
    clock.go_on(days=1)
    do(people.update_person, ana, support=0)
    with portfolio.reading() as db:
        rows = judged_fields(db, ana, clock.today())[ClaimField.SUPPORT].claims
    assert [row.value for row in rows] == [0, -1]


def test_a_stated_source_of_the_same_day_is_not_overwritten(
    portfolio: Portfolio, do: Do, state: Do, ana: str
) -> None:
    state("support", 2, source="said")
    do(people.update_person, ana, support=-1)
    assert own(portfolio, ana, "support") == -1
    with portfolio.reading() as db:
        support = judged_fields(db, ana, TODAY)[ClaimField.SUPPORT]
    assert [row.value for row in support.claims] == [-1, 2]
    assert support.against is not None
    assert support.against.value == 2


def test_the_users_word_counts_even_when_the_clock_was_set_back(
    portfolio: Portfolio, do: Do, state: Do, ana: str, clock: StillClock
) -> None:
    state("support", 2)
    clock.go_on(days=-30)
    do(people.update_person, ana, support=-1)
    assert own(portfolio, ana, "support") == -1


def test_setting_what_is_there_already_notes_nothing(
    portfolio: Portfolio, do: Do, state: Do, ana: str
) -> None:
    state("support", 1, 30)
    do(people.update_person, ana, support=1)
    with portfolio.reading() as db:
        assert len(judged_fields(db, ana, TODAY)[ClaimField.SUPPORT].claims) == 1


# As it was


def test_what_was_believed_on_a_day_is_the_newest_claim_by_then(
    portfolio: Portfolio, state: Do, ana: str
) -> None:
    state("support", -1, 100)
    state("support", 1, 50)
    state("support", None, 10)
    believed = {}
    with portfolio.reading() as db:
        for days in (101, 100, 51, 50, 10, 0):
            believed[days] = believed_on(db, ana, ago(days)).get(ClaimField.SUPPORT, "no claim")
        then = judged_fields(db, ana, ago(60))[ClaimField.SUPPORT]
    assert believed == {101: "no claim", 100: -1, 51: -1, 50: 1, 10: None, 0: None}
    assert [row.value for row in then.claims] == [-1]
    assert then.believed is not None
    assert then.believed.certainty == pytest.approx(2 ** (-40 / 180))


def test_after_claims_were_moved_a_person_follows_the_newest(
    portfolio: Portfolio, do: Do, state: Do, ana: str
) -> None:
    state("support", -1, 20)
    account = own(portfolio, ana, "account_id")
    ben = do(people.add_person, account, "Ben Ode", support=2, influence=4)
    with portfolio.unit_of_work("Move claims") as work:
        work.execute("UPDATE claim SET person_id = ?", (ben,))
        claims.follow_newest(work, ben)
    assert own(portfolio, ben, "support") == -1
    assert own(portfolio, ben, "influence") == 4
