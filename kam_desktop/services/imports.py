"""Importing files from a CRM or a spreadsheet: read, plan, preview, apply.

sources = load_sources(paths)
with portfolio.reading() as db:
    plan = plan_import(db, sources)
if not plan.is_empty:
    with portfolio.unit_of_work(plan.label, origin="import") as work:
        apply_import(work, plan)
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text, sort_key
from kam_desktop.services.errors import CancelledError, UserError
from kam_desktop.services.exchange.columns import OWN_SYSTEM, ColumnMapping, recognise
from kam_desktop.services.exchange.csv_export import csv_bytes
from kam_desktop.services.exchange.fields import TABLES, Kind
from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.meanings import is_salesforce_id
from kam_desktop.services.exchange.planning import Source, plan_import
from kam_desktop.services.exchange.plans import (
    Fate,
    ImportCounts,
    ImportPlan,
    PlannedRow,
    TablePlan,
)
from kam_desktop.services.exchange.reading import read_tables
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.tables import NO_PROGRESS, Cell, Table, TaskProgress, uncollected
from kam_desktop.services.exchange.vcard.table import CardTable, card_mapping
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.portfolio_facts import portfolio_facts
from kam_desktop.services.storage.atomic_file import write_atomically
from kam_desktop.services.storage.own_files import require_not_own
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kam_desktop.models.base import Entity
    from kam_desktop.services.storage.portfolio import Portfolio

__all__ = [
    "ImportCounts",
    "ImportOptions",
    "ImportPlan",
    "Source",
    "apply_import",
    "default_options",
    "import_files",
    "import_sources",
    "load_sources",
    "plan_import",
    "recognise_table",
    "write_rejects",
]

_BATCH = 2_000


def load_sources(
    paths: Iterable[Path], kind: Kind | None = None, progress: TaskProgress = NO_PROGRESS
) -> list[Source]:
    """All tables of some files with the mappings their column names suggest.

    Sheets that nothing is recognised in are left out when another sheet of the file is. Raises
    `UserError` for a file that cannot be read or in which nothing is recognised.
    """
    sources: list[Source] = []
    for path in paths:
        tables = read_tables(path, progress=progress)
        found = [(table, recognise_table(table, kind)) for table in tables]
        known = [Source(table, mapping) for table, mapping in found if mapping is not None]
        if not known:
            raise UserError(_unrecognised(path, tables))
        sources.extend(known)
    return sources


def _unrecognised(path: Path, tables: Sequence[Table]) -> str:
    names = ", ".join(name for name in tables[0].header if name)[:200]
    return _(
        "It is not clear what “{name}” holds. Its columns are: {columns}. Nothing was changed. "
        "Say whether the rows are accounts, people, opportunities, revenue or interactions."
    ).format(name=path.name, columns=names)


def recognise_table(table: Table, kind: Kind | None = None) -> ColumnMapping | None:
    """The mapping a table's column names, and the shape of its identifiers, suggest.

    None when ``kind`` is not given and nothing is recognised.
    """
    if isinstance(table, CardTable):
        return card_mapping()
    mapping = recognise(table.header, kind)
    if mapping is None or mapping.system != OWN_SYSTEM:
        return mapping
    positions = mapping.positions("key")
    if not positions:
        return mapping
    at = positions[0]
    keys = [cell_text(row.cells[at]) for row in table.rows[:50] if at < len(row.cells)]
    if keys and all(map(is_salesforce_id, keys)):
        return ColumnMapping(mapping.kind, "salesforce", mapping.columns)
    return mapping


def import_files(
    portfolio: Portfolio,
    paths: Iterable[Path],
    *,
    kind: Kind | None = None,
    options: ImportOptions | None = None,
    dry_run: bool = False,
    progress: TaskProgress = NO_PROGRESS,
) -> ImportPlan:
    """Read, plan and, unless ``dry_run``, apply. Returns the plan, whose counts tell the result.

    When nothing is new or changed, no action is recorded. Raises `UserError`; nothing is changed
    then.
    """
    sources = load_sources(paths, kind, progress)
    with portfolio.reading() as db:
        plan = plan_import(db, sources, options or default_options(db), progress)
    if not (dry_run or plan.is_empty):
        with portfolio.unit_of_work(plan.label, origin="import") as work:
            apply_import(work, plan, progress)
    return plan


def import_sources(
    work: UnitOfWork,
    sources: Sequence[Source],
    options: ImportOptions,
    progress: TaskProgress = NO_PROGRESS,
) -> ImportPlan:
    """Plan again inside the unit of work and apply, for a preview that may have become old.

    Raises `UserError` when ``progress`` says that the user has cancelled; nothing is changed then.
    """
    try:
        plan = plan_import(work.reader, sources, options, progress)
        apply_import(work, plan, progress)
    except CancelledError as error:
        raise UserError(str(error)) from error
    return plan


def default_options(db: Reader, zone: str = "UTC") -> ImportOptions:
    """Amounts without a currency are in the portfolio's home currency, times are of ``zone``."""
    home = portfolio_facts(db).home_currency
    return ImportOptions(currency=home or "EUR", zone=zone)


def apply_import(
    work: UnitOfWork, plan: ImportPlan, progress: TaskProgress = NO_PROGRESS
) -> ImportCounts:
    """Write what the plan says, in this unit of work. Returns the plan's counts.

    Raises `CancelledError` when ``progress`` says so; the unit of work is rolled back then.
    """
    if plan.is_empty:
        return plan.counts
    with uncollected():
        for kind in Kind:
            plans = [one for one in plan.tables if one.kind is kind]
            _insert(work, kind, plans, progress)
        for one in plan.tables:
            _update(work, one)
            progress.check()
        if any(row.card is not None for one in plan.tables for row in one.rows):
            from kam_desktop.services.exchange.vcard.keeping import keep_cards

            keep_cards(work, plan, progress)
        _record_batches(work, plan)
    return plan.counts


