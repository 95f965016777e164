"""What the palette offers: commands that fit the typed words, then records found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction

from kam_desktop.models.text import sort_key
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.search import SearchHit
from kam_desktop.ui.shell.commands import CommandGroup
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.shortcuts import keys_of

MAX_COMMANDS = 8
_ICONS = {
    "account": "building-2",
    "person": "user-round",
    "meeting": "calendar-days",
    "commitment": "handshake",
    "note": "notebook-pen",
    "interaction": "message-square",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. ``note`` stands at the right: a key, or what kind of thing it is."""

    icon: str
    title: str
    subtitle: str
    note: str
    run: Callable[[], None]


def command_entries(groups: Iterable[CommandGroup], text: str) -> list[Entry]:
    """Commands each of whose words begin as typed; the first few when nothing was typed."""
    typed = sort_key(text).split()
    found = [
        _command_entry(action, group.title)
        for group in groups
        for action in group.actions
        if action.isEnabled() and _fits(action, group.title, typed)
    ]
    return found if not typed else found[:MAX_COMMANDS]


def _fits(action: QAction, group: str, typed: list[str]) -> bool:
    words = sort_key(f"{action.text()} {group}".replace("&", "")).split()
    return all(any(word.startswith(part) for word in words) for part in typed)


def _command_entry(action: QAction, group: str) -> Entry:
    keys = keys_of(action)
    name = action.icon().name() or "command"
    return Entry(
        name, action.text().replace("&", ""), group, keys[0] if keys else "", action.trigger
    )


def hit_entries(hits: Iterable[SearchHit], navigator: Navigator) -> list[Entry]:
    """Records found by the search; choosing one opens the page it is on."""
    kinds = {
        "account": _("Account"),
        "person": _("Person"),
        "meeting": _("Meeting"),
        "commitment": _("Promise"),
        "note": _("Note"),
        "interaction": _("Touch"),
    }
    return [
        Entry(
            _ICONS.get(hit.kind, "search"),
            " ".join(hit.title.split()),
            hit.subtitle,
            kinds.get(hit.kind, ""),
            _opener(hit, navigator),
        )
        for hit in hits
    ]


def _opener(hit: SearchHit, navigator: Navigator) -> Callable[[], None]:
    def run() -> None:
        if hit.kind == "meeting":
            navigator.open("meetings", meeting_id=hit.id)
        elif hit.kind == "account":
            navigator.open("account", account_id=hit.account_id)
        elif hit.kind == "commitment":
            navigator.open("account", account_id=hit.account_id, section="promises")
        else:
            navigator.open("account", account_id=hit.account_id, **{f"{hit.kind}_id": hit.id})

    return run
