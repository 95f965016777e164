"""Ties between people: who reports to whom, who influences whom, who stands with or against whom.

A person has at most one *solid line*: the oldest *reports to* tie. Further ones are matrix lines.
A circle of reports is refused, whichever lines it is made of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import Person, Tie
from kam_desktop.models.vocabulary import DIRECTED_TIES, ClaimSource, Confidence, TieKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_LIVE_REPORTS = (
    "SELECT id, to_id FROM tie"
    " WHERE from_id = ? AND kind = 'reports_to' AND deleted_at IS NULL ORDER BY id"
)


def add_tie(
    work: UnitOfWork,
    from_id: str,
    to_id: str,
    kind: str,
    *,
    strength: int | None = None,
    note: str = "",
    on: dt.date | None = None,
    source: str | None = None,
    confidence: str | None = None,
) -> str:
    """Link two people and return the tie's id. *Reports to* and *influences* point from → to.

    ``on`` is the day it was seen or said, ``source`` and ``confidence`` are those of a claim.
    Raises `UserError`: field ``to_id`` for a tie to oneself, one that is there already, a manager
    of another account, a circle of reports; ``strength`` outside 1 … 5; ``on`` for a day to come.
    """
    tie = Tie(from_id=from_id, to_id=to_id, kind=TieKind(kind))
    told = {"strength": strength, "note": note, "on": on, "source": source}
    for field, value in {**told, "confidence": confidence}.items():
        _SETTERS[field](work, tie, value)
    _check(work, tie)
    work.add(tie)
    return tie.id


def update_tie(work: UnitOfWork, tie_id: str, **fields: Any) -> None:
    """Change ``kind``, ``strength``, ``note``, ``on``, ``source`` or ``confidence``; turn the tie
    round with ``from_id`` and ``to_id``.

    Raises `UserError` as `add_tie`.
    """
    tie = work.get(Tie, tie_id)
    for field in fields:
        if field not in _SETTERS:
            raise TypeError(f"a tie has no field {field}")
    for field, value in fields.items():
        _SETTERS[field](work, tie, value)
    _check(work, tie)


def turn_tie(work: UnitOfWork, tie_id: str) -> None:
    """Let a tie point the other way."""
    tie = work.get(Tie, tie_id)
    update_tie(work, tie_id, from_id=tie.to_id, to_id=tie.from_id)


def delete_tie(work: UnitOfWork, tie_id: str) -> None:
    """Move a tie to the trash."""
    trash.trash(work, "tie", tie_id)


def set_manager(work: UnitOfWork, person_id: str, manager_id: str | None) -> None:
    """Make ``manager_id`` the one the person reports to by solid line; None for nobody.

    Matrix lines stay; one that already leads to the new manager becomes the solid line.
    Raises `UserError` on ``to_id`` as `add_tie`.
    """
    lines = work.reader.rows(_LIVE_REPORTS, (person_id,))
    if manager_id is None:
        for tie_id, _to in lines[:1]:
            delete_tie(work, tie_id)
        return
    if lines and lines[0][1] == manager_id:
        return
    for tie_id, to_id in lines[1:]:
        if to_id == manager_id:
            delete_tie(work, tie_id)
    if lines:
        update_tie(work, lines[0][0], to_id=manager_id)
    else:
        add_tie(work, person_id, manager_id, TieKind.REPORTS_TO)


def take_over_lines(work: UnitOfWork, from_person: str, to_person: str) -> None:
    """Hang the lines to and from one position on another person or seat; other ties stay."""
    ties = work.reader.rows(
        "SELECT id, from_id FROM tie WHERE kind = 'reports_to' AND deleted_at IS NULL"
        " AND (from_id = ?1 OR to_id = ?1)",
        (from_person,),
    )
    for tie_id, from_id in ties:
        tie = work.get(Tie, tie_id)
        if from_id == from_person:
            tie.from_id = to_person
        else:
            tie.to_id = to_person


def _set_strength(_work: UnitOfWork, tie: Tie, strength: int | None) -> None:
    if strength is not None and not 1 <= strength <= 5:
        raise UserError(_("The strength of a tie goes from 1 to 5."), field="strength")
    tie.strength = strength


def _set_day(work: UnitOfWork, tie: Tie, on: dt.date | None) -> None:
    if on is not None and on > work.today:
        raise UserError(_("A day to come cannot have shown anything yet."), field="on")
    tie.on = on


def _set_note(_work: UnitOfWork, tie: Tie, note: str) -> None:
    tie.note = str(note).strip()


def _set_kind(_work: UnitOfWork, tie: Tie, kind: str) -> None:
    tie.kind = TieKind(kind)


def _set_source(_work: UnitOfWork, tie: Tie, source: str | None) -> None:
    tie.source = None if source is None else ClaimSource(source)


def _set_confidence(_work: UnitOfWork, tie: Tie, confidence: str | None) -> None:
    tie.confidence = None if confidence is None else Confidence(confidence)


def _set_from(_work: UnitOfWork, tie: Tie, person_id: str) -> None:
    tie.from_id = person_id


def _set_to(_work: UnitOfWork, tie: Tie, person_id: str) -> None:
    tie.to_id = person_id


_SETTERS: Mapping[str, Callable[[UnitOfWork, Tie, Any], None]] = {
    "kind": _set_kind,
    "from_id": _set_from,
    "to_id": _set_to,
    "strength": _set_strength,
    "note": _set_note,
    "on": _set_day,
    "source": _set_source,
    "confidence": _set_confidence,
}


def _check(work: UnitOfWork, tie: Tie) -> None:
    if tie.from_id == tie.to_id:
        raise UserError(_("A person cannot be tied to themselves."), field="to_id")
    one, other = work.get(Person, tie.from_id), work.get(Person, tie.to_id)
    if _same_tie(work, tie):
        raise UserError(_("These two people have this tie already."), field="to_id")
    if tie.kind is TieKind.REPORTS_TO:
        if one.account_id != other.account_id:
            raise UserError(
                _(
                    "{name} belongs to another account, and nobody reports into another company"
                    " here. Use “influences” instead, or move the person to this account first."
                ).format(name=_called(other.name, other.title)),
                field="to_id",
            )
        _check_no_circle(work, tie)


def _same_tie(work: UnitOfWork, tie: Tie) -> bool:
    either_way = tie.kind not in DIRECTED_TIES
    return bool(
        work.reader.value(
            "SELECT 1 FROM tie WHERE kind = ?1 AND id <> ?2 AND deleted_at IS NULL"
            " AND ((from_id = ?3 AND to_id = ?4) OR (?5 AND from_id = ?4 AND to_id = ?3))",
            (tie.kind.value, tie.id, tie.from_id, tie.to_id, either_way),
        )
    )


def _check_no_circle(work: UnitOfWork, tie: Tie) -> None:
    """Refuse ``tie`` when its manager reports, over any lines, to its person; name the circle."""
    account = "SELECT account_id FROM person WHERE id = ?"
    managers: dict[str, list[str]] = {}
    for from_id, to_id in work.reader.rows(
        "SELECT t.from_id, t.to_id FROM tie t JOIN person p ON p.id = t.from_id"
        f" WHERE p.account_id = ({account}) AND t.kind = 'reports_to' AND t.id <> ?"
        " AND t.deleted_at IS NULL ORDER BY t.id",
        (tie.from_id, tie.id),
    ):
        managers.setdefault(from_id, []).append(to_id)
    way = _way(managers, tie.to_id, tie.from_id)
    if way:
        names = " → ".join(_name_of(work, person_id) for person_id in [tie.from_id, *way])
        raise UserError(
            _("This would make a circle of reports: {names}.").format(names=names), field="to_id"
        )


def _way(managers: Mapping[str, list[str]], start: str, goal: str) -> list[str]:
    """The shortest chain of managers from ``start`` to ``goal``, both included; empty for none."""
    came_from: dict[str, str | None] = {start: None}
    waiting = [start]
    for at in waiting:
        if at == goal:
            way: list[str] = []
            step: str | None = at
            while step is not None:
                way.append(step)
                step = came_from[step]
            return way[::-1]
        for manager in managers.get(at, ()):
            if manager not in came_from:
                came_from[manager] = at
                waiting.append(manager)
    return []


def _name_of(work: UnitOfWork, person_id: str) -> str:
    person = work.get(Person, person_id)
    return _called(person.name, person.title)


def _called(name: str, title: str) -> str:
    return name or _("vacant: {title}").format(title=title)
