"""E-mail files in: what the window and the command line call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
from kam_desktop.services.exchange.mail.reading import read_mails
from kam_desktop.services.exchange.plans import Fate, require_some
from kam_desktop.services.mail_import import PlannedMail, import_mails, label_of, plan_mails

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class MailImport:
    """What an import of e-mails does or did."""

    plan: tuple[PlannedMail, ...]

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The subject ('' when unreadable) and the reason of what was not taken over."""
        return tuple(
            ("" if each.mail is None else each.mail.subject, each.reason)
            for each in self.plan
            if each.fate is Fate.REJECTED
        )

    @property
    def changes_something(self) -> bool:
        """Whether there is anything new."""
        return any(each.fate is Fate.NEW for each in self.plan)

    def to_json(self) -> dict[str, Any]:
        """Counts by fate, and what was left out with its reason."""
        counts = Counter(each.fate for each in self.plan)
        return {
            **{str(fate): counts[fate] for fate in Fate},
            "left_out": [
                {"subject": subject, "reason": reason} for subject, reason in self.left_out
            ],
        }


def read_files(paths: Iterable[Path]) -> list[Mail | UnreadableMail]:
    """All messages of some files; a file that is no mail is one that is unreadable, by its name.

    Raises `UserError` when no file can be read.
    """
    found: list[Mail | UnreadableMail] = []
    refused: list[tuple[str, str]] = []
    read = 0
    for path in paths:
        try:
            found += list(read_mails(path))
            read += 1
        except UserError as error:
            refused.append((path.name, str(error)))
    require_some(read, refused)
    return [*found, *(UnreadableMail(1, f"{name}: {reason}") for name, reason in refused)]


def import_files(
    portfolio: Portfolio, paths: Iterable[Path], *, account_id: str = "", dry_run: bool = False
) -> MailImport:
    """Read, plan and, unless ``dry_run``, import. Raises `UserError`; nothing is changed then.

    When nothing is new, no action is recorded.
    """
    mails = read_files(paths)
    with portfolio.reading() as db:
        plan = plan_mails(db, mails, portfolio.clock.now(), account_id=account_id)
    done = MailImport(plan)
    if done.changes_something and not dry_run:
        with portfolio.unit_of_work(label_of(done.plan), origin="import") as work:
            import_mails(work, done.plan)
    return done
