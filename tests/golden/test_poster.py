"""The poster against what it said when somebody last read it and found it right.

After a wanted change run ``KAM_DESKTOP_REWRITE_GOLDEN=1 pytest tests/golden`` and read the
difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.handouts.poster.paper import PosterOptions
from kam_desktop.services.handouts.poster.pdf import render_poster
from tests.golden.test_brief import said
from tests.services.handouts.posters import SCRIPTS, company, empty_poster, named, poster, small

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("small", poster(small(), title="Who decides"), PosterOptions()),
        ("empty", empty_poster(), PosterOptions("Letter")),
        ("scripts", poster(named(*SCRIPTS), "network"), PosterOptions("A3", black_and_white=True)),
        ("tiled", poster(company(60, 10)), PosterOptions()),
    ],
)
def test_the_poster_says_what_it_said(
    name: str, content: PosterContent, options: PosterOptions
) -> None:
    set_region("en_GB")
    file = HERE / f"poster-{name}.txt"
    text = said(render_poster(content, options))
    if os.environ.get("KAM_DESKTOP_REWRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
