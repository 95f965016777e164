"""Commitments: what either side promised, and what became of it.

*Late* is never stored here: an open commitment is late once its due date has passed, and a kept one
was kept late when it was closed after that date.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, Commitment, Meeting, Person
from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def add_commitment(
    work: UnitOfWork,
    account_id: str,
    side: Side,
    text: str,
    *,
    due_on: dt.date | None = None,
    made_on: dt.date | None = None,
    person_id: str | None = None,
    meeting_id: str | None = None,
) -> str:
    """Keep a promise of either side and return its id; made today unless said otherwise.

    Raises `UserError`: field ``text`` when empty, ``due_on`` when due before it was made.
    """
    work.get(Account, account_id)
    if person_id is not None:
        work.get(Person, person_id)
    if meeting_id is not None:
        work.get(Meeting, meeting_id)
    made = made_on or work.today
    _check(text, made, due_on)
    commitment = Commitment(
        account_id=account_id,
        side=side,
        text=text.strip(),
        due_on=due_on,
        made_on=made,
        person_id=person_id,
        meeting_id=meeting_id,
    )
    work.add(commitment)
    return commitment.id


def change_commitment(
    work: UnitOfWork,
    commitment_id: str,
    *,
    side: Side,
    text: str,
    due_on: dt.date | None,
    person_id: str | None,
    evidence: str,
) -> None:
    """Change what is known of a promise in one step; raises `UserError` as `add_commitment`."""
    commitment = work.get(Commitment, commitment_id)
    if person_id is not None:
        work.get(Person, person_id)
    _check(text, commitment.made_on, due_on)
    commitment.side = side
    commitment.text = text.strip()
    commitment.due_on = due_on
    commitment.person_id = person_id
    commitment.evidence = evidence.strip()


def set_text(work: UnitOfWork, commitment_id: str, text: str) -> None:
    """Reword a commitment."""
    commitment = work.get(Commitment, commitment_id)
    _check(text, commitment.made_on, commitment.due_on)
    commitment.text = text.strip()


def set_due(work: UnitOfWork, commitment_id: str, due_on: dt.date | None) -> None:
    """Change the date a commitment is due; None when no date was agreed."""
    commitment = work.get(Commitment, commitment_id)
    _check(commitment.text, commitment.made_on, due_on)
    commitment.due_on = due_on


def set_person(work: UnitOfWork, commitment_id: str, person_id: str | None) -> None:
    """Say who gave the promise, or to whom we gave it."""
    if person_id is not None:
        work.get(Person, person_id)
    work.get(Commitment, commitment_id).person_id = person_id


def set_evidence(work: UnitOfWork, commitment_id: str, evidence: str) -> None:
    """Keep what shows what became of a commitment."""
    work.get(Commitment, commitment_id).evidence = evidence.strip()


def keep_commitment(
    work: UnitOfWork, commitment_id: str, *, on: dt.date | None = None, evidence: str = ""
) -> None:
    """The promise was kept, today unless said otherwise."""
    _close(work, commitment_id, CommitmentState.KEPT, on, evidence)


def break_commitment(
    work: UnitOfWork, commitment_id: str, *, on: dt.date | None = None, evidence: str = ""
) -> None:
    """The promise was not kept and will not be."""
    _close(work, commitment_id, CommitmentState.BROKEN, on, evidence)


def withdraw_commitment(
    work: UnitOfWork, commitment_id: str, *, on: dt.date | None = None, evidence: str = ""
) -> None:
    """Both sides agree that the promise no longer stands."""
    _close(work, commitment_id, CommitmentState.WITHDRAWN, on, evidence)


def reopen_commitment(work: UnitOfWork, commitment_id: str) -> None:
    """The promise stands again."""
    commitment = work.get(Commitment, commitment_id)
    commitment.state = CommitmentState.OPEN
    commitment.closed_on = None


def delete_commitment(work: UnitOfWork, commitment_id: str) -> None:
    """Move a commitment to the trash."""
    work.trash(work.get(Commitment, commitment_id))


def _close(
    work: UnitOfWork,
    commitment_id: str,
    state: CommitmentState,
    on: dt.date | None,
    evidence: str,
) -> None:
    commitment = work.get(Commitment, commitment_id)
    closed = on or work.today
    if closed > work.today:
        raise UserError(_("This day is still to come."), field="closed_on")
    commitment.state = state
    commitment.closed_on = closed
    if evidence.strip():
        commitment.evidence = evidence.strip()


def _check(text: str, made_on: dt.date | None, due_on: dt.date | None) -> None:
    if not text.strip():
        raise UserError(_("Say what was promised."), field="text")
    if made_on is not None and due_on is not None and due_on < made_on:
        raise UserError(_("The due date lies before the promise was made."), field="due_on")
