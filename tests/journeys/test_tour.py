"""The commands that show the program without a display, as somebody would call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]


def call(*arguments: str, home: Path) -> str:
    """What the command says; it must neither need a home of its own nor leave anything there."""
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "KAM_DESKTOP_HOME": ""}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "KAM_DESKTOP_PASSPHRASE"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "kam_desktop", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(home.iterdir()) == []
    return done.stdout


def test_the_tour_leaves_a_brief_and_a_picture_of_each_station(tmp_path: Path) -> None:
    out = tmp_path / "tour"
    told = call("tour", "--out", str(out), home=tmp_path / "home")
    files = sorted(file.name for file in out.iterdir())
    assert [line for line in told.splitlines() if "brief.pdf" in line] == [
        f"Wrote {out / 'brief.pdf'}."
    ]
    assert len(files) == len(told.splitlines())
    stations = [name for name in files if name[0].isdigit()]
    assert len(stations) == 14
    for name in stations:
        picture = QImage(str(out / name))
        assert picture.width() >= 400
        assert picture.colorCount() > 16, f"{name} shows nothing"
    pages = pypdfium2.PdfDocument(out / "brief.pdf")
    try:
        assert 1 <= len(pages) <= 2
        assert "Aurora Foods" in pages[0].get_textpage().get_text_range()
        assert f"brief-{len(pages)}.png" in files
    finally:
        pages.close()


def test_screenshots_are_the_same_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        call(
            *("screenshots", "--out", str(out), "--only", "portfolio", "--theme", "dark"),
            home=tmp_path / f"home-{name}",
        )
        made.append({file.name: file.read_bytes() for file in out.iterdir()})
    assert sorted(made[0]) == ["portfolio-dark.png", "portfolio-empty-dark.png"]
    assert made[0] == made[1]


def test_the_program_tests_itself(tmp_path: Path) -> None:
    answer = json.loads(call("self-test", "--json", home=tmp_path / "home"))
    assert answer["ok"], answer
    assert len(answer["checks"]) >= 5
