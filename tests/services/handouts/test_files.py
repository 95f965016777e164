"""A saved handout is whole or not there, and what was there before survives a failure."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kam_desktop.services.errors import UserError
from kam_desktop.services.handouts.files import save_bytes


def test_it_is_saved(tmp_path: Path) -> None:
    assert save_bytes(b"pdf", tmp_path / "a.pdf") == tmp_path / "a.pdf"
    assert (tmp_path / "a.pdf").read_bytes() == b"pdf"
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_it_replaces_an_older_one_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    save_bytes(b"new", target)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    save_bytes(b"new", tmp_path / "link.pdf")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there any more"):
        save_bytes(b"pdf", tmp_path / "gone" / "a.pdf")


def test_a_folder_as_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        save_bytes(b"pdf", tmp_path)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "may not write"),
        (errno.EACCES, "may not write"),
        (errno.EIO, "failed: Input/output error"),
    ],
)
def test_a_failure_is_said_and_leaves_the_older_file(
    code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match=words):
        save_bytes(b"new", target)
    assert target.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]
