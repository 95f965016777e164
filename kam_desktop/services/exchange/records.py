"""Turns the rows of a table into values by field, with a reason where that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kam_desktop.models.text import clean_line, clean_text, is_visible
from kam_desktop.services.exchange import dates, money, numbers, values
from kam_desktop.services.exchange.columns import ColumnMapping, header_currency
from kam_desktop.services.exchange.csv_export import undefused
from kam_desktop.services.exchange.fields import FIELDS, Field, Type, field_label
from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.meanings import account_tier, same_key
from kam_desktop.services.exchange.tables import NO_PROGRESS, Cell, Row, Table, TaskProgress
from kam_desktop.services.exchange.values import CellError
from kam_desktop.services.i18n import _

_PLAIN_STARTS = frozenset("=#N(<\\n\ufeff")
_SAMPLE = 5_000


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the files do not say.

    ``currency`` is used for amounts without one; ``day_first`` and ``decimal`` (``,`` or ``.``) are
    None to go by the file; ``zone`` is the zone of times without one; ``create_accounts`` makes an
    account for a person, deal or order that names one the portfolio does not have.
    ``account_id`` is the account that people go to where a table names none, and all contacts
    (vCards); without one these go to the account their organisation names, and
    ``create_from_cards`` makes those that are missing.
    """

    currency: str = "EUR"
    day_first: bool | None = None
    decimal: str | None = None
    zone: str = "UTC"
    create_accounts: bool = True
    account_id: str = ""
    create_from_cards: bool = False


@dataclass(slots=True)
class Record:
    """One row as values by field name; empty cells have none. ``problem`` rejects it."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    label: str = ""
    """What the row seems to be about, for one that cannot be read as it should."""


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a table, and what was assumed about its columns."""

    records: list[Record]
    notes: tuple[str, ...]


def read_records(
    table: Table,
    mapping: ColumnMapping,
    options: ImportOptions,
    progress: TaskProgress = NO_PROGRESS,
) -> Records:
    """Values for every row of ``table``; a row that cannot be understood carries its problem."""
    width = len(table.header)
    named = mapping.positions("name") or mapping.positions("key") or (0,)
    records = [Record(row.line, problem=_row_problem(row, width, table)) for row in table.rows]
    for record, row in zip(records, table.rows, strict=True):
        if record.problem and named[0] < len(row.cells):
            record.label = cell_text(row.cells[named[0]])[:80]
    notes: list[str] = []
    for spec in FIELDS[mapping.kind].values():
        for position in mapping.positions(spec.name):
            progress.check()
            column = _Column(table, position, spec, mapping, options)
            _fill(records, column, table.rows)
            notes.extend(column.notes)
    return Records(records, tuple(notes))


def _row_problem(row: Row, width: int, table: Table) -> str:
    if row.problem or len(row.cells) <= width or not table.delimiter:
        return row.problem
    if not any(cell_text(cell) for cell in row.cells[width:]):
        return ""
    return _(
        "The row has {count} cells but the header has {width}. "
        "Perhaps a cell holds the separator and is not in quotation marks."
    ).format(count=len(row.cells), width=width)


def _fill(records: list[Record], column: _Column, rows: Sequence[Row]) -> None:
    """Put one column's values into the records; the first filled cell of a field counts."""
    name, position, parse = column.spec.name, column.position, column.parse
    for record, row in zip(records, rows, strict=True):
        cells = row.cells
        cell = cells[position] if position < len(cells) else None
        if cell is None or cell == "" or record.problem or name in record.values:
            continue
        try:
            value = parse(cell)
        except CellError as problem:
            record.problem = f"{column.label}: {problem}"
            continue
        if value is not None and value != "":
            record.values[name] = value
            if column.currency:
                record.values["header_currency"] = column.currency


