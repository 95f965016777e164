"""The dossier of one account."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.choices import Choice, person_choice
from kam_desktop.services.queries.company import AccountHead, account_head
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.words import word
from kam_desktop.ui.account.chooser import AccountChooser
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import clock_text, home_zone
from kam_desktop.ui.widgets import Button, make_action

_MINUTE = 60_000
_ROOM_FOR_BUTTONS = (870, 960)
_TIER_STATES = {
    Tier.KEY: State.GOOD,
    Tier.EMERGING: State.ACCENT,
    Tier.WATCHED: State.WARN,
    Tier.REGULAR: State.PLAIN,
    Tier.FORMER: State.PLAIN,
}
_BASE = "kam_desktop.ui.account"
_SECTIONS = {
    "overview": f"{_BASE}.overview:OverviewSection",
    "map": f"{_BASE}.map_section:MapSection",
    "company": f"{_BASE}.company:CompanySection",
    "people": f"{_BASE}.people_section:PeopleSection",
    "promises": f"{_BASE}.promises:PromisesSection",
    "timeline": f"{_BASE}.timeline:TimelineSection",
    "commercial": f"{_BASE}.commercial:CommercialSection",
    "documents": f"{_BASE}.documents:DocumentsSection",
    "history": f"{_BASE}.history:HistorySection",
}
"""The sections in the order of their tabs, loaded at their first visit."""

_PARTS = {
    "opportunities": "commercial",
    "contracts": "commercial",
    "revenue": "commercial",
    "notes": "timeline",
    "actions": "promises",
    "reviews": "commercial",
    "tenders": "commercial",
}
"""Parts that links lead to, and the section each is in."""


class AccountPage(Page):
    """Tabs over the sections of a dossier; only the visible section reads anything.

    ``show_with(account_id=…, section=…, person_id=…)``; without an account it offers to choose
    one. ``section`` may also name a part of a section; ``health`` leads to the health page.
    """

    name: ClassVar[str] = "account"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._account_id = ""
        self._head: AccountHead | None = None
        self._sections: dict[str, Section] = {}
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Sections of the dossier"))
        for title in _titles():
            self.tabs.addTab(title)
        self._make_actions()
        self._bar = self._make_bar()
        self._stack = QStackedWidget()
        self.chooser = AccountChooser(context)
        self._stack.addWidget(self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._clock_timer = QTimer(self)
        self._clock_timer.setInterval(_MINUTE)
        self._leave_timer = QTimer(self)
        self._leave_timer.setSingleShot(True)
        self._leave_timer.setInterval(0)
        self._connect_signals()
        self._show_chooser()

    def _make_actions(self) -> None:
        self._touch = make_action(_("Log a touch"), self, shortcut="Ctrl+T")
        self._touch.setObjectName("log_touch")
        self._brief = make_action(_("Print brief"), self, shortcut="Ctrl+P", whole_window=True)
        self._brief.setObjectName("print_brief")
        self._edit = make_action(_("Edit"), self, shortcut="Ctrl+E")
        self._next = make_action(_("Next section"), self, shortcut="Ctrl+PgDown")
        self._previous = make_action(_("Previous section"), self, shortcut="Ctrl+PgUp")
        self._other = make_action(_("Choose another account"), self, shortcut="Ctrl+Shift+O")

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.tabs, 1)
        self._holders = [QWidget(), QWidget()]
        for holder, action in zip(self._holders, (self._touch, self._edit), strict=True):
            button = Button()
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(button)
            button.follow(action)
            row.addWidget(holder)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the tabs need the room; both actions stay on their keys.
        for holder, width in zip(self._holders, _ROOM_FOR_BUTTONS, strict=True):
            holder.setVisible(event.size().width() >= theme().px(width))

    def _connect_signals(self) -> None:
        self.tabs.currentChanged.connect(self._show_section)
        self._touch.triggered.connect(self._log_touch)
        self._brief.triggered.connect(self._print_brief)
        self._edit.triggered.connect(self._edit_company)
        self._next.triggered.connect(self._go_to_next)
        self._previous.triggered.connect(self._go_to_previous)
        self._other.triggered.connect(self._show_chooser)
        self._clock_timer.timeout.connect(self.heading_changed)
        self._leave_timer.timeout.connect(self._open_health)

    # What the shell asks

    def title(self) -> str:
        return self._head.name if self._head is not None else _("Account")

    def head_pills(self) -> list[tuple[str, str]]:
        if self._head is None:
            return []
        tier = Tier(self._head.tier)
        return [(word(tier), _TIER_STATES[tier])]

    def head_note(self) -> str:
        """The local time there and here."""
        if self._head is None or not self._head.time_zone:
            return ""
        now = self.context.clock.now()
        zone = self._head.time_zone
        place = self._head.city or zone.rpartition("/")[2].replace("_", " ")
        there, here = clock_text(now, zone), clock_text(now, home_zone())
        return _("{place} {there} · you {here}").format(place=place, there=there, here=here)

    def show_with(self, **params: str) -> None:
        account_id = params.get("account_id", self._account_id)
        if not account_id:
            self._show_chooser()
            return
        if account_id != self._account_id:
            self.commit_drafts()
            self._account_id, self._head = account_id, None
        part, person_id = params.get("section", ""), params.get("person_id", "")
        if part == "health":
            # The place one comes back to must not lead to the health page again.
            self.context.navigator.replace(self.name, account_id=account_id)
            self._leave_timer.start()
        section = _PARTS.get(part, part) or ("map" if person_id else "")
        if section in _SECTIONS:
            with QSignalBlocker(self.tabs):
                self.tabs.setCurrentIndex(list(_SECTIONS).index(section))
        self._read_head()
        self._show_section(self.tabs.currentIndex())
        if part in _PARTS or person_id:
            self.section(self._section_name()).show_part(part, person_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        if not self._account_id:
            self.chooser.refresh(changes)
            return
        if changes is None or changes.touches_row("account", self._account_id):
            self._read_head()
        section = self._sections.get(self._section_name())
        if section is None or section.account_id != self._account_id:
            return
        section.refresh(changes)

    def commands(self) -> list[QAction]:
        own = [self._brief, self._touch, self._edit, self._next, self._previous, self._other]
        section = self._sections.get(self._section_name()) if self._account_id else None
        return [*own, *section.commands()] if section is not None else own

    def primary_action(self) -> QAction | None:
        return self._brief if self._account_id else None

    def commit_drafts(self) -> None:
        for section in self._sections.values():
            section.commit_drafts()

    # The account and its sections

    def section(self, name: str) -> Section:
        """The section of that name, made when it is first asked for."""
        if name not in self._sections:
            module, _colon, kind = _SECTIONS[name].partition(":")
            make: Callable[[AppContext], Section] = getattr(import_module(module), kind)
            made = make(self.context)
            for signal, slot in (
                ("map_wanted", self._open_map),
                ("touch_wanted", self._log_touch),
                ("promises_wanted", self._open_promises),
            ):
                if hasattr(made, signal):
                    getattr(made, signal).connect(slot)
            self._sections[name] = made
            self._stack.addWidget(made)
        return self._sections[name]

    def _section_name(self) -> str:
        return list(_SECTIONS)[max(0, self.tabs.currentIndex())]

    def _show_section(self, _index: int) -> None:
        if not self._account_id:
            return
        section = self.section(self._section_name())
        section.show_account(self._account_id)
        self._stack.setCurrentWidget(section)
        self._bar.show()

    def _read_head(self) -> None:
        self.context.lanes.read(self, account_head, self._account_id, on_done=self._show_head)

    def _show_head(self, head: AccountHead | None) -> None:
        if head is None:
            self._show_chooser()
            return
        if head.id == self._account_id:
            self._head = head
            self._clock_timer.start()
            self._enable(True)

    def _show_chooser(self) -> None:
        self._account_id, self._head = "", None
        self._clock_timer.stop()
        self._bar.hide()
        self._stack.setCurrentWidget(self.chooser)
        self.chooser.load()
        self._enable(False)

    def _enable(self, chosen: bool) -> None:
        for action in (self._touch, self._brief, self._edit, self._next, self._previous):
            action.setEnabled(chosen)
        self.heading_changed.emit()

    def _open_map(self, person_id: str = "") -> None:
        self.tabs.setCurrentIndex(list(_SECTIONS).index("map"))
        if person_id:
            self.section("map").show_part("", person_id)

    def _open_promises(self) -> None:
        self.tabs.setCurrentIndex(list(_SECTIONS).index("promises"))

    def _open_health(self) -> None:
        if self._account_id:
            self.context.navigator.open("health", account_id=self._account_id)

    def _go_to_next(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _go_to_previous(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() - 1) % self.tabs.count())

    # Doing

    def _log_touch(self) -> None:
        section = self._sections.get(self._section_name())
        person_id = section.current_person if section is not None else ""
        if person_id:
            self.context.lanes.read(self, person_choice, person_id, on_done=self._log_with)
        else:
            self._log_with(None)

    def _log_with(self, person: Choice | None) -> None:
        """A touch with the person the user is on, else with the account."""
        from kam_desktop.ui.interactions.log_touch import open_log_touch

        if person is not None:
            open_log_touch(self.context, self, person)
        elif self._head is not None:
            choice = Choice("account", self._head.id, self._head.id, self._head.name, "")
            open_log_touch(self.context, self, choice)

    def _print_brief(self) -> None:
        from kam_desktop.ui.handouts.preview import open_brief_preview

        if self._account_id:
            open_brief_preview(self.context, self._account_id, parent=self.window())

    def _edit_company(self) -> None:
        from kam_desktop.ui.account.company import CompanySection

        self.tabs.setCurrentIndex(list(_SECTIONS).index("company"))
        section = self.section("company")
        if isinstance(section, CompanySection):
            section.start_editing()


def _titles() -> tuple[str, ...]:
    return (
        _("Overview"),
        _("Map"),
        _("Company"),
        _("People"),
        _("Promises"),
        _("Touches and notes"),
        _("Commercial"),
        _("Documents"),
        _("History"),
    )
