"""The brief against what it said when somebody last read it and found it right.

After a wanted change run ``KAM_DESKTOP_REWRITE_GOLDEN=1 pytest tests/golden`` and read the
difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest

from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.content import BriefContent
from kam_desktop.services.handouts.pdf import render_brief
from tests.services.handouts.contents import brief_saying, edited_brief, empty_brief, full_brief

HERE = Path(__file__).parent


def said(pdf: bytes) -> str:
    """The text of every page, after its number and size."""
    parts = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded().replace("\r\n", "\n")
        parts.append(f"== page {number}, {width:.0f} × {height:.0f} points ==\n{text}\n")
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("full", full_brief()),
        ("empty", empty_brief()),
        ("edited", edited_brief()),
        ("scripts", brief_saying("محمد 刘伟 राजेश สมชาย 김철수 יעל Σοφία Анна", times=2)),
    ],
)
def test_the_brief_says_what_it_said(name: str, content: BriefContent) -> None:
    set_region("en_GB")
    file = HERE / f"brief-{name}.txt"
    text = said(render_brief(content))
    if os.environ.get("KAM_DESKTOP_REWRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
