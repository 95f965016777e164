"""The whole program in one process: opening, closing, going back, all through the real windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kam_desktop.app import PREFERENCES_FILE, Program
from kam_desktop.services import accounts, formatting
from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.services.places import config_folder
from kam_desktop.services.storage.engine import connect
from kam_desktop.services.storage.lock import PortfolioLock
from kam_desktop.services.storage.schema import SCHEMA_VERSION
from kam_desktop.ui.opening.work import sample_path
from kam_desktop.ui.settings.backups import BackupsSection
from kam_desktop.ui.settings.page import SettingsPage
from kam_desktop.ui.settings.restoring import RestoreDialog
from kam_desktop.ui.shell.errors import DamageDialog
from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.shell.single_instance import FrontDoor
from kam_desktop.ui.shell.window import MainWindow
from tests.conftest import StillClock

PASSPHRASE = "correct horse battery"
Until = Callable[[Callable[[], bool]], None]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_DESKTOP_HOME", str(tmp_path))
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)
    monkeypatch.delenv("KAM_DESKTOP_PORTFOLIO", raising=False)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Gets a value when the program would end."""
    ended: list[bool] = []
    monkeypatch.setattr(Program, "_leave", lambda _program: ended.append(True))
    return ended


@pytest.fixture
def program(qapp: QApplication, clock: StillClock, left: list[bool]) -> Iterator[Program]:
    made = Program(qapp, clock)
    yield made
    made.take_down()
    formatting.set_region("en_GB")


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    def wait(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds, timeout=30_000)

    return wait


def make(path: Path, *names: str, passphrase: str = PASSPHRASE) -> Path:
    """A portfolio with these accounts."""
    made, _recovery = create_portfolio(path, title=path.stem, secrets=Secrets(passphrase))
    with made:
        for name in names:
            with made.portfolio.unit_of_work(f"Add {name}") as work:
                accounts.add_account(work, name=name)
    return path


def open_it(program: Program, path: Path, until: Until) -> MainWindow:
    """Open ``path`` with its passphrase, as somebody who types it."""
    program.start([str(path)])
    until(lambda: program.opening is not None and program.opening.isVisible())
    assert program.opening is not None
    program.opening.unlock.passphrase.line.setText(PASSPHRASE)
    program.opening.unlock.submit()
    return window_of(program, until)


def window_of(program: Program, until: Until) -> MainWindow:
    until(lambda: program.window is not None and program.is_idle())
    assert program.window is not None
    return program.window


def names_in(window: MainWindow) -> set[str]:
    with window.pages._context.portfolio.reading() as db:
        rows = db.rows("SELECT name FROM account WHERE deleted_at IS NULL")
    return {name for (name,) in rows}


def backups_of(program: Program, until: Until) -> BackupsSection:
    program.navigator.open("settings", section="backups")
    until(program.is_idle)
    assert program.window is not None
    page = program.window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, BackupsSection)
    return page.section


def test_going_back_to_a_backup_closes_restores_and_opens_again(
    program: Program, tmp_path: Path, until: Until, left: list[bool]
) -> None:
    window = open_it(program, make(tmp_path / "Northern.kam", "Aurora Foods"), until)
    window.commands["back_up"].trigger()
    until(program.is_idle)
    window.pages._context.operations.run(
        window, "Add Zeta", accounts.add_account, fields={"name": "Zeta"}
    )
    until(program.is_idle)
    section = backups_of(program, until)
    until(lambda: section.card.model.rowCount() > 0)
    section.card.table.selectRow(0)
    section._restore.trigger()
    until(lambda: section.restoring.preview is not None)
    assert section.restoring.preview is not None
    section.restoring.preview.go_back.click()
    until(lambda: program.window is not window)
    again = window_of(program, until)
    assert names_in(again) == {"Aurora Foods"}
    assert not left, "nothing had to be typed a second time and the program went on"
    until(lambda: again.toast.notice is not None)
    kept = {row.reason for row in backups_of(program, until).card.model.rows}
    assert "restore" in kept


