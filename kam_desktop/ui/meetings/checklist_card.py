"""The checklist of a meeting with all that can be done to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import ChecklistRow, MeetingDetail
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.checklist_model import ChecklistModel
from kam_desktop.ui.meetings.checklist_view import ChecklistView
from kam_desktop.ui.meetings.item_fields import ItemFields
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import (
    Button,
    Card,
    IconButton,
    ProgressBar,
    make_action,
    text_label,
)
from kam_desktop.ui.widgets.number_fields import NumberField


class ChecklistCard(Card):
    """``link_wanted`` carries the link of the item that is to be done, ``asking`` the widget that
    asks something and should be seen."""

    link_wanted = Signal(str)
    asking = Signal(QWidget)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Preparation"), parent=parent)
        self._context = context
        self._meeting_id = ""
        self.model = ChecklistModel(context.clock.today(), self)
        self.view = ChecklistView(self.model)
        self._progress = ProgressBar(0, name=_("Preparation"))
        self._reason = _ReasonRow()
        self.fields = ItemFields(context)
        self._own = _OwnItemRow()
        self._make_actions()
        self._lay_out()
        self._connect_signals()

    def _make_actions(self) -> None:
        self._up = make_action(_("Move item up"), self, icon_name="arrow-up")
        self._down = make_action(_("Move item down"), self, icon_name="arrow-down")
        self._skip = make_action(
            _("Item does not apply"), self, shortcut="Ctrl+Shift+D", icon_name="minus"
        )
        self._edit = make_action(
            _("Edit owner, date and evidence"), self, shortcut="Ctrl+E", icon_name="pencil"
        )
        self._remove = make_action(_("Remove item"), self.view, shortcut="Del", icon_name="trash-2")
        self._go = make_action(
            _("Go to where the item is done"), self, shortcut="Ctrl+Return",
            icon_name="arrow-up-right",
        )  # fmt: skip

    def _lay_out(self) -> None:
        for action, icon_name in (
            (self._go, "arrow-up-right"),
            (self._edit, "pencil"),
            (self._up, "arrow-up"),
            (self._down, "arrow-down"),
            (self._skip, "minus"),
            (self._remove, "trash-2"),
        ):
            button = IconButton(icon_name, action.text())
            button.follow(action)
            self.add_tool(button)
        self.add(self._progress)
        self.add(self._reason)
        self.add(self.fields)
        self.add(self.view)
        self.add(self._own)

    def _connect_signals(self) -> None:
        self.model.state_wanted.connect(self._set_state)
        self.model.text_wanted.connect(self._set_text)
        self.model.move_wanted.connect(self._move)
        self.model.stays_ticked.connect(self._say_stays)
        self.view.opened.connect(self._open)
        self._up.triggered.connect(self._move_up)
        self._down.triggered.connect(self._move_down)
        self._skip.triggered.connect(self._ask_reason)
        self._edit.triggered.connect(self._edit_current)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self._remove.triggered.connect(self._remove_current)
        self._go.triggered.connect(self._open_current)
        self._reason.given.connect(self._give_reason)
        self._own.wanted.connect(self._add_own)

    def actions_for_palette(self) -> list[QAction]:
        """What the page offers as commands."""
        return [self._go, self._edit, self._up, self._down, self._skip, self._remove]

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show the checklist of a meeting."""
        if detail.row.id != self._meeting_id:
            self._meeting_id = detail.row.id
            self._reason.hide()
            self.fields.close_fields()
        self.model.today = detail.row.today_there(self._context.clock.now())
        self.model.set_rows(detail.checklist)
        self._follow_fields()
        row = detail.row
        total = row.done + row.open
        self._progress.set_share(row.prepared or 0)
        self._progress.setVisible(total > 0)
        self.set_subtitle(
            ngettext("{done} of {n} done", "{done} of {n} done", total).format(
                done=row.done, n=total
            )
            if total
            else _("No items yet. Add what you want to prepare.")
        )
        late = sum(item.late(self.model.today) for item in detail.checklist)
        over = row.ends_at < self._context.clock.now()
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(text, State.BAD)] if late and not over else [])

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.fields.commit_drafts()

    def _edit_current(self) -> None:
        """Open the fields of the current item, or close them when they are open on it."""
        row = self.view.current_row()
        if row is None or (not self.fields.isHidden() and self.fields.item_id == row.id):
            self.fields.close_fields()
            self.view.setFocus()
            return
        self.fields.edit(row)
        self.asking.emit(self.fields)

    def _follow(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.view.current_row()
        if row is not None and not self.fields.isHidden():
            self.fields.show_row(row)

    def _follow_fields(self) -> None:
        """Show what changed about the item whose fields are open, or close them without it."""
        if self.fields.isHidden():
            return
        at = self.model.position(self.fields.item_id)
        if at is None:
            self.fields.close_fields()
        else:
            self.fields.show_row(self.model.rows[at])

    def _set_state(self, item_id: str, state: ChecklistState) -> None:
        label = _("Tick an item") if state is ChecklistState.DONE else _("Reopen an item")
        self._context.operations.run(self, label, changes.set_item_state, item_id, state, "")

    def _say_stays(self, row: ChecklistRow) -> None:
        """Why an item that ticked itself is not unticked."""
        fact = word(row.condition) if row.condition is not None else ""
        text = _("“{item}” ticked itself: {fact}. If it does not apply, say so (Ctrl+Shift+D).")
        self._context.navigator.notify(text.format(item=row.text, fact=fact))

    def _set_text(self, item_id: str, text: str) -> None:
        self._context.operations.run(
            self, _("Reword an item"), changes.set_item_text, item_id, text
        )

    def _move(self, item_id: str, index: int) -> None:
        self._context.operations.run(
            self, _("Move an item"), changes.move_item, item_id, index,
            coalesce=f"checklist_item:{item_id}:move",
        )  # fmt: skip

    def _move_up(self) -> None:
        self.view.move_current(-1)

    def _move_down(self) -> None:
        self.view.move_current(1)

    def _remove_current(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._context.operations.run(self, _("Remove an item"), changes.remove_item, row.id)

    def _open_current(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._open(row)

    def _open(self, row: ChecklistRow) -> None:
        if row.link:
            self.link_wanted.emit(row.link)
        else:
            self.view.edit(self.view.currentIndex())

    def _ask_reason(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._reason.ask(row)
            self.asking.emit(self._reason)

    def _give_reason(self, item_id: str, reason: str) -> None:
        self._context.operations.run(
            self, _("Mark an item not applicable"), changes.set_item_state,
            item_id, ChecklistState.NOT_APPLICABLE, reason,
            on_done=self._reason_kept, on_error=self._reason.refuse,
        )  # fmt: skip

    def _reason_kept(self, _result: object) -> None:
        self._reason.hide()
        self.view.setFocus()

    def _add_own(self, text: str, days: int) -> None:
        self._context.operations.run(
            self, _("Add an item"), changes.add_item, self._meeting_id, text, days,
            on_done=self._own_added, on_error=self._own.refuse,
        )  # fmt: skip

    def _own_added(self, _item_id: str) -> None:
        self._own.clear()


class _ReasonRow(QWidget):
    """Asks why an item does not apply. ``given`` carries (item id, reason)."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item_id = ""
        self._line = QLineEdit()
        self._line.setAccessibleName(_("Why it does not apply"))
        self._line.setPlaceholderText(_("Why does it not apply? Enter keeps it"))
        self._keep = Button(_("Keep"))
        self._error = text_label("", "error")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self._line, 1)
        row.addWidget(self._error)
        row.addWidget(self._keep)
        self.hide()
        self._line.returnPressed.connect(self._give)
        self._keep.clicked.connect(self._give)

    def ask(self, row: ChecklistRow) -> None:
        """Ask for one item."""
        self._item_id = row.id
        self._line.setText(row.reason)
        self._error.hide()
        self.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: object) -> None:
        """Say what is wrong with the reason."""
        self._error.setText(str(error))
        self._error.show()

    def _give(self) -> None:
        self.given.emit(self._item_id, self._line.text())


class _OwnItemRow(QWidget):
    """Adds an item of one's own. ``wanted`` carries (text, days before)."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setPlaceholderText(_("Add an item of your own"))
        self._line.setAccessibleName(_("New item"))
        self._days = NumberField()
        self._days.setRange(0, 365)
        self._days.setValue(1)
        self._days.setAccessibleName(_("Days before the meeting"))
        self._error = text_label("", "error")
        self._error.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self._line, 1)
        row.addWidget(self._error)
        row.addWidget(self._days)
        row.addWidget(text_label(_("days before"), "small"))
        self._line.returnPressed.connect(self._want)

    def clear(self) -> None:
        """The item was added."""
        self._line.clear()
        self._error.hide()

    def refuse(self, error: object) -> None:
        """Say what is wrong with the item."""
        self._error.setText(str(error))
        self._error.show()

    def _want(self) -> None:
        self.wanted.emit(self._line.text(), self._days.value())