class _Column:
    """How one column's cells become values, with its formats decided from the cells."""

    def __init__(
        self,
        table: Table,
        position: int,
        spec: Field,
        mapping: ColumnMapping,
        options: ImportOptions,
    ) -> None:
        self.position = position
        self.spec = spec
        self.label = field_label(mapping.kind, spec.name)
        self.notes: list[str] = []
        self.currency = ""
        self._table = table
        self._options = options
        self._system = mapping.system
        self.parse: Callable[[Cell], Any] = self._parser()

    def _parser(self) -> Callable[[Cell], Any]:
        simple: dict[Type, Callable[[Cell], Any]] = {
            Type.TEXT: _text,
            Type.LINE: _currency if self.spec.name == "currency" else _line,
            Type.KEY: self._key,
            Type.EMAIL: lambda cell: clean_line(values.parse_email(_undefused(cell))),
            Type.TIME: dates.parse_time,
            Type.YES_NO: values.parse_yes_no,
            Type.TIER: _tier,
        }
        if self.spec.type is Type.TIER:
            self._note_other_tiers()
        if self.spec.type in simple:
            return simple[self.spec.type]
        if self.spec.type in (Type.MONEY, Type.WHOLE, Type.PERCENT):
            return self._number_parser()
        return self._date_parser()

    def _number_parser(self) -> Callable[[Cell], Any]:
        if self.spec.type is Type.MONEY:
            self.currency = header_currency(self._table.header[self.position])
        format_ = self._number_format()
        if self.spec.type is Type.WHOLE:
            return lambda cell: numbers.parse_whole(cell, format_)
        if self.spec.type is Type.MONEY:
            return lambda cell: _money(cell, format_)
        scale = self._is_share(format_)
        return lambda cell: numbers.parse_percent(
            _scaled(cell, format_) if scale else cell, format_
        )

    def _date_parser(self) -> Callable[[Cell], Any]:
        format_ = self._date_format()
        if self.spec.type is Type.PERIOD:
            return lambda cell: dates.parse_period(cell, format_)
        if self.spec.type is Type.DATE:
            return lambda cell: dates.parse_date(cell, format_)
        # The time of day may stand in another column, so the instant is made once both are known.
        return lambda cell: _WrittenInstant(cell, format_) if values.plain_text(cell) else None

    def _texts(self) -> list[str]:
        """The first written cells of the column."""
        at = self.position
        cells = (row.cells[at] for row in self._table.rows[:_SAMPLE] if at < len(row.cells))
        return [values.plain_text(cell) for cell in cells if isinstance(cell, str) and cell]

    def _number_format(self) -> numbers.NumberFormat:
        if self._options.decimal is not None:
            return numbers.NumberFormat(self._options.decimal)
        default = "," if self._table.delimiter == ";" else "."
        found = numbers.number_format(self._texts(), default=default)
        if found.assumed:
            self.notes.append(
                _(
                    "“{column}”: it is unclear what , and . mean; “{sign}” is read as decimal sign."
                ).format(column=self._table.header[self.position], sign=found.decimal)
            )
        return found

    def _date_format(self) -> dates.DateFormat:
        if self._options.day_first is not None:
            return dates.DateFormat(self._options.day_first)
        found = dates.date_format(self._texts())
        if found.assumed:
            day = dates.parse_date(found.example, found)
            self.notes.append(
                _("“{column}”: {example} could be two dates; it is read as {date}.").format(
                    column=self._table.header[self.position],
                    example=found.example,
                    date=day.isoformat() if day else found.example,
                )
            )
        return found

    def _note_other_tiers(self) -> None:
        """Say which words are none of the tiers: such rows keep the tier they have."""
        texts = dict.fromkeys(text for text in self._texts() if account_tier(text) is None)
        if texts:
            self.notes.append(
                _("“{column}”: {words} is none of the tiers here and is left out.").format(
                    column=self._table.header[self.position],
                    words=", ".join(f"“{text[:40]}”" for text in list(texts)[:5]),
                )
            )

    def _is_share(self, format_: numbers.NumberFormat) -> bool:
        """Whether probabilities are written as shares of 1."""
        found = []
        for text in self._texts():
            try:
                found.append(numbers.parse_number(text, format_) or 0)
            except CellError:
                return False
        return any(0 < n < 1 for n in found) and all(0 <= n <= 1 for n in found)

    def _key(self, cell: Cell) -> str:
        key = same_key(self._system, _line(cell))
        if len(key) > 200:
            raise CellError(_("The identifier is longer than 200 characters."))
        return key


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units; ``currency`` is empty when the cell names none."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class _WrittenInstant:
    cell: Cell
    format: dates.DateFormat

    def at(self, zone: str, time: dt.time | None) -> dt.datetime | None:
        return dates.parse_instant(self.cell, self.format, zone, time)


def instant_of(values_: Mapping[str, Any], zone: str) -> dt.datetime | None:
    """The instant of an interaction, from the values of its date and time columns.

    Raises `CellError`.
    """
    written: _WrittenInstant | None = values_.get("at")
    return None if written is None else written.at(zone, values_.get("time"))


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        written = cell.strip()
        text = undefused(written)
        if text and (text != written or text[0] not in _PLAIN_STARTS):
            return clean_text(text)
    return clean_text(values.plain_text(cell))


def _undefused(cell: Cell) -> Cell:
    return undefused(cell) if isinstance(cell, str) else cell


def _line(cell: Cell) -> str:
    """A cell of one line; what shows nothing is an empty cell."""
    line = clean_line(_text(cell))
    return line if is_visible(line) else ""


def _currency(cell: Cell) -> str:
    return money.parse_currency(values.plain_text(cell))


def _tier(cell: Cell) -> str | None:
    return account_tier(values.plain_text(cell))


def _money(cell: Cell, format_: numbers.NumberFormat) -> Money | None:
    number = numbers.parse_number(cell, format_)
    if number is None:
        return None
    if not isinstance(cell, str) or (cell[-1:].isdigit() and cell[:1].isdigit()):
        return Money(number, "")
    return Money(number, money.written_currency(cell))


def _scaled(cell: Cell, format_: numbers.NumberFormat) -> Cell:
    number = numbers.parse_number(cell, format_)
    return None if number is None else float(number * 100)
