"""One piece of work, who waits for it, and the threads that do one after the other."""

from __future__ import annotations

import inspect
import queue
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from kam_desktop.ui.shell.tasks import TaskToken

Receiver = Callable[[Any], None]


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work and who waits for it."""

    work: Callable[[], Any]
    token: TaskToken
    owner: weakref.ref[QObject] | None
    on_done: Callback | None
    on_error: Callback | None
    key: object = None
    result: Any = None
    error: BaseException | None = None


class Callback:
    """A callable that does not keep the QObject alive whose method it is."""

    __slots__ = ("_strong", "_weak", "key")

    def __init__(self, function: Receiver) -> None:
        self._weak: weakref.WeakMethod[Receiver] | None = None
        self._strong: Receiver | None = None
        if inspect.ismethod(function) and isinstance(function.__self__, QObject):
            self._weak = weakref.WeakMethod(function)
            self.key: object = (id(function.__self__), function.__func__)
        else:
            self._strong = function
            self.key = function

    def __call__(self, value: Any) -> None:
        function = self._strong or (self._weak() if self._weak else None)
        if function is None:
            return
        receiver = getattr(function, "__self__", None)
        if isinstance(receiver, QObject) and not isValid(receiver):
            return
        function(value)


@dataclass(slots=True)
class Lane:
    """Threads that take jobs from one queue in order."""

    name: str
    threads: int
    deliver: Callable[[Job], None]
    jobs: queue.SimpleQueue[Job | None] = field(default_factory=queue.SimpleQueue)
    started: list[threading.Thread] = field(default_factory=list)

    def put(self, job: Job) -> None:
        if len(self.started) < self.threads:
            self._start_one()
        self.jobs.put(job)

    def _start_one(self) -> None:
        name = f"{self.name}-{len(self.started) + 1}"
        # Daemons: a worker stuck in a driver call must not keep a closed program alive.
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.started.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            try:
                job.token.check()
                job.result = job.work()
            except BaseException as error:
                job.error = error
            self.deliver(job)
            del job

    def stop(self, deadline: float) -> bool:
        for _thread in self.started:
            self.jobs.put(None)
        for thread in self.started:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.started)


def guarded(owner: QObject, receiver: Receiver) -> Receiver:
    """``receiver``, called only while ``owner`` is there, and not keeping it alive."""
    callback = Callback(receiver)
    reference = weakref.ref(owner)

    def deliver(value: Any) -> None:
        if alive(reference):
            callback(value)

    return deliver


def alive(owner: weakref.ref[QObject] | None) -> bool:
    if owner is None:
        return True
    found = owner()
    return found is not None and isValid(found)
