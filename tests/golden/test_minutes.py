"""The minutes against what they said when somebody last read them and found them right.

After a wanted change run ``KAM_DESKTOP_REWRITE_GOLDEN=1 pytest tests/golden`` and read the
difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.minutes import MinutesContent
from kam_desktop.services.handouts.minutes_words import minutes_text
from kam_desktop.services.handouts.pdf.minutes_pages import render_minutes
from tests.golden.test_brief import said
from tests.services.handouts.minutes import empty_minutes, minutes_of

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("full", minutes_of()),
        ("empty", empty_minutes()),
        ("scripts", minutes_of(promise="محمد يرسل 5 عينات", person="刘伟", agreed="שלום Ana")),
    ],
)
def test_the_minutes_say_what_they_said(name: str, content: MinutesContent) -> None:
    set_region("en_GB")
    file = HERE / f"minutes-{name}.txt"
    text = f"{said(render_minutes(content))}\n== e-mail ==\n{minutes_text(content)}"
    if os.environ.get("KAM_DESKTOP_REWRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
