"""Promises in the dossier: every outcome has a key, every change is one step of undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.queries.choices import Choice
from kam_desktop.ui.account.lines import Line
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.promises import PromisesSection
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord
from kam_desktop.ui.shell.context import AppContext

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def section(opened: Callable[[str], Section]) -> PromisesSection:
    found = opened("promises")
    assert isinstance(found, PromisesSection)
    return found


@pytest.fixture
def stored(app_context: AppContext) -> Callable[[], tuple[object, ...]]:
    """State, day it was closed and evidence of the promise in the sample."""

    def read() -> tuple[object, ...]:
        with app_context.portfolio.reading() as db:
            return (
                db.row(
                    "SELECT state, closed_on, deleted_at IS NULL FROM commitment"
                    " WHERE text LIKE 'Pilot report%'"
                )
                or ()
            )

    return read


def _line(section: PromisesSection) -> Line:
    line = section.ours.list.lines[0]
    line.setFocus()
    return line


def test_late_is_said_with_a_sign_and_a_word(section: PromisesSection) -> None:
    texts = [label.text() for label in section.ours.findChildren(QLabel)]
    assert "▲ 2 days late" in texts
    assert "▲ 1 late" in texts
    assert "late" in section.ours.list.lines[0].accessibleName()


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_K, ("kept", "2026-11-18", 1)),
        (Qt.Key.Key_L, ("kept", "2026-11-20", 1)),
        (Qt.Key.Key_B, ("broken", "2026-11-20", 1)),
        (Qt.Key.Key_W, ("withdrawn", "2026-11-20", 1)),
        (Qt.Key.Key_Delete, ("open", None, 0)),
    ],
)
def test_one_key_says_what_became_of_it(
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
    assert section.ours.list.lines == ()
    app_context.operations.undo()
    settled()
    settled()
    assert stored() == ("open", None, 1)
    assert len(section.ours.list.lines) == 1


def test_a_settled_promise_is_opened_again(
    section: PromisesSection,
    stored: Callable[[], tuple[object, ...]],
    settled: Callable[[], None],
) -> None:
    QTest.keyClick(_line(section), Qt.Key.Key_B)
    settled()
    settled()
    line = section.settled.list.lines[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_K)
    settled()
    assert stored()[0] == "broken", "a settled promise cannot be kept"
    QTest.keyClick(line, Qt.Key.Key_O)
    settled()
    settled()
    assert stored() == ("open", None, 1)


def test_the_box_of_a_line_keeps_it_today(
    section: PromisesSection,
    stored: Callable[[], tuple[object, ...]],
    settled: Callable[[], None],
) -> None:
    box = section.ours.list.lines[0].findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    box.click()
    settled()
    assert stored()[:2] == ("kept", "2026-11-20")


def test_a_promise_of_theirs_is_added_from_the_keyboard(
    section: PromisesSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    section.theirs.add_button.click()
    form = section.form
    QTest.keyClicks(form.editor("text").line, "Volume forecast")  # type: ignore[attr-defined]
    with app_context.portfolio.reading() as db:
        person_id, account_id = db.row("SELECT id, account_id FROM person WHERE name <> ''") or ()
    picker = form.editor("person_id")
    assert isinstance(picker, InlineRecord)
    picker.picker.set_choice(Choice("person", person_id, account_id, "Elena Example", ""))
    due = form.editor("due_on").line  # type: ignore[attr-defined]
    QTest.keyClicks(due, "+7")
    QTest.keyClick(due, Qt.Key.Key_Return)
    settled()
    settled()
    assert form.isHidden()
    row = section.theirs.list.lines[0].row
    assert (row.side, row.text, row.person_name) == (
        Side.THEIRS,
        "Volume forecast",
        "Elena Example",
    )
    assert row.due_on == TODAY + dt.timedelta(days=7)


def test_what_is_refused_stays_in_the_form(
    section: PromisesSection, settled: Callable[[], None]
) -> None:
    section.ours.add_button.click()
    form = section.form
    QTest.keyClicks(form.editor("person_id").picker, "Nobody of theirs")  # type: ignore[attr-defined]
    form.submit()
    assert form.editor("person_id").error_text
    form.editor("person_id").revert()
    QTest.keyClicks(form.editor("text").line, "A report")  # type: ignore[attr-defined]
    QTest.keyClicks(form.editor("due_on").line, "2026-11-01")  # type: ignore[attr-defined]
    form.submit()
    settled()
    assert form.editor("due_on").error_text
    assert form.isVisible()
    assert form.editor("text").value() == "A report"
    form.close_form()


def test_a_promise_is_changed_in_its_place_while_the_list_moves(
    section: PromisesSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    line = _line(section)
    QTest.keyClick(line, Qt.Key.Key_Return)
    form = section.form
    assert form.isVisible()
    assert line.isHidden()
    form.editor("evidence").line.setText("Mail of 19 November")  # type: ignore[attr-defined]
    from kam_desktop.services.commitments import add_commitment

    account_id = section.account_id
    app_context.operations.run(section, "x", add_commitment, account_id, Side.OURS, "Another")
    settled()
    settled()
    assert form.isVisible()
    assert form.editor("evidence").value() == "Mail of 19 November"
    form.submit()
    settled()
    settled()
    assert form.isHidden()
    rows = {each.row.text: each.row for each in section.ours.list.lines}
    assert rows["Pilot report"].evidence == "Mail of 19 November"
    assert set(rows) == {"Pilot report", "Another"}


def test_what_was_typed_is_kept_when_another_account_is_opened(
    section: PromisesSection, page: AccountPage, settled: Callable[[], None],
    app_context: AppContext,
) -> None:  # fmt: skip
    from kam_desktop.services.accounts import add_account

    first = section.account_id
    with app_context.portfolio.unit_of_work("other") as work:
        other = add_account(work, name="Other Ltd")
    section.add_ours()
    section.form.editor("text").line.setText("Half typed")  # type: ignore[attr-defined]
    page.show_with(account_id=other)
    settled()
    settled()
    with app_context.portfolio.reading() as db:
        found = db.value("SELECT account_id FROM commitment WHERE text = 'Half typed'")
    assert found == first
    assert section.form.isHidden()


def test_arrow_keys_walk_and_only_one_line_is_a_tab_stop(
    section: PromisesSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    from kam_desktop.services.commitments import add_commitment

    account_id = section.account_id
    app_context.operations.run(section, "x", add_commitment, account_id, Side.OURS, "Another")
    settled()
    settled()
    first, second = section.ours.list.lines
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    stops = [line.focusPolicy() == Qt.FocusPolicy.StrongFocus for line in (first, second)]
    assert stops == [False, True]


def test_the_actions_of_the_section_are_in_the_palette(
    section: PromisesSection, page: AccountPage
) -> None:
    _line(section)
    actions = {action.text(): action for action in page.commands()}
    assert actions["Kept late"].isEnabled()
    assert not actions["Open again"].isEnabled()
    actions["Withdrawn"].trigger()
