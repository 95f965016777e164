"""An e-mail as plain frozen data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an e-mail address in lower case; either may be ''."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along; ``name`` is without any folder."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail. ``key`` is its Message-ID, or a digest of what it says when it has none.

    ``sent_at`` is an instant, None when no usable date is given. ``text`` is plain text, made from
    the HTML part when there is no other. ``replies_to`` are the Message-IDs it answers.
    """

    key: str
    subject: str
    sent_at: dt.datetime | None
    sender: Address
    to: tuple[Address, ...]
    text: str
    attachments: tuple[Attachment, ...] = ()
    replies_to: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[Address, ...]:
        """Sender and recipients."""
        return (self.sender, *self.to)


@dataclass(frozen=True, slots=True)
class UnreadableMail:
    """A message of a file that could not be read, counted from 1, and why."""

    number: int
    reason: str
