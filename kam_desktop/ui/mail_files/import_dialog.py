"""Shows what importing e-mail files would do, lets accounts be chosen, and imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kam_desktop.services.errors import CancelledError
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.mail_import import PlannedMail, label_of, plan_mails
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.delegates.cells import PillDelegate, TextDelegate, use_delegate
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.mail_files.dropping import PATTERNS
from kam_desktop.ui.mail_files.reading import LoadedMails, load_mails
from kam_desktop.ui.mail_files.rows import MailRow, columns, mail_rows, summary
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.tasks import TaskToken
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, CalmTable, PrimaryButton, ProgressBar, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog
from kam_desktop.ui.widgets.screen_room import resize_within_screen

if TYPE_CHECKING:
    from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

Plan = tuple[tuple[PlannedMail, ...], dict[str, str]]


def plan_and_names(
    db: Reader,
    mails: Sequence[Mail | UnreadableMail],
    now: dt.datetime,
    account_id: str,
    chosen: Mapping[str, str],
) -> Plan:
    """What importing would do, and the names of the accounts concerned by their ids."""
    plan = plan_mails(db, mails, now, account_id=account_id, chosen=chosen)
    ids = {each.account_id for each in plan if each.account_id}
    found = {key: choices.account_choice(db, key) for key in ids}
    return plan, {key: choice.title for key, choice in found.items() if choice is not None}


def carry_out(work: UnitOfWork, plan: Sequence[PlannedMail]) -> int:
    """Import; returns how many touches were made."""
    from kam_desktop.services.mail_import import import_mails

    return import_mails(work, plan)


def choose_mails(context: AppContext, parent: QWidget, account_id: str = "") -> None:
    """Ask for e-mail files, then show what importing them would do."""
    _FilesDialog(context, parent, account_id).open()


def open_mail_import(
    context: AppContext, paths: Sequence[Path], parent: QWidget, account_id: str = ""
) -> MailImportDialog:
    """Show what importing these files would do; ``account_id`` takes those none is found for."""
    dialog = MailImportDialog(context, paths, account_id, parent)
    dialog.open()
    return dialog


class _FilesDialog(QFileDialog):
    def __init__(self, context: AppContext, parent: QWidget, account_id: str) -> None:
        super().__init__(parent, _("Choose e-mail files"))
        self._context = context
        self._for = parent
        self._account_id = account_id
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.setNameFilters(
            [_("E-mails ({patterns})").format(patterns=PATTERNS), _("All files (*)")]
        )
        self.filesSelected.connect(self._chosen)
        self.finished.connect(self.deleteLater)

    def _chosen(self, names: list[str]) -> None:
        open_mail_import(self._context, [Path(name) for name in names], self._for, self._account_id)


class MailImportDialog(CalmDialog):
    """The preview of one import. Nothing is changed before its button is pressed."""

    def __init__(
        self,
        context: AppContext,
        paths: Sequence[Path],
        account_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Import e-mails"), parent, width=480)
        self._context = context
        self._account_id = account_id
        self._loaded = LoadedMails((), ())
        self._chosen: dict[str, str] = {}
        self.plan: tuple[PlannedMail, ...] = ()
        self._build()
        self._lay_out()
        self._connect_signals()
        self._say_under_way(_("Reading the files"))
        self._task: TaskToken | None = context.lanes.io(
            self, load_mails, list(paths),
            on_done=self._show_loaded, on_error=self._reading_failed, title=_("Reading e-mails"),
        )  # fmt: skip

    def _build(self) -> None:
        self.summary = text_label("", "secondary", wrap=True)
        self.bar = ProgressBar(None, name=_("Import e-mails"))
        self.refusals = text_label("", "error", wrap=True)
        self.rows: RowsModel[MailRow] = RowsModel(columns(), self)
        self.table = CalmTable(_("E-mails"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(TextDelegate(self.table, quiet=True))
        use_delegate(self.table, 0, PillDelegate(self.table))
        use_delegate(self.table, 2, TextDelegate(self.table, strong=True))
        self.table.remember("mail-import", [150, 150, 195, 110, 140, 120, 85])
        self.table.setMinimumHeight(theme().px(180))
        self.excerpt = text_label("", "small", wrap=True)
        self.account = RecordPicker(
            self._context, choices.accounts, _("Account for the chosen rows, or for all without")
        )
        self.hint = text_label("", "hint", wrap=True)
        self.error = text_label("", "error", wrap=True)
        self.take = PrimaryButton(_("Import"))
        self.cancel = Button(_("Cancel"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().px(Space.S))
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take)
        for widget in (
            *(self.summary, self.bar, self.refusals, self.table, self.excerpt, self.account),
            self.error,
        ):
            self.column.addWidget(widget, 1 if widget is self.table else 0)
        for hidden in (self.refusals, self.excerpt, self.account, self.error, self.table):
            hidden.hide()
        self.column.addLayout(buttons)
        self.take.setDefault(True)
        self.take.setEnabled(False)

    def _connect_signals(self) -> None:
        self.account.picked.connect(self._use_account)
        self.take.clicked.connect(self.run_import)
        self.cancel.clicked.connect(self.reject)
        self.table.selectionModel().currentRowChanged.connect(self._show_excerpt)

    # Reading and planning

    def _show_loaded(self, loaded: LoadedMails) -> None:
        self._task = None
        self._loaded = loaded
        self.refusals.setText("\n".join(loaded.refusals))
        self.refusals.setVisible(bool(loaded.refusals))
        self._make_plan()

    def _reading_failed(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self._context.lanes.failed.emit(error)
        self.reject()

    def _make_plan(self) -> None:
        self._say_under_way(_("Comparing with the portfolio"))
        self._context.lanes.read(
            self, plan_and_names, self._loaded.mails, self._context.clock.now(),
            self._account_id, dict(self._chosen), on_done=self._show_plan,
        )  # fmt: skip

    def _show_plan(self, found: Plan) -> None:
        self.plan, names = found
        self.bar.hide()
        rows = mail_rows(self.plan, names, self._context.clock.today())
        self.rows.set_rows(rows)
        if rows and not self.table.isVisible():
            self.table.show()
            resize_within_screen(self, 1000, 600)
        self.summary.setText(summary(rows))
        missing = sum(row.open for row in rows)
        self.account.setVisible(bool(missing or self._chosen))
        count = self._to_write
        text = ngettext("Import {count} e-mail", "Import {count} e-mails", count)
        self.take.setText(text.format(count=count) if count else _("Import"))
        self.take.setEnabled(bool(count))
        if count:
            self.take.setFocus()
        self.cancel.setText(_("Cancel") if count or missing else _("Close"))
        self.hint.setText(
            _("Attachments are kept with the touch. One step: Undo takes all of it back.")
            if count
            else ""
        )

    @property
    def _to_write(self) -> int:
        return sum(each.fate is Fate.NEW for each in self.plan)

    def _say_under_way(self, text: str) -> None:
        self.summary.setText(text)
        self.bar.show()
        self.take.setEnabled(False)

    def _show_excerpt(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.rows.row(current)
        text = "" if row is None else row.excerpt
        self.excerpt.setText(text)
        self.excerpt.setVisible(bool(text))

    # Accounts

    def _use_account(self, choice: Choice) -> None:
        """For the chosen rows that need one; when none of them does, for all that do."""
        selected = {
            key
            for index in self.table.selectionModel().selectedRows()
            if (row := self.rows.row(index)) is not None and (key := self._may_choose(row))
        }
        wanted = selected or {key for row in self.rows.rows if row.open and (key := _key(row))}
        self._chosen.update(dict.fromkeys(wanted, choice.id))
        self.table.clearSelection()
        self._make_plan()

    def _may_choose(self, row: MailRow) -> str:
        key = _key(row)
        return key if row.open or key in self._chosen else ""

    # Importing

    def run_import(self) -> None:
        """Log the touches, as one step."""
        self._say_under_way(_("Importing"))
        self._context.operations.run(
            self, label_of(self.plan), carry_out, self.plan,
            on_done=self._imported, on_error=self._refuse, title=_("Importing e-mails"),
        )  # fmt: skip

    def _imported(self, count: int) -> None:
        text = ngettext("{n} e-mail imported.", "{n} e-mails imported.", count)
        self._context.navigator.notify(
            text.format(n=count),
            kind="good",
            action_text=_("Undo"),
            action=self._context.operations.undo,
        )
        self.accept()

    def _refuse(self, error: object) -> None:
        self.bar.hide()
        self.take.setEnabled(True)
        self.error.setText(str(error))
        self.error.show()

    def done(self, result: int) -> None:
        """Reading that is still under way is given up."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _key(row: MailRow) -> str:
    return "" if row.planned.mail is None else row.planned.mail.key
