"""Stakeholders: who matters to decisions at an account, what role they play, how they stand.

Nothing here guesses: support, influence and the rest are None while unknown, and unknown is never
stored as neutral or as zero. Two people of one name are two people.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import (
    Account,
    BuyingCentre,
    Person,
    RoleInDecision,
    TeamMember,
)
from kam_desktop.models.text import clean_line
from kam_desktop.models.vocabulary import ClaimField, DecisionRole, RelationshipLevel
from kam_desktop.services.claims import checked_value, record_own_judgement
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line, spaced_line
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_CADENCE_DAYS = 3650

_TEXTS = frozenset(
    {
        "name", "given_name", "family_name", "title", "email", "phone", "mobile", "style",
        "about", "step", "went_to",
    }
)  # fmt: skip
_FLAGS = frozenset({"external", "placeholder"})


def add_person(work: UnitOfWork, account_id: str, name: str, **fields: Any) -> str:
    """Add a stakeholder to an account and return the new id.

    ``fields`` as in `update_person`; ``manager_id`` may name whom the person reports to.
    Raises `UserError`: field ``name`` when empty, and as `update_person`.
    """
    work.get(Account, account_id)
    missing = _("A person needs a name. For an empty position, add a vacant seat.")
    name = required_line(name, missing)
    return _add(work, Person(account_id=account_id), {"name": name, **fields})


def add_vacant_seat(work: UnitOfWork, account_id: str, title: str, **fields: Any) -> str:
    """Add a position nobody is known to hold and return the new id; it is known by its title.

    Raises `UserError`: field ``title`` when empty, and as `update_person`.
    """
    work.get(Account, account_id)
    title = required_line(title, _seat_needs_title(), field="title")
    return _add(work, Person(account_id=account_id, placeholder=True), {"title": title, **fields})


def _add(work: UnitOfWork, person: Person, fields: dict[str, Any]) -> str:
    manager_id = fields.pop("manager_id", None)
    work.add(person)
    _apply(work, person, fields)
    if manager_id is not None:
        from kam_desktop.services.ties import set_manager

        work.flush()
        set_manager(work, person.id, manager_id)
    return person.id


def update_person(work: UnitOfWork, person_id: str, **fields: Any) -> None:
    """Change some fields of a stakeholder, named as on `Person`; None means unknown.

    A changed judgement (support, influence, contact, level, orientation) is noted as the user's own
    of today, so that it has a date and fades; use `claims.state_claim` when a source is known.
    Giving a vacant seat a name fills it. Raises `UserError` with the field's name: ``name`` or
    ``title`` when it would be empty, ``support`` outside −2 … +2, ``influence`` outside 0 … 10,
    ``cadence_days`` below 1, a reference to something that is not there.
    """
    person = work.get(Person, person_id)
    before = {field: getattr(person, field.value) for field in ClaimField if field in fields}
    _apply(work, person, fields)
    for field, was in before.items():
        value = getattr(person, field.value)
        if value != was:
            record_own_judgement(work, person, field, value)


def _apply(work: UnitOfWork, person: Person, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        if field in _TEXTS:
            setattr(person, field, spaced_line(value) if field != "about" else value.strip())
        elif field in _FLAGS:
            setattr(person, field, bool(value))
        elif field == "languages":
            person.languages = tidy_list(value)
        elif field in _CHECKS:
            setattr(person, field, _CHECKS[field](work, person, value))
        else:
            raise TypeError(f"a person has no field {field}")
    if person.name:
        person.placeholder = False
    _check_known_by_something(person)


def tidy_list(text: str) -> str:
    """A list as it was typed, with one comma and space between its parts and none twice."""
    parts = (clean_line(part) for part in re.split(r"[,;/、،\n]", text))
    return ", ".join({part.casefold(): part for part in parts if part}.values())


def _check_known_by_something(person: Person) -> None:
    if person.placeholder:
        required_line(person.title, _seat_needs_title(), field="title")
    else:
        missing = _("A person needs a name. If nobody holds this position now, empty the seat.")
        required_line(person.name, missing)


def _seat_needs_title() -> str:
    return _("A vacant seat needs a title, e.g. Head of Quality.")


def _judged(field: ClaimField) -> Callable[[UnitOfWork, Person, Any], Any]:
    def check(_work: UnitOfWork, _person: Person, value: object) -> Any:
        return checked_value(field, value, where=field.value)

    return check


def _cadence(_work: UnitOfWork, _person: Person, value: int | None) -> int | None:
    if value is not None and not 1 <= value <= MAX_CADENCE_DAYS:
        raise UserError(
            _("The interval between contacts is a number of days, at least 1."),
            field="cadence_days",
        )
    return value


def _buying_centre(work: UnitOfWork, person: Person, value: str | None) -> str | None:
    if value is not None and work.get(BuyingCentre, value).account_id != person.account_id:
        raise UserError(
            _("This buying centre belongs to another account."), field="buying_centre_id"
        )
    return value


def _owner(work: UnitOfWork, _person: Person, value: str | None) -> str | None:
    if value is not None:
        work.get(TeamMember, value)
    return value


def _left_on(work: UnitOfWork, _person: Person, value: dt.date | None) -> dt.date | None:
    if value is not None and value > work.today:
        raise UserError(_("The day they left cannot lie in the future."), field="left_on")
    return value


def _step_due(_w: UnitOfWork, _p: Person, value: dt.date | None) -> dt.date | None:
    return value


def _went_to_account(work: UnitOfWork, person: Person, value: str | None) -> str | None:
    if value is not None and work.get(Account, value).id == person.account_id:
        raise UserError(
            _("This is the account they left. Choose the one they went to."),
            field="went_to_account_id",
        )
    return value


def _level(_w: UnitOfWork, _p: Person, value: str | None) -> RelationshipLevel | None:
    return None if value is None else RelationshipLevel(value)


_CHECKS: dict[str, Callable[[UnitOfWork, Person, Any], Any]] = {
    **{field.value: _judged(field) for field in ClaimField},
    "cadence_days": _cadence,
    "buying_centre_id": _buying_centre,
    "owner_id": _owner,
    "left_on": _left_on,
    "step_due": _step_due,
    "went_to_account_id": _went_to_account,
    "level_wanted": _level,
}


def email_warning(address: str) -> str:
    """Why an e-mail address looks wrong, or nothing. It is kept either way: it may be a note."""
    name, at, domain = address.strip().rpartition("@")
    if not address.strip() or (at and name and "." in domain.strip(".") and " " not in address):
        return ""
    return _("This does not look like an e-mail address. It is kept as typed.")


def set_decision_roles(
    work: UnitOfWork, person_id: str, roles: Iterable[tuple[str, str | None]]
) -> None:
    """Make ``roles`` all the decision roles of a person: (role, buying centre or None for all).

    Roles that stay keep their record; the others go to the trash.
    """
    person = work.get(Person, person_id)
    wanted = {(DecisionRole(role), centre) for role, centre in roles}
    for _role, centre in wanted:
        _buying_centre(work, person, centre)
    kept: set[tuple[DecisionRole, str | None]] = set()
    for role_id, role, centre in work.reader.rows(
        "SELECT id, role, buying_centre_id FROM role_in_decision"
        " WHERE person_id = ? AND deleted_at IS NULL",
        (person_id,),
    ):
        held = (DecisionRole(role), centre)
        if held in wanted and held not in kept:
            kept.add(held)
        else:
            trash.trash(work, "role_in_decision", role_id)
    # In the order of the vocabulary, so that the same choice is always stored alike.
    for role, centre in sorted(wanted - kept, key=_role_order):
        work.add(RoleInDecision(person_id=person_id, role=role, buying_centre_id=centre))


def _role_order(held: tuple[DecisionRole, str | None]) -> tuple[int, str]:
    return list(DecisionRole).index(held[0]), held[1] or ""


def delete_person(work: UnitOfWork, person_id: str) -> None:
    """Move a person to the trash, with their ties, roles and places on maps."""
    trash.trash(work, "person", person_id)


def delete_people(work: UnitOfWork, person_ids: Iterable[str]) -> None:
    """Move several people to the trash in one step."""
    for person_id in person_ids:
        delete_person(work, person_id)
