"""Every change goes through here: one use case, one unit of work, one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ActionInfo, ChangeSet
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.jobs import Receiver, guarded
from kam_desktop.ui.shell.lanes import Lanes

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio


class Notifier(Protocol):
    """Where errors go that no form waits for, and what was undone is said."""

    def notify(
        self,
        text: str,
        *,
        kind: str = "info",
        action_text: str = "",
        action: Callable[[], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class UndoState:
    """What Undo and Redo would do now; empty when there is nothing."""

    undo: str = ""
    redo: str = ""
    pending: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any
    changes: ChangeSet | None
    undo: ActionInfo | None
    redo: ActionInfo | None


class Operations(QObject):
    """Runs use cases on the write lane.

    ``state_changed`` carries an `UndoState`; ``pending`` counts changes not committed yet.
    ``history_wanted`` when the user wants to see why something could not be undone.
    """

    state_changed = Signal(object)
    history_wanted = Signal()

    def __init__(
        self,
        portfolio: Portfolio | None,
        lanes: Lanes,
        bus: Bus,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._portfolio = portfolio
        self._lanes = lanes
        self._bus = bus
        self._notifier = notifier
        self._state = UndoState()
        self._pending = 0

    @property
    def state(self) -> UndoState:
        return self._state

    def use(self, portfolio: Portfolio) -> None:
        """Write to ``portfolio`` from now on."""
        self._portfolio = portfolio
        self.refresh_state()

    def run(
        self,
        owner: QObject,
        label: str,
        use_case: Callable[..., Any],
        *args: Any,
        on_done: Receiver | None = None,
        on_error: Receiver | None = None,
        coalesce: str | None = None,
        title: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        """Run ``use_case(work, *args, **fields)`` in a unit of work named ``label``.

        After the commit the bus is told first, then ``on_done(result)``. A ``UserError`` goes to
        ``on_error``, or is shown as a notice without one; other errors always reach the shell.
        """
        portfolio = self._portfolio
        named = dict(fields or {})
        if portfolio is not None and portfolio.read_only:
            self._say_read_only(on_error)
            return

        def work() -> _Outcome:
            assert portfolio is not None
            with portfolio.unit_of_work(label, coalesce=coalesce) as unit:
                result = use_case(unit, *args, **named)
            return _outcome(portfolio, result, unit.changes)

        self._start(owner, work, on_done, on_error, title)

    def undo(self) -> None:
        """Take back the last action, also one of an earlier session."""
        self._step(forward=False)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._step(forward=True)

    def refresh_state(self) -> None:
        """Look up what Undo and Redo would do."""
        portfolio = self._portfolio

        def work() -> _Outcome:
            assert portfolio is not None
            return _outcome(portfolio, None, None)

        self._start(self, work, None, None, "")

    def _step(self, *, forward: bool) -> None:
        portfolio = self._portfolio

        def work() -> _Outcome:
            assert portfolio is not None
            step = portfolio.redo if forward else portfolio.undo
            before = portfolio.next_redo() if forward else portfolio.next_undo()
            return _outcome(portfolio, before, step())

        done = self._say_redone if forward else self._say_undone
        self._start(self, work, done, self._say_refused, "")

    def _start(
        self,
        owner: QObject,
        work: Callable[[], _Outcome],
        on_done: Receiver | None,
        on_error: Receiver | None,
        title: str,
    ) -> None:
        waiting = _Waiting(self, owner, on_done, on_error)
        self._lanes.write(None, work, on_done=waiting.done, on_error=waiting.failed, title=title)
        self._count(+1)

    def _say_read_only(self, on_error: Receiver | None) -> None:
        error = UserError(_("This portfolio is open for reading only. Nothing was changed."))
        if on_error is not None:
            on_error(error)
        else:
            self._notifier.notify(str(error), kind="warn")

    def _say_undone(self, action: ActionInfo | None) -> None:
        if action is not None:
            self._notifier.notify(_("Undone: {label}").format(label=action.label))

    def _say_redone(self, action: ActionInfo | None) -> None:
        if action is not None:
            self._notifier.notify(_("Done again: {label}").format(label=action.label))

    def _say_refused(self, error: UserError) -> None:
        self._notifier.notify(
            str(error),
            kind="warn",
            action_text=_("Open history"),
            action=self.history_wanted.emit,
        )

    def _settle(self, outcome: _Outcome) -> None:
        undo = outcome.undo.label if outcome.undo else ""
        redo = outcome.redo.label if outcome.redo else ""
        self._state = UndoState(undo, redo, self._pending)
        self._count(-1)
        self._bus.publish(outcome.changes)

    def _refuse(self, error: BaseException, *, handled: bool) -> None:
        self._count(-1)
        if isinstance(error, UserError):
            if not handled:
                self._notifier.notify(str(error), kind="warn")
        elif not handled:
            self._lanes.failed.emit(error)

    def _count(self, change: int) -> None:
        self._pending += change
        self._state = UndoState(self._state.undo, self._state.redo, self._pending)
        self.state_changed.emit(self._state)


class _Waiting:
    """Gives the outcome of one operation to the operations first, then to who asked."""

    __slots__ = ("_done", "_error", "_operations")

    def __init__(
        self,
        operations: Operations,
        owner: QObject,
        on_done: Receiver | None,
        on_error: Receiver | None,
    ) -> None:
        self._operations = operations
        self._done = None if on_done is None else guarded(owner, on_done)
        self._error = None if on_error is None else guarded(owner, on_error)

    def done(self, outcome: _Outcome) -> None:
        self._operations._settle(outcome)
        if self._done is not None:
            self._done(outcome.result)

    def failed(self, error: BaseException) -> None:
        handled = self._error is not None and isinstance(error, UserError)
        if handled and self._error is not None:
            # Before it counts as settled: who waits for that must see that the draft was refused.
            self._error(error)
        self._operations._refuse(error, handled=handled)


def _outcome(portfolio: Portfolio, result: Any, changes: ChangeSet | None) -> _Outcome:
    return _Outcome(result, changes, portfolio.next_undo(), portfolio.next_redo())
