"""Actions of ours beside the promises: keys, undo, the form, and how much was kept in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import TeamMember
from kam_desktop.models.vocabulary import ActionState, Side
from kam_desktop.services.actions import add_action
from kam_desktop.services.commitments import add_commitment, keep_commitment
from kam_desktop.ui.account.lines import Line
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.promises import PromisesSection
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.handouts.promises_preview import PromisesPreview
from kam_desktop.ui.shell.context import AppContext

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def section(
    opened: Callable[[str], Section], app_context: AppContext, account_id: str
) -> PromisesSection:
    with app_context.portfolio.unit_of_work("Add") as work:
        me = TeamMember(name="Ana Pop", is_me=True)
        work.add(me)
        work.flush()
        due = TODAY - dt.timedelta(days=3)
        add_action(work, account_id, "Ask service", due_on=due, owner_id=me.id)
    found = opened("promises")
    assert isinstance(found, PromisesSection)
    return found


@pytest.fixture
def stored(app_context: AppContext) -> Callable[[], tuple[object, ...]]:
    """State, day it was closed and whether the action is still there."""

    def read() -> tuple[object, ...]:
        with app_context.portfolio.reading() as db:
            sql = "SELECT state, closed_on, deleted_at IS NULL FROM action WHERE text LIKE 'Ask%'"
            return db.row(sql) or ()

    return read


def _line(section: PromisesSection) -> Line:
    line = section.actions_card.list.lines[0]
    line.setFocus()
    return line


def test_an_action_says_who_does_it_and_how_late_it_is(section: PromisesSection) -> None:
    texts = [label.text() for label in section.actions_card.findChildren(QLabel)]
    assert "▲ 3 days late" in texts
    assert "▲ 1 late" in texts
    assert "Ana Pop" in section.actions_card.list.lines[0].accessibleName()


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_D, ("done", "2026-11-20", 1)),
        (Qt.Key.Key_X, ("dropped", "2026-11-20", 1)),
        (Qt.Key.Key_Delete, ("open", None, 0)),
        (Qt.Key.Key_K, ("open", None, 1)),
    ],
)
def test_one_key_says_what_became_of_it_and_is_undone(
    section: PromisesSection,
    stored: Callable[[], tuple[object, ...]],
    settled: Callable[[], None],
    app_context: AppContext,
    key: Qt.Key,
    state: tuple[object, ...],
) -> None:
    QTest.keyClick(_line(section), key)
    settled()
    settled()
    assert stored() == state
    if state != ("open", None, 1):
        app_context.operations.undo()
        settled()
        settled()
    assert stored() == ("open", None, 1)
    assert len(section.actions_card.list.lines) == 1


def test_what_is_done_is_shown_on_demand_and_opened_again(
    section: PromisesSection,
    stored: Callable[[], tuple[object, ...]],
    settled: Callable[[], None],
) -> None:
    box = section.actions_card.list.lines[0].findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    box.click()
    settled()
    settled()
    assert not section.actions_card.list.lines
    section.actions_card.more.click()
    settled()
    settled()
    assert section.actions_card.list.lines[0].row.state is ActionState.DONE
    QTest.keyClick(_line(section), Qt.Key.Key_O)
    settled()
    assert stored() == ("open", None, 1)


def test_an_action_is_added_from_the_keyboard_and_is_the_users_own(
    section: PromisesSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    section.actions_card.add_action()
    form = section.actions_card.form
    QTest.keyClicks(form.editor("text").line, "Book the room")  # type: ignore[attr-defined]
    due = form.editor("due_on").line  # type: ignore[attr-defined]
    QTest.keyClicks(due, "+7")
    QTest.keyClick(due, Qt.Key.Key_Return)
    settled()
    settled()
    assert form.isHidden()
    row = section.actions_card.list.lines[1].row
    assert (row.text, row.owner_name) == ("Book the room", "Ana Pop")
    assert row.due_on == TODAY + dt.timedelta(days=7)


def test_an_action_is_changed_in_its_place_and_refused_without_words(
    section: PromisesSection, settled: Callable[[], None]
) -> None:
    QTest.keyClick(_line(section), Qt.Key.Key_Return)
    form = section.actions_card.form
    form.editor("text").line.setText(" ")  # type: ignore[attr-defined]
    form.submit()
    settled()
    assert form.editor("text").error_text
    form.editor("text").line.setText("Ask service by phone")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    assert section.actions_card.list.lines[0].row.text == "Ask service by phone"


def test_a_link_leads_to_the_actions(
    section: PromisesSection, page: AccountPage, settled: Callable[[], None]
) -> None:
    page.show_with(account_id=section.account_id, section="actions")
    settled()
    settled()
    assert section.actions_card.list.lines[0].hasFocus()


# The ledger


def test_how_much_was_kept_in_time(
    section: PromisesSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    # The sample has one promise of ours, open and late.
    assert section.ledger.ours.pill.text() == "0 of 1 in time"
    assert section.ledger.theirs.pill.text() == "Unknown: nothing fell due"
    app_context.operations.run(section, "x", _keep_long_ago, section.account_id)
    settled()
    settled()
    assert section.ledger.ours.pill.text() == "1 of 2 in time"
    section.ledger.months.setCurrentIndex(section.ledger.months.findData(3))
    assert section.ledger.ours.pill.text() == "0 of 1 in time"


def _keep_long_ago(work: object, account_id: str) -> None:
    on = dt.date(2026, 5, 4)
    key = add_commitment(work, account_id, Side.OURS, "Offer", made_on=on, due_on=on)  # type: ignore[arg-type]
    work.flush()  # type: ignore[attr-defined]
    keep_commitment(work, key, on=on)  # type: ignore[arg-type]


def test_only_one_side_or_only_settled_ones_are_shown(
    section: PromisesSection, settled: Callable[[], None]
) -> None:
    section.ledger.side.setCurrentIndex(section.ledger.side.findData("theirs"))
    settled()
    settled()
    assert section.ours.isHidden()
    assert not section.theirs.isHidden()
    section.ledger.state.setCurrentIndex(section.ledger.state.findData("settled"))
    settled()
    settled()
    assert section.columns.isHidden()
    assert not section.settled.isHidden()
    section.add_ours()
    assert section.form.isVisible()


def test_the_page_for_the_client_is_previewed(
    section: PromisesSection, page: AccountPage, settled: Callable[[], None], qtbot: QtBot
) -> None:
    commands = {action.text(): action for action in section.commands()}
    commands["Print promises…"].trigger()
    (preview,) = page.window().findChildren(PromisesPreview)
    for _turn in range(4):
        settled()
    assert preview.save.isEnabled()
    assert "promises 2026-11-20" in preview.file_name
    preview.close()