def test_a_backup_of_another_portfolio_asks_for_its_own_passphrase(
    program: Program, tmp_path: Path, until: Until, clock: StillClock
) -> None:
    from kam_desktop.services.storage.backup import make_backup

    other = make(tmp_path / "Southern.kam", "Zeta", passphrase="quite another one")
    key = Secrets("quite another one").unlock(other)
    backup = make_backup(other, key, tmp_path / "stick", now=clock.now())
    window = open_it(program, make(tmp_path / "Northern.kam", "Aurora Foods"), until)
    section = backups_of(program, until)
    section.restoring.begin(backup.path)
    until(lambda: section.restoring.unlock is not None)
    dialog = section.restoring.unlock
    assert dialog is not None
    dialog.panel.passphrase.line.setText(PASSPHRASE)
    dialog.panel.submit()
    until(lambda: "wrong" in dialog.panel.passphrase.error_text)
    dialog.panel.passphrase.line.setText("quite another one")
    dialog.panel.submit()
    until(lambda: section.restoring.preview is not None)
    assert section.restoring.preview is not None
    section.restoring.preview.go_back.click()
    until(lambda: program.window is not window)
    assert names_in(window_of(program, until)) == {"Zeta"}
    # The portfolio keeps its own ways of being opened.
    assert Secrets(PASSPHRASE).unlock(tmp_path / "Northern.kam")


def test_a_restore_that_fails_leaves_the_portfolio_open_and_says_why(
    program: Program, tmp_path: Path, until: Until
) -> None:
    window = open_it(program, make(tmp_path / "Northern.kam", "Aurora Foods"), until)
    window.commands["back_up"].trigger()
    until(program.is_idle)
    section = backups_of(program, until)
    until(lambda: section.card.model.rowCount() > 0)
    row = section.card.model.rows[0]
    section.restoring.begin(row.path)
    until(lambda: section.restoring.preview is not None)
    with row.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\0" * 4096)
    assert section.restoring.preview is not None
    section.restoring.preview.go_back.click()
    until(lambda: program.window is not window)
    again = window_of(program, until)
    until(lambda: again.toast.notice is not None)
    assert names_in(again) == {"Aurora Foods"}
    assert again.toast.notice is not None
    assert "not whole" in again.toast.notice.text


def damage_page_of(path: Path, table: str) -> None:
    key = Secrets(PASSPHRASE).unlock(path)
    db = connect(path, key)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(b"\0" * 16)


def test_a_portfolio_found_damaged_takes_no_change_and_offers_the_newest_backup(
    program: Program, tmp_path: Path, until: Until, clock: StillClock
) -> None:
    from kam_desktop.services.storage.backup import make_backup
    from kam_desktop.services.storage.backup_files import backup_folder

    path = make(tmp_path / "Northern.kam", "Aurora Foods")
    make_backup(path, Secrets(PASSPHRASE).unlock(path), backup_folder(path), now=clock.now())
    damage_page_of(path, "team_member")
    window = open_it(program, path, until)
    context = window.pages._context
    with context.portfolio.reading() as db:
        account = db.value("SELECT id FROM account")
    program.navigator.open("account", account_id=account, section="company")
    until(lambda: bool(shown_dialogs(DamageDialog)))
    until(program.is_idle)
    (dialog,) = shown_dialogs(DamageDialog)
    context.operations.run(window, "Add Zeta", accounts.add_account, fields={"name": "Zeta"})
    until(program.is_idle)
    assert names_in(window) == {"Aurora Foods"}
    until(lambda: window.toast.notice is not None and "was not saved" in window.toast.notice.text)
    assert shown_dialogs(DamageDialog) == [dialog], "it is said once"
    dialog.go_back.click()
    until(lambda: bool(shown_dialogs(RestoreDialog)))
    (preview,) = shown_dialogs(RestoreDialog)
    preview.go_back.click()
    until(lambda: program.window is not window)
    again = window_of(program, until)
    context = again.pages._context
    context.operations.run(again, "Add Zeta", accounts.add_account, fields={"name": "Zeta"})
    until(program.is_idle)
    assert names_in(again) == {"Aurora Foods", "Zeta"}


D = TypeVar("D", bound=QDialog)


def shown_dialogs(kind: type[D]) -> list[D]:
    """The dialogs of a kind that are on screen."""
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, kind) and one.isVisible()]


