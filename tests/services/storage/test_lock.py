"""One process per portfolio, and a crash leaves no lock behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kam_desktop.services.storage.lock import (
    PortfolioInUseError,
    PortfolioLock,
    lock_path,
    read_owner,
)
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from tests.conftest import StillClock

HOLDER = """
import sys
from pathlib import Path
from kam_desktop.services.storage.lock import PortfolioLock
lock = PortfolioLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_holds_the_portfolio(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    holder = start_holder(path)
    try:
        with pytest.raises(PortfolioInUseError) as caught:
            PortfolioLock(path).acquire()
    finally:
        holder.communicate("")
    error = caught.value
    assert error.problem is Problem.IN_USE
    assert error.owner is not None
    assert error.owner.pid == holder.pid
    assert f"{error.owner.since.astimezone():%Y-%m-%d %H:%M}" in str(error)
    assert f"process {holder.pid}" in str(error)
    assert error.owner.host in str(error)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_owner_does_not_block(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    holder = start_holder(path)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert read_owner(path) is not None
    with PortfolioLock(path) as lock:
        assert lock.held
        owner = read_owner(path)
        assert owner is not None
        assert owner.pid == os.getpid()


def test_a_second_lock_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    with PortfolioLock(path), pytest.raises(PortfolioInUseError):
        PortfolioLock(path).acquire()


def test_since_when_is_the_clocks_time(tmp_path: Path, clock: StillClock) -> None:
    path = tmp_path / "clients.kam"
    with PortfolioLock(path, clock):
        owner = read_owner(path)
    assert owner is not None
    assert owner.since == clock.now()


def test_after_the_release_anybody_may_have_it(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    with PortfolioLock(path):
        pass
    assert read_owner(path) is None
    with PortfolioLock(path) as again:
        assert again.held
    again.release()
    assert not again.held


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_the_same_portfolio(tmp_path: Path) -> None:
    path, link = tmp_path / "clients.kam", tmp_path / "shortcut.kam"
    path.touch()
    link.symlink_to(path)
    with PortfolioLock(path), pytest.raises(PortfolioInUseError):
        PortfolioLock(link).acquire()


@pytest.mark.parametrize("text", ["", "nonsense", "[]", json.dumps({"pid": "x"})])
def test_an_unreadable_owner_does_not_hide_that_it_is_in_use(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clients.kam"
    with PortfolioLock(path):
        lock_path(path).write_text(text)
        with pytest.raises(PortfolioInUseError, match="another window or program") as caught:
            PortfolioLock(path).acquire()
    assert caught.value.owner is None


def test_a_folder_that_is_gone_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageFaultError) as caught:
        PortfolioLock(tmp_path / "gone" / "clients.kam").acquire()
    assert caught.value.problem is Problem.READ_ONLY
