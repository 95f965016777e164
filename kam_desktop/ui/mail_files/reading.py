"""Reading e-mail files beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.tasks import TaskToken

if TYPE_CHECKING:
    from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail


@dataclass(frozen=True, slots=True)
class LoadedMails:
    """The messages of some files; ``refusals`` are sentences about files that are no e-mail."""

    mails: tuple[Mail | UnreadableMail, ...]
    refusals: tuple[str, ...]


def load_mails(paths: Sequence[Path], task: TaskToken) -> LoadedMails:
    """Read files one after the other; one that is refused does not stop the others.

    Runs on an io lane. Raises ``CancelledError``.
    """
    from kam_desktop.services.exchange.mail.reading import read_mails

    mails: list[Mail | UnreadableMail] = []
    refusals: list[str] = []
    for number, path in enumerate(paths):
        task.progress(number, len(paths), path.name)
        try:
            for mail in read_mails(path):
                mails.append(mail)
                task.check()
        except UserError as error:
            refusals.append(_("{name}: {reason}").format(name=path.name, reason=error))
    return LoadedMails(tuple(mails), tuple(refusals))
