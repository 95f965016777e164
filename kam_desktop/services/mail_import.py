"""E-mails kept as files become touches: first a plan, then one step. Known mails change nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.recognition import Directory, Known, directory

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

SYSTEM = "mail"
"""`ExternalRef.system` of touches from e-mails."""


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """What becomes of one message.

    ``theirs`` are the stakeholders recognised (the sender first when it is one), ``member`` is who
    of ours wrote or got it. ``mail`` is None for a message that could not be read.
    """

    mail: Mail | None
    fate: Fate
    account_id: str = ""
    theirs: tuple[Known, ...] = ()
    member: Known | None = None
    kind: InteractionKind = InteractionKind.EMAIL_ONE_WAY
    reason: str = ""


def plan_mails(
    db: Reader,
    mails: Iterable[Mail | UnreadableMail],
    now: dt.datetime,
    *,
    account_id: str = "",
) -> tuple[PlannedMail, ...]:
    """What importing ``mails`` would do; ``account_id`` takes those no account is found for."""
    readable: dict[str, Mail] = {}
    plan: list[PlannedMail] = []
    for each in mails:
        if isinstance(each, UnreadableMail):
            plan.append(PlannedMail(None, Fate.REJECTED, reason=each.reason))
        elif each.key in readable:
            plan.append(PlannedMail(each, Fate.REJECTED, reason=_("It is in the file twice.")))
        else:
            readable[each.key] = each
    people, known = directory(db), _known_keys(db)
    answered = {key for mail in readable.values() for key in mail.replies_to}
    for mail in readable.values():
        two_way = bool(mail.replies_to) or mail.key in answered
        plan.append(_planned(mail, people, known, now, account_id, two_way=two_way))
    return tuple(plan)


def _known_keys(db: Reader) -> frozenset[str]:
    rows = db.rows(
        "SELECT key FROM external_ref WHERE record_kind = 'interaction' AND system = ?"
        " AND deleted_at IS NULL",
        (SYSTEM,),
    )
    return frozenset(key for (key,) in rows)


def _planned(
    mail: Mail,
    people: Directory,
    known: frozenset[str],
    now: dt.datetime,
    chosen: str,
    *,
    two_way: bool,
) -> PlannedMail:
    if _ref_key(mail) in known:
        return PlannedMail(mail, Fate.UNCHANGED)
    account = _account(mail, people) or chosen
    found = [people.known(each.email, account) for each in mail.people if each.email]
    theirs = {each.id: each for each in found if each is not None and each.account_id == account}
    member = next((each for each in found if each is not None and each.ours), None)
    reason = _why_not(mail, account, now)
    if reason:
        return PlannedMail(mail, Fate.REJECTED, account, reason=reason)
    kind = InteractionKind.EMAIL_TWO_WAY if two_way else InteractionKind.EMAIL_ONE_WAY
    return PlannedMail(mail, Fate.NEW, account, tuple(theirs.values()), member, kind)


def _account(mail: Mail, people: Directory) -> str:
    found = [people.known(each.email) for each in mail.people if each.email]
    theirs = Counter(each.account_id for each in found if each is not None and not each.ours)
    if not theirs:
        domains = (people.account_of_domain(each.email) for each in mail.people)
        theirs = Counter(account for account in domains if account)
    return theirs.most_common(1)[0][0] if theirs else ""


def _why_not(mail: Mail, account: str, now: dt.datetime) -> str:
    if mail.sent_at is None:
        return _("It has no usable date.")
    if mail.sent_at > now:
        return _("Its date lies in the future.")
    if not account:
        return _("None of its addresses is known here, so it is unclear which account it is from.")
    return ""


def _ref_key(mail: Mail) -> str:
    if len(mail.key) <= 200:
        return mail.key
    return f"sha256:{hashlib.sha256(mail.key.encode()).hexdigest()}"


def import_mails(work: UnitOfWork, plan: Sequence[PlannedMail]) -> int:
    """Log a touch for each new mail of ``plan``, its attachments among the account's documents.

    Returns how many there are.
    """
    new = [planned for planned in plan if planned.fate is Fate.NEW]
    for planned in new:
        _add(work, planned)
    return len(new)


def _add(work: UnitOfWork, planned: PlannedMail) -> None:
    from kam_desktop.models.registry import ExternalRef
    from kam_desktop.services.documents import add_document
    from kam_desktop.services.interactions import log_touch

    mail = planned.mail
    assert mail is not None
    assert mail.sent_at is not None
    touch = log_touch(
        work,
        planned.account_id,
        planned.kind,
        mail.sent_at,
        [each.id for each in planned.theirs],
        mail.subject or _("E-mail without a subject"),
        text=mail.text,
        member_id=None if planned.member is None else planned.member.id,
    )
    for attachment in mail.attachments:
        add_document(
            work,
            planned.account_id,
            name=attachment.name,
            content=attachment.content,
            media_type=attachment.media_type,
        )
    key = _ref_key(mail)
    work.add(ExternalRef(system=SYSTEM, key=key, record_kind="interaction", record_id=touch))
