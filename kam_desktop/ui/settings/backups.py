"""The backups there are: make one now, or go back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from kam_desktop.services.formatting import date, number, relative_date, time
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import SUFFIX
from kam_desktop.services.places import documents_folder
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.settings.record_card import RecordCard
from kam_desktop.ui.settings.restoring import Restoring
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, make_action
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from kam_desktop.services.storage.backup_files import BackupInfo


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    path: Path
    taken_at: dt.datetime
    reason: str
    size: int


class BackupsSection(Section):
    """Restoring shows first what it would change, and keeps the present state as a backup."""

    name: ClassVar[str] = "backups"
    icon: ClassVar[str] = "database-backup"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._now = make_action(_("Back up now"), self, icon_name="database-backup")
        self._restore = make_action(_("Go back to this backup"), self, icon_name="rotate-ccw")
        self._elsewhere = make_action(_("Backup from another place…"), self)
        self._check = make_action(_("Check the portfolio"), self, icon_name="shield-check")
        self.restoring = Restoring(context, self)
        self._newest_wanted = False
        empty = EmptyState(
            "database-backup",
            _("No backup yet"),
            _("Backups are made by themselves while you work, encrypted like the portfolio."),
            [self._now],
        )
        self.card = RecordCard(
            _("Backups"),
            _("Made every few hours while you work, and thinned out with age."),
            self._columns(),
            key="backups",
            widths=[220, 190, 110],
            empty=empty,
        )
        buttons = QWidget()
        row = FlowLayout(buttons, spacing=theme().px(Space.S))
        for action in (self._now, self._restore, self._elsewhere, self._check):
            button = Button()
            row.addWidget(button)
            button.follow(action)
        self.card.add(buttons)
        self.column.addWidget(self.card, 1)
        self._connect_signals()
        self._selected()

    @staticmethod
    def heading() -> str:
        return _("Backups")

    def _connect_signals(self) -> None:
        keeping = self.context.safekeeping
        self._restore.triggered.connect(self._preview)
        self._elsewhere.triggered.connect(self._choose_file)
        self.card.selection_changed.connect(self._selected)
        if keeping is not None:
            self._now.triggered.connect(keeping.back_up_now)
            self._check.triggered.connect(keeping.check_now)
            keeping.backups_changed.connect(self._show)

    def show_part(self, part: str) -> None:
        """``newest`` begins going back to the newest backup."""
        self._newest_wanted = part == "newest"
        self.load()

    def load(self) -> None:
        if self.context.safekeeping is not None:
            self.context.safekeeping.list_backups()

    def _show(self, backups: list[BackupInfo]) -> None:
        self.card.show_rows(
            [
                _Row(info.path.name, info.path, info.taken_at, str(info.reason), info.size)
                for info in backups
            ]
        )
        wanted, self._newest_wanted = self._newest_wanted, False
        if wanted and backups:
            self.restoring.begin(backups[0].path)

    def _selected(self) -> None:
        self._restore.setEnabled(len(self.card.selected()) == 1)

    def _preview(self) -> None:
        for row in self.card.selected()[:1]:
            self.restoring.begin(row.path)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a backup"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Backups") + f" (*{SUFFIX})")
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_chosen(self, file: str) -> None:
        self.restoring.begin(Path(file))

    def _columns(self) -> list[Column]:
        reasons = {
            "automatic": _("by itself"),
            "manual": _("you asked"),
            "upgrade": _("before an update"),
            "restore": _("before going back"),
        }
        clock = self.context.clock

        def when(row: _Row) -> str:
            at = row.taken_at.astimezone()
            return f"{relative_date(at.date(), clock.today())}, {time(at)}"

        def exact(row: _Row) -> str:
            return date(row.taken_at.astimezone().date())

        def reason(row: _Row) -> str:
            return reasons.get(row.reason, row.reason)

        def size(row: _Row) -> str:
            return _("{size} MB").format(size=number(row.size / 1_000_000, 1))

        return [
            Column(_("When"), when, tip=exact),
            Column(_("Why"), reason),
            Column(_("Size"), size, number=True),
        ]
