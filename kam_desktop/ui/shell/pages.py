"""The pages of the window: where each one's class is, loaded at its first visit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.widgets.card import EmptyState

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One line of the navigation and where its page is (``module:Class``).

    ``under`` is the page that is marked in the navigation while a further page is shown.
    """

    name: str
    title: str
    icon: str
    path: str
    under: str = ""


def page_entries() -> tuple[PageEntry, ...]:
    """All pages in the order of the navigation; Ctrl+1 … Ctrl+9 follow it."""
    base = "kam_desktop.ui"
    return (
        PageEntry("today", _("Today"), "sun", f"{base}.today.page:TodayPage"),
        PageEntry("portfolio", _("Portfolio"), "briefcase", f"{base}.portfolio.page:PortfolioPage"),
        PageEntry("account", _("Account"), "building-2", f"{base}.account.page:AccountPage"),
        PageEntry("people", _("People"), "users-round", f"{base}.people.page:PeoplePage"),
        PageEntry("meetings", _("Meetings"), "calendar-days", f"{base}.meetings.page:MeetingsPage"),
        PageEntry("calendar", _("Calendar"), "calendar", f"{base}.calendar.page:CalendarPage"),
        PageEntry("health", _("Health"), "heart-pulse", f"{base}.health.page:HealthPage"),
        PageEntry("import", _("Import"), "import", f"{base}.importing.page:ImportPage"),
        PageEntry("settings", _("Settings"), "settings", f"{base}.settings.page:SettingsPage"),
    )


def further_pages() -> tuple[PageEntry, ...]:
    """Pages that are opened from others and stand under one of them in the navigation."""
    base = "kam_desktop.ui"
    return (
        PageEntry(
            "notes", _("Notes"), "notebook-pen", f"{base}.meetings.capture_page:NotesPage",
            under="meetings",
        ),
    )  # fmt: skip


def make_page(entry: PageEntry, context: AppContext) -> Page:
    """The page of ``entry``; one that says what went wrong when it cannot be made."""
    module, _colon, name = entry.path.partition(":")
    try:
        kind = getattr(import_module(module), name)
        page = kind(context)
    except Exception:
        _log.exception("the page %s could not be made", entry.name)
        return FailedPage(context, entry.title)
    return page if isinstance(page, Page) else FailedPage(context, entry.title)


class FailedPage(Page):
    """Stands in for a page that could not be made; the rest of the program goes on."""

    name: ClassVar[str] = ""

    def __init__(self, context: AppContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._title = title
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                "triangle-alert",
                _("This page could not be shown"),
                _(
                    "Your data is safe and the other pages work. Start the program again; "
                    "if it stays so, send the log file to your support."
                ),
            )
        )

    def title(self) -> str:
        return self._title
