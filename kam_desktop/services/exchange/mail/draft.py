"""An e-mail to be sent by the user's own program: a draft in a file, sent by nobody here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kam_desktop.services.exchange.mail.messages import Address, Attachment

MAX_HEADER = 300
MAX_RECIPIENTS = 200
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}\Z")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent, to whom. ``text`` is plain text."""

    to: tuple[Address, ...]
    copy: tuple[Address, ...]
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def eml_of(draft: Draft) -> bytes:
    """The draft as a file that mail programs open for sending (``X-Unsent: 1``).

    Names and the subject are cut to one line each, so that no text can become a header. What is no
    plain e-mail address is left out.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = header_text(draft.subject)
    for header, people in (("To", draft.to), ("Cc", draft.copy)):
        if addresses := _addresses(people):
            message[header] = addresses
    message.set_content(draft.text, charset="utf-8")
    for each in draft.attachments:
        main, _slash, kind = each.media_type.partition("/")
        message.add_attachment(
            each.content, maintype=main, subtype=kind, filename=header_text(each.name)
        )
    return message.as_bytes()


def header_text(text: str) -> str:
    """``text`` as it may stand in a header: one line, without controls, of bounded length."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.encode("utf-8", "replace").decode("utf-8").split())[:MAX_HEADER]


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address that mail programs understand without more ado."""
    return bool(_ADDRESS.match(text.strip())) and ".." not in text


def _addresses(people: Iterable[Address]) -> list[object]:
    from email.headerregistry import Address as HeaderAddress

    found: dict[str, object] = {}
    for each in people:
        if is_address(each.email) and len(found) < MAX_RECIPIENTS:
            email = each.email.strip()
            name = header_text(each.name)
            found.setdefault(email.casefold(), HeaderAddress(display_name=name, addr_spec=email))
    return list(found.values())
