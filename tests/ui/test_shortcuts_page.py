"""The guide's page of keyboard shortcuts says what the program has, no more and no less.

After a wanted change run ``KAM_DESKTOP_REWRITE_GOLDEN=1 pytest tests/ui/test_shortcuts_page.py``,
which writes the tables anew, and read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from kam_desktop.services.accounts import add_account
from kam_desktop.services.map_loading import MapWish
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.handouts.preview import BriefPreview
from kam_desktop.ui.relationship_map.map_preview import MapPreview
from kam_desktop.ui.settings.page import SettingsPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.pages import further_pages, page_entries
from kam_desktop.ui.shell.window import MainWindow
from tests.support.documents import GUIDE, rows, sections

BY_HAND = {"In lists, fields and forms"}
"""Keys that belong to a kind of control rather than to a command."""

SETTINGS = (
    "appearance",
    "reminders",
    "portfolio",
    "team",
    "security",
    "backups",
    "trash",
    "history",
)
Rows = set[tuple[str, ...]]


def _rows(actions: Iterable[QAction]) -> Rows:
    return {(_keys(action), _name(action)) for action in actions}


def _keys(action: QAction) -> str:
    portable = QKeySequence.SequenceFormat.PortableText
    keys = [f"`{key.toString(portable)}`" for key in action.shortcuts() if not key.isEmpty()]
    return " ".join(keys) or "–"


def _name(action: QAction) -> str:
    # Some actions name what they will do now, e.g. “Save 3 rejected rows”.
    return re.sub(r"\b\d+ ", "", action.text().replace("&", "").strip(" …"))


def _of_program(window: MainWindow) -> dict[str, Rows]:
    return {group.title: _rows(group.actions) for group in window.commands.groups()}


def _of_pages(
    window: MainWindow, context: AppContext, settle: Callable[[], None]
) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for entry in (*page_entries(), *further_pages()):
        context.navigator.open(entry.name)
        settle()
        page = window.page
        assert page is not None, entry.name
        found[f"On {entry.title}"] = _rows(page.commands())
        if isinstance(page, SettingsPage):
            for name in SETTINGS:
                page.show_with(section=name)
                found["On Settings"] |= _rows(page.commands())
    return found


def _of_dossier(
    window: MainWindow, context: AppContext, account_id: str, settle: Callable[[], None]
) -> dict[str, Rows]:
    context.navigator.open("account", account_id=account_id)
    settle()
    page = window.page
    assert isinstance(page, AccountPage)
    own = _rows(page.commands())
    found: dict[str, Rows] = {}
    for index in range(page.tabs.count()):
        page.tabs.setCurrentIndex(index)
        settle()
        more = _rows(page.commands()) - own
        if more:
            found[f"In the dossier, {page.tabs.tabText(index)}"] = more
    section = page.section("map")
    assert isinstance(section, MapSection)
    found["In the dossier, Map"] = _rows(section.map.commands())
    return found


def _of_preview(
    qtbot: QtBot, context: AppContext, account_id: str, settle: Callable[[], None]
) -> Rows:
    preview = BriefPreview(context, account_id)
    qtbot.addWidget(preview)
    settle()
    of_map = MapPreview(context, MapWish(account_id, "org", context.clock.today()))
    qtbot.addWidget(of_map)
    settle()
    return _rows([*preview.actions(), *of_map.actions()])


def registered(
    qtbot: QtBot, window: MainWindow, context: AppContext, settle: Callable[[], None]
) -> dict[str, Rows]:
    """All commands of the window by the heading they have in the guide."""
    found = _of_program(window)
    found |= _of_pages(window, context, settle)
    with context.portfolio.unit_of_work("Add") as work:
        account_id = add_account(work, name="Aurora Foods")
    found |= _of_dossier(window, context, account_id, settle)
    found["In the preview of a brief or a map"] = _of_preview(qtbot, context, account_id, settle)
    return found


def _rewritten(text: str, has: dict[str, Rows]) -> str:
    """The page with the tables of ``has`` between its beginning and what is written by hand."""
    parts = [text[: text.index("## ")]]
    for title, found in has.items():
        lines = sorted(found, key=lambda row: (row[0] == "–", row))
        table = "".join(f"| {keys} | {name} |\n" for keys, name in lines)
        parts.append(f"## {title}\n\n| key | what it does |\n|---|---|\n{table}\n")
    (by_hand,) = BY_HAND
    return "".join(parts) + text[text.index(f"## {by_hand}") :]


def test_every_command_and_key_is_in_the_guide(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    has = registered(qtbot, window, app_context, settled)
    page = GUIDE / "shortcuts.md"
    text = page.read_text("utf-8")
    if os.environ.get("KAM_DESKTOP_REWRITE_GOLDEN"):
        text = _rewritten(text, has)
        page.write_text(text, "utf-8")
    written = {title: set(rows(body)) for title, body in sections(text).items()}
    for title in BY_HAND:
        del written[title]
    missing = {title: sorted(found - written.get(title, set())) for title, found in has.items()}
    stale = {title: sorted(found - has.get(title, set())) for title, found in written.items()}
    assert {title: found for title, found in missing.items() if found} == {}, "not in the guide"
    assert {title: found for title, found in stale.items() if found} == {}, "not in the program"
