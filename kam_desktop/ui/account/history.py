"""Who changed what in this dossier, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.services.clock import Clock
from kam_desktop.services.field_words import field_word, record_word
from kam_desktop.services.formatting import date, relative_date, time
from kam_desktop.services.history_words import references, value_text
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.record_names import names_of, record_ids
from kam_desktop.services.storage.changes import FieldChange
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import CalmTable, text_label

LIMIT = 300


class HistoryLine:
    """One change in words, with an id of its own, as a list needs."""

    __slots__ = ("after", "before", "change", "id")

    def __init__(self, change: FieldChange, names: Mapping[str, str]) -> None:
        self.change = change
        self.before = value_text(change.table, change.field, change.old, names)
        self.after = value_text(change.table, change.field, change.new, names)
        self.id = f"{change.action.seq}:{change.table}:{change.row_id}:{change.field}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HistoryLine) and self.change == other.change

    def __hash__(self) -> int:
        return hash(self.id)


class HistorySection(Section):
    """Reads the ledger of the account's records; everything changes it, so it always reloads."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._model: RowsModel[HistoryLine] = RowsModel(self._columns(), self)
        self.table = CalmTable(_("History of this dossier"))
        self.table.setModel(self._model)
        self.table.remember("account-history", [130, 220, 160, 240, 240])
        for column in range(self._model.columnCount()):
            use_delegate(self.table, column, TextDelegate(self.table, quiet=column in (0, 3)))
        self._hint = text_label(
            _("Undo takes back the newest step; older ones are kept here."), "hint"
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.table, 1)
        outer.addWidget(self._hint)

    def _columns(self) -> list[Column]:
        return [
            Column(_("When"), partial(_when, self.context.clock), tip=_exact),
            Column(_("Step"), lambda line: _step(line.change)),
            Column(_("Field"), lambda line: _field(line.change)),
            Column(_("Before"), lambda line: line.before),
            Column(_("After"), lambda line: line.after),
        ]

    def load(self) -> None:
        self.context.lanes.read(self, self._history, self.account_id, on_done=self._show)

    def _history(self, db: Reader, account_id: str) -> list[HistoryLine]:
        # Runs on a read lane; the portfolio's own reader is used for the ledger.
        changes = self.context.portfolio.history_of(record_ids(db, account_id), limit=LIMIT)
        ids = {each for row in changes for each in references(row.field, row.old, row.new)}
        names = names_of(db, sorted(ids))
        lines = {line.id: line for line in (HistoryLine(change, names) for change in changes)}
        return list(lines.values())

    def _show(self, lines: list[HistoryLine]) -> None:
        self._model.set_rows(lines)


def _when(clock: Clock, line: HistoryLine) -> str:
    return relative_date(parse_instant(line.change.action.at).date(), clock.today())


def _exact(line: HistoryLine) -> str:
    moment = parse_instant(line.change.action.at).astimezone()
    return f"{date(moment.date())} {time(moment)}"


def _step(change: FieldChange) -> str:
    texts = {"undo": _("Undone: {label}"), "redo": _("Done again: {label}")}
    return texts.get(change.action.kind, "{label}").format(label=change.action.label)


def _field(change: FieldChange) -> str:
    record = record_word(change.table)
    if change.op == "I":
        return _("{record} added").format(record=record)
    if change.op == "D":
        return _("{record} removed").format(record=record)
    if change.field == "deleted":
        return _("{record} to or from the trash").format(record=record)
    return f"{record}: {field_word(change.table, change.field)}"
