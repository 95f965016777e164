"""Which language is used when the system wants one there may be no translation for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_desktop.services import i18n


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A German translation exists."""
    catalogue = tmp_path / "de" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    (catalogue / "kam_desktop.mo").write_bytes(b"")
    monkeypatch.setattr(i18n, "resource_dir", lambda _name: tmp_path)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        (["de-AT", "en"], "de"),
        (["fr-CH", "de-CH"], "de"),
        (["en-GB", "de"], "en"),
        (["ja-JP"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_there_is_wins(wanted: list[str], used: str) -> None:
    assert i18n.best_language(wanted) == used
    assert i18n.languages() == ["en", "de"]
