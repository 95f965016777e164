"""What a map says, beside it: the account, one person, and suggestions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kam_desktop.services.analysis.suggestions import Suggestion, SuggestionKind
from kam_desktop.services.i18n import _
from kam_desktop.services.insight_lines import Line
from kam_desktop.services.queries.map_analysis import (
    AccountThinking,
    PersonThinking,
    person_thinking,
    thinking_of,
)
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.suggestion_words import CHANGES, suggestion_text
from kam_desktop.services.thinking_words import sections
from kam_desktop.ui.relationship_map.insights.account_page import AccountPage
from kam_desktop.ui.relationship_map.insights.person_page import PersonPage
from kam_desktop.ui.relationship_map.insights.suggesting import SuggestionSection
from kam_desktop.ui.relationship_map.insights.tabs import TabbedPages
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import IconButton

if TYPE_CHECKING:
    from kam_desktop.services.map_loading import LoadedMap

SHOWS = (
    "person", "tie", "role_in_decision", "claim", "interaction", "interaction_person",
    "team_member", "account_team", "team_contact", "buying_centre", "opportunity", "commitment",
    "meeting", "attendee", "dismissed_suggestion", "rule_set",
)  # fmt: skip

ACCOUNT, PERSON, SUGGESTIONS = "account", "person", "suggestions"


class InsightsPanel(QFrame):
    """Thinks with an account's map as it is shown, now or at a moment of the past.

    ``person_wanted`` carries the id of somebody to go to on the map, ``edit_wanted`` of somebody to
    open, ``highlight_wanted`` a frozenset of ids to let stand out (empty: nobody). ``closed`` is
    emitted by the close button, ``left`` by Escape: the keyboard goes back to the map. ``ready``
    when what was asked for is shown.
    """

    person_wanted = Signal(str)
    edit_wanted = Signal(str)
    highlight_wanted = Signal(object)
    closed = Signal()
    left = Signal()
    ready = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account_id = ""
        self._moment: dt.datetime | None = None
        self._thinking: AccountThinking | None = None
        self._who = ""
        self._stale = False
        self._show_way = False
        self.setAccessibleName(_("Thinking with the map"))
        self.account = AccountPage()
        self.person = PersonPage()
        self.suggestions = SuggestionSection()
        self._close = IconButton("x", _("Close"))
        self._pages = TabbedPages(
            (
                (ACCOUNT, _("Account"), self.account),
                (PERSON, _("Person"), self.person),
                (SUGGESTIONS, _("Suggestions"), self.suggestions),
            ),
            self._close,
        )
        self.tabs = self._pages.tabs
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme().px(Space.M), 0, 0, 0)
        outer.addWidget(self._pages)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._close.clicked.connect(self.closed)
        self._pages.turned.connect(self._forget_way)
        for page in (self.account, self.person):
            page.chosen.connect(self._line_chosen)
            page.met.connect(self._line_met)
        self.person.way_chosen.connect(self._line_met)
        self.suggestions.confirmed.connect(self._confirm)
        self.suggestions.dismissed.connect(self._dismiss)
        self.suggestions.recall_wanted.connect(self._recall)
        self._context.bus.changed.connect(self._data_changed)

    # What is shown

    @property
    def thinking(self) -> AccountThinking | None:
        """What is shown of the account; None before the first answer."""
        return self._thinking

    @property
    def editable(self) -> bool:
        """Whether suggestions can be confirmed: not in the past, nor in a file for reading."""
        portfolio = self._context.portfolio
        return self._moment is None and not (portfolio is not None and portfolio.read_only)

    def show_loaded(self, loaded: LoadedMap) -> None:
        """Think about the map that is shown."""
        self.show_account(loaded.data.account_id, loaded.moment)

    def show_account(self, account_id: str, moment: dt.datetime | None = None) -> None:
        """Think about an account, as it is or as it was at a moment."""
        if (account_id, moment) == (self._account_id, self._moment) and not self._stale:
            return
        if account_id != self._account_id:
            self._who = ""
            self.person.show_nobody()
        self._account_id, self._moment = account_id, moment
        self._load()

    def show_person(self, who: str) -> None:
        """Think about one of theirs or ours; nothing happens without one."""
        if who and who != self._who:
            self._who = who
            self._show_way = False
            self.highlight_wanted.emit(frozenset())
            self._load_person()

    def open_introductions(self) -> None:
        """Show who can introduce us to the person, on the map as well."""
        self._show_way = True
        self._pages.show_page(PERSON)
        self._load_person()

    def open_what_if(self) -> None:
        """Show what would be lost with the person."""
        self._pages.show_page(PERSON)
        self._load_person()

    def open_suggestions(self) -> None:
        """Show the suggestions."""
        self._pages.show_page(SUGGESTIONS)

    def take_focus(self) -> None:
        """Let the keyboard go on here."""
        self._pages.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Reading

    def _load(self) -> None:
        self._stale = False
        if self._account_id:
            self._context.lanes.read(
                self,
                thinking_of,
                self._account_id,
                self._context.clock.today(),
                self._moment,
                on_done=self._show_thinking,
                on_error=self._could_not_think,
            )

    def _could_not_think(self, error: BaseException) -> None:
        self._thinking = None
        self.account.show_nothing(str(error))

    def _show_thinking(self, thinking: AccountThinking) -> None:
        if thinking.account_id != self._account_id:
            return
        self._thinking = thinking
        self._show_suggestions(thinking)
        self._load_person()
        self.account.show_sections(sections(thinking))
        self.ready.emit()

    def _show_suggestions(self, thinking: AccountThinking) -> None:
        self.suggestions.show_suggestions(thinking, editable=self.editable)
        count = len(thinking.suggestions)
        text = _("Suggestions {n}").format(n=count) if count else _("Suggestions")
        self.tabs[SUGGESTIONS].setText(text)

    def _load_person(self) -> None:
        if self._who and self._thinking is not None:
            self._context.lanes.read(
                self,
                person_thinking,
                self._thinking,
                self._who,
                self._context.clock.now(),
                on_done=self._show_found,
                options={"touched": self._moment is None},
            )

    def _show_found(self, found: PersonThinking) -> None:
        if found.id != self._who:
            return
        if not found.thinking.name_of(found.id):
            self.person.show_nobody()
            return
        self.person.show_person(found, self._context.clock.today())
        if self._show_way and self.person.ways.lines.lines:
            self._show_way = False
            self._line_met(self.person.ways.lines.lines[0].line)

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._account_id and changes.touches(*SHOWS):
            self._stale = True
            if self.isVisible():
                self._load()

    # Acting

    def _forget_way(self) -> None:
        """Nobody stands out for what another page said."""
        self.highlight_wanted.emit(frozenset())

    def _line_met(self, line: Line) -> None:
        self.highlight_wanted.emit(frozenset(line.people))

    def _line_chosen(self, line: Line) -> None:
        """Go to the first person of a line; one of ours is thought about here."""
        if line.who:
            self._who = line.who
            self.open_what_if()
            self._line_met(line)
        elif line.people:
            self.person_wanted.emit(line.people[0])
            self._line_met(line)

    def _confirm(self, suggestion: Suggestion) -> None:
        from kam_desktop.services.suggestions import confirm_suggestion

        if suggestion.kind in CHANGES:
            self._run(_("Confirm: {what}"), confirm_suggestion, suggestion, suggestion)
        elif suggestion.kind is SuggestionKind.NO_SPONSOR:
            self._context.navigator.open("account", account_id=self._account_id, section="company")
        elif suggestion.people:
            self.edit_wanted.emit(suggestion.people[0])

    def _dismiss(self, suggestion: Suggestion) -> None:
        from kam_desktop.services.suggestions import dismiss_suggestion

        self._run(_("Not now: {what}"), dismiss_suggestion, suggestion, suggestion.key)

    def _run(
        self, label: str, use_case: Callable[..., Any], suggestion: Suggestion, what: object
    ) -> None:
        if self._thinking is None:
            return
        text = label.format(what=suggestion_text(self._thinking, suggestion))
        self._context.operations.run(self, text, use_case, self._account_id, what)

    def _recall(self) -> None:
        from kam_desktop.services.suggestions import recall_suggestions

        label = _("Bring back suggestions")
        self._context.operations.run(self, label, recall_suggestions, self._account_id)
