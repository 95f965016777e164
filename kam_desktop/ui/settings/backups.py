"""The backups there are: make one now, or go back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.formatting import date, number, relative_date, time
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.settings.record_card import RecordCard
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, PrimaryButton, make_action
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from kam_desktop.services.storage.backup_files import BackupInfo
    from kam_desktop.services.storage.restore import RestorePreview


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
        row = QHBoxLayout()
        for action in (self._now, self._restore):
            button = Button()
            row.addWidget(button)
            button.follow(action)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.column.addWidget(self.card, 1)
        self._wanted: Path | None = None
        self._connect_signals()
        self._selected()

    @staticmethod
    def heading() -> str:
        return _("Backups")

    def _connect_signals(self) -> None:
        keeping = self.context.safekeeping
        self._restore.triggered.connect(self._preview)
        self.card.selection_changed.connect(self._selected)
        if keeping is not None:
            self._now.triggered.connect(keeping.back_up_now)
            keeping.backups_changed.connect(self._show)

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

    def _selected(self) -> None:
        self._restore.setEnabled(len(self.card.selected()) == 1)

    def _preview(self) -> None:
        keeping = self.context.safekeeping
        chosen = self.card.selected()
        if keeping is None or not chosen:
            return
        self._wanted = chosen[0].path
        self.context.lanes.io(
            self,
            _look,
            chosen[0].path,
            keeping.path,
            keeping.key,
            title=_("Reading the backup"),
            on_done=self._ask,
        )

    def _ask(self, preview: RestorePreview) -> None:
        dialog = RestoreDialog(preview, self)
        dialog.restore_chosen.connect(self._go_back)
        dialog.open()

    def _go_back(self) -> None:
        if self.context.safekeeping is not None and self._wanted is not None:
            self.context.safekeeping.restore_wanted.emit(self._wanted)

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


class RestoreDialog(QDialog):
    """What going back would change. ``restore_chosen`` when the user wants it."""

    restore_chosen = Signal()

    def __init__(self, preview: RestorePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Go back to this backup"))
        px = theme().px
        self.setMinimumWidth(px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.XL), px(Space.XL), px(Space.XL), px(Space.L))
        column.setSpacing(px(Space.M))
        column.addWidget(text_label(self.windowTitle(), "section"))
        for sentence in preview_sentences(preview):
            column.addWidget(text_label(sentence, wrap=True))
        column.addWidget(
            text_label(
                _("The present state is kept as a backup first, so that you can come back."),
                "secondary",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        self._cancel = PrimaryButton(_("Stay as it is"))
        self._restore = Button(_("Go back"))
        row.addWidget(self._restore)
        row.addWidget(self._cancel)
        column.addLayout(row)
        self._cancel.clicked.connect(self.reject)
        self._restore.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.restore_chosen.emit()
        self.accept()


def preview_sentences(preview: RestorePreview) -> list[str]:
    """What restoring would change, in sentences."""
    sentences = []
    if preview.actions_lost is not None:
        sentences.append(
            ngettext(
                "{n} change made since then would be taken back.",
                "{n} changes made since then would be taken back.",
                preview.actions_lost,
            ).format(n=preview.actions_lost)
        )
    for count in preview.tables:
        sentences.append(
            _("{table}: {now} now, {after} then").format(
                table=count.table.replace("_", " "), now=count.now, after=count.after
            )
        )
    return sentences or [_("It holds the same records as the portfolio now.")]


def _look(backup: Path, portfolio: Path, key: bytes) -> RestorePreview:
    from kam_desktop.services.storage.restore import preview_restore

    return preview_restore(backup, key, portfolio, key)
