"""Writes units of work until it is killed; run as a script by `test_durability`.

For each line on standard input it forks a writer that opens the portfolio ``argv[1]``, says its
process id, and then says each action's number once its commit has returned. Forking saves importing
the ORM fifty times. Action ``n`` adds `rows_of` (n) settings and moves a counter, in one unit of
work; every twentieth action is undone and redone, and now and then the file is closed and opened,
so that kills land there too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kam_desktop.services.storage import high_water
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.lock import PortfolioLock
from kam_desktop.services.storage.portfolio import Portfolio

KEY = bytes(range(32))


def rows_of(number: int) -> int:
    """How many settings action ``number`` adds."""
    return 1 + number * 7 % 23


def open_portfolio(path: Path) -> Portfolio:
    """The portfolio, marking how far it has come after every commit."""

    def mark(_changes: ChangeSet, newest: int) -> None:
        high_water.write(path, newest)

    return Portfolio(path, KEY, on_commit=mark)


def act(portfolio: Portfolio, number: int) -> None:
    """Action ``number``."""
    with portfolio.unit_of_work(f"Action {number}") as work:
        work.execute_many(
            "INSERT INTO setting (id, value) VALUES (?, ?)",
            [(f"{number}-{row}", f'"{"x" * 200}"') for row in range(rows_of(number))],
        )
        work.execute("DELETE FROM setting WHERE id = 'counter'")
        work.execute("INSERT INTO setting (id, value) VALUES ('counter', ?)", (str(number),))


def counter(portfolio: Portfolio) -> int:
    """The number of the last action in the file."""
    with portfolio.reading() as db:
        return int(db.value("SELECT coalesce(max(value + 0), 0) FROM setting WHERE id = 'counter'"))


def say(text: object) -> None:
    """One line at once; ``print`` may keep it in a buffer that dies with the process."""
    os.write(1, f"{text}\n".encode())


def write_for_ever(path: Path) -> None:
    """Act and acknowledge until killed."""
    say(os.getpid())
    with PortfolioLock(path):
        while True:
            portfolio = open_portfolio(path)
            first = counter(portfolio) + 1
            for number in range(first, first + 30):
                act(portfolio, number)
                if number % 20 == 0:
                    portfolio.undo()
                    portfolio.redo()
                say(number)
            portfolio.close()


def main(path: Path) -> None:
    """One writer per line of standard input."""
    warm = open_portfolio(path)
    warm.warm_up()
    warm.close()
    say("ready")
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            write_for_ever(path)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
