"""Everything that was done, with undo and redo."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.services.formatting import date, relative_date, time
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ActionInfo, ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.recorder import actions
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.settings.record_card import RecordCard
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.operations import UndoState
from kam_desktop.ui.widgets.buttons import Button, make_action
from kam_desktop.ui.widgets.card import EmptyState

SHOWN = 200


class HistorySection(Section):
    """The newest actions, newest first."""

    name: ClassVar[str] = "history"
    icon: ClassVar[str] = "history"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        empty = EmptyState(
            "history", _("Nothing was changed yet"), _("Every change is listed here.")
        )
        self.card = RecordCard(
            _("History"),
            _("Undo takes back the newest change that is not undone, also after a restart."),
            self._columns(),
            key="history",
            widths=[330, 130, 120],
            empty=empty,
        )
        self._undo = make_action(_("Undo"), self, icon_name="undo-2")
        self._redo = make_action(_("Redo"), self, icon_name="redo-2")
        row = QHBoxLayout()
        for action in (self._undo, self._redo):
            button = Button()
            row.addWidget(button)
            button.follow(action)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.column.addWidget(self.card, 1)
        self._undo.triggered.connect(context.operations.undo)
        self._redo.triggered.connect(context.operations.redo)
        context.operations.state_changed.connect(self._show_state)
        self._show_state(context.operations.state)

    @staticmethod
    def heading() -> str:
        return _("History")

    def load(self) -> None:
        self.context.lanes.read(self, _history, SHOWN, on_done=self.card.show_rows)

    def refresh(self, changes: ChangeSet | None) -> None:
        self.load()

    def _show_state(self, state: UndoState) -> None:
        self._undo.setEnabled(bool(state.undo))
        self._redo.setEnabled(bool(state.redo))

    def _columns(self) -> list[Column]:
        clock = self.context.clock

        def label(action: ActionInfo) -> str:
            if action.kind == "undo":
                return _("Undone: {label}").format(label=action.label)
            if action.kind == "redo":
                return _("Done again: {label}").format(label=action.label)
            return action.label

        def state(action: ActionInfo) -> str:
            return _("undone") if action.state == "undone" and action.kind == "do" else ""

        def when(action: ActionInfo) -> str:
            at = parse_instant(action.at).astimezone()
            if at.date() == clock.today():
                return time(at)
            return relative_date(at.date(), clock.today())

        def exact(action: ActionInfo) -> str:
            at = parse_instant(action.at).astimezone()
            return f"{date(at.date())} {time(at)}"

        return [
            Column(_("What"), label, tip=label),
            Column(_("When"), when, tip=exact),
            Column("", state),
        ]


def _history(db: Reader, limit: int) -> list[ActionInfo]:
    return actions(db.connection, before=None, limit=limit)
