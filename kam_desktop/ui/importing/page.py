"""Imports what a CRM or a spreadsheet exported: choose, look, correct, import, take back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services import imports
from kam_desktop.services.errors import CancelledError
from kam_desktop.services.exchange.columns import OWN_SYSTEM, ColumnMapping
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.reading import FILE_PATTERNS
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.tables import TaskProgress
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.imports import Source
from kam_desktop.services.queries.imports import EarlierImport, earlier_imports
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.importing.files import Loaded, LoadedTable, load_files
from kam_desktop.ui.importing.result import ResultView
from kam_desktop.ui.importing.start import StartView, dropped_paths
from kam_desktop.ui.importing.work import WorkView, plans_of
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.operations import UndoState
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets.buttons import make_action

_SHOW_PROGRESS_AFTER_MS = 600
_TICK_MS = 100


@dataclass(slots=True)
class _Running:
    """A plan or an import under way; written by a worker, read by the page."""

    stop: threading.Event = field(default_factory=threading.Event)
    share: float | None = None

    def report(self, share: float) -> None:
        self.share = share

    def progress(self) -> TaskProgress:
        return TaskProgress(self.report, self.stop.is_set)


class ImportPage(Page):
    """Three views after each other: start, files on the table, result."""

    name: ClassVar[str] = "import"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.tables: list[LoadedTable] = []
        self.plan: ImportPlan | None = None
        self.options = ImportOptions()
        self._position = 0
        self._refusals: tuple[str, ...] = ()
        self._running: _Running | None = None
        self._importing = False
        self._done_label = ""
        self._dialog: QFileDialog | None = None
        self._make_actions()
        self.start = StartView([self._choose], context.clock)
        self.work = WorkView(self._choose, self._save, self._cancel)
        self.result = ResultView([self._undo, self._save, self._again])
        self.views = QStackedWidget()
        for view in (self.start, self.work, self.result):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.views)
        self.setAcceptDrops(True)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_PROGRESS_AFTER_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._connect_signals()
        self._update_actions()

    def _make_actions(self) -> None:
        self._choose = make_action(
            _("Choose files"), self, shortcut="Ctrl+Shift+I", icon_name="import"
        )
        self._import = make_action(_("Import"), self, shortcut="Ctrl+Return", icon_name="check")
        self._save = make_action(_("Save rejected rows"), self, icon_name="save")
        self._cancel = make_action(_("Cancel"), self, icon_name="x")
        self._undo = make_action(_("Undo the import"), self, icon_name="undo-2")
        self._again = make_action(_("Import more files"), self, icon_name="import")
        self._clear = make_action(_("Start the import anew"), self, icon_name="rotate-ccw")

    def _connect_signals(self) -> None:
        self._choose.triggered.connect(self.choose_files)
        self._import.triggered.connect(self.run_import)
        self._save.triggered.connect(self.save_rejects)
        self._cancel.triggered.connect(self.cancel)
        self._undo.triggered.connect(self._take_back)
        self._again.triggered.connect(self.begin_anew)
        self._clear.triggered.connect(self.begin_anew)
        self.start.zone.dropped.connect(self.open_files)
        self.work.files.shown.connect(self._look_at)
        self.work.files.removed.connect(self._forget)
        self.work.options.changed.connect(self._use_options)
        self.work.choices.kind_chosen.connect(self._use_kind)
        self.work.choices.encoding_chosen.connect(self._use_encoding)
        self.work.columns.columns.chosen.connect(self._use_column)
        self.context.operations.state_changed.connect(self._undo_changed)
        self._late.timeout.connect(self._show_progress)
        self._tick.timeout.connect(self._show_progress)

    # Page

    def title(self) -> str:
        return _("Import")

    def show_with(self, **_params: str) -> None:
        self._load_earlier()

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches("import_batch"):
            self._load_earlier()
        if self.tables and not self._importing and self.views.currentWidget() is self.work:
            self._make_plan()

    def commands(self) -> list[QAction]:
        return [self._choose, self._import, self._save, self._clear, self.work.files.remove]

    def primary_action(self) -> QAction | None:
        return self._import

    # Files

    def choose_files(self) -> None:
        """Ask for files."""
        patterns = " ".join(FILE_PATTERNS)
        dialog = QFileDialog(self, _("Choose files to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [_("CSV and Excel ({patterns})").format(patterns=patterns), _("All files (*)")]
        )
        dialog.filesSelected.connect(self._open_names)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _open_names(self, names: list[str]) -> None:
        self.open_files([Path(name) for name in names])

    def open_files(self, paths: Sequence[Path], encoding: str = "") -> None:
        """Read files and put their tables on the table."""
        if paths and not self._importing:
            self.context.lanes.io(
                self,
                load_files,
                list(paths),
                encoding,
                on_done=self._add,
                on_error=self._reading_failed,
                title=_("Reading files"),
            )

    def _add(self, loaded: Loaded) -> None:
        if self.views.currentWidget() is self.result:
            self.begin_anew()
        kept = {table.path for table in loaded.tables}
        self.tables = [table for table in self.tables if table.path not in kept]
        self.tables.extend(loaded.tables)
        self._refusals = loaded.refusals
        if loaded.tables:
            self._position = len(self.tables) - len(loaded.tables)
        self._show_tables()
        self.work.files.setCurrentRow(self._position)
        if not self.tables:
            for text in loaded.refusals:
                self.context.navigator.notify(text, kind="warn")
        self._make_plan()

    def _reading_failed(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self.context.lanes.failed.emit(error)

    def _forget(self, position: int) -> None:
        if self._importing:
            return
        del self.tables[position]
        self._position = min(self._position, max(0, len(self.tables) - 1))
        self._show_tables()
        self._make_plan()

    def begin_anew(self) -> None:
        """Forget the files; nothing is changed by that."""
        if self._importing:
            return
        self.tables, self.plan, self._refusals, self._position = [], None, (), 0
        self._show_tables()
        self._load_earlier()

    # Choices

    def _look_at(self, position: int) -> None:
        self._position = position
        self._show_table()

    def _use_options(self, options: ImportOptions) -> None:
        self.options = options
        self._make_plan()

    def _use_kind(self, kind: str) -> None:
        loaded = self.tables[self._position]
        mapping = None
        if kind:
            mapping = imports.recognise_table(loaded.table, Kind(kind)) or ColumnMapping(
                Kind(kind), OWN_SYSTEM, ("",) * len(loaded.table.header)
            )
        self._replace(loaded.meaning(mapping))

    def _use_encoding(self, encoding: str) -> None:
        self.open_files([self.tables[self._position].path], encoding)

    def _use_column(self, position: int, chosen: str) -> None:
        loaded = self.tables[self._position]
        if loaded.mapping is not None:
            self._replace(loaded.meaning(loaded.mapping.with_column(position, chosen)))

    def _replace(self, loaded: LoadedTable) -> None:
        self.tables[self._position] = loaded
        self._show_tables()
        self._make_plan()

    # Plan

    def _sources(self) -> list[Source]:
        return [Source(one.table, one.mapping) for one in self.tables if one.mapping is not None]

    def _make_plan(self) -> None:
        self._stop_running()
        sources = self._sources()
        if not sources:
            self._show_plan(None)
            return
        self._begin_running()
        self.context.lanes.read(
            self,
            imports.plan_import,
            sources,
            self.options,
            self._running.progress() if self._running else None,
            on_done=self._show_plan,
            on_error=self._plan_failed,
        )

    def _show_plan(self, plan: ImportPlan | None) -> None:
        if plan is not None and not self.tables:
            return
        self._end_running()
        self.plan = plan
        self._show_table()
        self._update_actions()

    def _plan_failed(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self._end_running()
            self.context.lanes.failed.emit(error)

    # Import

    def run_import(self) -> None:
        """Write what the plan says, as one step."""
        if self.plan is None or self.plan.is_empty or self._importing:
            return
        self._importing = True
        self._done_label = self.plan.label
        self._begin_running()
        self._update_actions()
        self.context.operations.run(
            self,
            self.plan.label,
            imports.import_sources,
            self._sources(),
            self.options,
            self._running.progress() if self._running else None,
            on_done=self._imported,
            on_error=self._not_imported,
        )

    def _imported(self, plan: ImportPlan) -> None:
        self._importing = False
        self._end_running()
        self.plan = plan
        self.result.show_result(plan)
        self.tables, self._refusals = [], ()
        self.views.setCurrentWidget(self.result)
        self._update_actions()

    def _not_imported(self, error: BaseException) -> None:
        self._importing = False
        self._end_running()
        self._update_actions()
        self.context.navigator.notify(str(error), kind="warn")

    def cancel(self) -> None:
        """Stop planning or importing; an import that is stopped changes nothing."""
        self._stop_running()
        if not self._importing:
            self._end_running()

    def _take_back(self) -> None:
        self.context.operations.undo()
        self.begin_anew()

    def _undo_changed(self, state: UndoState) -> None:
        """Undo takes back the newest step, so it is offered only while that is the import."""
        self._undo.setEnabled(bool(self._done_label) and state.undo == self._done_label)

    # Rejected rows

    def save_rejects(self) -> None:
        """Ask where the rejected rows go."""
        dialog = QFileDialog(self, _("Save rejected rows"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_("rejected rows.csv"))
        dialog.fileSelected.connect(self.save_rejects_to)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def save_rejects_to(self, name: str) -> None:
        """Write the rejected rows of the present plan as CSV."""
        if self.plan is not None:
            self.context.lanes.io(
                self,
                imports.write_rejects,
                self.plan,
                Path(name),
                on_done=self._say_saved,
                on_error=self._say_error,
                title=_("Saving rejected rows"),
            )

    def _say_saved(self, count: int) -> None:
        text = ngettext("{count} rejected row saved", "{count} rejected rows saved", count)
        self.context.navigator.notify(text.format(count=number(count)), kind="good")

    def _say_error(self, error: BaseException) -> None:
        self.context.navigator.notify(str(error), kind="warn")

    # What is shown

    def _show_tables(self) -> None:
        self.views.setCurrentWidget(self.work if self.tables else self.start)
        self.work.files.show_tables(self.tables)
        self.work.show_refusals(self._refusals)
        self._show_table()
        self._update_actions()

    def _show_table(self) -> None:
        if self._position < len(self.tables):
            loaded = self.tables[self._position]
            self.work.show_table(loaded, plans_of(loaded, self.plan))

    def _load_earlier(self) -> None:
        self.context.lanes.read(self, earlier_imports, on_done=self._show_earlier)
        if not self.tables:
            self.context.lanes.read(
                self, imports.default_options, home_zone(), on_done=self._show_defaults
            )

    def _show_earlier(self, earlier: list[EarlierImport]) -> None:
        self.start.earlier.show_imports(earlier)

    def _show_defaults(self, options: ImportOptions) -> None:
        if not self.tables:
            self.options = options
            self.work.options.show_options(options)

    def _update_actions(self) -> None:
        plan = self.plan if self.views.currentWidget() is not self.start else None
        counts = plan.counts if plan is not None else None
        working = self.views.currentWidget() is self.work
        written = counts.total(Fate.NEW) + counts.total(Fate.CHANGED) if counts else 0
        self._import.setEnabled(working and bool(written) and not self._importing)
        self._import.setVisible(working)
        label = ngettext("Import {count} row", "Import {count} rows", written)
        self._import.setText(label.format(count=number(written)) if written else _("Import"))
        rejected = counts.total(Fate.REJECTED) if counts else 0
        save = ngettext("Save {count} rejected row", "Save {count} rejected rows", rejected)
        self._save.setText(save.format(count=number(rejected)))
        self._save.setEnabled(bool(rejected))
        self._save.setVisible(bool(rejected))
        self._choose.setEnabled(not self._importing)
        self._clear.setEnabled(working and not self._importing)
        self.heading_changed.emit()

    # Progress: appears late, never flashes

    def _begin_running(self) -> None:
        self._running = _Running()
        self._late.start()

    def _stop_running(self) -> None:
        if self._running is not None:
            self._running.stop.set()

    def _end_running(self) -> None:
        self._running = None
        self._late.stop()
        self._tick.stop()
        self.work.show_progress("", None)

    def _show_progress(self) -> None:
        if self._running is not None:
            text = _("Importing") if self._importing else _("Comparing with the portfolio")
            self.work.show_progress(text, self._running.share)
            self._tick.start()

    # Dropping onto any view of the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_files(dropped_paths(event))
