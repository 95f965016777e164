"""Going back in time with the bar below the map: by keyboard, by mouse, by date."""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account, Meeting, Person
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import people
from kam_desktop.services.moments import end_of_day
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.relationship_map.timeline.bar import TimeBar
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock
from tests.ui.conftest import flush_deleted

Key = Qt.Key
Settled = Callable[[], None]
AGO = 100


@pytest.fixture
def kenji(portfolio: Portfolio, clock: StillClock) -> str:
    """Kenji at Aurora (account ``a``): neutral 100 days ago, supporter for 50, Anna new today."""
    today = clock.instant
    clock.instant = today - dt.timedelta(days=AGO)
    with portfolio.unit_of_work("Add account") as work:
        work.add(Account(id="a", name="Aurora Foods"))
        work.flush()
        kenji = people.add_person(work, "a", "Kenji Mori", support=0, influence=7)
        work.add(
            Meeting(
                account_id="a",
                title="Review",
                type=MeetingType.BUSINESS_REVIEW,
                starts_at=today - dt.timedelta(days=60),
            )
        )
    clock.instant = today - dt.timedelta(days=50)
    with portfolio.unit_of_work("Judge") as work:
        people.update_person(work, kenji, support=1)
    clock.instant = today
    with portfolio.unit_of_work("Add person") as work:
        people.add_person(work, "a", "Anna Berg")
    return kenji


@pytest.fixture
def bar(qtbot: QtBot, app_context: AppContext, kenji: str, settled: Settled) -> TimeBar:
    made = TimeBar(app_context)
    qtbot.addWidget(made)
    made.resize(1000, 120)
    made.show()
    qtbot.waitExposed(made)
    made.show_account("a")
    settled()
    return made


@pytest.fixture
def told(bar: TimeBar) -> list[dt.date | None]:
    """The days the bar asked the map to show, None for now."""
    days: list[dt.date | None] = []

    def keep(moment: dt.datetime | None) -> None:
        days.append(None if moment is None else moment.date())

    bar.moment_changed.connect(keep)
    return days


def lines(bar: TimeBar) -> list[str]:
    return [bar.changes.lines.item(row).text() for row in range(bar.changes.lines.count())]


def day(clock: StillClock, ago: int) -> dt.date:
    return (clock.instant.astimezone() - dt.timedelta(days=ago)).date()


def test_arrow_keys_go_from_moment_to_moment_and_home_and_end_to_the_ends(
    bar: TimeBar, told: list[dt.date | None], clock: StillClock, settled: Settled
) -> None:
    bar.slider.setFocus()
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Right, Key.Key_End, Key.Key_Home):
        QTest.keyClick(bar.slider, key)
    settled()
    days = [day(clock, ago) for ago in (0, 50, AGO, 50)]
    assert told == [*days, None, day(clock, AGO)]
    assert lines(bar) == ["Kenji Mori: neutral → supporter", "Anna Berg is new"]


def test_what_changed_can_be_read_up_to_an_earlier_moment_too(
    bar: TimeBar, kenji: str, clock: StillClock, settled: Settled
) -> None:
    marked: list[frozenset[str]] = []
    bar.highlight_wanted.connect(marked.append)
    bar.show_moment(end_of_day(day(clock, 90)))
    settled()
    until = bar.changes.findChild(QComboBox)
    assert isinstance(until, QComboBox)
    assert until.itemText(0) == "now"
    until.setCurrentIndex(2)
    until.activated.emit(2)
    settled()
    assert lines(bar) == ["Kenji Mori: neutral → supporter"]
    assert marked[-1] == {kenji}
    bar.now.click()
    settled()
    assert marked[-1] == frozenset()


def test_the_last_review_and_a_month_ago_are_one_button_away(
    bar: TimeBar, told: list[dt.date | None], clock: StillClock, settled: Settled
) -> None:
    assert bar.since_review.text() == "Since the last review"
    bar.since_review.click()
    bar.since_month.click()
    settled()
    assert told == [day(clock, 60), day(clock, 30)]
    assert lines(bar) == ["Anna Berg is new"]


def test_a_day_can_be_typed_and_what_cannot_be_shown_is_said(
    bar: TimeBar, told: list[dt.date | None], clock: StillClock, settled: Settled
) -> None:
    for ago, error in ((70, ""), (AGO + 1, "The map began on"), (-1, "has not come yet")):
        bar.day.line.setText(day(clock, ago).isoformat())
        bar.day.commit()
        assert error in bar.day.error_text
    settled()
    assert told == [day(clock, 70)]
    assert lines(bar) == ["Kenji Mori: neutral → supporter", "Anna Berg is new"]


def test_enter_on_a_line_goes_to_the_person(
    qtbot: QtBot, bar: TimeBar, kenji: str, clock: StillClock, settled: Settled
) -> None:
    bar.show_moment(end_of_day(day(clock, 90)))
    settled()
    bar.changes.lines.setCurrentRow(0)
    with qtbot.waitSignal(bar.person_wanted) as wanted:
        bar.changes.lines.itemActivated.emit(bar.changes.lines.item(0))
    assert wanted.args == [kenji]


def test_dragging_tells_only_where_the_handle_rests(
    bar: TimeBar, told: list[dt.date | None], clock: StillClock
) -> None:
    slider, middle = bar.slider, bar.slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 12, middle))
    for share in (0.9, 0.7, 0.5, 0.3, 0.02):
        QTest.mouseMove(slider, QPoint(int(slider.width() * share), middle))
    assert slider.value() == 0
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, middle))
    assert told[-1] == day(clock, AGO)
    assert len(told) < 4


def test_a_change_elsewhere_is_seen_in_the_comparison(
    bar: TimeBar, app_context: AppContext, kenji: str, clock: StillClock, settled: Settled
) -> None:
    bar.show_moment(end_of_day(day(clock, 90)))
    settled()
    app_context.operations.run(bar, "Judge", people.update_person, kenji, fields={"support": -2})
    settled()
    assert lines(bar)[0] == "Kenji Mori: neutral → opponent"


def test_where_all_was_recorded_today_there_is_nowhere_to_go_and_it_is_said(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, settled: Settled
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        work.add(Account(id="b", name="Borealis"))
    made = TimeBar(app_context)
    qtbot.addWidget(made)
    made.show()
    made.show_account("b")
    settled()
    assert "Nothing was recorded" in made._nothing.text()
    assert not made.slider.isVisible()
    with portfolio.unit_of_work("Add person") as work:
        work.add(Person(account_id="b", name="Anna Berg"))
    made.show_account("a")
    made.show_account("b")
    settled()
    assert "recorded today" in made._nothing.text()


def test_the_map_shows_the_past_and_cannot_be_changed_there(
    qtbot: QtBot, app_context: AppContext, kenji: str, clock: StillClock, settled: Settled
) -> None:
    view = RelationshipMapView(app_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    view.show_account("a")
    settled()
    view.acts.time.setChecked(True)
    settled()
    bar = view.sides.time_bar
    assert bar is not None
    bar.show_moment(end_of_day(day(clock, 90)))
    settled()
    assert [(card.name, card.support) for card in view.people] == [("Kenji Mori", 0)]
    assert view.read_only
    view.acts.time.setChecked(False)
    settled()
    assert len(view.people) == 2
    assert not view.read_only


def test_the_bar_is_freed_when_it_goes(
    app_context: AppContext, kenji: str, settled: Settled, collector_off: None
) -> None:
    made = TimeBar(app_context)
    made.show_account("a")
    settled()
    gone = weakref.ref(made)
    made.deleteLater()
    flush_deleted()
    del made
    assert gone() is None
