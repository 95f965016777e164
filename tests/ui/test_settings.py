"""The settings: each section does what it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import accounts
from kam_desktop.services.errors import StorageError
from kam_desktop.services.opening import OpenPortfolio, Secrets, create_portfolio
from kam_desktop.services.storage import vault
from kam_desktop.services.storage.backup_files import backup_folder, list_backups
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.settings.backups import BackupsSection
from kam_desktop.ui.settings.history import HistorySection
from kam_desktop.ui.settings.page import SettingsPage
from kam_desktop.ui.settings.portfolio import PortfolioSection
from kam_desktop.ui.settings.security import SecuritySection
from kam_desktop.ui.settings.team import TeamSection
from kam_desktop.ui.settings.trash import TrashSection
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.safekeeping import Safekeeping, backup_text
from kam_desktop.ui.shell.window import MainWindow
from tests.conftest import StillClock

Wait = Callable[[], None]


def section(window: MainWindow, context: AppContext, name: str, settled: Wait) -> object:
    context.navigator.open("settings", section=name)
    settled()
    assert isinstance(window.page, SettingsPage)
    return window.page.section


def test_the_look_is_used_at_once_and_kept(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    section(window, app_context, "appearance", settled)
    app_context.preferences.update(theme="dark")
    assert app_context.theme.colours.dark
    app_context.preferences.update(theme="light")
    assert not app_context.theme.colours.dark


def test_a_refused_name_stays_beside_its_field(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    shown = section(window, app_context, "portfolio", settled)
    assert isinstance(shown, PortfolioSection)
    shown.title_field.line.setText("Northern portfolio")
    qtbot.keyClick(shown.title_field.line, Qt.Key.Key_Return)
    settled()
    assert window.navigation.portfolio_texts[0] == "Northern portfolio"
    shown.currency.line.setText("??")
    qtbot.keyClick(shown.currency.line, Qt.Key.Key_Return)
    settled()
    assert "EUR" in shown.currency.error_text
    assert shown.currency.line.text() == "??"


def test_a_window_with_a_refused_draft_stays_open(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    shown = section(window, app_context, "portfolio", settled)
    assert isinstance(shown, PortfolioSection)
    shown.currency.line.setText("??")
    window.close()
    settled()
    assert window.isVisible()
    assert shown.currency.line.text() == "??"
    shown.currency.revert()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_closing_commits_a_draft_first(
    qtbot: QtBot,
    window: MainWindow,
    app_context: AppContext,
    portfolio: Portfolio,
    settled: Wait,
) -> None:
    shown = section(window, app_context, "portfolio", settled)
    assert isinstance(shown, PortfolioSection)
    shown.title_field.line.setText("Kept")
    with qtbot.waitSignal(window.closed):
        window.close()
    with portfolio.reading() as db:
        assert "Kept" in db.value("SELECT value FROM setting WHERE id = 'title'")


def test_the_team_is_kept(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    shown = section(window, app_context, "team", settled)
    assert isinstance(shown, TeamSection)
    shown.member.line.setText("Ingrid Vale")
    qtbot.keyClick(shown.member.line, Qt.Key.Key_Return)
    settled()
    assert [row.name for row in shown.card.model.rows] == ["Ingrid Vale"]


def test_what_was_deleted_is_restored(
    window: MainWindow, app_context: AppContext, portfolio: Portfolio, settled: Wait
) -> None:
    with portfolio.unit_of_work("Fill") as work:
        (account_id,) = work.bulk_insert(Account, [{"name": "Aurora Foods"}])
    with portfolio.unit_of_work("Delete Aurora Foods") as work:
        accounts.delete_account(work, account_id)
    shown = section(window, app_context, "trash", settled)
    assert isinstance(shown, TrashSection)
    assert [row.title for row in shown.card.model.rows] == ["Aurora Foods"]
    shown.card.table.selectRow(0)
    shown.restore_action.trigger()
    settled()
    assert list(shown.card.model.rows) == []
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM account WHERE deleted_at IS NULL") == 1


def test_history_names_what_was_done_and_undone(
    window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    app_context.operations.run(
        window, "Add Aurora Foods", accounts.add_account, fields={"name": "Aurora Foods"}
    )
    settled()
    app_context.operations.undo()
    settled()
    shown = section(window, app_context, "history", settled)
    assert isinstance(shown, HistorySection)
    texts = [shown.card.model.index(row, 0).data() for row in range(2)]
    assert texts == ["Undone: Add Aurora Foods", "Add Aurora Foods"]


@pytest.fixture
def kept_context(
    app_context: AppContext, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> tuple[AppContext, OpenPortfolio]:
    """A context over a portfolio with a vault, so that keys and backups can be looked after."""
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)
    opened, _recovery = create_portfolio(
        tmp_path / "vault.kam", title="Vault", secrets=Secrets("first passphrase"), clock=clock
    )
    app_context.lanes.use(opened.portfolio)
    app_context.operations.use(opened.portfolio)
    keeping = Safekeeping(opened, app_context.lanes, app_context.navigator, clock)
    context = dataclasses.replace(app_context, portfolio=opened.portfolio, safekeeping=keeping)
    return context, opened


def test_a_backup_is_made_and_listed(
    qtbot: QtBot, kept_context: tuple[AppContext, OpenPortfolio], settled: Wait, clock: StillClock
) -> None:
    context, opened = kept_context
    assert context.safekeeping is not None
    shown = BackupsSection(context)
    qtbot.addWidget(shown)
    with qtbot.waitSignal(context.safekeeping.backups_changed, timeout=20_000) as changed:
        context.safekeeping.back_up_now()
    settled()
    assert len(shown.card.model.rows) == 1
    assert changed.args is not None
    assert backup_text(changed.args[0], clock.today()).startswith("Backed up")
    assert backup_text([], clock.today()) == "no backup yet"
    opened.close()


def test_the_passphrase_is_changed(
    qtbot: QtBot, kept_context: tuple[AppContext, OpenPortfolio], settled: Wait
) -> None:
    context, opened = kept_context
    shown = SecuritySection(context)
    qtbot.addWidget(shown)
    shown.passphrase.line.setText("short")
    shown.set_passphrase()
    assert "eight" in shown.passphrase.error_text
    shown.passphrase.line.setText("second passphrase")
    shown.again.line.setText("second passphrase")
    shown.set_passphrase()
    settled()
    assert shown.passphrase.line.text() == ""
    path = opened.portfolio.path
    assert vault.unlock(path, passphrase="second passphrase", environment={}) == opened.key
    opened.close()


def test_a_new_sheet_is_written(
    qtbot: QtBot,
    kept_context: tuple[AppContext, OpenPortfolio],
    settled: Wait,
    tmp_path: Path,
) -> None:
    context, opened = kept_context
    shown = SecuritySection(context)
    qtbot.addWidget(shown)
    file = tmp_path / "sheet.pdf"
    shown.make_sheet(str(file))
    settled()
    assert file.read_bytes().startswith(b"%PDF")
    opened.close()


def test_a_sheet_that_cannot_be_written_is_offered_until_it_is(
    qtbot: QtBot,
    kept_context: tuple[AppContext, OpenPortfolio],
    settled: Wait,
    tmp_path: Path,
) -> None:
    context, opened = kept_context
    keeping = context.safekeeping
    assert keeping is not None
    shown = SecuritySection(context)
    qtbot.addWidget(shown)
    (tmp_path / "taken.pdf").mkdir()
    shown.make_sheet(str(tmp_path / "taken.pdf"))
    settled()
    key = keeping.unsaved_recovery_key
    assert vault.unlock(opened.portfolio.path, recovery_key=key, environment={}) == opened.key
    assert shown.unsaved.isVisibleTo(shown)
    assert "no longer works" in shown._why.text()
    # Anew after the window was rebuilt, as at another size of text.
    again = SecuritySection(context)
    qtbot.addWidget(again)
    again.load()
    settled()
    assert again.unsaved.isVisibleTo(again)
    again.make_sheet(str(tmp_path / "sheet.pdf"))
    settled()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not again.unsaved.isVisibleTo(again)
    assert keeping.unsaved_recovery_key == ""
    assert vault.unlock(opened.portfolio.path, recovery_key=key, environment={}) == opened.key
    opened.close()


def test_a_folder_that_takes_nothing_leaves_the_old_sheet_good(
    qtbot: QtBot,
    kept_context: tuple[AppContext, OpenPortfolio],
    settled: Wait,
    tmp_path: Path,
) -> None:
    context, opened = kept_context
    assert context.safekeeping is not None
    shown = SecuritySection(context)
    qtbot.addWidget(shown)
    told: list[str] = []
    context.lanes.failed.disconnect()
    context.lanes.failed.connect(lambda error: told.append(str(error)))
    shown.make_sheet(str(tmp_path / "gone" / "sheet.pdf"))
    settled()
    assert "old sheet still works" in told[0]
    assert context.safekeeping.unsaved_recovery_key == ""
    opened.close()


def test_backups_follow_a_change_of_the_passphrase(
    qtbot: QtBot, kept_context: tuple[AppContext, OpenPortfolio], settled: Wait
) -> None:
    context, opened = kept_context
    assert context.safekeeping is not None
    context.safekeeping.back_up_now()
    settled()
    shown = SecuritySection(context)
    qtbot.addWidget(shown)
    shown.passphrase.line.setText("second passphrase")
    shown.again.line.setText("second passphrase")
    shown.set_passphrase()
    settled()
    path = opened.portfolio.path
    (backup,) = list_backups(backup_folder(path), path)
    assert vault.unlock(backup.path, passphrase="second passphrase", environment={}) == opened.key
    with pytest.raises(StorageError):
        vault.unlock(backup.path, passphrase="first passphrase", environment={})
    opened.close()


def test_a_backup_that_fails_by_itself_is_told_once(
    kept_context: tuple[AppContext, OpenPortfolio], settled: Wait
) -> None:
    context, opened = kept_context
    keeping = context.safekeeping
    assert keeping is not None
    told: list[str] = []
    context.navigator.noticed.connect(lambda notice: told.append(notice.text))
    # A file where the folder of backups should be.
    backup_folder(opened.portfolio.path).write_text("in the way")
    for _quarter_of_an_hour in range(3):
        keeping.back_up_if_due()
        settled()
    assert len(told) == 2
    assert told[0].startswith("No backup could be made.")
    assert "There is no backup of this portfolio yet" in told[1]
    opened.close()


def test_at_twice_the_size_the_sections_are_in_a_drop_down(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Wait
) -> None:
    window.resize(1024, 640)
    app_context.navigator.open("settings")
    before = window.page
    app_context.preferences.update(font_scale=2.0)
    qtbot.waitUntil(lambda: window.page is not before)
    settled()
    page = window.page
    assert isinstance(page, SettingsPage)
    assert page.choice.isVisible()
    assert not page.list.isVisible()
    for row in range(page.choice.count()):
        page.choice.setCurrentIndex(row)
        page.choice.activated.emit(row)
        settled()
        assert page.section is not None
        assert page.section.horizontalScrollBar().maximum() == 0, page.choice.currentText()


def test_the_portfolio_is_checked_when_asked(
    kept_context: tuple[AppContext, OpenPortfolio], settled: Wait
) -> None:
    context, opened = kept_context
    keeping = context.safekeeping
    assert keeping is not None
    told: list[tuple[str, str]] = []
    context.navigator.noticed.connect(lambda notice: told.append((notice.kind, notice.text)))
    found: list[StorageError] = []
    keeping.damage_found.connect(found.append)
    keeping.check_now()
    settled()
    assert told == [("good", "The whole portfolio was read. It is sound.")]
    path = opened.portfolio.path
    opened.portfolio.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    keeping.check_now()
    settled()
    assert len(found) == 1
    assert "newest backup" in found[0].remedy
    assert opened.portfolio.damaged
