"""Lanes: results on the GUI thread, dropped when stale or unwanted; tasks appear late."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.services.errors import UserError
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from kam_desktop.ui.shell import tasks
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.lanes import ClosedError, Lanes
from kam_desktop.ui.shell.tasks import TaskToken
from tests.ui.conftest import flush_deleted


class Asker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[BaseException] = []

    def take(self, answer: object) -> None:
        assert QThread.currentThread() is QApplication.instance().thread()  # type: ignore[union-attr]
        self.answers.append(answer)

    def fail(self, error: BaseException) -> None:
        self.errors.append(error)


def echo(_db: Reader, value: object) -> object:
    return value


def test_only_the_newest_answer_arrives(
    app_context: AppContext, settled: Callable[[], None]
) -> None:
    asker, gate = Asker(), threading.Event()

    def slow(_db: Reader, value: int) -> int:
        gate.wait(10)
        return value

    app_context.lanes.read(asker, slow, 1, on_done=asker.take)
    app_context.lanes.read(asker, slow, 2, on_done=asker.take)
    gate.set()
    settled()
    assert asker.answers == [2]


def test_an_owner_that_is_gone_gets_nothing(
    app_context: AppContext, settled: Callable[[], None]
) -> None:
    gate, got = threading.Event(), []

    def slow(_db: Reader) -> int:
        gate.wait(10)
        return 1

    owner = QWidget()
    app_context.lanes.read(owner, slow, on_done=got.append)
    owner.deleteLater()
    flush_deleted()
    gate.set()
    settled()
    assert got == []


def test_an_error_goes_to_who_asked(app_context: AppContext, settled: Callable[[], None]) -> None:
    asker = Asker()

    def wrong() -> None:
        raise UserError("No")

    app_context.lanes.io(asker, wrong, on_done=asker.take, on_error=asker.fail)
    settled()
    assert [str(error) for error in asker.errors] == ["No"]
    assert asker.answers == []


def test_a_task_is_shown_late_and_can_be_cancelled(
    qtbot: QtBot, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SHOW_AFTER_S", 0.0)
    asker, begun = Asker(), threading.Event()

    def long(*, task: TaskToken) -> None:
        while True:
            task.progress(1, 4, "Reading")
            begun.set()
            time.sleep(0.005)

    with qtbot.waitSignal(app_context.lanes.tasks.changed) as shown:
        token = app_context.lanes.io(
            asker, long, title="Import", on_done=asker.take, on_error=asker.fail
        )
    assert shown.args is not None
    assert shown.args[0][0].title == "Import"
    assert begun.wait(10)
    token.cancel()
    qtbot.waitUntil(lambda: not app_context.lanes.busy)
    assert app_context.lanes.tasks.shown == ()
    assert asker.answers == []


def test_quick_work_is_never_shown(app_context: AppContext, settled: Callable[[], None]) -> None:
    asker, seen = Asker(), []
    app_context.lanes.tasks.changed.connect(seen.append)
    app_context.lanes.io(asker, int, title="Quick", on_done=asker.take)
    settled()
    assert asker.answers == [0]
    assert seen == []


def test_writes_happen_one_after_the_other(
    app_context: AppContext, settled: Callable[[], None]
) -> None:
    asker, order = Asker(), []

    def note(_work: UnitOfWork, number: int) -> int:
        order.append(number)
        return number

    for number in range(20):
        app_context.operations.run(asker, "Note", note, number, on_done=asker.take)
    assert app_context.operations.state.pending == 20
    settled()
    assert order == list(range(20)) == asker.answers
    assert app_context.operations.state.pending == 0


def test_a_refused_change_without_a_form_becomes_a_notice(
    qtbot: QtBot, app_context: AppContext, settled: Callable[[], None]
) -> None:
    def refuse(_work: UnitOfWork) -> None:
        raise UserError("An account needs a name.")

    with qtbot.waitSignal(app_context.navigator.noticed) as noticed:
        app_context.operations.run(Asker(), "Add", refuse)
    assert noticed.args is not None
    assert noticed.args[0].text == "An account needs a name."
    settled()
    assert not app_context.operations.state.undo


def test_closed_lanes_take_nothing_new(qapp: QApplication) -> None:
    lanes, got = Lanes(None), []
    assert lanes.close(5)
    with pytest.raises(ClosedError):
        lanes.write(lanes, int, on_done=got.append)
    assert lanes.io(lanes, int, on_done=got.append).cancelled
    assert not lanes.busy
    assert got == []
