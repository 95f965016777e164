"""The mark beside the database: never ahead of it, never fooled by another file or a torn write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.services.storage import high_water


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "clients.kam"
    file.write_bytes(bytes(range(64)))
    return file


def test_nothing_is_remembered_at_first(path: Path) -> None:
    assert high_water.read(path) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2**63), min_size=1))
def test_the_highest_of_the_last_two_is_remembered(path: Path, counters: list[int]) -> None:
    high_water.reset(path, 0)
    for counter in sorted(counters):
        high_water.write(path, counter)
    assert high_water.read(path) == max(counters)


@given(st.binary(max_size=1024))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_mark_is_no_mark(path: Path, content: bytes) -> None:
    high_water.mark_path(path).write_bytes(content)
    assert high_water.read(path) is None


def test_a_torn_write_leaves_the_mark_before_it(path: Path) -> None:
    high_water.write(path, 41)
    high_water.write(path, 42)
    mark = high_water.mark_path(path)
    torn = bytearray(mark.read_bytes())
    torn[22] ^= 0xFF
    mark.write_bytes(bytes(torn))
    assert high_water.read(path) == 41


def test_another_file_under_the_same_name_starts_afresh(path: Path) -> None:
    high_water.write(path, 42)
    path.write_bytes(b"another salt    " * 4)
    assert high_water.read(path) is None


def test_reset_forgets_a_higher_mark(path: Path) -> None:
    high_water.write(path, 42)
    high_water.write(path, 43)
    high_water.reset(path, 7)
    assert high_water.read(path) == 7


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "clients.kam"
    high_water.write(gone, 1)
    high_water.reset(gone, 1)
    assert high_water.read(gone) is None
