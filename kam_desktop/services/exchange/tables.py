"""What a file holds before anyone has said what it means: tables of cells, with limits."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kam_desktop.services.errors import CancelledError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest file read, and largest content of a compressed one."""
MAX_ROWS = 500_000
"""Most rows read from one table."""
MAX_COLUMNS = 1_000
"""Most columns a header may have."""
MAX_CELL_CHARACTERS = 250_000
"""Longest cell that is imported; four bytes each still fit the portfolio's limit per field."""

Cell = str | int | float | bool | dt.date | dt.datetime | None
"""CSV gives text only; spreadsheets give numbers, booleans and dates where the sheet has them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table; ``line`` is where it starts in the file, counted from 1.

    ``problem`` says why the record could not be read as it should (empty when it could).
    """

    line: int
    cells: Sequence[Cell]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the records under it, as they stand in the file.

    ``encoding`` is a name to show (``UTF-8``, ``Windows-1252``, ``Excel``); ``delimiter`` is empty
    for spreadsheets. ``has_header`` is false when the names in ``header`` were made up. ``notes``
    are sentences for the user about what was skipped or assumed.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    encoding: str
    delimiter: str = ""
    has_header: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How a long piece of work reports back and learns that it was cancelled.

    ``report`` gets a share from 0 to 1; ``cancelled`` says whether to stop.
    """

    report: Callable[[float], None] = lambda _share: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Report ``done`` of ``total``; raises `CancelledError` when the user has cancelled."""
        self.check()
        self.report(done / total if total else 1.0)

    def check(self) -> None:
        """Raises `CancelledError` when the user has cancelled."""
        if self.cancelled():
            raise CancelledError(_cancelled_text())


NO_PROGRESS = TaskProgress()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the cyclic collector from running inside the block.

    An import makes hundreds of thousands of small objects without cycles; walking through them
    again and again took a third of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _cancelled_text() -> str:
    from kam_desktop.services.i18n import _

    return _("Cancelled. Nothing was changed.")
