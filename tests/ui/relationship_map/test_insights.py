"""Thinking with a map beside it: what is said, where a line leads, what confirming does."""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import (
    BuyingCentre,
    Interaction,
    Opportunity,
    Person,
    RoleInDecision,
    TeamContact,
    TeamMember,
)
from kam_desktop.models.vocabulary import (
    DecisionRole,
    InteractionKind,
    TeamContactState,
    TieKind,
)
from kam_desktop.services import accounts, ties
from kam_desktop.ui.relationship_map.insights.lines import Mark, breakable
from kam_desktop.ui.relationship_map.insights.panel import ACCOUNT, PERSON, InsightsPanel
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Theme
from tests.conftest import StillClock
from tests.ui.conftest import flush_deleted

Settled = Callable[[], None]


class World:
    """Gate is the only way to Boss; nobody plays the economic buyer in Plant Nord."""

    def __init__(self, context: AppContext) -> None:
        with context.portfolio.unit_of_work("Set up") as work:
            self.account = accounts.add_account(work, name="Aurora Foods")
            self.empty = accounts.add_account(work, name="Nobody Ltd")
            work.flush()
            nord = BuyingCentre(account_id=self.account, name="Plant Nord")
            me, pia = TeamMember(name="You", is_me=True), TeamMember(name="Pia Sund")
            gate = Person(account_id=self.account, name="Gate Ott", influence=4)
            boss = Person(account_id=self.account, name="Boss Ruiz", title="Director", influence=9)
            for each in (nord, me, pia):
                work.add(each)
            work.flush()
            boss.buying_centre_id = gate.buying_centre_id = nord.id
            for each in (gate, boss):
                work.add(each)
            work.flush()
            ties.add_tie(work, gate.id, boss.id, TieKind.REPORTS_TO)
            work.add(RoleInDecision(person_id=boss.id, role=DecisionRole.DECISION_MAKER))
            work.add(TeamContact(person_id=gate.id, member_id=me.id, state=TeamContactState.GOOD))
            for days in (1, 2):
                work.add(
                    Interaction(
                        account_id=self.account,
                        kind=InteractionKind.VISIT,
                        at=context.clock.now() - dt.timedelta(days=days),
                        person_id=gate.id,
                    )
                )
            work.add(Opportunity(account_id=self.account, name="Pilot", person_id=boss.id))
        self.gate, self.boss, self.me, self.pia = gate.id, boss.id, me.id, pia.id


@pytest.fixture
def world(app_context: AppContext) -> World:
    return World(app_context)


@pytest.fixture
def panel(qtbot: QtBot, app_context: AppContext, world: World, settled: Settled) -> InsightsPanel:
    made = InsightsPanel(app_context)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    made.show_account(world.account)
    settled()
    return made


def sentences(panel: InsightsPanel) -> list[str]:
    return [section.sentence.text() for section in panel.account.sections]


def texts(section_lines: object) -> list[str]:
    return [each.line.text for each in section_lines.lines]  # type: ignore[attr-defined]


def test_each_question_is_answered_in_a_sentence(panel: InsightsPanel) -> None:
    coverage, threads, roles, failures, ours = sentences(panel)
    assert ours == "1 of ours is in contact with them."
    assert coverage == "Our contact covers 31% of the influence."
    assert threads == "Too few threads on 1 open opportunity."
    assert roles.startswith("Economic buyer missing in Plant Nord, and ")
    assert failures == "Gate Ott is our only way to 1 person."


def test_details_stand_below(panel: InsightsPanel) -> None:
    coverage, threads, _roles, failures, _ours = (s.lines for s in panel.account.sections)
    assert "Without Gate Ott, 100% of it would be lost." in texts(coverage)
    assert "Boss Ruiz is not in live contact" in texts(coverage)
    assert texts(threads)[0].startswith("Pilot: only 1 thread, 3 are safe; neither economic")
    assert "Only you are in contact with 1 person" in texts(failures)


def test_enter_on_a_line_goes_to_the_person_and_lets_them_stand_out(
    qtbot: QtBot, panel: InsightsPanel, world: World
) -> None:
    wanted, lit = QSignalSpy(panel.person_wanted), QSignalSpy(panel.highlight_wanted)
    line = panel.account.sections[3].lines.lines[0]
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert lit.at(lit.count() - 1)[0] == {world.gate, world.boss}
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert wanted.at(0)[0] == world.gate


