"""The wheel holds the program, every resource and every licence, and finds them by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
OPEN_EVERY_RESOURCE = """
import json, sys
import kam_desktop
from kam_desktop.services.resources import resource_path
sizes = {name: len(resource_path(*name.split("/")).read_bytes()) for name in json.load(sys.stdin)}
print(json.dumps({"program": kam_desktop.__file__, "sizes": sizes}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this source tree by the back end itself: no network, no isolation."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", target],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder a wheel's files were put into, as an installer does for a pure wheel."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _resources() -> dict[str, int]:
    """Every resource in the source tree and its size."""
    return {
        path.relative_to(RESOURCES).as_posix(): path.stat().st_size
        for path in sorted(RESOURCES.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_every_resource_opens_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    expected = _resources()
    assert len(expected) > 100
    result = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_RESOURCE],
        input=json.dumps(list(expected)),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(result.stdout)
    assert Path(told["program"]).is_relative_to(installed)
    assert told["sizes"] == expected


def test_licences_are_in_the_wheel(installed: Path) -> None:
    (info,) = installed.glob("*.dist-info")
    for name in ("LICENSE", "NOTICE"):
        assert (info / "licenses" / name).read_bytes() == (ROOT / name).read_bytes()
    carried = {path.name for path in (installed / "kam_desktop" / "_resources").rglob("LICENSE*")}
    assert {"LICENSE-lucide.txt", "LICENSE-Noto-OFL.txt"} <= carried


def test_the_wheel_starts_the_program(installed: Path) -> None:
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "kam-desktop = kam_desktop.__main__:main" in entry_points.read_text(encoding="utf-8")


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kam_desktop"}
    assert [name for name in names if name.endswith(".pyc")] == []
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kam_desktop").rglob("*.py")}
    assert modules <= set(names)
