"""Files kept inside the portfolio, addressed by their content."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Base, OfAccount, reference
from kam_desktop.models.types import Line


class Document(OfAccount, kw_only=True):
    """A named file of an account (or meeting); its bytes are an `AttachmentContent`."""

    __tablename__ = "document"

    name: Mapped[Line]
    media_type: Mapped[Line] = mapped_column(default="application/octet-stream")
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    added_at: Mapped[dt.datetime]
    meeting_id: Mapped[str | None] = reference("meeting.id")
    interaction_id: Mapped[str | None] = reference("interaction.id", index=False)


class AttachmentContent(Base, kw_only=True):
    """The bytes of an attachment. Never changed, only removed by a purge: not in the ledger."""

    __tablename__ = "attachment_content"
    __ledgered__ = False

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]
