"""Shows what importing calendar files would do, lets accounts be chosen, and imports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from kam_desktop.services.calendar_import import PlannedMeeting, plan_with
from kam_desktop.services.errors import CancelledError
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.calendar_files.dropping import PATTERNS
from kam_desktop.ui.calendar_files.reading import LoadedCalendars, load_calendars
from kam_desktop.ui.calendar_files.rows import PreviewRow, columns, preview_rows
from kam_desktop.ui.delegates.cells import PillDelegate, TextDelegate, use_delegate
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.tasks import TaskToken
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import Button, CalmTable, PrimaryButton, ProgressBar, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog

if TYPE_CHECKING:
    from kam_desktop.services.exchange.calendars.events import CalendarEvent
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

Plan = tuple[tuple[PlannedMeeting, ...], dict[str, str]]


def plan_and_names(db: Reader, events: Sequence[CalendarEvent], chosen: Mapping[str, str]) -> Plan:
    """What importing would do, and the names of the accounts concerned by their ids."""
    plan = plan_with(db, events, chosen)
    ids = {each.account_id for each in plan if each.account_id}
    found = {key: choices.account_choice(db, key) for key in ids}
    return plan, {key: choice.title for key, choice in found.items() if choice is not None}


def carry_out(
    work: UnitOfWork, events: Sequence[CalendarEvent], chosen: Mapping[str, str], add_people: bool
) -> int:
    """Import; returns how many meetings are new or changed."""
    from kam_desktop.services.calendar_import import import_events

    done = import_events(work, events, chosen, add_people=add_people)
    return sum(each.fate in {Fate.NEW, Fate.CHANGED} for each in done)


def choose_calendars(context: AppContext, parent: QWidget) -> None:
    """Ask for calendar files, then show what importing them would do."""
    dialog = _FilesDialog(context, parent)
    dialog.open()


def open_calendar_import(
    context: AppContext, paths: Sequence[Path], parent: QWidget
) -> CalendarImportDialog:
    """Show what importing these files would do."""
    dialog = CalendarImportDialog(context, paths, parent)
    dialog.open()
    return dialog


class _FilesDialog(QFileDialog):
    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent, _("Choose calendar files"))
        self._context = context
        self._for = parent
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.setNameFilters(
            [_("Calendars ({patterns})").format(patterns=PATTERNS), _("All files (*)")]
        )
        self.filesSelected.connect(self._chosen)
        self.finished.connect(self.deleteLater)

    def _chosen(self, names: list[str]) -> None:
        open_calendar_import(self._context, [Path(name) for name in names], self._for)


class CalendarImportDialog(CalmDialog):
    """The preview of one import. Nothing is changed before its button is pressed."""

    def __init__(
        self, context: AppContext, paths: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Import from a calendar"), parent, width=480)
        self._context = context
        self._today: dt.date = context.clock.today()
        self._loaded = LoadedCalendars((), (), ())
        self._chosen: dict[str, str] = {}
        self.plan: tuple[PlannedMeeting, ...] = ()
        self._build()
        self._lay_out()
        self._connect_signals()
        self._say_under_way(_("Reading the files"))
        self._task: TaskToken | None = context.lanes.io(
            self, load_calendars, list(paths), home_zone(), context.clock.now(),
            on_done=self._show_loaded, on_error=self._reading_failed,
        )  # fmt: skip

    def _build(self) -> None:
        self.summary = text_label("", "secondary", wrap=True)
        self.bar = ProgressBar(None, name=_("Import from a calendar"))
        self.refusals = text_label("", "error", wrap=True)
        self.rows: RowsModel[PreviewRow] = RowsModel(columns(), self)
        self.table = CalmTable(_("Appointments"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(TextDelegate(self.table, quiet=True))
        use_delegate(self.table, 0, PillDelegate(self.table))
        use_delegate(self.table, 2, TextDelegate(self.table, strong=True))
        self.table.remember("calendar-import", [160, 160, 190, 130, 150, 220])
        self.table.setMinimumHeight(theme().px(96))
        self.account = RecordPicker(
            self._context, choices.accounts, _("Which account? Type its name"), clears=True
        )
        self.account_label = text_label(
            _("Account for the chosen rows; when none is chosen, for all that need one"), "small"
        )
        self.account_label.setBuddy(self.account)
        self.people = QCheckBox()
        self.hint = text_label("", "hint", wrap=True)
        self.error = text_label("", "error", wrap=True)
        self.take = PrimaryButton(_("Import"))
        self.cancel = Button(_("Cancel"))

    def _lay_out(self) -> None:
        px = theme().px
        buttons = QHBoxLayout()
        buttons.setSpacing(px(Space.S))
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take)
        for widget in (
            *(self.summary, self.bar, self.refusals, self.table, self.account_label),
            *(self.account, self.people),
            self.error,
        ):
            self.column.addWidget(widget, 1 if widget is self.table else 0)
        for hidden in (
            *(self.refusals, self.account_label, self.account, self.people, self.error),
            self.table,
        ):
            hidden.hide()
        self.column.addLayout(buttons)
        self.take.setDefault(True)
        self.take.setEnabled(False)

    def _connect_signals(self) -> None:
        self.account.picked.connect(self._use_account)
        self.take.clicked.connect(self.run_import)
        self.cancel.clicked.connect(self.reject)

    # Reading and planning

    def _show_loaded(self, loaded: LoadedCalendars) -> None:
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
            self, plan_and_names, self._loaded.events, dict(self._chosen), on_done=self._show_plan
        )

    def _show_plan(self, found: Plan) -> None:
        self.plan, names = found
        self.bar.hide()
        rows = preview_rows(self.plan, self._loaded.problems, names, self._today)
        self.rows.set_rows(rows)
        if rows and not self.table.isVisible():
            self.table.show()
            px, over = theme().px, self.parentWidget()
            whole = over.window().size() if over is not None else self.screen().availableSize()
            room = whole - QSize(1, 1) * px(Space.XXL)
            self.resize(QSize(px(1140), px(600)).boundedTo(room))
        self.summary.setText(self._summary(rows))
        missing = sum(row.open for row in rows)
        for widget in (self.account_label, self.account):
            widget.setVisible(bool(missing or self._chosen))
        self._offer_people()
        count = self._to_write
        text = ngettext("Import {count} meeting", "Import {count} meetings", count)
        self.take.setText(text.format(count=count) if count else _("Import"))
        self.take.setEnabled(bool(count))
        self.cancel.setText(_("Cancel") if count or missing else _("Close"))
        self.hint.setText(_("It is one step: Undo takes all of it back.") if count else "")

    @property
    def _to_write(self) -> int:
        return sum(each.fate in {Fate.NEW, Fate.CHANGED} for each in self.plan)

    def _summary(self, rows: Sequence[PreviewRow]) -> str:
        counts = Counter(row.fate for row in rows)
        if not rows:
            return _("There is no appointment in these files that could be taken over.")
        if counts[Fate.UNCHANGED] == len(rows):
            return _("Everything in these files is here already. Nothing would change.")
        missing = sum(row.open for row in rows)
        left_out = counts[Fate.REJECTED] - missing
        new, changed, same = (counts[f] for f in (Fate.NEW, Fate.CHANGED, Fate.UNCHANGED))
        return joined(
            text.format(n=n)
            for n, text in (
                (new, _("{n} new")),
                (changed, _("{n} changed")),
                (missing, ngettext("{n} needs an account", "{n} need an account", missing)),
                (left_out, _("{n} left out")),
                (same, _("{n} here already")),
            )
            if n
        )

    def _offer_people(self) -> None:
        emails = {
            each.email
            for planned in self.plan
            if planned.fate is Fate.NEW
            for each in planned.unknown
            if each.email
        }
        text = ngettext(
            "Add {n} person nobody here knows yet to the account",
            "Add {n} people nobody here knows yet to their accounts",
            len(emails),
        )
        self.people.setText(text.format(n=len(emails)))
        self.people.setVisible(bool(emails))

    def _say_under_way(self, text: str) -> None:
        self.summary.setText(text)
        self.bar.show()
        self.take.setEnabled(False)

    # Accounts

    def _use_account(self, choice: Choice) -> None:
        """For the chosen rows that need one; when none of them does, for all that do."""
        selected = {
            row.id
            for index in self.table.selectionModel().selectedRows()
            if (row := self.rows.row(index)) is not None and self._may_choose(row)
        }
        wanted = selected or {row.id for row in self.rows.rows if row.open}
        self._chosen.update(dict.fromkeys(wanted, choice.id))
        self.table.clearSelection()
        self._make_plan()

    def _may_choose(self, row: PreviewRow) -> bool:
        return row.open or row.id in self._chosen

    # Importing

    def run_import(self) -> None:
        """Make and change the meetings, as one step."""
        label = ngettext(
            "Import of {count} meeting from a calendar",
            "Import of {count} meetings from a calendar",
            self._to_write,
        ).format(count=self._to_write)
        add_people = self.people.isChecked() and not self.people.isHidden()
        self._say_under_way(_("Importing"))
        self._context.operations.run(
            self, label, carry_out, self._loaded.events, dict(self._chosen), add_people,
            on_done=self._imported, on_error=self._refuse,
        )  # fmt: skip

    def _imported(self, count: int) -> None:
        text = ngettext("{n} meeting imported.", "{n} meetings imported.", count)
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
