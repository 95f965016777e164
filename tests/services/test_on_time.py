"""The share of promises kept in time: an example worked by hand, and what always holds."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.analysis.health_facts import CommitmentFact
from kam_desktop.services.analysis.on_time import OnTime, on_time

TODAY = dt.date(2026, 11, 20)
YEAR_AGO = dt.date(2025, 11, 20)
S = CommitmentState


def promise(
    state: CommitmentState, due: str | None, closed: str | None = None, side: Side = Side.OURS
) -> CommitmentFact:
    """A promise with ISO days."""
    day = dt.date.fromisoformat
    return CommitmentFact(
        side,
        state,
        None,
        None if due is None else day(due),
        None if closed is None else day(closed),
    )


LEDGER = [
    promise(S.KEPT, "2026-10-01", "2026-09-28"),  # in time
    promise(S.KEPT, "2026-10-01", "2026-10-01"),  # in time, on its day
    promise(S.KEPT, "2026-10-01", "2026-10-02"),  # late by a day
    promise(S.BROKEN, "2026-12-24", "2026-11-02"),  # broken before its date
    promise(S.OPEN, "2025-01-31"),  # still open, long past its date
    promise(S.OPEN, "2026-11-20"),  # due today: not late yet
    promise(S.OPEN, "2027-01-31"),
    promise(S.OPEN, None),
    promise(S.WITHDRAWN, "2026-03-01", "2026-03-05"),
    promise(S.KEPT, None, "2026-05-05"),
    promise(S.BROKEN, None, "2026-05-05"),
    promise(S.KEPT, "2025-06-01", "2025-06-01"),  # before the window
    promise(S.BROKEN, "2026-06-01", "2026-06-01", Side.THEIRS),
]


def test_worked_example() -> None:
    found = on_time(LEDGER, Side.OURS, TODAY, YEAR_AGO)
    assert found == OnTime(
        in_time=2, late=1, broken=1, overdue=1, withdrawn=1, undated_kept=1, undated_broken=1
    )
    assert found.counted == 5
    assert found.ratio == 2 / 5


def test_without_a_window_everything_counts() -> None:
    assert on_time(LEDGER, Side.OURS, TODAY).ratio == 3 / 6


def test_nothing_due_is_unknown() -> None:
    quiet = [promise(S.OPEN, "2027-01-01"), promise(S.WITHDRAWN, "2026-01-01", "2026-01-01")]
    assert on_time(quiet, Side.OURS, TODAY, YEAR_AGO).ratio is None
    assert on_time([], Side.THEIRS, TODAY).ratio is None


def test_one_settled_without_a_day_counts_on_its_due_day() -> None:
    assert on_time([promise(S.KEPT, "2026-10-01")], Side.OURS, TODAY, YEAR_AGO).in_time == 1
    assert on_time([promise(S.LATE, "2026-10-01")], Side.OURS, TODAY, YEAR_AGO).late == 1


days = st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1))
facts = st.builds(
    CommitmentFact, st.sampled_from(Side), st.sampled_from(S), st.none() | days, st.none() | days,
    st.none() | days,
)  # fmt: skip


@given(st.lists(facts, max_size=30), st.sampled_from(Side), days, st.none() | days)
def test_a_ratio_is_a_share_or_unknown(
    ledger: list[CommitmentFact], side: Side, today: dt.date, first: dt.date | None
) -> None:
    found = on_time(ledger, side, today, first)
    assert found.counted <= sum(each.side is side and each.due_on is not None for each in ledger)
    assert (found.ratio is None) == (found.counted == 0)
    assert 0 <= (found.ratio or 0) <= 1
    assert on_time(reversed(ledger), side, today, first) == found


@given(st.lists(facts, max_size=30), days, st.integers(0, 90))
def test_one_more_kept_in_time_never_lowers_it(
    ledger: list[CommitmentFact], due: dt.date, early: int
) -> None:
    closed = due - dt.timedelta(days=early)
    kept = CommitmentFact(Side.OURS, S.KEPT, None, due, closed)
    before = on_time(ledger, Side.OURS, TODAY, YEAR_AGO).ratio
    after = on_time([*ledger, kept], Side.OURS, TODAY, YEAR_AGO).ratio
    assert (after or 0) >= (before or 0)


@given(st.lists(facts, max_size=30), days, st.sampled_from([S.BROKEN, S.OPEN]))
def test_one_more_broken_or_late_never_raises_it(
    ledger: list[CommitmentFact], due: dt.date, state: CommitmentState
) -> None:
    closed = due if state is S.BROKEN else None
    bad = CommitmentFact(Side.OURS, state, None, due, closed)
    before = on_time(ledger, Side.OURS, TODAY, YEAR_AGO).ratio
    after = on_time([*ledger, bad], Side.OURS, TODAY, YEAR_AGO).ratio
    assert before is None or (after is not None and after <= before)


@given(st.lists(facts, max_size=30), days)
def test_withdrawing_is_neither_good_nor_bad(ledger: list[CommitmentFact], due: dt.date) -> None:
    gone = CommitmentFact(Side.OURS, S.WITHDRAWN, None, due, due)
    before = on_time(ledger, Side.OURS, TODAY, YEAR_AGO).ratio
    assert on_time([*ledger, gone], Side.OURS, TODAY, YEAR_AGO).ratio == before
