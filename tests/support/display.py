"""A display of one's own, for tests that need a real window."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def virtual_display(size: str = "1400x900") -> Iterator[str]:
    """Runs Xvfb and yields its ``DISPLAY``; without Xvfb the test is skipped, or fails in CI."""
    server = shutil.which("Xvfb")
    if server is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Xvfb is missing; .ci/run installs it")
        pytest.skip("Xvfb is not installed")
    read_end, write_end = os.pipe()
    command = [
        *(server, "-displayfd", str(write_end), "-screen", "0", f"{size}x24"),
        *("-nolisten", "tcp", "-noreset"),
    ]
    process = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        # Xvfb writes the number once it answers, and the pipe ends if it dies first.
        with os.fdopen(read_end) as told:
            number = told.readline().strip()
        assert number, "Xvfb ended before it was ready"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(timeout=20)