def test_arrows_walk_the_lines_and_one_is_a_tab_stop(qtbot: QtBot, panel: InsightsPanel) -> None:
    lines = panel.account.sections[0].lines.lines
    lines[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(lines[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is lines[1]
    stops = [each for each in lines if each.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == [lines[1]]


def test_who_can_introduce_me_is_said_and_shown_on_the_map(
    panel: InsightsPanel, world: World, settled: Settled
) -> None:
    lit = QSignalSpy(panel.highlight_wanted)
    panel.show_person(world.boss)
    panel.open_introductions()
    settled()
    assert panel.tabs[PERSON].isChecked()
    assert panel.person.ways.sentence.text() == "Gate Ott can introduce you to Boss Ruiz."
    assert texts(panel.person.ways.lines) == ["You → Gate Ott → Boss Ruiz"]
    assert lit.at(lit.count() - 1)[0] == {world.gate, world.boss}


def test_what_if_somebody_leaves_changes_nothing(
    panel: InsightsPanel, world: World, settled: Settled, app_context: AppContext
) -> None:
    before = app_context.portfolio.next_undo()
    panel.show_person(world.gate)
    panel.open_what_if()
    settled()
    loss = panel.person.loss
    assert loss.sentence.text() == (
        "Without Gate Ott we would lose the way to 1 person and 1 thread."
    )
    assert "Coverage 31% → 0%" in texts(loss.lines)
    assert "Boss Ruiz: no way left" in texts(loss.lines)
    assert app_context.portfolio.next_undo() == before


def test_a_line_about_one_of_ours_asks_what_if_they_leave(
    qtbot: QtBot, panel: InsightsPanel, settled: Settled
) -> None:
    lines = panel.account.sections[3].lines.lines
    ours = next(each for each in lines if each.line.who)
    qtbot.keyClick(ours, Qt.Key.Key_Return)
    settled()
    assert panel.tabs[PERSON].isChecked()
    assert not panel.person.ways.isVisible()
    assert "Coverage 31% → 0%" in texts(panel.person.loss.lines)


def test_confirming_adds_a_vacant_seat_in_one_step_and_undo_takes_it_back(
    qtbot: QtBot, panel: InsightsPanel, settled: Settled, app_context: AppContext
) -> None:
    panel.open_suggestions()
    row = next(each for each in panel.suggestions.rows if each.suggestion.role)
    text = row.accessibleName()
    qtbot.mouseClick(row.confirm, Qt.MouseButton.LeftButton)
    settled()
    assert text not in [each.accessibleName() for each in panel.suggestions.rows]
    seats = "SELECT count(*) FROM person WHERE placeholder AND deleted_at IS NULL"
    with app_context.portfolio.reading() as db:
        assert db.value(seats) == 1
    app_context.operations.undo()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value(seats) == 0
    assert text in [each.accessibleName() for each in panel.suggestions.rows]


def test_not_now_puts_away_and_can_be_brought_back(
    qtbot: QtBot, panel: InsightsPanel, settled: Settled
) -> None:
    panel.open_suggestions()
    assert panel.thinking is not None
    count = len(panel.thinking.suggestions)
    assert not panel.suggestions.recall.isVisible()
    qtbot.mouseClick(panel.suggestions.rows[0].dismiss, Qt.MouseButton.LeftButton)
    settled()
    assert len(panel.thinking.suggestions) == count - 1
    qtbot.mouseClick(panel.suggestions.recall, Qt.MouseButton.LeftButton)
    settled()
    assert len(panel.thinking.suggestions) == count


def test_a_question_opens_the_person(qtbot: QtBot, panel: InsightsPanel, world: World) -> None:
    panel.open_suggestions()
    while panel.suggestions.more.isVisible():
        qtbot.mouseClick(panel.suggestions.more, Qt.MouseButton.LeftButton)
    wanted = QSignalSpy(panel.edit_wanted)
    row = next(each for each in panel.suggestions.rows if world.boss in each.suggestion.people)
    qtbot.mouseClick(row.confirm, Qt.MouseButton.LeftButton)
    assert wanted.at(0)[0] == world.boss


def test_an_account_without_people_says_so(
    panel: InsightsPanel, world: World, settled: Settled
) -> None:
    panel.show_account(world.empty)
    settled()
    assert not any(section.isVisible() for section in panel.account.sections)
    assert panel.suggestions.rows == []
    panel.show_account(world.account)
    settled()
    assert all(section.isVisible() for section in panel.account.sections)


def test_the_map_opens_it_follows_and_highlights(
    qtbot: QtBot, app_context: AppContext, world: World, settled: Settled
) -> None:
    view = RelationshipMapView(app_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    view.show_account(world.account)
    settled()
    view.stage.go_to(world.boss)
    view.acts.introduce.trigger()
    settled()
    panel = view.sides.insights
    assert panel is not None
    assert panel.isVisible()
    assert panel.person.ways.sentence.text() == "Gate Ott can introduce you to Boss Ruiz."
    view.stage.go_to(world.gate)
    settled()
    assert panel.person.ways.sentence.text() == "You are in contact with Gate Ott yourself."
    panel.tabs[ACCOUNT].trigger()
    view.acts.think.setChecked(False)
    assert not panel.isVisible()


def test_the_keyboard_goes_into_the_panel_and_back_with_escape(
    qtbot: QtBot, app_context: AppContext, world: World, settled: Settled
) -> None:
    view = RelationshipMapView(app_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    with qtbot.waitActive(view):
        view.show()
    view.show_account(world.account)
    settled()
    view.stage.go_to(world.boss)
    view.stage.setFocus()
    for key in (Qt.Key.Key_I, Qt.Key.Key_W, Qt.Key.Key_S):
        inside = QApplication.focusWidget()
        assert inside is not None
        qtbot.keyClick(inside, key)
        settled()
        panel = view.sides.insights
        assert panel is not None
        focused = QApplication.focusWidget()
        assert focused is not None
        assert panel.isAncestorOf(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Escape)
        back = QApplication.focusWidget()
        assert back is not None
        assert not panel.isAncestorOf(back)
        assert panel.isVisible()


def test_the_past_is_thought_about_and_nothing_can_be_confirmed_there(
    panel: InsightsPanel, world: World, settled: Settled, app_context: AppContext, clock: StillClock
) -> None:
    then = clock.now()
    clock.go_on(days=2)
    with app_context.portfolio.unit_of_work("Add") as work:
        work.add(Person(account_id=world.account, name="New Face", influence=10))
    app_context.bus.publish(work.changes)
    settled()
    now = sentences(panel)[0]
    panel.show_account(world.account, then)
    settled()
    assert sentences(panel)[0] != now
    assert sentences(panel)[0] == "Our contact covers 31% of the influence."
    panel.open_suggestions()
    assert panel.suggestions.rows
    assert not any(row.confirm.isVisible() for row in panel.suggestions.rows)


def test_marks_follow_the_theme(panel: InsightsPanel, theme: Theme) -> None:
    mark = panel.findChild(Mark)
    assert mark is not None
    light = mark.pixmap().toImage()
    theme.apply("dark")
    assert mark.pixmap().toImage() != light


@pytest.mark.usefixtures("collector_off")
def test_the_panel_is_freed_without_the_collector(
    app_context: AppContext, world: World, settled: Settled
) -> None:
    made = InsightsPanel(app_context)
    made.show()
    made.show_account(world.account)
    made.show_person(world.boss)
    settled()
    line = made.account.sections[0].lines.lines[0]
    gone = [weakref.ref(each) for each in (made, line, made.suggestions.rows[0], made.person)]
    del line
    made.deleteLater()
    del made
    flush_deleted()
    assert [each() for each in gone] == [None] * 4


def test_a_very_long_word_does_not_push_the_rest_out_of_sight(
    qtbot: QtBot, app_context: AppContext, settled: Settled
) -> None:
    with app_context.portfolio.unit_of_work("Set up") as work:
        account = accounts.add_account(work, name="Long")
        work.flush()
        work.add(Person(account_id=account, name="Wolfe" * 60, influence=5))
    made = InsightsPanel(app_context)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    made.show_account(account)
    settled()
    widest = max(each.geometry().right() for each in made.account.sections)
    assert widest <= made.width()
    assert breakable("a" * 24) == "a" * 24
    assert breakable("a" * 25) == "a" * 24 + "\u200ba"
    assert breakable("a" * 24 + "\u0301") == "a" * 24 + "\u0301"
