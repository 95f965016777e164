"""``make bench``: builds the portfolios, measures in processes of their own, prints one table.

The targets are those the program promises; a missed one is marked and makes the exit code 1.
Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.portfolios import SIZES, build

ROOT = Path(__file__).resolve().parent.parent
STARTS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``target`` is the largest value that is good enough."""

    name: str
    value: float
    unit: str
    target: float | None = None
    floor: float | None = None

    @property
    def missed(self) -> bool:
        return self.target is not None and self.value > self.target

    def text(self) -> str:
        target = "" if self.target is None else f"≤ {self.target:.3g} {self.unit}"
        ratio = "" if not self.floor else f"{self.value / self.floor:.1f} × floor"
        mark = "MISSED" if self.missed else ""
        value = f"{self.value:.2f} {self.unit}"
        return f"{self.name:<44}{value:>14}  {target:<14}{ratio:<16}{mark}".rstrip()


def _run(*arguments: str) -> str:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "KAM_DESKTOP_HOME": str(ROOT / "build" / "bench" / "home"),
        "PYTHONPATH": str(ROOT),
    }
    # An installed program has its byte code; compiling it at each start is not what is measured.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
        timeout=900,
    )
    return done.stdout


def _answer(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_run(*arguments))
    return answer


def _start_seconds(*arguments: str) -> float:
    samples = []
    for _count in range(STARTS):
        start = time.perf_counter()
        _run("bench.start_probe", *arguments)
        samples.append(time.perf_counter() - start)
    return statistics.median(samples)


def _starts(files: dict[str, Path], page: str) -> list[Line]:
    bare = _start_seconds("bare")
    small = _start_seconds("app", str(files["S"]), page)
    large = _start_seconds("app", str(files["L"]), page)
    return [
        Line(f"bare Qt window, whole process ({page})", bare, "s"),
        Line(f"start to first rows, S, {page}", small, "s", 3.5 * bare, bare),
        Line(f"start to first rows, L, {page}", large, "s", 3.5 * bare, bare),
        Line(f"start L / S, {page}", large / small, "×", 1.25),
    ]


def _services(size: str, file: Path) -> list[Line]:
    found = _answer("bench.service_probe", str(file))
    floors = found["floors"]
    slowest = max(found["pages"], key=found["pages"].get)
    return [
        Line(
            f"search as you type, service p95, {size}",
            found["search_p95"],
            "ms",
            25,
            floors["one_match"],
        ),
        Line(
            f"first page, slowest list ({slowest}), {size}",
            found["pages"][slowest],
            "ms",
            16,
            floors["hundred_rows"],
        ),
        Line(f"Today, query, {size}", found["today"], "ms", 100, floors["hundred_rows"]),
        Line(
            f"brief PDF, warm, {size}", found["brief"] / 1000, "s", 0.5, floors["empty_pdf"] / 1000
        ),
    ]


def _window(size: str, file: Path) -> list[Line]:
    found = _answer("bench.ui_probe", str(file))
    floor = found["repaint"]
    return [
        Line(
            f"search as you type, painted p95, {size}", found["search_painted_p95"], "ms", 50, floor
        ),
        Line(f"opening an account, painted p95, {size}", found["account_p95"], "ms", 100, floor),
        Line(f"peak memory after a round of all pages, {size}", found["peak_mb"], "MB", 300),
    ]


def _imports() -> list[Line]:
    found = _answer("bench.import_probe")
    return [
        Line("plain SQLite insert of 10,000 rows", found["floor"], "s"),
        Line("import of 10,000 rows", found["first"], "s", 1.0, found["floor"]),
        Line("the same again", found["again"], "s", 0.5, found["floor"]),
        Line("undo of that import", found["undo"], "s"),
    ]


def _map() -> list[Line]:
    found = _answer("bench.map_probe")
    lines = []
    for view, layout in (("org", 100), ("network", 500)):
        lines += [
            Line(f"map of 500, {view}, layout", found[f"{view}_layout"], "ms", layout),
            Line(f"map of 500, {view}, pan at 35 %, p99", found[f"{view}_pan_p99"], "ms", 16),
            Line(f"map of 500, {view}, zoom, p99", found[f"{view}_zoom_p99"], "ms", 16),
        ]
    return lines


def _calendar() -> list[Line]:
    found = _answer("bench.calendar_probe")
    return [
        Line("calendar, six weeks read, 2,000 meetings a year", found["block"], "ms", 50),
        Line("calendar of 2,000, month, scrolling, p99", found["month_p99"], "ms", 16),
        Line("calendar of 2,000, week, scrolling, p99", found["week_p99"], "ms", 16),
    ]


def _relationships() -> list[Line]:
    found = _answer("bench.relationships_probe")
    rows = (
        ("opening_org", "map of 500, org, opened and painted", 500),
        ("opening_network", "map of 500, network, opened and painted", 1_000),
        ("opening_grid", "power grid of 500, opened and painted", 500),
        ("opening_matrix", "coverage matrix of 500, opened and painted", 500),
        ("opening_many", "map of 2,000, near part opened and painted", 1_000),
        ("past", "500 people before 5,000 changes", 500),
        ("thinking", "thinking with 500 people", 500),
        ("poster_first", "poster of 500, A2, the first one", 3_000),
        ("poster", "poster of 500, A2, warm", 2_000),
        ("svg", "drawing of 500, SVG", 1_000),
    )
    return [Line(name, found[key], "ms", target) for key, name, target in rows]


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=list(SIZES))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    files = {size: build(options.folder / f"{size}.kam", size) for size in options.sizes}
    _say(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    lines: list[Line] = []
    groups = [_imports, _map, _relationships, _calendar]
    if {"S", "L"} <= files.keys():
        groups += [lambda: _starts(files, "portfolio"), lambda: _starts(files, "today")]
    for size, file in files.items():
        groups += [
            lambda size=size, file=file: _services(size, file),
            lambda size=size, file=file: _window(size, file),
        ]
    for group in groups:
        for line in group():
            lines.append(line)
            _say(line.text())
    missed = sum(line.missed for line in lines)
    _say(f"{len(lines) - missed} within their targets, {missed} missed")
    return 1 if missed else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
