"""Imports 10,000 rows into a new encrypted portfolio, twice: prints seconds as JSON.

The floor is SQLite alone: the same cells into one plain, unencrypted table without an index.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from bench.portfolios import KEY
from kam_desktop.services.imports import import_files
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.schema import create_schema

ROWS = 10_000
_HEADER = ["Account ID", "Account Name", "Billing Street", "Billing City", "Billing Country"]


def _write(path: Path) -> list[list[str]]:
    rng = random.Random(1)
    rows = [
        [f"A-{n:06}", f"Client {rng.randint(0, 10**9)}", f"Street {n}", f"City {n % 97}", "Italy"]
        for n in range(ROWS)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_HEADER, *rows])
    return rows


def _floor(folder: Path, rows: list[list[str]]) -> float:
    start = time.perf_counter()
    db = sqlite3.connect(folder / "floor.db")
    db.execute("CREATE TABLE client (a, b, c, d, e)")
    db.executemany("INSERT INTO client VALUES (?, ?, ?, ?, ?)", rows)
    db.commit()
    db.close()
    return time.perf_counter() - start


def _new_portfolio(path: Path) -> Portfolio:
    path.touch()
    db = connect(path, KEY)
    make_durable(db)
    create_schema(db)
    db.close()
    portfolio = Portfolio(path, KEY)
    portfolio.warm_up()
    return portfolio


def _seconds(portfolio: Portfolio, file: Path) -> float:
    start = time.perf_counter()
    import_files(portfolio, [file])
    return time.perf_counter() - start


def main() -> None:
    """Measure the floor, the first import, the second one and undo."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "clients.csv"
        rows = _write(file)
        floor = _floor(folder, rows)
        portfolio = _new_portfolio(folder / "p.kam")
        first, again = _seconds(portfolio, file), _seconds(portfolio, file)
        start = time.perf_counter()
        portfolio.undo()
        undone = time.perf_counter() - start
        portfolio.close()
    sys.stdout.write(json.dumps({"floor": floor, "first": first, "again": again, "undo": undone}))


if __name__ == "__main__":
    main()
