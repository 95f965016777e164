"""The rows of the preview: what becomes of each e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.mail_import import PlannedMail
from kam_desktop.services.zones import local_of
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import clock_text, day_text, home_zone

_ORDER = (Fate.NEW, Fate.CHANGED, Fate.REJECTED, Fate.UNCHANGED)
_LONGEST = 500
"""Characters of a message that the preview shows."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """One e-mail; ``account`` is the account's name, ``people`` those recognised or addressed."""

    id: str
    planned: PlannedMail
    when: str
    people: str
    subject: str
    account: str
    attachments: str

    @property
    def fate(self) -> Fate:
        return self.planned.fate

    @property
    def open(self) -> bool:
        """Whether it lacks nothing but an account."""
        return self.planned.unassigned

    @property
    def reason(self) -> str:
        return self.planned.reason

    @property
    def excerpt(self) -> str:
        """Why it is left out, and the beginning of what it says, as plain text."""
        text = "" if self.planned.mail is None else self.planned.mail.text
        lines = "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
        shown = lines if len(lines) <= _LONGEST else f"{lines[:_LONGEST].rstrip()}…"
        return "\n".join(part for part in (self.reason, shown) if part)


def mail_rows(
    plan: Sequence[PlannedMail], accounts: Mapping[str, str], today: dt.date
) -> list[MailRow]:
    """What is new first, what is here already last; ``accounts`` are names by id."""
    rows = [_row(number, planned, accounts, today) for number, planned in enumerate(plan)]
    return sorted(rows, key=_place)


def _row(number: int, planned: PlannedMail, accounts: Mapping[str, str], today: dt.date) -> MailRow:
    mail = planned.mail
    if mail is None:
        return MailRow(f"unreadable {number}", planned, "", "", _("(cannot be read)"), "", "")
    zone, when = home_zone(), ""
    if mail.sent_at is not None:
        day = local_of(mail.sent_at, zone).date()
        when = f"{day_text(day, today)}, {clock_text(mail.sent_at, zone)}"
    return MailRow(
        id=f"{number} {mail.key}",
        planned=planned,
        when=when,
        people=_people(planned),
        subject=mail.subject or _("(no subject)"),
        account=accounts.get(planned.account_id, ""),
        attachments=", ".join(each.name for each in mail.attachments),
    )


def _people(planned: PlannedMail) -> str:
    """Those who are known by their names; nobody known: the addresses with a question mark."""
    known = [each.name for each in planned.theirs]
    if planned.member is not None:
        known.append(planned.member.name)
    if known:
        return ", ".join(known)
    mail = planned.mail
    assert mail is not None
    named = (each.name or each.email for each in mail.people)
    return ", ".join(f"{name} (?)" for name in named if name)


def _place(row: MailRow) -> tuple[int, bool, float, str]:
    sent = None if row.planned.mail is None else row.planned.mail.sent_at
    # The newest first.
    return _ORDER.index(row.fate), not row.open, -sent.timestamp() if sent else 0.0, row.id


def fate_text(row: MailRow) -> str:
    """What becomes of it, in a word or two."""
    if row.open:
        return _("Needs an account")
    return {
        Fate.NEW: _("New"),
        Fate.UNCHANGED: _("Here already"),
        Fate.REJECTED: _("Left out"),
        Fate.CHANGED: _("Changed"),
    }[row.fate]


def _state(row: MailRow) -> str:
    if row.open:
        return State.WARN
    return State.GOOD if row.fate is Fate.NEW else State.PLAIN


def _text(name: str) -> Callable[[Any], str]:
    def text(row: MailRow) -> str:
        return str(getattr(row, name))

    return text


def columns() -> tuple[Column, ...]:
    """The columns of the preview."""
    return (
        Column(_("Fate"), fate_text, state=_state),
        Column(_("When"), _text("when"), tip=_text("when")),
        Column(_("Subject"), _text("subject"), tip=_text("subject")),
        Column(_("Account"), _text("account"), tip=_text("account")),
        Column(_("From and to"), _text("people"), tip=_text("people")),
        Column(_("Why it is left out"), _text("reason"), tip=_text("reason")),
        Column(_("Attachments"), _text("attachments"), tip=_text("attachments")),
    )


def summary(rows: Sequence[MailRow]) -> str:
    """How many of what; a sentence when nothing would change."""
    if not rows:
        return _("There is no e-mail in these files.")
    if all(row.fate is Fate.UNCHANGED for row in rows):
        return _("Everything in these files is here already. Nothing would change.")
    missing = sum(row.open for row in rows)
    counts = (
        (sum(row.fate is Fate.NEW for row in rows), _("{n} new")),
        (missing, ngettext("{n} needs an account", "{n} need an account", missing)),
        (sum(row.fate is Fate.REJECTED for row in rows) - missing, _("{n} left out")),
        (sum(row.fate is Fate.UNCHANGED for row in rows), _("{n} here already")),
    )
    return joined(text.format(n=n) for n, text in counts if n)
