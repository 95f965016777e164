"""Runs ``kam-desktop`` in this process, with a passphrase and a home of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click.testing
import pytest

from kam_desktop.cli.main import kam_desktop

Run = Callable[..., click.testing.Result]
Ask = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("import", "x.csv")`` on ``p.kam``; ``code=`` is what it must exit with."""
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", "long enough for a test")
    monkeypatch.setenv("KAM_DESKTOP_HOME", str(tmp_path / "home"))

    def call(*arguments: str | Path, code: int = 0) -> click.testing.Result:
        words = ["--portfolio", str(tmp_path / "p.kam"), *map(str, arguments)]
        result = click.testing.CliRunner().invoke(kam_desktop, words, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def ask(run: Run) -> Ask:
    """Like ``run``, with ``--json`` and the answer parsed."""

    def call(*arguments: str | Path, code: int = 0) -> Any:
        return json.loads(run(*arguments, "--json", code=code).stdout)

    return call
