"""One walk on a real X server with the real platform plugin: keys arrive, pixels are there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kam_desktop.services.opening import Secrets
from kam_desktop.services.sample import create_sample_portfolio
from tests.journeys.desk import PASSPHRASE
from tests.support.display import virtual_display

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.xdist_group("desktop")
@pytest.mark.skipif(sys.platform != "linux", reason="X11 is for Linux")
def test_a_walk_on_a_real_display(tmp_path: Path) -> None:
    path = tmp_path / "Sample portfolio.kam"
    create_sample_portfolio(path, secrets=Secrets(PASSPHRASE)).close()
    with virtual_display() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "KAM_DESKTOP_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        }
        environment.pop("KAM_DESKTOP_PASSPHRASE", None)
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.on_screen", str(path)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["platform"] == "xcb"
    assert seen["title"] == "Aurora Foods – KAM Desktop"
    assert seen["same"] == [True] * 4
    assert seen["colours"] > 20
    assert seen["brief"] == "Brief: Aurora Foods"
