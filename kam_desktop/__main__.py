"""``kam-desktop`` and ``python -m kam_desktop``: the window, or a command without one."""

from __future__ import annotations

import sys

_WINDOW_OPTIONS = frozenset({"--sample-on-first-start"})


READ_SPREADSHEET = "--read-spreadsheet"
"""How the program calls itself to read a spreadsheet in a process with limits."""


def main() -> None:
    """Start the window when no command was given, else run the command and exit with its code."""
    arguments = sys.argv[1:]
    if arguments[:1] == [READ_SPREADSHEET]:
        from kam_desktop.services.exchange.sheet_worker import main as read_spreadsheet

        sys.exit(read_spreadsheet(arguments[1:]))
    if _wants_window(arguments):
        from kam_desktop.app import run

        sys.exit(run(arguments))
    from kam_desktop.cli.main import kam_desktop

    kam_desktop(prog_name="kam-desktop")


def _wants_window(arguments: list[str]) -> bool:
    """No arguments, a portfolio's file, or options of the window only."""
    return all(
        argument in _WINDOW_OPTIONS or (argument.endswith(".kam") and not argument.startswith("-"))
        for argument in arguments
    )


if __name__ == "__main__":
    main()
