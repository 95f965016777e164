"""Imports what a CRM or a spreadsheet exported: choose, look, correct, import, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from kam_desktop.services import imports
from kam_desktop.services.errors import CancelledError
from kam_desktop.services.exchange.columns import OWN_SYSTEM, ColumnMapping
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import ImportPlan
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.vcard.table import CardTable
from kam_desktop.services.i18n import _
from kam_desktop.services.imports import Source
from kam_desktop.services.queries.choices import Choice, account_choice
from kam_desktop.services.queries.imports import EarlierImport, earlier_imports
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.calendar_files.dropping import calendars_of
from kam_desktop.ui.importing.files import Loaded, LoadedTable, load_files
from kam_desktop.ui.importing.frame import ImportFrame, files_dialog
from kam_desktop.ui.importing.rejects import RejectSaver
from kam_desktop.ui.importing.running import Running
from kam_desktop.ui.importing.start import dropped_paths
from kam_desktop.ui.importing.work import plans_of
from kam_desktop.ui.mail_files.dropping import mails_of
from kam_desktop.ui.mail_files.import_dialog import choose_mails, open_mail_import
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.operations import UndoState
from kam_desktop.ui.times import home_zone


class ImportPage(ImportFrame):
    """Three views after each other: start, files on the table, result."""

    name: ClassVar[str] = "import"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.tables: list[LoadedTable] = []
        self.plan: ImportPlan | None = None
        self.options = ImportOptions()
        self._position = 0
        self._refusals: tuple[str, ...] = ()
        self._running = Running(self)
        self._rejects = RejectSaver(context, self)
        self._importing = False
        self._done_label = ""
        self._dialog: QFileDialog | None = None
        self._connect_signals()
        self._update_actions()

    def _connect_signals(self) -> None:
        self._choose.triggered.connect(self.choose_files)
        self._mails.triggered.connect(self._choose_mails)
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
        self._running.ticked.connect(self._show_progress)

    # Page

    def title(self) -> str:
        return _("Import")

    def show_with(self, **params: str) -> None:
        """``account_id`` is the account contacts go to, when the user comes from there."""
        if not self.tables:
            self.options = replace(self.options, account_id="")
            self.work.options.account.set_account("", "")
        self._load_earlier()
        if account_id := params.get("account_id"):
            self.context.lanes.read(
                self, account_choice, account_id, on_done=self._use_account_of_contacts
            )

    def _use_account_of_contacts(self, account: Choice | None) -> None:
        if account is not None:
            self.work.options.account.set_account(account.id, account.title)
            self._use_options(replace(self.options, account_id=account.id))
            self.work.options.show_options(self.options)

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches("import_batch"):
            self._load_earlier()
        if self.tables and not self._importing and self.views.currentWidget() is self.work:
            self._make_plan()

    def commands(self) -> list[QAction]:
        return [
            self._choose,
            self._mails,
            self._import,
            self._save,
            self._clear,
            self.work.files.remove,
        ]

    def primary_action(self) -> QAction | None:
        return self._import

    # Files

    def choose_files(self) -> None:
        """Ask for files."""
        dialog = files_dialog(self)
        dialog.filesSelected.connect(self._open_names)
        self._dialog = dialog
        dialog.open()

    def _choose_mails(self) -> None:
        choose_mails(self.context, self, self.options.account_id)

    def _open_names(self, names: list[str]) -> None:
        self.open_files([Path(name) for name in names])

    def open_files(self, paths: Sequence[Path], encoding: str = "") -> None:
        """Read files and put their tables on the table; calendars and e-mails have previews of
        their own."""
        if self._importing:
            return
        calendars, mails = calendars_of(paths), mails_of(paths)
        if calendars:
            from kam_desktop.ui.calendar_files.import_dialog import open_calendar_import

            open_calendar_import(self.context, calendars, self)
        if mails:
            open_mail_import(self.context, mails, self, self.options.account_id or "")
        paths = [path for path in paths if path not in {*calendars, *mails}]
        if paths:
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
        self._running.stop()
        sources = self._sources()
        if not sources:
            self._show_plan(None)
            return
        progress = self._running.begin()
        self.context.lanes.read(
            self,
            imports.plan_import,
            sources,
            self.options,
            progress,
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
        progress = self._running.begin()
        self._update_actions()
        self.context.operations.run(
            self,
            self.plan.label,
            imports.import_sources,
            self._sources(),
            self.options,
            progress,
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
        self._running.stop()
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
        self._rejects.ask(self.plan, self)

    def save_rejects_to(self, name: str) -> None:
        """Write the rejected rows of the present plan as CSV."""
        if self.plan is not None:
            self._rejects.save_to(self.plan, name)

    # What is shown

    def _show_tables(self) -> None:
        self.views.setCurrentWidget(self.work if self.tables else self.start)
        self.work.files.show_tables(self.tables)
        contacts = [isinstance(loaded.table, CardTable) for loaded in self.tables]
        self.work.options.show_for(contacts=any(contacts), tables=not all(contacts))
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
            chosen = self.options.account_id
            self.options = options = replace(options, account_id=chosen)
            self.work.options.show_options(options)

    def _update_actions(self) -> None:
        plan = self.plan if self.views.currentWidget() is not self.start else None
        self._offer_actions(plan, importing=self._importing)

    # Progress: appears late, never flashes

    def _end_running(self) -> None:
        self._running.end()
        self.work.show_progress("", None)

    def _show_progress(self) -> None:
        if self._running.under_way:
            text = _("Importing") if self._importing else _("Comparing with the portfolio")
            self.work.show_progress(text, self._running.share)

    # Dropping onto any view of the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_files(dropped_paths(event))
