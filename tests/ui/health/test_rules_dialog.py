"""The health rules are edited as a new version; kept scores keep theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.services.formatting import set_region
from kam_desktop.services.health import take_snapshot
from kam_desktop.services.queries.health import health_rules
from kam_desktop.ui.health.page import HealthPage
from kam_desktop.ui.health.rules_dialog import HealthRulesDialog
from kam_desktop.ui.shell.context import AppContext
from tests.ui.sample_account import add_sample_account

Wait = Callable[[], None]


@pytest.fixture
def dialog(qtbot: QtBot, app_context: AppContext, settled: Wait) -> Iterator[HealthRulesDialog]:
    set_region("en_GB")
    with app_context.portfolio.unit_of_work("sample") as work:
        take_snapshot(work, add_sample_account(work))
    page = HealthPage(app_context)
    qtbot.addWidget(page)
    page.show()
    page.show_with()
    settled()
    next(action for action in page.commands() if action.text() == "Health rules").trigger()
    settled()
    made = page.findChild(HealthRulesDialog)
    assert isinstance(made, HealthRulesDialog)
    yield made
    set_region("")


def test_saving_makes_a_version_and_old_scores_keep_theirs(
    dialog: HealthRulesDialog, settled: Wait, app_context: AppContext
) -> None:
    dialog.line_of("indicators", "nps", "weight").line.setText("12.5")
    dialog.line_of("indicators", "open_tickets", "curve").line.setText("0 -> 100; 8 → 0")
    dialog.line_of("minimum_coverage").line.setText("50")
    assert "106.5" in dialog._sum.text()
    dialog.save()
    settled()
    with app_context.portfolio.reading() as db:
        rules = health_rules(db)
        assert db.value("SELECT rules_version FROM health_snapshot") == 1
    assert rules.version == 2
    assert rules.minimum_coverage == 0.5
    assert rules.indicators["nps"].weight == 12.5  # type: ignore[index]
    assert rules.indicators["open_tickets"].curve.points == ((0, 100), (8, 0))  # type: ignore[index]
    app_context.operations.undo()
    settled()
    with app_context.portfolio.reading() as db:
        assert health_rules(db).version == 1


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (("indicators", "nps", "weight"), "much"),
        (("indicators", "nps", "weight"), "-1"),
        (("indicators", "nps", "curve"), "0 → 50; 0 → 60"),
        (("indicators", "nps", "curve"), "0 → 500"),
        (("vetoes", "unpaid", "days"), "2.5"),
        (("minimum_coverage",), "101"),
        (("bands", "watch"), "80"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    dialog: HealthRulesDialog,
    settled: Wait,
    app_context: AppContext,
    path: tuple[str, ...],
    typed: str,
) -> None:
    line = dialog.line_of(*path)
    line.line.setText(typed)
    dialog.save()
    settled()
    assert line.error_text
    assert line.value() == typed
    assert dialog.isVisible()
    with app_context.portfolio.reading() as db:
        assert health_rules(db).version == 1


def test_nothing_changed_makes_no_version(
    dialog: HealthRulesDialog, settled: Wait, app_context: AppContext
) -> None:
    dialog.save()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM rule_set") == 0


def test_the_delivered_numbers_come_back(dialog: HealthRulesDialog) -> None:
    line = dialog.line_of("bands", "good")
    line.line.setText("90")
    dialog.show_shipped()
    assert line.value() == "67"
