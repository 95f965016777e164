"""Making and opening portfolios by hand, with every way it can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.services.opening import OpenPortfolio, Secrets, create_portfolio
from kam_desktop.services.storage.lock import PortfolioLock
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.ui.opening.window import OpeningWindow
from kam_desktop.ui.opening.work import CAN_BE_TYPED, READ_ONLY_HELPS
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.single_instance import FrontDoor, raise_other_window
from kam_desktop.ui.theme import Theme

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_DESKTOP_HOME", str(tmp_path))
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)


@pytest.fixture
def opening(qtbot: QtBot, theme: Theme) -> Iterator[OpeningWindow]:
    lanes = Lanes(None)
    window = OpeningWindow(lanes, "test")
    qtbot.addWidget(window)
    opened: list[OpenPortfolio] = []
    window.opened.connect(opened.append)
    yield window
    qtbot.waitUntil(lambda: not lanes.busy)
    for portfolio in opened:
        portfolio.close()
    assert lanes.close(10)


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, str]:
    """A portfolio protected by a passphrase, and its recovery key."""
    path = tmp_path / "Northern.kam"
    made, recovery = create_portfolio(path, title="Northern", secrets=Secrets(PASSPHRASE))
    made.close()
    return path, recovery.text


def test_a_portfolio_is_made_and_its_recovery_key_shown(
    qtbot: QtBot, opening: OpeningWindow, tmp_path: Path
) -> None:
    opening.show_welcome()
    opening.welcome.maker.click()
    panel = opening.maker
    panel.submit()
    assert panel.title_field.error_text == "Give the portfolio a name."
    panel.title_field.line.setText("Northern / portfolio")
    panel.protect.setChecked(True)
    panel.passphrase.line.setText(PASSPHRASE)
    panel.again.line.setText("something else")
    panel.submit()
    assert panel.again.error_text == "The two are not the same."
    panel.again.line.setText(PASSPHRASE)
    panel.submit()
    qtbot.waitUntil(lambda: opening.panel is opening.recovery, timeout=20_000)
    assert len(opening.recovery.key.text()) > 20
    with qtbot.waitSignal(opening.opened) as opened:
        opening.recovery.done.emit()
    assert opened.args is not None
    assert opened.args[0].portfolio.path == tmp_path / "Northern  portfolio.kam"


def test_a_wrong_passphrase_is_said_beside_the_field(
    qtbot: QtBot, opening: OpeningWindow, file: tuple[Path, str]
) -> None:
    opening.open_path(file[0])
    qtbot.waitUntil(lambda: opening.isVisible() and opening.panel is opening.unlock, timeout=20_000)
    opening.unlock.passphrase.line.setText("wrong")
    opening.unlock.submit()
    qtbot.waitUntil(lambda: bool(opening.unlock.passphrase.error_text), timeout=20_000)
    assert "wrong" in opening.unlock.passphrase.error_text
    opening.unlock.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(opening.opened, timeout=20_000):
        opening.unlock.submit()
    assert not opening.isVisible()


def test_the_recovery_key_opens_it(
    qtbot: QtBot, opening: OpeningWindow, file: tuple[Path, str]
) -> None:
    opening.open_path(file[0])
    qtbot.waitUntil(lambda: opening.isVisible() and opening.panel is opening.unlock, timeout=20_000)
    opening.unlock.switch()
    mistyped = ("8" if file[1][0] == "7" else "7") + file[1][1:]
    opening.unlock.recovery.line.setText(mistyped)
    opening.unlock.submit()
    qtbot.waitUntil(lambda: bool(opening.unlock.recovery.error_text), timeout=20_000)
    opening.unlock.recovery.line.setText(file[1])
    with qtbot.waitSignal(opening.opened, timeout=20_000):
        opening.unlock.submit()


@pytest.mark.parametrize("content", [b"", b"hello" * 1000])
def test_what_is_no_portfolio_is_explained_and_left_alone(
    content: bytes, qtbot: QtBot, opening: OpeningWindow, tmp_path: Path
) -> None:
    path = tmp_path / "strange.kam"
    path.write_bytes(content)
    opening.open_path(path, Secrets(PASSPHRASE))
    qtbot.waitUntil(
        lambda: opening.isVisible() and opening.panel is opening.trouble, timeout=20_000
    )
    assert opening.trouble.message
    assert path.read_bytes() == content


def test_a_portfolio_in_use_is_offered_for_reading(
    qtbot: QtBot, opening: OpeningWindow, file: tuple[Path, str]
) -> None:
    with PortfolioLock(file[0]):
        with qtbot.waitSignal(opening.in_use, timeout=20_000):
            opening.open_path(file[0], Secrets(PASSPHRASE))
        assert opening.panel is opening.trouble
        assert not opening.trouble.read_only.isHidden()


def test_leaving_the_welcome_ends_the_program(qtbot: QtBot, opening: OpeningWindow) -> None:
    opening.show_welcome()
    with qtbot.waitSignal(opening.left):
        opening.close()


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.kam"
    assert not raise_other_window(path)
    door = FrontDoor(path)
    assert door.listening
    with qtbot.waitSignal(door.raise_wanted):
        assert raise_other_window(path)
    door.close()


@pytest.mark.parametrize("problem", sorted(CAN_BE_TYPED, key=str))
def test_a_key_that_cannot_be_had_is_asked_for_with_the_reason(
    problem: Problem, opening: OpeningWindow
) -> None:
    opening._could_not_open(StorageFaultError(problem, "The keyring is locked.", remedy="Unlock."))
    assert opening.panel is opening.unlock
    said = opening.unlock.text.text() + opening.unlock.passphrase.error_text
    assert ("The keyring is locked." in said) is (problem is not Problem.PASSPHRASE_NEEDED)


@pytest.mark.parametrize("problem", list(Problem))
def test_every_trouble_has_a_panel_and_the_right_way_out(
    problem: Problem, opening: OpeningWindow
) -> None:
    if problem in CAN_BE_TYPED:
        return
    opening._could_not_open(StorageFaultError(problem, "What happened.", remedy="What to do."))
    assert opening.panel is opening.trouble
    assert opening.trouble.message == "What happened."
    assert opening.trouble.read_only.isHidden() is (problem not in READ_ONLY_HELPS)


def test_a_sheet_that_could_not_be_saved_is_said_beside_the_key(
    qtbot: QtBot, opening: OpeningWindow, tmp_path: Path
) -> None:
    opening.show_welcome()
    opening.recovery.key.setText("ABCD EFGH")
    (tmp_path / "taken.pdf").mkdir()
    opening.sheet.chosen.emit(tmp_path / "taken.pdf")
    qtbot.waitUntil(lambda: "folder" in opening.recovery.trouble_text, timeout=20_000)
    opening.sheet.chosen.emit(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: "sheet.pdf" in opening.recovery.save.text(), timeout=20_000)
    assert opening.recovery.trouble_text == ""
