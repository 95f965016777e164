"""The list at the left of the Meetings page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries import meetings as queries
from kam_desktop.services.queries.meetings import Page as MeetingPage
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.meetings.agenda_delegate import AgendaDelegate
from kam_desktop.ui.meetings.agenda_model import AgendaModel, agenda_rows
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, SearchField, text_label

PAGE = 100


@dataclass(frozen=True, slots=True)
class AgendaPages:
    """The first pages of what is to come and what is over."""

    upcoming: MeetingPage
    past: MeetingPage
    now: dt.datetime


def agenda_pages(db: Reader, now: dt.datetime, text: str, past: int) -> AgendaPages:
    """Meetings that match ``text``; ``past`` is how many of those that are over."""
    return AgendaPages(
        queries.upcoming(db, now, text=text, limit=PAGE * 2),
        queries.past(db, now, text=text, limit=past),
        now,
    )


class Agenda(QWidget):
    """``chosen`` carries a meeting's id; ``loaded`` the ids shown, in order.

    ``opened`` when the chosen one was clicked or Enter pressed.
    """

    chosen = Signal(str)
    loaded = Signal(object)
    opened = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._past = PAGE
        self.model = AgendaModel(context.clock.today(), self)
        self.filter = SearchField(_("Filter meetings"))
        self.view = QListView()
        self._more = Button(_("Show older meetings"), "quiet")
        self._nothing = text_label(_("No meeting matches."), "secondary")
        self._build()
        self._connect_signals()

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(AgendaDelegate(view))
        view.setAccessibleName(_("Meetings"))
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addWidget(self.filter)
        column.addWidget(self._nothing)
        column.addWidget(view, 1)
        column.addWidget(self._more)

    def _connect_signals(self) -> None:
        self.filter.searched.connect(self._search)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self._more.clicked.connect(self._show_more)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)

    def _open(self, _index: QModelIndex) -> None:
        if self.current_id:
            self.opened.emit()

    def load(self) -> None:
        """Read the meetings again."""
        self._context.lanes.read(
            self,
            agenda_pages,
            self._context.clock.now(),
            self.filter.text(),
            self._past,
            on_done=self._show,
        )

    @property
    def current_id(self) -> str:
        """The meeting that is chosen; empty when none is."""
        row = self.model.row_at(self.view.currentIndex())
        return row.id if row is not None and row.meeting is not None else ""

    def choose(self, meeting_id: str) -> bool:
        """Choose a meeting; False when it is not in the list."""
        at = self.model.position(meeting_id)
        if at is None:
            self.view.setCurrentIndex(QModelIndex())
            return False
        index = self.model.index(at)
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def _show(self, pages: AgendaPages) -> None:
        self.model.today = self._context.clock.today()
        self.model.set_rows(agenda_rows(pages.upcoming.rows, pages.past.rows, pages.now))
        ids = tuple(row.id for row in self.model.rows if row.meeting is not None)
        self._more.setVisible(pages.past.more)
        self._nothing.setVisible(not ids and bool(self.filter.text().strip()))
        self.loaded.emit(ids)

    def _search(self, _text: str) -> None:
        self._past = PAGE
        self.load()

    def _show_more(self) -> None:
        self._past += PAGE
        self.load()

    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self.current_id:
            self.chosen.emit(self.current_id)
