"""The personal compartment of one person: what is kept, what for, until when."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services.analysis.birthdays import UNKNOWN_YEAR
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.personal import PersonalRow, personal_facts
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import word
from kam_desktop.ui.delegates.cells import PillDelegate, TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.personal_notes.form import PersonalDraft, PersonalForm
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import month_day_text
from kam_desktop.ui.widgets import Button, CalmTable, make_action, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog
from kam_desktop.ui.widgets.screen_room import resize_within_screen

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_REVIEW = 4


def keep_fact(work: UnitOfWork, person_id: str, draft: PersonalDraft) -> None:
    """Keep what was typed. Raises `UserError`."""
    from kam_desktop.services import personal

    if draft.id:
        personal.update_personal_fact(
            work, draft.id, draft.kind, text=draft.text, day=draft.day, purpose=draft.purpose,
            source=draft.source, review_on=draft.review_on,
        )  # fmt: skip
    else:
        personal.add_personal_fact(
            work, person_id, draft.kind, text=draft.text, day=draft.day, purpose=draft.purpose,
            source=draft.source, review_on=draft.review_on,
        )  # fmt: skip


def delete_fact(work: UnitOfWork, fact_id: str) -> None:
    """Move a personal fact to the trash."""
    from kam_desktop.services import personal

    personal.delete_personal_fact(work, fact_id)


class PersonalNotesDialog(CalmDialog):
    """Each change is made at once and is one step of undo."""

    def __init__(
        self, context: AppContext, person_id: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Personal notes: {name}").format(name=name), parent, width=500)
        resize_within_screen(self, 660, 200)
        self._context = context
        self._person_id = person_id
        today = context.clock.today()
        self.rows: RowsModel[PersonalRow] = RowsModel(_columns(today), self)
        self.table = CalmTable(_("Personal notes"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(TextDelegate(self.table, quiet=True))
        use_delegate(self.table, 1, TextDelegate(self.table, strong=True))
        use_delegate(self.table, _REVIEW, PillDelegate(self.table))
        self.table.remember("personal-notes", [85, 180, 135, 90, 115])
        self.table.setFixedHeight(theme().px(150))
        self.nothing = text_label(
            _("Nothing is kept. Keep only what helps, and say what for."), "hint", wrap=True
        )
        self.form = PersonalForm(today)
        self.form.hide()
        self.add_note = make_action(_("Add a note"), self, shortcut="Ctrl+N")
        self.change = make_action(_("Change"), self, shortcut="F2")
        self.delete = make_action(_("Delete"), self.table, shortcut="Del")
        self._close = Button(_("Close"))
        self._lay_out()
        self._connect_signals()
        self._load()

    def _lay_out(self) -> None:
        self.column.addWidget(
            text_label(
                _("Only here, in your portfolio: no handout and no export has it."),
                "secondary",
                wrap=True,
            )
        )
        for widget in (self.nothing, self.table, self.form):
            self.column.addWidget(widget)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        for action in (self.add_note, self.change, self.delete):
            button = Button(kind="quiet")
            row.addWidget(button)
            button.follow(action)
        row.addStretch(1)
        row.addWidget(self._close)
        self.column.addWidget(self._foot)

    def _connect_signals(self) -> None:
        self.add_note.triggered.connect(self._add)
        self.change.triggered.connect(self._change)
        self.delete.triggered.connect(self._delete)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.form.submitted.connect(self._keep)
        self.form.closed.connect(self._end_edit)
        self._close.clicked.connect(self.accept)
        self._context.bus.changed.connect(self._refresh)

    def _load(self) -> None:
        self._context.lanes.read(self, personal_facts, self._person_id, on_done=self._show)

    def _refresh(self, changes: ChangeSet) -> None:
        if changes.touches("personal_fact"):
            self._load()

    def _show(self, rows: list[PersonalRow]) -> None:
        self.rows.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._follow_selection()
        self.fit()

    def _follow_selection(self) -> None:
        chosen = self._chosen() is not None
        self.change.setEnabled(chosen)
        self.delete.setEnabled(chosen)

    def _chosen(self) -> PersonalRow | None:
        selected = self.table.selectionModel().selectedRows()
        return self.rows.row(selected[0]) if selected else None

    def _open(self, _index: QModelIndex) -> None:
        self._change()

    def _add(self) -> None:
        self._edit(None)

    def _change(self) -> None:
        row = self._chosen()
        if row is not None:
            self._edit(row)

    def _edit(self, row: PersonalRow | None) -> None:
        self._foot.hide()
        self.form.show()
        self.form.open_with(row)
        self.fit()

    def _end_edit(self) -> None:
        self.form.hide()
        self._foot.show()
        self.table.setFocus()
        self.fit()

    def _keep(self, draft: PersonalDraft) -> None:
        label = _("Change a personal note") if draft.id else _("Add a personal note")
        self._context.operations.run(
            self, label, keep_fact, self._person_id, draft,
            on_done=self._kept, on_error=self._refuse,
        )  # fmt: skip

    def _kept(self, _result: object) -> None:
        self._end_edit()

    def _refuse(self, error: UserError) -> None:
        self.form.refuse(error)
        self.fit()

    def _delete(self) -> None:
        row = self._chosen()
        if row is not None:
            self._context.operations.run(self, _("Delete a personal note"), delete_fact, row.id)


def open_personal_notes(
    context: AppContext, person_id: str, name: str, parent: QWidget
) -> PersonalNotesDialog:
    """Show what is kept about a person."""
    dialog = PersonalNotesDialog(context, person_id, name, parent)
    dialog.open()
    return dialog


def _columns(today: dt.date) -> tuple[Column, ...]:
    return (
        Column(_("Kind"), _kind),
        Column(_("What"), _what, tip=_what),
        Column(_("What for"), _purpose, tip=_purpose),
        Column(_("From"), _source, tip=_source),
        Column(_("Look again"), _review, state=partial(_review_state, today)),
    )


def _kind(row: PersonalRow) -> str:
    return word(row.kind)


def _what(row: PersonalRow) -> str:
    if row.kind is not PersonalKind.BIRTHDAY or row.day is None:
        return row.text
    return date(row.day) if row.day.year > UNKNOWN_YEAR else month_day_text(row.day)


def _purpose(row: PersonalRow) -> str:
    return row.purpose


def _source(row: PersonalRow) -> str:
    return row.source or "?"


def _review(row: PersonalRow) -> str:
    return date(row.review_on) if row.review_on is not None else "—"


def _review_state(today: dt.date, row: PersonalRow) -> str:
    return State.WARN if row.review_on is not None and row.review_on <= today else ""
