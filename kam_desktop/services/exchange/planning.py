"""Works out what an import would do, reading only.

Rules of matching, in this order: a record is the one its source's identifier stands for; else the
only one of the same name (people: of the same e-mail, then name, within their account) that the
same source does not know by another identifier; else it is new. Two rows about one record: the
first counts. An empty cell never empties a field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.text import parse_instant
from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.directory import Accounts, People, current_values
from kam_desktop.services.exchange.drafts import (
    CURRENCY_COLUMNS,
    Draft,
    make_draft,
    settle_amounts,
)
from kam_desktop.services.exchange.fields import Kind, field_label
from kam_desktop.services.exchange.linking import Linker
from kam_desktop.services.exchange.matching import Matcher
from kam_desktop.services.exchange.plans import (
    Fate,
    FieldChange,
    ImportPlan,
    PlannedRow,
    TablePlan,
)
from kam_desktop.services.exchange.records import ImportOptions, Record, read_records
from kam_desktop.services.exchange.tables import NO_PROGRESS, Table, TaskProgress, uncollected
from kam_desktop.services.exchange.values import CellError
from kam_desktop.services.exchange.vcard.finding import CardFinder, with_cards
from kam_desktop.services.exchange.vcard.table import CardTable, card_records
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.storage.reader import Reader

_DATES = frozenset({"starts_on", "ends_on", "close_on"})
_NOT_COMPARED = frozenset({"zone"})
"""Columns given to new records only: what was assumed for them may be another thing next time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table and what it means."""

    table: Table
    mapping: ColumnMapping


def plan_import(
    db: Reader,
    sources: Sequence[Source],
    options: ImportOptions | None = None,
    progress: TaskProgress = NO_PROGRESS,
) -> ImportPlan:
    """What importing ``sources`` would do; accounts come first, whatever the order given.

    Raises `CancelledError` when ``progress`` says so.
    """
    order = list(Kind)
    ordered = sorted(sources, key=lambda source: order.index(source.mapping.kind))
    with uncollected():
        planner = _Planner(db, options or ImportOptions(), progress)
        for number, source in enumerate(ordered):
            planner.add(source)
            progress.step(number + 1, len(ordered))
        return ImportPlan(tuple(planner.plans))


class _Planner:
    """Plans table after table, each seeing what those before it will add."""

    def __init__(self, db: Reader, options: ImportOptions, progress: TaskProgress) -> None:
        self.plans: list[TablePlan] = []
        self._db = db
        self._options = options
        self._progress = progress
        self._accounts = Accounts(db)
        self._people = People(db)
        self._matcher = Matcher(db, self._accounts, self._people, options.currency)
        self._made: dict[str, Mapping[str, Any]] = {}

    def add(self, source: Source) -> None:
        """Plan one table, with what it brings along."""
        table, mapping = source.table, source.mapping
        if isinstance(table, CardTable):
            self._add_cards(source, table)
            return
        missing = mapping.missing()
        if mapping.kind is Kind.PEOPLE and self._options.account_id:
            missing = tuple(name for name in missing if name != "account_name")
        if missing:
            self.plans.append(_without_columns(table, mapping, missing))
            return
        found = read_records(table, mapping, self._options, self._progress)
        notes = [*table.notes, *found.notes]
        if mapping.kind is Kind.ACCOUNTS:
            self._add_accounts(source, found.records, notes)
        else:
            self._add_others(source, found.records, notes)

    def _add_accounts(self, source: Source, records: list[Record], notes: list[str]) -> None:
        drafts = self._drafts(source.mapping, records)
        self._matcher.match(source.mapping.kind, source.mapping.system, drafts)
        notes += self._link_parents(source.mapping.system, drafts)
        self.plans.append(self._compared(source, drafts, notes))
        contacts = _contacts(drafts)
        if contacts:
            mapping = ColumnMapping(Kind.PEOPLE, source.mapping.system, source.mapping.columns)
            people = self._drafts(mapping, [record for record, _account in contacts])
            for draft, (_record, account) in zip(people, contacts, strict=True):
                draft.columns["account_id"] = account.record_id
            self._matcher.match(Kind.PEOPLE, mapping.system, people)
            derived = Source(source.table, mapping)
            self.plans.append(self._compared(derived, people, [], derived=True))

    def _add_others(self, source: Source, records: list[Record], notes: list[str]) -> None:
        mapping = source.mapping
        drafts = self._drafts(mapping, records)
        linker = Linker(self._accounts, self._people, mapping, self._options)
        linker.link_accounts(drafts)
        if mapping.kind is not Kind.PEOPLE:
            linker.link_people(drafts)
        if linker.created:
            self._made |= {row.record_id: row.values for row in linker.created}
            made = ColumnMapping(Kind.ACCOUNTS, mapping.system, mapping.columns)
            self.plans.append(
                TablePlan(source.table, made, Kind.ACCOUNTS, linker.created, derived=True)
            )
        self._matcher.match(mapping.kind, mapping.system, drafts)
        self.plans.append(self._compared(source, drafts, notes + linker.notes))

    def _add_cards(self, source: Source, table: CardTable) -> None:
        finder = CardFinder(self._db, self._accounts, self._people, self._options)
        drafts = self._drafts(source.mapping, card_records(table, source.mapping))
        finder.find(drafts, table.contacts)
        if finder.created:
            self._made |= {row.record_id: row.values for row in finder.created}
            made = ColumnMapping(Kind.ACCOUNTS, source.mapping.system, source.mapping.columns)
            self.plans.append(TablePlan(table, made, Kind.ACCOUNTS, finder.created, derived=True))
        plan = self._compared(source, drafts, table.notes)
        self.plans.append(with_cards(self._db, plan, table, self._accounts.names))

    def _drafts(self, mapping: ColumnMapping, records: Iterable[Record]) -> list[Draft]:
        return [
            make_draft(mapping.kind, mapping.system, record, self._options) for record in records
        ]

    def _link_parents(self, system: str, drafts: list[Draft]) -> list[str]:
        """Set the group of each account that names one; what is said about those not found."""
        lost = 0
        keys = self._accounts.keys(system)
        for draft in drafts:
            key, name = draft.told.get("parent_key", ""), draft.told.get("parent_name", "")
            if draft.problem or not (key or name):
                continue
            found = keys.get(key)
            named = self._accounts.named(name, system, "") if name and not found else []
            parent = found.record_id if found else (named[0] if len(named) == 1 else None)
            if parent is None or (found is not None and found.trashed):
                lost += 1
            elif not self._accounts.is_above(draft.record_id, parent):
                draft.columns["parent_id"] = parent
                self._accounts.parents[draft.record_id] = parent
        if not lost:
            return []
        text = ngettext(
            "{count} account names a group that is not known; it is imported without it.",
            "{count} accounts name a group that is not known; they are imported without it.",
            lost,
        )
        return [text.format(count=lost)]

    def _compared(
        self, source: Source, drafts: list[Draft], notes: Sequence[str], *, derived: bool = False
    ) -> TablePlan:
        kind = source.mapping.kind
        columns = {name for draft in drafts for name in (*draft.columns, *draft.amounts)}
        if kind in CURRENCY_COLUMNS and any(draft.amounts for draft in drafts):
            columns.add(CURRENCY_COLUMNS[kind])
        existing = {draft.record_id for draft in drafts if draft.exists}
        current = current_values(self._db, kind, columns, existing)
        current |= {one: dict(self._made[one]) for one in existing if one in self._made}
        comparison = _Comparison(kind, current, self._options)
        rows = [comparison.planned(draft) for draft in drafts]
        self._made |= {row.record_id: row.values for row in rows if row.fate is Fate.NEW}
        if derived:
            rows = [row for row in rows if row.fate in (Fate.NEW, Fate.CHANGED)]
        return TablePlan(source.table, source.mapping, kind, rows, tuple(notes), derived)


class _Comparison:
    """Decides the fate of drafts by the values the portfolio has now."""

    def __init__(
        self,
        kind: Kind,
        current: Mapping[str, Mapping[str, Any]],
        options: ImportOptions,
    ) -> None:
        self._kind = kind
        self._current = current
        self._options = options
        self._first: dict[str, tuple[Draft, dict[str, Any]]] = {}

    def planned(self, draft: Draft) -> PlannedRow:
        """What becomes of one row."""
        label = self._label(draft)
        if draft.problem:
            return PlannedRow(draft.line, Fate.REJECTED, label, reason=draft.problem)
        current = self._current.get(draft.record_id, {})
        currency = current.get(CURRENCY_COLUMNS.get(self._kind, ""), "")
        try:
            settle_amounts(draft, self._kind, currency, self._options.currency)
        except CellError as problem:
            return PlannedRow(draft.line, Fate.REJECTED, label, reason=str(problem))
        if draft.first_line:
            return self._repeated(draft, label)
        self._first[draft.record_id] = (draft, dict(draft.columns))
        if not draft.exists:
            return PlannedRow(
                draft.line,
                Fate.NEW,
                label,
                draft.record_id,
                draft.columns,
                ref_key=draft.key,
            )
        return self._changed(draft, label, current)

    def _changed(self, draft: Draft, label: str, current: Mapping[str, Any]) -> PlannedRow:
        changes = tuple(
            FieldChange(column, old, value)
            for column, value in draft.columns.items()
            if (raw := current.get(column)) != value
            and column not in _NOT_COMPARED
            and (old := _from_storage(column, raw)) != value
        )
        fate = Fate.CHANGED if changes or draft.new_key else Fate.UNCHANGED
        key = draft.key if draft.new_key else ""
        return PlannedRow(draft.line, fate, label, draft.record_id, {}, changes, key)

    def _repeated(self, draft: Draft, label: str) -> PlannedRow:
        """A further row about a record that an earlier row of the table describes."""
        first = self._first.get(draft.record_id)
        if first is None or any(
            first[1].get(column, value) != value for column, value in draft.columns.items()
        ):
            reason = _("Line {line} describes the same record with other values.")
            fate = Fate.REJECTED
        else:
            reason = _("Line {line} says the same.")
            fate = Fate.UNCHANGED
        return PlannedRow(
            draft.line,
            fate,
            label,
            draft.record_id,
            reason=reason.format(line=draft.first_line),
        )

    def _label(self, draft: Draft) -> str:
        columns = draft.columns
        told = draft.told
        name = columns.get("name") or told.get("name") or told.get("summary") or draft.key
        return str(name or draft.label or told.get("account_name") or "")


def _from_storage(column: str, raw: Any) -> Any:
    """A stored value as drafts have it."""
    if not isinstance(raw, str):
        return raw
    if column in _DATES:
        return dt.date.fromisoformat(raw)
    return parse_instant(raw) if column == "at" else raw


def _without_columns(table: Table, mapping: ColumnMapping, missing: Sequence[str]) -> TablePlan:
    """Every row of a table that lacks a column no record can be without."""
    names = ", ".join(f"“{field_label(mapping.kind, name)}”" for name in missing)
    reason = _("No column is chosen for {fields}.").format(fields=names)
    rows = [PlannedRow(row.line, Fate.REJECTED, reason=reason) for row in table.rows]
    return TablePlan(table, mapping, mapping.kind, rows, (*table.notes, reason))


def _contacts(drafts: Iterable[Draft]) -> list[tuple[Record, Draft]]:
    """The contact persons that rows about accounts name, with the drafts of their accounts."""
    found = []
    for draft in drafts:
        told = draft.told
        if draft.problem or draft.first_line or not told.get("contact_name"):
            continue
        pairs = {name: told.get(f"contact_{name}") for name in ("name", "title", "email", "phone")}
        values = {name: value for name, value in pairs.items() if value}
        found.append((Record(draft.line, values), draft))
    return found
