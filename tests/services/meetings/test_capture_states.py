"""What notes would make is what they make; completions while typing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.registry import Meeting, Person
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import accounts, capture, meetings, people
from kam_desktop.services.analysis.capture import QuickMark, bare_mark, marked_lines
from kam_desktop.services.analysis.capture_offers import offers
from kam_desktop.services.analysis.capture_states import (
    UNREADABLE,
    Known,
    KnownPerson,
    LineState,
    people_called,
    stated_lines,
)
from kam_desktop.services.queries.capture import known, noted_meeting, notes
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import TEST_KEY, StillClock

TODAY = dt.date(2026, 11, 20)
PEOPLE = (KnownPerson("1", "Ana Pop", 1), KnownPerson("2", "Ana Ionescu"), KnownPerson("3", "Ben"))


def states(text: str, there: Known | None = None) -> list[LineState]:
    return [
        each.state
        for each in stated_lines(marked_lines(text, TODAY), there or Known(people=PEOPLE))
    ]


def test_each_line_says_what_becomes_of_it() -> None:
    text = """/commit send samples
/commit send samples
/commit they send samples
/support Pop +1
/support Ana +1
/support Nobody 0
/support Ben well disposed
/person Cleo
/support Cleo -1
/person Ana
/objection too dear
/objection too dear = cheaper over ten years"""
    assert states(text) == [
        LineState.NEW, LineState.KNOWN, LineState.NEW, LineState.KNOWN, LineState.SEVERAL,
        LineState.NOBODY, LineState.NO_SUPPORT, LineState.NEW, LineState.NEW, LineState.SEVERAL,
        LineState.NEW, LineState.NEW,
    ]  # fmt: skip


def test_the_last_judgement_of_a_person_counts() -> None:
    assert states("/support Ben +1\n/support Ben -1\n/support Ben +1") == [
        LineState.OVERRULED, LineState.OVERRULED, LineState.NEW,
    ]  # fmt: skip


def test_a_name_is_found_by_its_parts_and_whole_names_win() -> None:
    assert [each.id for each in people_called("pop", PEOPLE)] == ["1"]
    assert [each.id for each in people_called("ANA", PEOPLE)] == ["1", "2"]
    assert [each.id for each in people_called("ben", (*PEOPLE, KnownPerson("4", "Ben Li")))] == [
        "3"
    ]
    assert people_called(" ", PEOPLE) == []


WORDS = st.sampled_from(
    ["Ana", "Ana Pop", "Ben", "Cleo", "+1", "-2", "0", "friday", "they", "we", "=", "dear",
     "ß e\u0301", "\u200f", "sceptic", ","]
)  # fmt: skip
LINES = st.builds(
    lambda mark, words: f"/{mark} {' '.join(words)}",
    st.sampled_from([mark.value for mark in QuickMark]),
    st.lists(WORDS, max_size=4),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, empty_portfolio_file: Path) -> Path:
    """A portfolio with a meeting that has begun; the examples work on copies."""
    path = tmp_path_factory.mktemp("capture") / "capture.kam"
    shutil.copy(empty_portfolio_file, path)
    clock = StillClock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC))
    portfolio = Portfolio(path, TEST_KEY, clock=clock, device="test")
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        for name in ("Ana Pop", "Ben"):
            people.add_person(work, account, name)
        when = LocalTime.of_instant(clock.now() - dt.timedelta(hours=1), "Europe/Rome")
        meetings.add_meeting(work, account, MeetingType.SERVICE, when)
    portfolio.close()
    return path


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LINES, max_size=8))
def test_what_is_foretold_is_made_and_made_once(
    prepared: Path, tmp_path: Path, lines: list[str]
) -> None:
    path = tmp_path / "copy.kam"
    shutil.copy(prepared, path)
    clock = StillClock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC))
    portfolio = Portfolio(path, TEST_KEY, clock=clock, device="test")
    marked = marked_lines("\n".join(lines), TODAY)
    with portfolio.reading() as db:
        meeting = str(db.value("SELECT id FROM meeting"))
        foretold = stated_lines(marked, known(db, meeting))
    try:
        with portfolio.unit_of_work("Make records") as work:
            done = capture.apply_marks(work, meeting, marked)
        assert set(done.made) == {e.line.line for e in foretold if e.state is LineState.NEW}
        assert set(done.refused) == {e.line.line for e in foretold if e.state in UNREADABLE}
        with portfolio.unit_of_work("Make records") as work:
            assert capture.apply_marks(work, meeting, marked).made == ()
    finally:
        portfolio.close()


def test_a_judgement_made_since_is_not_judged_back(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        ana = people.add_person(work, account, "Ana Pop")
        when = LocalTime.of_instant(clock.now() - dt.timedelta(hours=1), "Europe/Rome")
        meeting = meetings.add_meeting(work, account, MeetingType.SERVICE, when)
        later = meetings.add_meeting(work, account, MeetingType.SERVICE, when)
        lines = marked_lines("/support Ana +1", TODAY)
        assert capture.apply_marks(work, meeting, lines).made == (0,)
    clock.go_on(days=1)
    with portfolio.unit_of_work("Judge") as work:
        capture.judge(work, later, ana, -1)
        assert capture.apply_marks(work, meeting, lines).made == ()
        assert work.get(Person, ana).support == -1


def test_notes_name_the_attendees_first(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        people.add_person(work, account, "Ana Pop")
        ben = people.add_person(work, account, "Ben")
        when = LocalTime.of_instant(clock.now(), "Europe/Rome")
        meeting = meetings.add_meeting(work, account, MeetingType.SERVICE, when, person_ids=[ben])
        work.get(Meeting, meeting).capture = " typed "
    with portfolio.reading() as db:
        found = notes(db, meeting)
        assert found is not None
        assert found.text == " typed "
        assert found.names == ("Ben", "Ana Pop")
        assert notes(db, account) is None


def test_notes_without_a_meeting_are_about_the_one_of_now(
    portfolio: Portfolio, clock: StillClock
) -> None:
    with portfolio.reading() as db:
        assert noted_meeting(db, "", clock.now()) is None
    with portfolio.unit_of_work("Plan") as work:
        account = accounts.add_account(work, name="Aurora Foods", country="Italy")

        def plan(hours: float) -> str:
            at = clock.now() + dt.timedelta(hours=hours)
            when = LocalTime.of_instant(at, "Europe/Rome")
            return meetings.add_meeting(work, account, MeetingType.SERVICE, when)

        before, following = plan(-2), plan(24)

    def shown() -> str:
        with portfolio.reading() as db:
            found = noted_meeting(db, "", clock.now())
        assert found is not None
        return found.detail.row.id

    assert shown() == before
    with portfolio.unit_of_work("Write up") as work:
        meetings.record_outcome(work, before, outcome="Fine", next_step="")
    assert shown() == following
    with portfolio.unit_of_work("Plan") as work:
        now = plan(-0.5)
    assert shown() == now
    clock.go_on(hours=5)
    assert shown() == following


NAMES = ("Ana Pop", "Ben", "Anatole")


@pytest.mark.parametrize(
    ("before", "texts"),
    [
        ("/", ["/commit ", "/action ", "/objection ", "/person ", "/support "]),
        ("  /SU", ["/support "]),
        ("a /", []),
        ("/zz", []),
        ("/commit A", []),
        ("/support ", ["Ana Pop ", "Ben ", "Anatole "]),
        ("/support po", ["Ana Pop "]),
        ("/su an", ["Ana Pop ", "Anatole "]),
        ("/support Ana Pop", []),
        ("/support ana pop ", ["+2", "+1", "0", "-1", "-2"]),
        ("/support Ben sc", ["-1"]),
        ("/support Ben +1", []),
        ("/person Be", ["Ben "]),
    ],
)
def test_completions(before: str, texts: list[str]) -> None:
    assert [offer.text for offer in offers(before, NAMES)] == texts


@given(st.text(max_size=40), st.lists(st.text(max_size=8), max_size=4))
def test_a_completion_fits_into_its_line(before: str, names: list[str]) -> None:
    for offer in offers(f"/{before}", names):
        assert 0 <= offer.start <= len(before) + 1
        assert offer.text.strip()


def test_a_mark_alone_is_known_to_be_one() -> None:
    assert bare_mark("  /com ") is QuickMark.COMMIT
    assert bare_mark("/commit x") is None
    assert bare_mark("/nothing") is None
