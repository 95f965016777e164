"""The commands of the shell: actions with a key, in the palette and in the shortcut sheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.icons import icon
from kam_desktop.ui.shell.pages import PageEntry


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """Actions under one heading of the shortcut sheet."""

    title: str
    actions: tuple[QAction, ...]


def all_groups(page: CommandGroup | None, shell: list[CommandGroup]) -> list[CommandGroup]:
    """The page's commands before the shell's; what a page does itself is not offered twice."""
    if page is None or not page.actions:
        return shell
    own = {action.text() for action in page.actions}
    rest = [
        CommandGroup(group.title, tuple(a for a in group.actions if a.text() not in own))
        for group in shell
    ]
    return [page, *rest]


@dataclass(frozen=True, slots=True)
class _Spec:
    id: str
    text: str
    keys: tuple[str, ...]
    icon: str


class ShellCommands:
    """The window's own actions by id (``undo``, ``palette``, ``go_today`` …)."""

    def __init__(self, window: QWidget, entries: tuple[PageEntry, ...]) -> None:
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._keys: dict[str, list[QKeySequence]] = {}
        self._go = tuple(
            self._make(_Spec(f"go_{e.name}", e.title, (f"Ctrl+{number}",), e.icon))
            for number, e in enumerate(entries, start=1)
        )
        self._new = tuple(self._make(spec) for spec in _new_specs())
        self._edit = tuple(self._make(spec) for spec in _edit_specs())
        self._view = tuple(self._make(spec) for spec in _view_specs())
        self._program = tuple(self._make(spec) for spec in _program_specs())

    def __getitem__(self, command: str) -> QAction:
        return self._by_id[command]

    def get(self, command: str) -> QAction | None:
        """The action of a command, if there is one of that id."""
        return self._by_id.get(command)

    def groups(self) -> list[CommandGroup]:
        """All actions under their headings."""
        return [
            CommandGroup(_("Go to"), self._go),
            CommandGroup(_("New"), self._new),
            CommandGroup(_("Edit"), self._edit),
            CommandGroup(_("View"), self._view),
            CommandGroup(_("Program"), self._program),
        ]

    def leave_keys(self, taken: Collection[str]) -> None:
        """Leave the keys in ``taken`` (portable text) to the page; take all others back.

        Two actions on one key would cancel each other out.
        """
        for command, action in self._by_id.items():
            keys = [key for key in self._keys[command] if key.toString() not in taken]
            if keys != action.shortcuts():
                action.setShortcuts(keys)

    def _make(self, spec: _Spec) -> QAction:
        action = QAction(icon(spec.icon), spec.text, self._window)
        action.setObjectName(spec.id)
        self._keys[spec.id] = [QKeySequence(key) for key in spec.keys]
        action.setShortcuts(self._keys[spec.id])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._window.addAction(action)
        self._by_id[spec.id] = action
        return action


def _new_specs() -> tuple[_Spec, ...]:
    return (
        _Spec("new_account", _("New account"), ("Ctrl+N",), "building-2"),
        _Spec("new_person", _("New person"), ("Ctrl+Shift+A",), "user-plus"),
        _Spec("plan_meeting", _("Plan a meeting"), ("Ctrl+M",), "calendar-plus"),
        _Spec("log_touch", _("Log a touch"), ("Ctrl+L",), "notebook-pen"),
        _Spec("take_notes", _("Take notes"), ("F4",), "notebook-pen"),
    )


def _edit_specs() -> tuple[_Spec, ...]:
    return (
        _Spec("undo", _("Undo"), ("Ctrl+Z",), "undo-2"),
        _Spec("redo", _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"),
        _Spec("history", _("History of changes"), ("Ctrl+H",), "history"),
        _Spec("trash", _("Trash"), (), "trash-2"),
    )


def _view_specs() -> tuple[_Spec, ...]:
    return (
        _Spec("palette", _("Search and commands"), ("Ctrl+K",), "search"),
        _Spec("back", _("Back"), ("Alt+Left",), "arrow-left"),
        _Spec("forward", _("Forward"), ("Alt+Right",), "arrow-right"),
        _Spec("other_pane", _("Go to the next part of the window"), ("F6",), "panel-left"),
        _Spec("larger_text", _("Larger text"), ("Ctrl++", "Ctrl+="), "zoom-in"),
        _Spec("smaller_text", _("Smaller text"), ("Ctrl+-",), "zoom-out"),
        _Spec("normal_text", _("Normal text size"), ("Ctrl+0",), "type"),
        _Spec("next_theme", _("Switch between light and dark"), ("Ctrl+Shift+L",), "sun-moon"),
        _Spec("density", _("Switch row height"), (), "rows-3"),
        _Spec("notices", _("Notices"), ("Ctrl+Shift+N",), "bell"),
    )


def _program_specs() -> tuple[_Spec, ...]:
    return (
        _Spec("back_up", _("Back up now"), ("Ctrl+B",), "database-backup"),
        _Spec("open_portfolio", _("Open another portfolio"), ("Ctrl+O",), "folder-open"),
        _Spec("sample", _("Look at the sample portfolio"), (), "book-open"),
        _Spec("shortcuts", _("Keyboard shortcuts"), ("F1", "Ctrl+/"), "keyboard"),
        _Spec("quit", _("Quit"), ("Ctrl+Q",), "log-out"),
    )
