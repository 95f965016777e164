"""The lock files pin everything by hash, for every system, and name no place to fetch it from."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _entries(name: str) -> dict[str, str]:
    """Pinned requirement (with its marker) → its hashes as written."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.split(" --hash")[0].strip(): line for line in lines}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name: str) -> None:
    entries = _entries(name)
    assert len(entries) > 20
    for entry, line in entries.items():
        assert re.match(r"[a-z0-9.-]+==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), entry


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|\s@\s", text) == []


def test_the_tools_come_on_top_of_the_same_versions() -> None:
    runtime, development = (set(_entries(name)) for name in LOCKS)
    assert runtime - development == set()


@pytest.mark.parametrize(("name", "table"), [(LOCKS[0], "runtime"), (LOCKS[1], "dev")])
def test_everything_asked_for_is_pinned_and_fits(name: str, table: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"]
    if table == "dev":
        asked = asked + project["dependency-groups"]["dev"]
    pinned: dict[str, list[str]] = {}
    for entry in _entries(name):
        package, _, version = entry.partition(";")[0].partition("==")
        pinned.setdefault(canonicalize_name(package.strip()), []).append(version.strip())
    for requirement in map(Requirement, asked):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions)


def test_everything_imported_is_asked_for() -> None:
    """What another package happens to bring along may be gone with its next release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        canonicalize_name(Requirement(line).name) for line in project["project"]["dependencies"]
    }
    graph = grimp.build_graph("kam_desktop", include_external_packages=True, cache_dir=None)
    imported = {module.partition(".")[0] for module in graph.modules}
    imported -= {"kam_desktop", *sys.stdlib_module_names}
    assert "click" in imported or "sqlalchemy" in imported
    brought_by = importlib.metadata.packages_distributions()
    unasked = {
        name
        for name in imported
        if not asked.intersection(map(canonicalize_name, brought_by.get(name, [])))
    }
    # Qt's binding layer belongs to PySide6, at the same version.
    assert unasked - {"shiboken6"} == set()


def test_windows_and_macos_are_provided_for() -> None:
    entries = _entries(LOCKS[0])
    assert any("sys_platform == 'win32'" in entry for entry in entries)
    assert any("sys_platform == 'linux'" in entry for entry in entries)
    assert [entry for entry in entries if "darwin" in entry and "!=" in entry] == []
