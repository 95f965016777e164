"""The Today page: what matters now, why, and one key to where it is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.choices import Choice, person_choice
from kam_desktop.services.queries.today import ROWS, TodayView, today_view
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import day_text, home_zone
from kam_desktop.ui.today.lines import (
    ahead_lines,
    birthday_line,
    deal_line,
    due_lines,
    fading_line,
    meeting_line,
    overdue_lines,
)
from kam_desktop.ui.today.next_card import ListCard, NextMeetingCard
from kam_desktop.ui.today.rows import Line
from kam_desktop.ui.widgets import EmptyState, Scroller, make_action

if TYPE_CHECKING:
    from kam_desktop.services.queries.map_analysis import ThinDeal

_TABLES = (
    "meeting",
    "attendee",
    "checklist_item",
    "commitment",
    "contract",
    "interaction",
    "interaction_person",
    "person",
    "role_in_decision",
    "account",
    "opportunity",
    "action",
    "tender",
    "tender_gate",
    "internal_review",
    "personal_fact",
    *("meeting_point", "meeting_centre", "document", "team_member"),
)
_SECTIONS = {
    "promise": "promises",
    "contract": "contracts",
    "map": "map",
    "action": "actions",
    "gate": "tenders",
    "review": "reviews",
    "proposal": "opportunities",
}
"""Where in the dossier a line is handled."""
_TWO_COLUMNS_FROM = 900
_MINUTE_MS = 60_000


class TodayPage(Page):
    """Reads one `TodayView`; the countdown goes on by itself while the page is visible."""

    name: ClassVar[str] = "today"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: TodayView | None = None
        self._make_actions()
        self._build()
        self._lay_out()
        self._connect_signals()

    def _make_actions(self) -> None:
        self._print = make_action(
            _("Print brief"), self, shortcut="Ctrl+P", icon_name="printer", whole_window=True
        )
        self._print.setObjectName("print_brief")
        self._print.setEnabled(False)
        self._prepare = make_action(
            _("Prepare the next meeting"), self, shortcut="Ctrl+Return", icon_name="list-checks"
        )
        self._prepare.setEnabled(False)
        self._plan = make_action(_("Plan a meeting"), self, icon_name="calendar-plus")
        self._log = make_action(_("Log a touch"), self, icon_name="notebook-pen")
        self._import = make_action(_("Import from your CRM"), self, icon_name="import")
        self._first = make_action(_("Make the first account"), self, icon_name="building-2")
        self._sample = make_action(_("Look at the sample portfolio"), self, icon_name="book-open")

    def _build(self) -> None:
        self._next = NextMeetingCard()
        self._later = ListCard(_("Then"))
        self._overdue = ListCard(_("Overdue"))
        self._soon = ListCard(_("Due this week"))
        self._ahead = ListCard(_("Dates ahead"))
        self._birthdays = ListCard(_("Birthdays"))
        self._deals = ListCard(_("Deals that hang on few people"))
        self._deals.hide()
        self._fading = ListCard(_("Fading contacts"))
        self._no_data = EmptyState(
            "sun",
            _("Your accounts come first"),
            _(
                "Bring in what your CRM can export, or make an account by hand. Then this page "
                "says each morning which meeting is next and what needs you."
            ),
            [self._import, self._first, self._sample],
        )
        self._quiet = EmptyState(
            "circle-check",
            _("Nothing presses today"),
            _("No meeting is planned, nothing is late and nobody is fading."),
            [self._plan, self._log],
        )

    def _lay_out(self) -> None:
        px = theme().px
        scroller = Scroller()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(Space.M))
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (self._main, (self._next, self._later)),
            (
                self._side,
                (
                    *(self._overdue, self._soon, self._ahead),
                    *(self._deals, self._birthdays, self._fading),
                ),
            ),
        ):
            column.setSpacing(px(Space.M))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._columns.addLayout(self._main, 3)
        self._columns.addLayout(self._side, 2)
        scroller.column.addLayout(self._columns)
        scroller.column.addStretch(1)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        for widget in (self._blank, scroller, self._no_data, self._quiet):
            self._stack.addWidget(widget)
        self._scroller = scroller
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)

    def _connect_signals(self) -> None:
        for card in (
            *(self._later, self._overdue, self._soon, self._ahead),
            *(self._deals, self._birthdays, self._fading),
        ):
            card.activated.connect(self._follow)
        self._next.activated.connect(self._follow)
        self._next.wanted.connect(self._open_meeting)
        self._next.notes_wanted.connect(self._take_notes)
        self._minute.timeout.connect(self._load)
        self._print.triggered.connect(self._print_brief)
        self._prepare.triggered.connect(self._prepare_next)
        self._plan.triggered.connect(self._plan_meeting)
        self._log.triggered.connect(self._log_touch)
        self._import.triggered.connect(self._open_import)
        self._first.triggered.connect(self._make_account)
        self._sample.triggered.connect(self._open_sample)

    # What the shell asks

    def title(self) -> str:
        return _("Today")

    def head_note(self) -> str:
        return day_text(self.context.clock.today())

    def show_with(self, **_params: str) -> None:
        self._load()

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches(*_TABLES):
            self._load()

    def commands(self) -> list[QAction]:
        return [self._print, self._prepare, self._plan, self._log]

    def primary_action(self) -> QAction | None:
        has_meeting = self._view is not None and self._view.next_meeting is not None
        return self._print if has_meeting else None

    # Showing

    def _load(self) -> None:
        self.context.lanes.read(
            self, today_view, self.context.clock.now(), home_zone(), on_done=self._show
        )

    def _show(self, view: TodayView) -> None:
        self._view = view
        now, today = self.context.clock.now(), view.today
        self._next.setVisible(view.next_meeting is not None)
        if view.next_meeting is not None:
            self._next.show_meeting(view.next_meeting, now, today)
        self._later.show_lines(
            [
                meeting_line(row, view.missing.get(row.id, ()), now, today)
                for row in view.meetings[1:]
            ]
        )
        overdue = overdue_lines(view)
        self._overdue.show_lines(overdue, _overdue_point(view, len(overdue)))
        self._soon.show_lines(due_lines(view))
        self._ahead.show_lines(ahead_lines(view))
        self._birthdays.show_lines([birthday_line(row, today) for row in view.birthdays])
        self._fading.show_lines(
            [fading_line(row, now) for row in view.fading],
            _("The most influential first. Enter logs a touch."),
        )
        for action in (self._print, self._prepare):
            action.setEnabled(view.next_meeting is not None)
        self._choose_state(view)
        self._arrange()
        self.heading_changed.emit()
        self._think(view)

    def _think(self, view: TodayView) -> None:
        """After what is needed at once: thinking about the accounts met next takes longer."""
        from kam_desktop.services.queries.map_analysis import thin_deals

        accounts = tuple(row.account_id for row in view.meetings)
        self.context.lanes.read(
            self,
            thin_deals,
            accounts,
            view.today,
            on_done=self._show_deals,
            options={"limit": ROWS},
        )

    def _show_deals(self, found: tuple[ThinDeal, ...]) -> None:
        self._deals.show_lines(
            [deal_line(row) for row in found], _("Of the accounts you meet next.")
        )

    def _choose_state(self, view: TodayView) -> None:
        if not view.has_accounts:
            self._stack.setCurrentWidget(self._no_data)
        elif view.quiet:
            self._stack.setCurrentWidget(self._quiet)
        else:
            self._stack.setCurrentWidget(self._scroller)

    def _arrange(self) -> None:
        wide = self.width() >= theme().px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    # Doing

    def _follow(self, line: Line) -> None:
        navigator, (kind, *target) = self.context.navigator, line.target
        if kind == "meeting":
            self._open_meeting(target[0])
        elif kind == "item":
            self._follow_item(*target)
        elif kind == "touch":
            self.context.lanes.read(self, person_choice, target[1], on_done=self._log_with)
        elif kind == "person":
            navigator.open("account", account_id=target[0], section="map", person_id=target[1])
        elif kind == "birthday":
            navigator.open("people", person_id=target[1])
        else:
            navigator.open("account", account_id=target[0], section=_SECTIONS[kind])

    def _follow_item(self, account_id: str, meeting_id: str, link: str) -> None:
        place, _colon, part = link.partition(":")
        if place == "account":
            self.context.navigator.open("account", account_id=account_id, section=part)
        elif part == "brief":
            self._print_brief()
        else:
            self.context.navigator.open("meetings", meeting_id=meeting_id, part=part)

    def _open_meeting(self, meeting_id: str) -> None:
        self.context.navigator.open("meetings", meeting_id=meeting_id)

    def _take_notes(self, meeting_id: str) -> None:
        self.context.navigator.open("notes", meeting_id=meeting_id)

    def _print_brief(self) -> None:
        if self._view is not None and self._view.next_meeting is not None:
            from kam_desktop.ui.handouts.preview import open_brief_preview

            row = self._view.next_meeting.row
            open_brief_preview(self.context, row.account_id, row.id)

    def _prepare_next(self) -> None:
        if self._view is not None and self._view.next_meeting is not None:
            self._open_meeting(self._view.next_meeting.row.id)

    def _plan_meeting(self) -> None:
        self.context.navigator.open("meetings", new="1")

    def _log_touch(self) -> None:
        from kam_desktop.ui.interactions.log_touch import open_log_touch

        open_log_touch(self.context, self.window())

    def _log_with(self, choice: Choice | None) -> None:
        if choice is not None:
            from kam_desktop.ui.interactions.log_touch import open_log_touch

            open_log_touch(self.context, self.window(), choice)

    def _open_import(self) -> None:
        self.context.navigator.open("import")

    def _make_account(self) -> None:
        self.context.navigator.open("portfolio", new="1")

    def _open_sample(self) -> None:
        self.context.navigator.run_command("sample")


def _overdue_point(view: TodayView, shown: int) -> str:
    if not shown:
        return ""
    if view.more_overdue or len(view.overdue) + len(view.late) > shown:
        return _("The longest overdue ones. More are in the dossiers.")
    return ngettext("{n} thing past its day", "{n} things past their day", shown).format(n=shown)
