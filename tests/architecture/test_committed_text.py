"""Nothing committed tells where it was made: no registry, no folder of one machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# In pieces, so that this file does not hold what it looks for.
HOSTS = (
    "py" + "pi.",
    "python" + "hosted",
    "registry.npm" + "js",
    "artifact" + "ory",
    "/simp" + "le/",
)
# "kam" is the user in examples.
FOLDERS = (
    r"/ho" + r"me/(?!kam\b)\w",
    r"/ro" + r"ot/",
    r"Us" + r"ers[/\\](?!kam\b)\w",
    r"/wo" + r"rk/",
)
TELLING = re.compile("|".join([*map(re.escape, HOSTS), *FOLDERS]), flags=re.IGNORECASE)


def _committed_files() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def _telling_lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return []
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:120]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if TELLING.search(line)
    ]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    files = _committed_files()
    assert len(files) > 50
    assert [line for path in files for line in _telling_lines(path)] == []


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        (f"https://{HOSTS[0]}org/x", True),
        ("/ho" + "me/ada/notes", True),
        ("/home/kam/notes", False),
        ("C:\\Us" + "ers\\ada", True),
        ("/wo" + "rk/x", True),
        ("work/x, users and roots", False),
    ],
)
def test_the_pattern_tells_them_apart(text: str, telling: bool) -> None:
    assert bool(TELLING.search(text)) is telling
