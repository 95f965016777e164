"""Going back to a backup: its key if it has another, what would change, the decision."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import date, number, time
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.ui.opening.panels import Unlock
from kam_desktop.ui.opening.work import CAN_BE_TYPED
from kam_desktop.ui.settings.kinds import kinds_name
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.safekeeping import RestoreWanted
from kam_desktop.ui.widgets.buttons import Button, PrimaryButton
from kam_desktop.ui.widgets.dialog import CalmDialog
from kam_desktop.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from kam_desktop.services.storage.restore import LastAction, RestorePreview, TableCount

MOST_KINDS = 8


class Restoring(QObject):
    """Leads from a chosen backup to `Safekeeping.restore_wanted`, or nowhere."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._backup = Path()
        self._key = b""
        self.unlock: UnlockDialog | None = None
        self.preview: RestoreDialog | None = None

    def begin(self, backup: Path) -> None:
        """Look what going back to ``backup`` would change."""
        self._backup = backup
        self._look("", "")

    def _look(self, passphrase: str, recovery_key: str) -> None:
        keeping = self._context.safekeeping
        if keeping is None:
            return
        self._context.lanes.io(
            self,
            _look_at,
            self._backup,
            keeping.path,
            keeping.key,
            passphrase,
            recovery_key,
            title=_("Reading the backup"),
            on_done=self._show,
            on_error=self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        can_be_typed = isinstance(error, StorageFaultError) and error.problem in CAN_BE_TYPED
        if not can_be_typed and not (isinstance(error, UserError) and self.unlock is not None):
            self._context.lanes.failed.emit(error)
            return
        if self.unlock is None:
            self.unlock = UnlockDialog(self._backup.name, self._owner)
            self.unlock.submitted.connect(self._look)
            self.unlock.finished.connect(self._unlock_closed)
            self.unlock.open()
            if isinstance(error, StorageFaultError) and error.problem is Problem.PASSPHRASE_NEEDED:
                return
        self.unlock.panel.refuse(str(error))

    def _unlock_closed(self, _result: int) -> None:
        self.unlock = None

    def _show(self, found: tuple[bytes, bool, RestorePreview]) -> None:
        self._key, another, preview = found
        if self.unlock is not None:
            self.unlock.accept()
        self.preview = RestoreDialog(preview, another=another, parent=self._owner)
        self.preview.restore_chosen.connect(self._go_back)
        self.preview.open()

    def _go_back(self) -> None:
        keeping = self._context.safekeeping
        if keeping is not None:
            keeping.restore_wanted.emit(
                RestoreWanted(self._backup, self._key, keeping.path, keeping.key)
            )


class UnlockDialog(CalmDialog):
    """Asks for what opens a backup of another portfolio. ``submitted`` as of `Unlock`."""

    submitted = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Open the backup"), parent)
        self.panel = Unlock(_("Cancel"))
        self.panel.ask_for(
            name,
            _(
                "“{name}” was made of another portfolio, so it has a passphrase and a recovery key "
                "of its own."
            ).format(name=name),
        )
        self.panel.heading.hide()
        self.column.addWidget(self.panel)
        self.panel.submitted.connect(self.submitted)
        self.panel.back_wanted.connect(self.reject)
        self.panel.take_focus()


class RestoreDialog(CalmDialog):
    """What going back would change. ``restore_chosen`` when the user wants it."""

    restore_chosen = Signal()

    def __init__(
        self, preview: RestorePreview, *, another: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Go back to this backup"), parent)
        column = self.column
        if another:
            warning = _(
                "This backup was made of another portfolio. Its records replace all of these."
            )
            column.addWidget(text_label(warning, "strong", wrap=True))
        for sentence in preview_sentences(preview):
            column.addWidget(text_label(sentence, wrap=True))
        column.addWidget(
            text_label(
                _("The present state is kept as a backup first, so that you can come back.")
                if preview.present_readable
                else _("The damaged file is kept aside as it is."),
                "secondary",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        self._cancel = PrimaryButton(_("Stay as it is"))
        self.go_back = Button(_("Go back"))
        row.addWidget(self.go_back)
        row.addWidget(self._cancel)
        column.addLayout(row)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cancel.clicked.connect(self.reject)
        self.go_back.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.accept()
        self.restore_chosen.emit()


def preview_sentences(preview: RestorePreview) -> list[str]:
    """What restoring would change, in sentences; few enough to be read."""
    sentences = []
    if preview.last_after is not None:
        sentences.append(_("Its last change: {change}").format(change=_change(preview.last_after)))
    if preview.actions_lost:
        sentences.append(
            ngettext(
                "{n} change made since then would be taken back.",
                "{n} changes made since then would be taken back.",
                preview.actions_lost,
            ).format(n=preview.actions_lost)
        )
    named = [(kinds_name(count.table), count) for count in preview.tables]
    lines = [_count(kind, count, preview) for kind, count in named if kind is not None]
    if lines:
        sentences.append("\n".join(lines[:MOST_KINDS] + (["…"] if len(lines) > MOST_KINDS else [])))
    elif not preview.actions_lost:
        sentences.append(_("It holds the same records as the portfolio now."))
    return sentences


def _count(kind: str, count: TableCount, preview: RestorePreview) -> str:
    if not preview.present_readable:
        return _("{kind}: {after} then").format(kind=kind, after=number(count.after))
    return _("{kind}: {now} now, {after} then").format(
        kind=kind, now=number(count.now), after=number(count.after)
    )


def _change(action: LastAction) -> str:
    at: dt.datetime = parse_instant(action.at).astimezone()
    return _("“{label}”, {day} {time}").format(
        label=" ".join(action.label.split()), day=date(at.date()), time=time(at)
    )


def _look_at(
    backup: Path, portfolio: Path, key: bytes, passphrase: str, recovery_key: str
) -> tuple[bytes, bool, RestorePreview]:
    """The backup's key, whether it is of another portfolio, and what it would change."""
    from kam_desktop.services.storage.backup_keys import is_of_another, key_of_backup
    from kam_desktop.services.storage.restore import preview_restore

    backup_key = key_of_backup(
        backup, portfolio, key, passphrase=passphrase or None, recovery_key=recovery_key or None
    )
    another = is_of_another(backup, portfolio)
    return backup_key, another, preview_restore(backup, backup_key, portfolio, key)
