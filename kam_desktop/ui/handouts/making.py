"""The work behind the preview, for the lanes: content from the portfolio, then a PDF of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.ui.handouts.pdf_pages import PageSize, page_sizes

if TYPE_CHECKING:
    from kam_desktop.services.clock import Clock
    from kam_desktop.services.handouts.content import BriefContent
    from kam_desktop.services.handouts.outline import Outline
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class MadePdf:
    """A finished PDF and the number of the request it answers."""

    request: int
    pdf: bytes
    sizes: tuple[PageSize, ...]


@dataclass(frozen=True, slots=True)
class ReadBrief:
    """The content of a brief, and what it says line by line as generated."""

    content: BriefContent
    outline: Outline


def read_brief(
    db: Reader, account_id: str, meeting_id: str | None, clock: Clock, zone: str
) -> ReadBrief:
    """Gathers the content on a read lane."""
    from kam_desktop.services.handouts.brief import brief_content
    from kam_desktop.services.handouts.brief_outline import outline

    content = brief_content(db, account_id, meeting_id=meeting_id, clock=clock, zone=zone)
    return ReadBrief(content, outline(content))


def make_pdf(request: int, content: BriefContent, paper: str) -> MadePdf:
    """Renders the content on an io lane."""
    from kam_desktop.services.handouts.pdf import render_brief

    pdf = render_brief(content, paper=paper)
    return MadePdf(request, pdf, page_sizes(pdf))
