"""People who leave the company: when, where to, and who sits on their seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, Person
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.people import add_vacant_seat, update_person
from kam_desktop.services.ties import take_over_lines

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_KEPT_ELSEWHERE = (
    "name", "given_name", "family_name", "mobile", "languages", "style", "orientation",
    "photo_sha256",
)  # fmt: skip
"""What stays true of somebody who works elsewhere now; the office's phone and e-mail do not, and
notes may be about the company they left."""


@dataclass(frozen=True, slots=True)
class WhereTo:
    """Where somebody went who left: in words, and the account when it is one of ours.

    ``add_there`` makes them a new person of that account, so that the contact goes on.
    """

    text: str = ""
    account_id: str | None = None
    add_there: bool = False


def mark_left(
    work: UnitOfWork,
    person_id: str,
    on: dt.date | None = None,
    where_to: WhereTo = WhereTo(),
) -> str | None:
    """Note that a person has left the company, today unless said otherwise. Nothing is removed.

    Returns the id of the new person when they were added where they went. Raises `UserError`:
    field ``left_on`` for a day to come, ``went_to_account_id`` for the account they left, or when
    they are to be added to an account that was not said.
    """
    account_id = where_to.account_id
    text = where_to.text
    if account_id is not None and not text.strip():
        text = work.get(Account, account_id).name
    update_person(
        work, person_id, left_on=on or work.today, went_to=text, went_to_account_id=account_id
    )
    if not where_to.add_there:
        return None
    if account_id is None:
        raise UserError(
            _("Choose the account they went to, to add them there."), field="went_to_account_id"
        )
    person = work.get(Person, person_id)
    there = Person(account_id=account_id)
    for field in _KEPT_ELSEWHERE:
        setattr(there, field, getattr(person, field))
    work.add(there)
    return there.id


def mark_returned(work: UnitOfWork, person_id: str) -> None:
    """The person is (still) there."""
    update_person(work, person_id, left_on=None, went_to="", went_to_account_id=None)


def vacate_seat(
    work: UnitOfWork,
    person_id: str,
    on: dt.date | None = None,
    where_to: WhereTo = WhereTo(),
) -> str:
    """The person has left: a vacant seat takes over their title, buying centre and lines.

    Returns the id of the seat. Raises `UserError` on ``title`` when the position has none, and as
    `mark_left`.
    """
    person = work.get(Person, person_id)
    seat_id = add_vacant_seat(
        work, person.account_id, person.title, buying_centre_id=person.buying_centre_id
    )
    work.flush()
    take_over_lines(work, person_id, seat_id)
    mark_left(work, person_id, on, where_to)
    return seat_id
