"""Real exports of other programs, kept beside the clone in ``shared/data``."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder ``shared/data`` in the clone or above it; without one the test is skipped."""
    clone = Path(__file__).resolve().parents[2]
    for folder in (clone, *clone.parents):
        if (folder / "shared" / "data").is_dir():
            return folder / "shared" / "data"
    pytest.skip("there is no folder shared/data in the clone or above it")
