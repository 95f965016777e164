"""``kam-desktop`` and ``python -m kam_desktop``: the window, or a command without one."""

from __future__ import annotations

import sys

READ_SPREADSHEET = "--read-spreadsheet"
"""How the program calls itself to read a spreadsheet in a process with limits."""


def main() -> None:
    """Start the window when no command was given, else run the command and exit with its code."""
    arguments = sys.argv[1:]
    if arguments[:1] == [READ_SPREADSHEET]:
        from kam_desktop.services.exchange.sheet_worker import main as read_spreadsheet

        sys.exit(read_spreadsheet(arguments[1:]))
    if not arguments or _is_portfolio(arguments):
        # The way in of every day; it need not wait for the command line to be imported.
        from kam_desktop.app import run

        sys.exit(run(arguments))
    from kam_desktop.cli.main import kam_desktop
    from kam_desktop.cli.output import told_when_unwritable

    with told_when_unwritable():
        kam_desktop(prog_name="kam-desktop")


def _is_portfolio(arguments: list[str]) -> bool:
    """A portfolio's file alone, as a file manager passes it."""
    return len(arguments) == 1 and arguments[0].endswith(".kam") and arguments[0][0] != "-"


if __name__ == "__main__":
    main()
