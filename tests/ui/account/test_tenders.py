"""Tenders and recurring reviews in the dossier: the clock, keys, forms, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kam_desktop.models.vocabulary import Rhythm
from kam_desktop.services.queries.tenders import GateRow, TenderRow
from kam_desktop.services.tenders import add_internal_review, add_tender
from kam_desktop.ui.account.commercial import CommercialSection
from kam_desktop.ui.account.lines import Line
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.tender_clock import TenderClock, share, span, summary
from kam_desktop.ui.account.tenders import TenderArea
from kam_desktop.ui.shell.context import AppContext

TODAY = dt.date(2026, 11, 20)
AWARD = dt.date(2027, 3, 20)


@pytest.fixture
def section(
    opened: Callable[[str], Section], app_context: AppContext, account_id: str
) -> CommercialSection:
    with app_context.portfolio.unit_of_work("Add") as work:
        add_tender(work, account_id, "Packaging lines", AWARD)
        day = TODAY - dt.timedelta(days=1)
        add_internal_review(work, account_id, "Account team", Rhythm.WEEKLY, day)
    found = opened("commercial")
    assert isinstance(found, CommercialSection)
    return found


@pytest.fixture
def area(section: CommercialSection) -> TenderArea:
    return section.tender_area


def _tender(area: TenderArea) -> TenderRow:
    row = area.tenders.list.lines[0].row
    assert isinstance(row, TenderRow)
    return row


def _press(line: Line, key: Qt.Key, settled: Callable[[], None]) -> None:
    line.setFocus()
    QTest.keyClick(line, key)
    settled()
    settled()


def test_missed_gates_are_said_plainly(area: TenderArea) -> None:
    missed = _tender(area).missed(TODAY)
    assert len(missed) == 4
    texts = [label.text() for label in area.tenders.findChildren(QLabel)]
    assert "▲ 4 gates missed" in texts
    said = next(text for text in texts if text.startswith("Missed: "))
    assert missed[0].name in said
    assert "0 of 10 gates reached, 4 missed" in area.tenders.list.lines[0].accessibleName()


def test_a_gate_is_reached_by_key_and_taken_back(
    area: TenderArea, settled: Callable[[], None], app_context: AppContext
) -> None:
    _press(area.tenders.list.lines[1], Qt.Key.Key_R, settled)
    assert area.tenders.list.lines[1].row.done_on == TODAY
    assert len(_tender(area).missed(TODAY)) == 3
    _press(area.tenders.list.lines[1], Qt.Key.Key_O, settled)
    assert area.tenders.list.lines[1].row.done_on is None
    app_context.operations.undo()
    settled()
    settled()
    assert area.tenders.list.lines[1].row.done_on == TODAY


def test_moving_the_award_moves_what_is_ahead_in_one_step(
    area: TenderArea, settled: Callable[[], None], app_context: AppContext
) -> None:
    _press(area.tenders.list.lines[1], Qt.Key.Key_R, settled)
    before = _tender(area)
    _press(area.tenders.list.lines[0], Qt.Key.Key_Return, settled)
    form = area.tender_form
    form.editor("name").line.setText("Packaging lines 5 and 6")  # type: ignore[attr-defined]
    form.editor("award_on").line.setText("2027-04-20")  # type: ignore[attr-defined]
    chooser = form.editor("opportunity_id")
    chooser.combo.setCurrentText("Line 4")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    after = _tender(area)
    assert form.isHidden()
    assert (after.name, after.opportunity) == ("Packaging lines 5 and 6", "Line 4")
    moved = dt.date(2027, 4, 20) - AWARD
    assert [gate.on for gate in after.gates] == [
        gate.on if gate.done_on else gate.on + moved for gate in before.gates
    ]
    app_context.operations.undo()
    settled()
    settled()
    assert _tender(area) == before


def test_a_tender_is_added_and_refused_without_a_day(
    area: TenderArea, settled: Callable[[], None]
) -> None:
    area.add_tender()
    form = area.tender_form
    QTest.keyClicks(form.editor("name").line, "Service")  # type: ignore[attr-defined]
    form.submit()
    settled()
    assert form.editor("award_on").error_text
    award = form.editor("award_on").line  # type: ignore[attr-defined]
    award.setText("2026-09-01")
    form.submit()
    settled()
    settled()
    lines = area.tenders.list.lines
    assert lines[-1].row.name == "Service", "the gates of a tender that is over are folded away"
    _press(lines[-1], Qt.Key.Key_G, settled)
    assert len(area.tenders.list.lines) == 2 * 11


def test_gates_are_added_changed_and_deleted(area: TenderArea, settled: Callable[[], None]) -> None:
    _press(area.tenders.list.lines[0], Qt.Key.Key_N, settled)
    form = area.gate_form
    QTest.keyClicks(form.editor("name").line, "Visit a reference")  # type: ignore[attr-defined]
    form.editor("on").line.setText("2026-12-01")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    line = next(each for each in area.tenders.list.lines if each.row.name == "Visit a reference")
    assert line.row.on == dt.date(2026, 12, 1)
    _press(line, Qt.Key.Key_Return, settled)
    form.editor("on").line.setText("2026-12-08")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    assert dt.date(2026, 12, 8) in [gate.on for gate in _tender(area).gates]
    line = next(each for each in area.tenders.list.lines if each.row.name == "Visit a reference")
    _press(line, Qt.Key.Key_Delete, settled)
    assert len(_tender(area).gates) == 10


def test_a_held_review_moves_on(area: TenderArea, settled: Callable[[], None]) -> None:
    line = area.reviews.list.lines[0]
    assert "1 day late" in line.accessibleName()
    _press(line, Qt.Key.Key_H, settled)
    assert area.reviews.list.lines[0].row.next_on == TODAY + dt.timedelta(days=6)
    _press(area.reviews.list.lines[0], Qt.Key.Key_Return, settled)
    form = area.review_form
    form.editor("rhythm").set_value(Rhythm.QUARTERLY.value)
    form.editor("next_on").line.setText("2027-01-15")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    row = area.reviews.list.lines[0].row
    assert (row.rhythm, row.next_on) == (Rhythm.QUARTERLY, dt.date(2027, 1, 15))
    _press(area.reviews.list.lines[0], Qt.Key.Key_Delete, settled)
    assert area.reviews.list.lines == ()


@pytest.mark.parametrize("part", ["tenders", "reviews"])
def test_a_link_leads_to_the_part(
    section: CommercialSection, page: AccountPage, settled: Callable[[], None], part: str
) -> None:
    page.show_with(account_id=section.account_id, section=part)
    settled()
    settled()
    assert section.tender_area.target(part).hasFocus()


days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@given(days, st.lists(days, max_size=12), days)
def test_every_gate_and_today_stand_on_the_clock(
    award: dt.date, gate_days: list[dt.date], today: dt.date
) -> None:
    gates = tuple(GateRow(str(at), "t", "Gate", day, None) for at, day in enumerate(gate_days))
    row = TenderRow("t", "a", "Tender", award, None, "", gates)
    first, last = span(row, today)
    places = [share(day, first, last) for day in sorted([award, today, *gate_days])]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert share(last, first, last) == 1
    assert str(len(gates)) in summary(row, today)


def test_the_clock_paints_in_any_width(area: TenderArea, app_context: AppContext) -> None:
    clock = area.tenders.findChildren(TenderClock)[0]
    for width in (1, 40, 900):
        clock.resize(width, clock.height())
        assert not clock.grab().isNull()
