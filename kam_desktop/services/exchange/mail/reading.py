"""Which kind of e-mail file this is, and all messages in it."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.eml import MAX_BYTES, read_eml
from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
from kam_desktop.services.exchange.mail.msg import read_msg
from kam_desktop.services.i18n import _

ENDINGS = (".eml", ".mbox", ".msg")
MAX_MESSAGES = 20_000
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_mails(path: Path) -> Iterator[Mail | UnreadableMail]:
    """The messages of a file one by one, by its content rather than its name.

    Raises `UserError` when the file cannot be read or is no e-mail at all.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            rest = b"" if start.startswith(b"From ") else file.read(MAX_BYTES + 1)
    except OSError as error:
        # Whoever asked names the file.
        raise UserError(_("It cannot be read: {reason}.").format(reason=error.strerror)) from None
    if start.startswith(b"From "):
        yield from _of_mailbox(path)
    elif start == _OUTLOOK:
        yield read_msg(start + rest)
    else:
        yield read_eml(start + rest)


def _of_mailbox(path: Path) -> Iterator[Mail | UnreadableMail]:
    with closing(mailbox.mbox(path, create=False)) as box:
        for number, key in enumerate(box.iterkeys(), 1):
            if number > MAX_MESSAGES:
                yield UnreadableMail(number, _("the file holds too many messages"))
                return
            try:
                yield read_eml(box.get_bytes(key))
            except (UserError, OSError, ValueError) as error:
                yield UnreadableMail(number, str(error))
