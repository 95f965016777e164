"""What an import would do: plain, frozen data, made before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.tables import Table
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that would be replaced; ``column`` is where it is stored."""

    column: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class CardPart:
    """What a vCard brings beside the columns: the text to keep, and a photo to set."""

    text: str
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row.

    ``values`` are the columns of a new record, ``changes`` those of an existing one. ``ref_key`` is
    the identifier to remember for it, empty when it is known already or there is none. ``label``
    names the record for the user. ``reason`` says why a row is rejected or left alone. ``card`` is
    what a vCard brings that is not kept already.
    """

    line: int
    fate: Fate
    label: str = ""
    record_id: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    ref_key: str = ""
    reason: str = ""
    card: CardPart | None = None


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What becomes of the rows of one table.

    ``derived`` plans hold records that rows of a table of another kind bring along: accounts named
    by people, contacts named by accounts.
    """

    table: Table
    mapping: ColumnMapping
    kind: Kind
    rows: Sequence[PlannedRow]
    notes: tuple[str, ...] = ()
    derived: bool = False

    def counts(self) -> dict[str, int]:
        """Rows by fate, all four present."""
        found = Counter(row.fate for row in self.rows)
        return {str(fate): found[fate] for fate in Fate}

    def rows_with(self, fate: Fate) -> list[PlannedRow]:
        """The rows with one fate, in the order of the table."""
        return [row for row in self.rows if row.fate is fate]


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Rows by kind of record and fate."""

    by_kind: Mapping[Kind, Mapping[str, int]]

    def of(self, kind: Kind, fate: Fate) -> int:
        """The number of rows of one kind with one fate."""
        return self.by_kind[kind][fate]

    def total(self, fate: Fate) -> int:
        """The number of rows with one fate."""
        return sum(counts[fate] for counts in self.by_kind.values())

    def to_json(self) -> dict[str, dict[str, int]]:
        """``{"accounts": {"new": …, "changed": …, "unchanged": …, "rejected": …}, …}``."""
        return {str(kind): dict(counts) for kind, counts in self.by_kind.items()}


@dataclass(frozen=True)
class ImportPlan:
    """What an import of some tables would do, accounts first."""

    tables: tuple[TablePlan, ...]

    @cached_property
    def counts(self) -> ImportCounts:
        """Rows by kind and fate over all tables."""
        totals: dict[Kind, Counter[str]] = {kind: Counter() for kind in Kind}
        for plan in self.tables:
            totals[plan.kind].update(plan.counts())
        return ImportCounts(
            {kind: {str(fate): found[fate] for fate in Fate} for kind, found in totals.items()}
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.counts.total(Fate.NEW) or self.counts.total(Fate.CHANGED))

    def written(self, kind: Kind) -> int:
        """The number of records of one kind that would be made or changed, each counted once."""
        return len(
            {
                row.record_id
                for plan in self.tables
                if plan.kind is kind
                for row in plan.rows
                if row.fate in (Fate.NEW, Fate.CHANGED)
            }
        )

    def rejected(self) -> Iterator[tuple[TablePlan, PlannedRow]]:
        """All rejected rows with their tables."""
        for plan in self.tables:
            for row in plan.rows_with(Fate.REJECTED):
                yield plan, row

    @property
    def label(self) -> str:
        """The name of the action, e.g. *Import of 423 accounts and 38 opportunities*."""
        parts = [_counted(kind, count) for kind in Kind if (count := self.written(kind))]
        if not parts:
            return _("Import")
        listed = ", ".join(parts[:-1])
        what = (
            _("{several} and {last}").format(several=listed, last=parts[-1])
            if listed
            else parts[-1]
        )
        return _("Import of {what}").format(what=what)


def _counted(kind: Kind, count: int) -> str:
    text = {
        Kind.ACCOUNTS: lambda: ngettext("{count} account", "{count} accounts", count),
        Kind.PEOPLE: lambda: ngettext("{count} person", "{count} people", count),
        Kind.OPPORTUNITIES: lambda: ngettext("{count} opportunity", "{count} opportunities", count),
        Kind.REVENUE: lambda: ngettext("{count} revenue entry", "{count} revenue entries", count),
        Kind.INTERACTIONS: lambda: ngettext("{count} interaction", "{count} interactions", count),
    }[kind]()
    return text.format(count=number(count))


def require_some(read: int, refused: Sequence[tuple[str, str]]) -> None:
    """Of several files, those that cannot be read do not stop the others.

    ``read`` is how many could be; ``refused`` are the names of the others with the reasons. Raises
    `UserError` naming them when there is no other.
    """
    if refused and not read:
        raise UserError("\n".join(f"{name}: {reason}" for name, reason in refused))
