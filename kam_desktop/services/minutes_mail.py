"""The minutes of a meeting as an e-mail to the people who were there."""

from __future__ import annotations

from kam_desktop.services.exchange.mail.draft import Draft, eml_of
from kam_desktop.services.exchange.mail.messages import Address, Attachment
from kam_desktop.services.handouts.minutes import MinutesContent, recipients
from kam_desktop.services.handouts.minutes_words import minutes_text, subject_text


def minutes_mail(content: MinutesContent, pdf: bytes, file_name: str) -> bytes:
    """A draft to all of theirs with a copy to ours; the paper is attached as ``file_name``.pdf."""
    theirs, ours = recipients(content)
    return eml_of(
        Draft(
            tuple(Address(each.name, each.email) for each in theirs),
            tuple(Address(each.name, each.email) for each in ours),
            subject_text(content),
            minutes_text(content),
            (Attachment(f"{file_name}.pdf", "application/pdf", pdf),),
        )
    )
