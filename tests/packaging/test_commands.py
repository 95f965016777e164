"""The commands of the Makefile and what they stand on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import bootstrap
import check
import pytest
import run
import system_packages

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "libnowhere-to-be-found.so.9"


def _documented_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))


def test_every_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert declared is not None
    assert set(declared.group(1).split()) == _documented_targets()


def test_the_readme_names_targets_that_exist_and_the_two_commands_first() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", readme))
    assert named - _documented_targets() == set()
    assert {"run", "test", "bench", "screenshots", "translations", "lock"} <= named
    first_block = readme.split("```")[1].split()
    assert first_block.index("run") < first_block.index("test")


def test_python_is_found_even_when_the_first_name_is_a_stand_in(tmp_path: Path) -> None:
    stand_in = tmp_path / "python3"
    stand_in.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    stand_in.chmod(0o755)
    (tmp_path / "python3.11").symlink_to(sys.executable)
    found = _find_python(tmp_path)
    assert found.returncode == 0
    assert found.stdout.strip() == str(tmp_path / "python3.11")


def test_without_python_the_advice_is_printed(tmp_path: Path) -> None:
    found = _find_python(tmp_path)
    assert found.returncode == 1
    assert "Python 3.11" in found.stderr
    assert "apt-get install" in found.stderr


def _find_python(only_folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "find-python.sh")],
        env={"PATH": str(only_folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_libraries_are_found_by_loading() -> None:
    assert system_packages.missing_libraries([NOWHERE]) == [NOWHERE]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks libraries of Qt")
def test_what_cannot_be_installed_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "NEEDED_ALWAYS", {NOWHERE: "libnowhere9"})
    monkeypatch.setattr(system_packages, "can_install", lambda: False)
    with pytest.raises(system_packages.MissingPackagesError) as raised:
        system_packages.ensure_libraries()
    assert NOWHERE in str(raised.value)
    assert "sudo apt-get install -y --no-install-recommends libnowhere9" in str(raised.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks libraries of Qt")
def test_what_only_a_window_needs_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "NEEDED_ALWAYS", {})
    monkeypatch.setattr(system_packages, "NEEDED_ON_SCREEN", {NOWHERE: "libnowhere9"})
    monkeypatch.setattr(system_packages, "can_install", lambda: False)
    system_packages.ensure_libraries()
    assert "libnowhere9" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks libraries of Qt")
def test_root_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def install(packages: list[str]) -> bool:
        asked.append(packages)
        return True

    monkeypatch.setattr(system_packages, "NEEDED_ALWAYS", {NOWHERE: "libnowhere9"})
    monkeypatch.setattr(system_packages, "can_install", lambda: True)
    monkeypatch.setattr(system_packages, "install", install)
    system_packages.ensure_libraries()
    assert len(asked) == 1
    assert "libnowhere9" in asked[0]


def test_ci_installs_every_library_qt_needs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    listed = set(ci[ci.index("packages=(") : ci.index("\n)\n")].split())
    needed = {
        *system_packages.NEEDED_ALWAYS.values(),
        *system_packages.NEEDED_ON_SCREEN.values(),
    }
    assert needed - listed == set()


def test_a_missing_venv_module_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_has_venv", lambda: False)
    monkeypatch.setattr(system_packages, "can_install", lambda: False)
    with pytest.raises(system_packages.MissingPackagesError, match=r"python3\.\d+-venv"):
        system_packages.ensure_venv_module()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_run_sees_whether_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run.has_display() is expected


@pytest.fixture
def environment_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of ``.venv`` that looks like an environment."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", folder)
    monkeypatch.setattr(bootstrap, "STAMP", folder / "installed-from")
    bootstrap.environment_python().parent.mkdir(parents=True)
    bootstrap.environment_python().touch()
    return folder


def test_a_fitting_environment_is_left_alone(
    environment_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nothing was to be done")

    monkeypatch.setattr(bootstrap, "_create", fail)
    monkeypatch.setattr(bootstrap, "_install", fail)
    bootstrap.STAMP.write_text(f"{bootstrap._fingerprint()} dev", encoding="utf-8")
    bootstrap.ensure("dev")
    bootstrap.ensure("runtime")


@pytest.mark.parametrize(
    ("stamp", "created"), [(None, True), ("other dev", True), ("{fingerprint} runtime", False)]
)
def test_an_environment_is_made_or_added_to(
    environment_folder: Path, monkeypatch: pytest.MonkeyPatch, stamp: str | None, created: bool
) -> None:
    done: list[str] = []
    monkeypatch.setattr(bootstrap, "_create", lambda: done.append("created"))
    monkeypatch.setattr(bootstrap, "_install", lambda lock: done.append(lock.name))
    monkeypatch.setattr(bootstrap, "_make_importable", lambda: None)
    if stamp is not None:
        text = stamp.format(fingerprint=bootstrap._fingerprint())
        bootstrap.STAMP.write_text(text, encoding="utf-8")
    bootstrap.ensure("dev")
    assert done == [*(["created"] if created else []), "requirements-dev.lock"]
    assert bootstrap.STAMP.read_text(encoding="utf-8").endswith(" dev")


def test_all_checks_run_even_when_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = {
        "First": [sys.executable, "-c", "raise SystemExit(3)"],
        "Second": [sys.executable, "-c", ""],
    }
    monkeypatch.setattr(check, "_steps", lambda _arguments: steps)
    with pytest.raises(SystemExit, match="Failed: First"):
        check.main()
    assert "== Second: ok" in capsys.readouterr().out
