"""Reading the chosen files beside the window, and what is known of each table afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.tables import Table, TaskProgress
from kam_desktop.ui.shell.tasks import TaskToken


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """One table of a file and what the user makes of it; without a mapping it is left out."""

    path: Path
    table: Table
    mapping: ColumnMapping | None
    encoding: str = ""
    """The encoding the user chose; empty while it is the recognised one."""

    def meaning(self, mapping: ColumnMapping | None) -> LoadedTable:
        """The same table with another mapping."""
        return replace(self, mapping=mapping)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading some files: their tables, and sentences about those refused."""

    tables: tuple[LoadedTable, ...]
    refusals: tuple[str, ...]


def load_files(paths: Sequence[Path], encoding: str, task: TaskToken) -> Loaded:
    """Read files one after the other; one that is refused does not stop the others.

    Runs on an io lane. Raises ``CancelledError``.
    """
    from kam_desktop.services.exchange.reading import read_tables
    from kam_desktop.services.imports import recognise_table

    progress = TaskProgress(cancelled=task.is_cancelled)
    tables: list[LoadedTable] = []
    refusals: list[str] = []
    for number, path in enumerate(paths):
        task.progress(number, len(paths), path.name)
        try:
            found = read_tables(path, encoding=encoding or None, progress=progress)
        except UserError as error:
            refusals.append(str(error))
            continue
        tables.extend(LoadedTable(path, table, recognise_table(table), encoding) for table in found)
    return Loaded(tuple(tables), tuple(refusals))