def _insert(
    work: UnitOfWork, kind: Kind, plans: Iterable[TablePlan], progress: TaskProgress
) -> None:
    from kam_desktop.models.registry import ExternalRef

    entity = _entity(kind)
    for plan in plans:
        new = plan.rows_with(Fate.NEW)
        rows = [{"id": row.record_id, **row.values} for row in new]
        if kind is Kind.ACCOUNTS:
            rows = _groups_first(rows)
        for start in range(0, len(rows), _BATCH):
            work.bulk_insert(entity, rows[start : start + _BATCH])
            progress.step(start, len(rows))
        system = plan.mapping.system
        work.bulk_insert(
            ExternalRef, [_reference(kind, system, row) for row in plan.rows if row.ref_key]
        )


def _entity(kind: Kind) -> type[Entity]:
    from kam_desktop.models import registry

    entities: dict[Kind, type[Entity]] = {
        Kind.ACCOUNTS: registry.Account,
        Kind.PEOPLE: registry.Person,
        Kind.OPPORTUNITIES: registry.Opportunity,
        Kind.REVENUE: registry.RevenueEntry,
        Kind.INTERACTIONS: registry.Interaction,
    }
    return entities[kind]


def _reference(kind: Kind, system: str, row: PlannedRow) -> dict[str, object]:
    return {
        "system": system,
        "key": row.ref_key,
        "record_kind": TABLES[kind],
        "record_id": row.record_id,
    }


def _groups_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """New accounts in an order in which each comes after its group."""
    waiting = {row["id"]: row for row in rows}
    ordered: list[dict[str, Any]] = []
    for row in rows:
        chain = []
        current = waiting.pop(row["id"], None)
        while current is not None:
            chain.append(current)
            current = waiting.pop(current.get("parent_id"), None)
        ordered.extend(reversed(chain))
    return ordered


def _update(work: UnitOfWork, plan: TablePlan) -> None:
    """Write the changed values, all rows with the same columns in one statement."""
    batches: defaultdict[tuple[str, ...], list[list[object]]] = defaultdict(list)
    for row in plan.rows_with(Fate.CHANGED):
        values: dict[str, object] = {}
        for change in row.changes:
            values[change.column] = _stored(change.new)
            if change.column == "name" and plan.kind in (Kind.ACCOUNTS, Kind.PEOPLE):
                values["name_key"] = sort_key(str(change.new))
        if values:
            batches[tuple(values)].append([*values.values(), row.record_id])
    for columns, parameters in batches.items():
        assigned = ", ".join(f'"{column}" = ?' for column in columns)
        work.execute_many(
            f'UPDATE "{TABLES[plan.kind]}" SET {assigned} WHERE id = ? AND deleted_at IS NULL',
            parameters,
        )


def _stored(value: object) -> object:
    if isinstance(value, dt.datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _record_batches(work: UnitOfWork, plan: ImportPlan) -> None:
    """One record per table of what was imported, for the list of earlier imports."""
    from kam_desktop.models.registry import ImportBatch

    batches: list[Mapping[str, object]] = [
        {
            "file_name": one.table.name,
            "at": work.now,
            "kind": str(one.kind),
            "mapping": one.mapping.to_json(),
            "counts": one.counts(),
        }
        for one in plan.tables
        if one.rows
    ]
    work.bulk_insert(ImportBatch, batches)


def write_rejects(plan: ImportPlan, path: Path) -> int:
    """Write the rejected rows as CSV: file, line, reason, then their cells; returns their number.

    Columns of the same name in several files share one column. No cell is a live formula. Raises
    `UserError` when the file cannot be written.
    """
    require_not_own(path)
    tables = [one for one in plan.tables if one.rows_with(Fate.REJECTED)]
    width = max((_widest_reject(one) for one in tables), default=0)
    header = list(dict.fromkeys(name for one in tables for name in one.table.header))
    header += [""] * max(0, width - len(header))
    lines = [line for one in tables for line in _rejected_lines(one, header)]
    content = csv_bytes([_("File"), _("Line"), _("Reason"), *header], lines)
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(
            _("The rejected rows could not be saved: {reason}. Choose another folder.").format(
                reason=error.strerror or error
            )
        ) from error
    return len(lines)


def _rejected_cells(one: TablePlan) -> list[tuple[PlannedRow, Sequence[Cell]]]:
    reasons = {row.line: row for row in one.rows_with(Fate.REJECTED)}
    return [(reasons[row.line], row.cells) for row in one.table.rows if row.line in reasons]


def _widest_reject(one: TablePlan) -> int:
    return max(len(cells) for _row, cells in _rejected_cells(one))


def _rejected_lines(one: TablePlan, header: Sequence[str]) -> Iterator[list[str]]:
    """The rejected rows of one table, each cell under its column; cells too many at the end."""
    own = one.table.header
    places = [header.index(name) for name in own]
    spare = [at for at in range(len(header)) if at not in places]
    for row, cells in _rejected_cells(one):
        line = [""] * len(header)
        extra = iter(spare)
        for at, cell in enumerate(cells):
            place = places[at] if at < len(own) else next(extra, None)
            if place is not None:
                line[place] = cell_text(cell)
        yield [one.table.name, str(row.line), row.reason, *line]
