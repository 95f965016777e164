"""Heavy libraries are imported when first used, so that the window is there at once."""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import kam_desktop

ROOT = Path(kam_desktop.__file__).resolve().parents[1]
HEAVY = (
    *("sqlalchemy", "alembic", "reportlab", "uharfbuzz", "pypdfium2", "pyqtgraph", "numpy"),
    *("keyring", "openpyxl", "python_calamine", "xlsxwriter", "rustworkx", "networkx", "PIL"),
    *("icalendar", "dateutil", "olefile", "holidays"),
)
PROBE = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def _modules(*packages: str) -> list[str]:
    """The names of all modules in these packages of the program, where there are such."""
    found = []
    for package in packages:
        base = ROOT / Path(*package.split("."))
        if base.with_suffix(".py").is_file():
            found.append(package)
        if base.is_dir():
            found.append(package)
            found += [
                module.name for module in pkgutil.walk_packages([str(base)], prefix=f"{package}.")
            ]
    return found


def _loaded_after_importing(modules: list[str]) -> set[str]:
    """Top-level packages in memory after a fresh interpreter imported ``modules``."""
    result = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(modules)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "packages",
    [
        ("kam_desktop.ui.shell", "kam_desktop.app"),
        ("kam_desktop.ui.widgets", "kam_desktop.ui.itemmodels", "kam_desktop.ui.delegates"),
        ("kam_desktop.ui.today", "kam_desktop.ui.portfolio", "kam_desktop.ui.people"),
        ("kam_desktop.services.queries",),
    ],
    ids=["shell", "parts", "first pages", "queries"],
)
def test_nothing_heavy_is_imported_before_it_is_used(packages: tuple[str, ...]) -> None:
    modules = _modules(*packages)
    assert modules
    assert sorted(_loaded_after_importing(modules).intersection(HEAVY)) == []


def test_the_command_line_starts_without_qt() -> None:
    modules = _modules("kam_desktop.__main__", "kam_desktop.cli")
    assert modules
    loaded = _loaded_after_importing(modules)
    assert sorted(loaded.intersection({"PySide6", *HEAVY})) == []


def test_the_probe_sees_what_is_imported() -> None:
    assert "rustworkx" in _loaded_after_importing(["rustworkx"])
