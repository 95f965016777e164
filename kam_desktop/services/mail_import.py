"""E-mails kept as files become touches: first a plan, then one step. Known mails change nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.i18n import _, ngettext
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
    of ours wrote or got it. ``mail`` is None for a message that could not be read; ``unassigned``
    says that an account is all that is missing.
    """

    mail: Mail | None
    fate: Fate
    account_id: str = ""
    theirs: tuple[Known, ...] = ()
    member: Known | None = None
    kind: InteractionKind = InteractionKind.EMAIL_ONE_WAY
    reason: str = ""
    unassigned: bool = False


def plan_mails(
    db: Reader,
    mails: Iterable[Mail | UnreadableMail],
    now: dt.datetime,
    *,
    account_id: str = "",
    chosen: Mapping[str, str] | None = None,
) -> tuple[PlannedMail, ...]:
    """What importing ``mails`` would do.

    ``account_id`` takes those no account is found for, unless ``chosen`` names one by the mail's
    key.
    """
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
        fallback = (chosen or {}).get(mail.key, account_id)
        plan.append(_planned(mail, people, known, now, fallback, two_way=two_way))
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
        dated = mail.sent_at is not None and mail.sent_at <= now
        return PlannedMail(
            mail, Fate.REJECTED, account, reason=reason, unassigned=dated and not account
        )
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
    known = _keys_now(work)
    new = [planned for planned in plan if planned.fate is Fate.NEW]
    missing = [each for each in new if each.mail is not None and _ref_key(each.mail) not in known]
    for planned in missing:
        _add(work, planned)
    return len(missing)


def label_of(plan: Iterable[PlannedMail]) -> str:
    """How the step is called in history and undo."""
    count = sum(each.fate is Fate.NEW for each in plan)
    return ngettext("Import of {count} e-mail", "Import of {count} e-mails", count).format(
        count=count
    )


def _keys_now(work: UnitOfWork) -> set[str]:
    """What came in since the plan was made is not taken twice."""
    from sqlalchemy import select

    from kam_desktop.models.registry import ExternalRef

    found = select(ExternalRef.key).where(
        ExternalRef.record_kind == "interaction",
        ExternalRef.system == SYSTEM,
        ExternalRef.deleted_at.is_(None),
    )
    return set(work.session.scalars(found))


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
            interaction_id=touch,
        )
    key = _ref_key(mail)
    work.add(ExternalRef(system=SYSTEM, key=key, record_kind="interaction", record_id=touch))