def test_the_sample_opens_from_today(
    program: Program, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_it(program, make(tmp_path / "Northern.kam"), until)
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", PASSPHRASE)
    program.navigator.run_command("sample")
    until(lambda: program.window is not window)
    sample = window_of(program, until)
    assert len(names_in(sample)) == 12
    assert program.preferences.values.last_portfolio == str(sample_path())
    program.navigator.run_command("sample")
    assert sample.toast.notice is not None
    assert "is the sample" in sample.toast.notice.text


def test_scores_of_the_day_are_kept_without_a_step_of_undo(
    program: Program, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", PASSPHRASE)
    program.start(["--sample-on-first-start"])
    window = window_of(program, until)
    until(lambda: program._upkeep is not None)
    context = window.pages._context
    today = context.clock.today().isoformat()
    with context.portfolio.unit_of_work("Forget today", origin="program") as work:
        work.execute('UPDATE health_snapshot SET deleted_at = ? WHERE "on" = ?', (today, today))

    def kept() -> bool:
        with context.portfolio.reading() as db:
            sql = 'SELECT count(*) FROM health_snapshot WHERE "on" = ? AND deleted_at IS NULL'
            return bool(db.value(sql, (today,)))

    assert not kept()
    assert program._upkeep is not None
    program._upkeep.start()
    until(kept)
    until(program.is_idle)
    assert not context.operations.state.undo


def test_a_newer_portfolio_is_read_without_asking_twice(
    program: Program, tmp_path: Path, until: Until
) -> None:
    path = make(tmp_path / "Newer.kam", "Aurora Foods")
    db = connect(path, Secrets(PASSPHRASE).unlock(path))
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    program.start([str(path)])
    until(lambda: program.opening is not None and program.opening.isVisible())
    opening = program.opening
    assert opening is not None
    opening.unlock.passphrase.line.setText(PASSPHRASE)
    opening.unlock.submit()
    until(lambda: opening.panel is opening.trouble)
    assert "newer" in opening.trouble.message
    opening.trouble.read_only.click()
    window = window_of(program, until)
    assert names_in(window) == {"Aurora Foods"}
    assert not window.commands["new_account"].isEnabled()
    until(lambda: window.toast.notice is not None)
    context = window.pages._context
    context.operations.run(window, "Add", accounts.add_account, fields={"name": "Zeta"})
    assert window.toast.notice is not None
    assert "reading only" in window.toast.notice.text
    until(lambda: "read only" in window.navigation.portfolio_texts[1])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_read(
    program: Program, tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "disc"
    folder.mkdir()
    path = make(folder / "Northern.kam", "Aurora Foods")
    folder.chmod(0o500)
    try:
        program.start([str(path)])
        until(lambda: program.opening is not None and program.opening.isVisible())
        assert program.opening is not None
        assert not program.opening.trouble.read_only.isHidden()
    finally:
        folder.chmod(0o700)


def test_a_second_start_brings_the_first_to_the_front_and_ends(
    program: Program, tmp_path: Path, until: Until, left: list[bool], qtbot: QtBot
) -> None:
    path = make(tmp_path / "Northern.kam")
    door = FrontDoor(path)
    with PortfolioLock(path), qtbot.waitSignal(door.raise_wanted, timeout=20_000):
        program.start([str(path)])
    until(lambda: bool(left))
    assert program.window is None
    door.close()


def test_a_portfolio_held_by_a_program_that_does_not_answer_is_explained(
    program: Program, tmp_path: Path, until: Until, left: list[bool]
) -> None:
    path = make(tmp_path / "Northern.kam")
    with PortfolioLock(path):
        program.start([str(path)])
        until(lambda: program.opening is not None and program.opening.isVisible())
        assert program.opening is not None
        assert program.opening.panel is program.opening.trouble
        assert not left


def test_closing_the_window_ends_the_program(
    program: Program, tmp_path: Path, until: Until, left: list[bool]
) -> None:
    window = open_it(program, make(tmp_path / "Northern.kam"), until)
    window.commands["quit"].trigger()
    until(lambda: bool(left))
    assert program.window is None
    with PortfolioLock(tmp_path / "Northern.kam"):
        pass  # the file was let go of


def test_a_key_that_is_not_saved_keeps_the_window_open_until_the_user_insists(
    program: Program, tmp_path: Path, until: Until, left: list[bool]
) -> None:
    window = open_it(program, make(tmp_path / "Northern.kam"), until)
    keeping = window.pages._context.safekeeping
    assert keeping is not None
    keeping.unsaved_recovery_key = "a new key"
    window.commands["open_portfolio"].trigger()
    assert window.isVisible()
    assert window.toast.notice is not None
    assert "recovery key" in window.toast.notice.text
    window.toast.act()
    until(lambda: bool(left))
    assert program.opening is None, "the wish for another portfolio was dropped with the refusal"


@pytest.mark.parametrize(
    ("wanted", "written"), [("de_DE", "1.234,5"), ("en_US", "1,234.5"), ("fr_CH", "1 234,5")]
)
def test_the_region_wanted_is_used_from_the_start(
    qapp: QApplication, clock: StillClock, wanted: str, written: str
) -> None:
    PreferenceStore(config_folder() / PREFERENCES_FILE).update(region=wanted)
    made = Program(qapp, clock)
    shown = formatting.number(1234.5, 1)
    made.take_down()
    formatting.set_region("en_GB")
    assert shown.replace("\u202f", " ").replace("\xa0", " ") == written
