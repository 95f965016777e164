"""Small forms beside the map: a new person or seat, and a tie to somebody found by typing."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services import words
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import Candidate, link_candidates
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, IconButton, QuietCombo, Scroller, SearchField, text_label


class SideForm(QWidget):
    """A form beside the map. ``closed`` is emitted by Escape and the close button."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        self.heading = text_label("", "heading", wrap=True)
        close = IconButton("x", _("Close"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        # In large type there may be little height left below the toolbar.
        scroller = Scroller()
        outer.addWidget(scroller, 1)
        self.column = scroller.column
        self.column.setContentsMargins(px(2), px(2), px(2), px(2))
        self.column.setSpacing(px(Space.S))
        self.error = text_label("", "error", wrap=True)
        self.error.hide()

    def add_field(self, label: str, editor: QWidget) -> QLabel:
        """A labelled field below the others; returns the label."""
        shown = text_label(label, "small")
        shown.setBuddy(editor)
        editor.setAccessibleName(label)
        self.column.addWidget(shown)
        self.column.addWidget(editor)
        return shown

    def refuse(self, error: UserError) -> None:
        """Say why it was not done; what was typed stays."""
        self.error.setText(str(error))
        self.error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class NewPersonForm(SideForm):
    """``added`` carries the new person's id."""

    added = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._account_id = ""
        self._vacant = False
        self.name = QLineEdit()
        self.title = QLineEdit()
        self.manager = QuietCombo()
        self._managers: list[str | None] = [None]
        self._name_label = self.add_field(_("Name"), self.name)
        self.add_field(_("Title"), self.title)
        self.add_field(_("Reports to"), self.manager)
        self.column.addWidget(self.error)
        self._add = Button(_("Add"), "primary")
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.name.returnPressed.connect(self._submit)
        self.title.returnPressed.connect(self._submit)
        self._add.clicked.connect(self._submit)

    def start(
        self,
        account_id: str,
        people: list[tuple[str, str]],
        manager_id: str,
        *,
        vacant: bool,
    ) -> None:
        """Ask for a new person (or a vacant seat) under ``manager_id`` ('' for nobody)."""
        self._account_id, self._vacant = account_id, vacant
        self.heading.setText(_("Vacant seat") if vacant else _("New person"))
        self.error.hide()
        self.name.clear()
        self.title.clear()
        self.name.setVisible(not vacant)
        self._name_label.setVisible(not vacant)
        self._managers = [None, *(person_id for person_id, _name in people)]
        self.manager.clear()
        self.manager.addItem(_("Nobody here"))
        for _person_id, name in people:
            self.manager.addItem(name)
        known = manager_id in self._managers
        self.manager.setCurrentIndex(self._managers.index(manager_id) if known else 0)
        (self.title if vacant else self.name).setFocus()

    def _submit(self) -> None:
        from kam_desktop.services.people import add_person, add_vacant_seat

        manager = self._managers[max(0, self.manager.currentIndex())]
        name, title = self.name.text(), self.title.text()
        change: Any
        if self._vacant:
            change = partial(add_vacant_seat, manager_id=manager)
            label, text = _("Add vacant seat {name}").format(name=title), title
        else:
            change = partial(add_person, title=title, manager_id=manager)
            label, text = _("Add {name}").format(name=name), name
        self._context.operations.run(
            self,
            label,
            change,
            self._account_id,
            text,
            on_done=self._done,
            on_error=self.refuse,
        )

    def _done(self, person_id: str) -> None:
        self.error.hide()
        self.added.emit(person_id)


def kind_choices() -> list[tuple[str, bool, str]]:
    """The kinds of tie to choose from: (kind, from the first to the second, wording)."""
    return [
        (TieKind.REPORTS_TO, True, words.word(TieKind.REPORTS_TO)),
        (TieKind.REPORTS_TO, False, _("is the manager of")),
        (TieKind.INFLUENCES, True, words.word(TieKind.INFLUENCES)),
        (TieKind.INFLUENCES, False, _("is influenced by")),
        (TieKind.ALLIED, True, words.word(TieKind.ALLIED)),
        (TieKind.CONFLICT, True, words.word(TieKind.CONFLICT)),
        (TieKind.INFORMAL, True, words.word(TieKind.INFORMAL)),
    ]


class LinkForm(SideForm):
    """``linked`` is emitted when a tie was made."""

    linked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._person_id = ""
        self._name = ""
        self._kinds = kind_choices()
        self.kind = QuietCombo()
        for _kind, _forward, text in self._kinds:
            self.kind.addItem(text)
        self.search = SearchField(_("Type a name or title"))
        self.found = QListWidget()
        self.found.setUniformItemSizes(True)
        self.add_field(_("This person …"), self.kind)
        self.add_field(_("… whom"), self.search)
        self.found.setAccessibleName(_("People found"))
        self.column.addWidget(self.found, 1)
        self.column.addWidget(self.error)
        self._add = Button(_("Link"), "primary")
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.search.searched.connect(self._look)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._submit)
        self.found.itemActivated.connect(self._submit_item)
        self._add.clicked.connect(self._submit)

    def start(self, person_id: str, name: str) -> None:
        """Ask whom to link ``person_id`` with."""
        self._person_id, self._name = person_id, name
        self.heading.setText(_("Link {name} to …").format(name=name))
        self.error.hide()
        self.found.clear()
        self.search.clear()
        self.search.setFocus()
        self._look("")

    def _look(self, text: str) -> None:
        if self._person_id:
            self._context.lanes.read(
                self, link_candidates, self._person_id, text, on_done=self._show_found
            )

    def _show_found(self, found: list[Candidate]) -> None:
        self.found.clear()
        namesakes = Counter(candidate.name for candidate in found)
        for candidate in found:
            name = candidate.name or _("(vacant)")
            parts = [name, candidate.title, candidate.account_name]
            if namesakes[candidate.name] > 1:
                # Two people of one name: what else is known tells them apart.
                parts += [candidate.buying_centre, candidate.email]
            item = QListWidgetItem(joined(parts))
            item.setData(Qt.ItemDataRole.UserRole, candidate.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = moves.get(Qt.Key(event.key()))
            if step is not None:
                row = self.found.currentRow() + step
                self.found.setCurrentRow(min(self.found.count() - 1, max(0, row)))
                return True
        return super().eventFilter(watched, event)

    def _submit_item(self, _item: QListWidgetItem) -> None:
        self._submit()

    def _submit(self) -> None:
        item = self.found.currentItem()
        if item is None:
            return
        other = str(item.data(Qt.ItemDataRole.UserRole))
        kind, forward, _text = self._kinds[max(0, self.kind.currentIndex())]
        one, two = (self._person_id, other) if forward else (other, self._person_id)
        run_link(
            self._context,
            self,
            one,
            two,
            kind,
            self._name,
            on_done=self._done,
            on_error=self.refuse,
        )

    def _done(self, _result: object) -> None:
        self.error.hide()
        self.linked.emit()


def run_link(
    context: AppContext,
    owner: QObject,
    from_id: str,
    to_id: str,
    kind: str,
    name: str,
    *,
    matrix: bool = False,
    on_done: Any = None,
    on_error: Any = None,
) -> None:
    """Make a tie as one undoable step; a manager replaces the one before unless ``matrix``."""
    from kam_desktop.services.ties import add_tie, set_manager

    label = _("Link {name}").format(name=name)
    run = context.operations.run
    if kind == TieKind.REPORTS_TO and not matrix:
        run(owner, label, set_manager, from_id, to_id, on_done=on_done, on_error=on_error)
    else:
        run(owner, label, add_tie, from_id, to_id, kind, on_done=on_done, on_error=on_error)
