"""What was deleted, with the way back."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.services.formatting import date, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.trash import TrashRow, trash_rows
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.settings.kinds import kind_name
from kam_desktop.ui.settings.record_card import RecordCard
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets.buttons import Button, make_action
from kam_desktop.ui.widgets.card import EmptyState

SHOWN = 200


class TrashSection(Section):
    """Restores what is selected, with everything that went with it."""

    name: ClassVar[str] = "trash"
    icon: ClassVar[str] = "trash-2"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.restore_action = make_action(
            _("Restore"), self, shortcut="Ctrl+R", icon_name="archive-restore"
        )
        empty = EmptyState(
            "trash-2",
            _("The trash is empty"),
            _("What you delete stays here, with everything that belongs to it."),
        )
        self.card = RecordCard(
            _("Trash"),
            _("Restoring brings a record back with everything that went with it."),
            self._columns(),
            key="trash",
            widths=[300, 140, 140],
            empty=empty,
        )
        row = QHBoxLayout()
        self._button = Button()
        row.addWidget(self._button)
        row.addStretch(1)
        self._button.follow(self.restore_action)
        self.card.body.addLayout(row)
        self.column.addWidget(self.card, 1)
        self.restore_action.triggered.connect(self.restore_selected)
        self.card.selection_changed.connect(self._selected)
        self._selected()

    @staticmethod
    def heading() -> str:
        return _("Trash")

    def load(self) -> None:
        self.context.lanes.read(self, trash_rows, SHOWN, on_done=self._show)

    def refresh(self, changes: ChangeSet | None) -> None:
        self.load()

    def _show(self, rows: list[TrashRow]) -> None:
        self.card.show_rows(rows[:SHOWN])
        self._selected()

    def _selected(self) -> None:
        self.restore_action.setEnabled(bool(self.card.selected()))

    def restore_selected(self) -> None:
        """Bring back the selected records, each as one step of undo."""
        from kam_desktop.services.storage.trash import restore

        for row in self.card.selected():
            self.context.operations.run(
                self,
                _("Restore {title}").format(title=" ".join(row.title.split())[:60]),
                restore,
                row.table,
                row.id,
            )

    def _columns(self) -> list[Column]:
        clock = self.context.clock

        def title(row: TrashRow) -> str:
            return " ".join(row.title.split())

        def kind(row: TrashRow) -> str:
            return kind_name(row.table)

        def when(row: TrashRow) -> str:
            return relative_date(parse_instant(row.deleted_at).astimezone().date(), clock.today())

        def exact(row: TrashRow) -> str:
            return date(parse_instant(row.deleted_at).astimezone().date())

        return [
            Column(_("What"), title, tip=title),
            Column(_("Kind"), kind),
            Column(_("Deleted"), when, tip=exact),
        ]
