"""What a map says, beside it: the account, one person, and suggestions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.analysis.suggestions import Suggestion, SuggestionKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.map_analysis import (
    AccountThinking,
    PersonThinking,
    person_thinking,
    thinking_of,
)
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.suggestion_words import CHANGES, suggestion_text
from kam_desktop.services.thinking_words import Line, Section, sections
from kam_desktop.ui.relationship_map.insights.person_page import PersonPage
from kam_desktop.ui.relationship_map.insights.sections import InsightSection
from kam_desktop.ui.relationship_map.insights.suggesting import SuggestionSection
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout, IconButton, Scroller, text_label

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
    open, ``highlight_wanted`` a frozenset of ids to let stand out (empty: nobody), ``closed`` is
    emitted by the close button. ``ready`` when what was asked for is shown.
    """

    person_wanted = Signal(str)
    edit_wanted = Signal(str)
    highlight_wanted = Signal(object)
    closed = Signal()
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
        self.account_sections: list[InsightSection] = []
        self.person = PersonPage()
        self.suggestions = SuggestionSection()
        self._nothing = text_label("", "secondary", wrap=True)
        self._close = IconButton("x", _("Close"))
        self._build()
        self._connect_signals()

    # What it is made of

    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(Space.M), 0, 0, 0)
        outer.setSpacing(px(Space.S))
        head = QHBoxLayout()
        head.setSpacing(px(Space.XS))
        tabs = QWidget()
        flow = FlowLayout(tabs, spacing=px(Space.XS))
        self.tabs: dict[str, QAction] = {}
        self._group = QActionGroup(self)
        for name, text in (
            (ACCOUNT, _("Account")),
            (PERSON, _("Person")),
            (SUGGESTIONS, _("Suggestions")),
        ):
            flow.addWidget(self._tab(name, text))
        head.addWidget(tabs, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._account_page())
        for page in (self.person, self.suggestions):
            scroller = Scroller()
            scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroller.column.addWidget(page)
            scroller.column.addStretch(1)
            self._pages.addWidget(scroller)
        outer.addWidget(self._pages, 1)
        self.tabs[ACCOUNT].setChecked(True)

    def _tab(self, name: str, text: str) -> QToolButton:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setData(name)
        self._group.addAction(action)
        self.tabs[name] = action
        button = QToolButton()
        button.setProperty("kind", "text")
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _account_page(self) -> QWidget:
        scroller = Scroller()
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.column.addWidget(self._nothing)
        self._column = scroller.column
        self._column.addStretch(1)
        return scroller

    def _connect_signals(self) -> None:
        self._group.triggered.connect(self._tab_chosen)
        self._close.clicked.connect(self.closed)
        self.person.chosen.connect(self._line_chosen)
        self.person.way_chosen.connect(self._line_met)
        self.person.met.connect(self._line_met)
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
        self._show_page(PERSON)
        self._load_person()

    def open_what_if(self) -> None:
        """Show what would be lost with the person."""
        self._show_page(PERSON)
        self._load_person()

    def open_suggestions(self) -> None:
        """Show the suggestions."""
        self._show_page(SUGGESTIONS)

    def _tab_chosen(self, action: QAction) -> None:
        self._show_page(action.data())

    def _show_page(self, name: str) -> None:
        self.tabs[name].setChecked(True)
        self._pages.setCurrentIndex(list(self.tabs).index(name))

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
        self._say_nothing(str(error))

    def _show_thinking(self, thinking: AccountThinking) -> None:
        if thinking.account_id != self._account_id:
            return
        self._thinking = thinking
        self._show_suggestions(thinking)
        self._load_person()
        self._show_sections(sections(thinking))
        self.ready.emit()

    def _show_sections(self, found: Sequence[Section]) -> None:
        if not found:
            self._say_nothing(_("No people yet. Add some, and what they mean is said here."))
            return
        self._nothing.hide()
        while len(self.account_sections) < len(found):
            made = InsightSection()
            made.chosen.connect(self._line_chosen)
            made.met.connect(self._line_met)
            self._column.insertWidget(len(self.account_sections) + 1, made)
            self.account_sections.append(made)
        for shown, section in zip(self.account_sections, found, strict=True):
            shown.show_section(section)
            shown.show()

    def _say_nothing(self, text: str) -> None:
        self._nothing.setText(text)
        self._nothing.show()
        for section in self.account_sections:
            section.hide()

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.highlight_wanted.emit(frozenset())

    # Acting

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
