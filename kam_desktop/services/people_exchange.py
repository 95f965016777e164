"""People out of the portfolio: as contacts (vCard), and with their ties as tables (CSV)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kam_desktop.models.vocabulary import (
    ClaimSource,
    Confidence,
    ContactCoverage,
    DecisionRole,
    Orientation,
    RelationshipLevel,
    Support,
    TieKind,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.csv_export import csv_bytes
from kam_desktop.services.exchange.vcard.writing import Version
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.atomic_file import write_atomically
from kam_desktop.services.storage.own_files import require_not_own
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word

__all__ = ["Exported", "Version", "export_cards", "export_tables", "ties_path"]

PEOPLE_COLUMNS = (
    "KAM person id", "KAM account id", "Account name", "Name", "Given name", "Family name",
    "Job title", "Buying centre", "Email", "Phone", "Mobile phone", "Languages", "Decision roles",
    "Support", "Support word", "Influence", "Coverage", "Relationship level", "Level wanted",
    "Next step", "Next step due", "Orientation", "Style", "Cadence days", "Owner", "Vacant seat",
    "External", "Left on", "Went to", "Notes",
)  # fmt: skip
"""Column names of the table of people; an import knows them, so they are not translated."""
TIES_COLUMNS = (
    "Tie id", "From id", "From", "From account", "Tie", "To id", "To", "To account", "Strength",
    "Note", "Seen on", "Source", "Confidence",
)  # fmt: skip

_PEOPLE = """
SELECT p.id, p.account_id, a.name, p.name, p.given_name, p.family_name, p.title,
       coalesce(b.name, ''), p.email, p.phone, p.mobile, p.languages, p.support, p.influence,
       p.coverage, p.level, p.level_wanted, p.step, p.step_due, p.orientation, p.style,
       p.cadence_days, coalesce(t.name, ''), p.placeholder, p.external, p.left_on, p.went_to,
       p.about
FROM person p JOIN account a ON a.id = p.account_id
LEFT JOIN buying_centre b ON b.id = p.buying_centre_id AND b.deleted_at IS NULL
LEFT JOIN team_member t ON t.id = p.owner_id AND t.deleted_at IS NULL
WHERE p.deleted_at IS NULL{account} ORDER BY a.name_key, a.id, p.name_key = '', p.name_key, p.id
"""
_ROLES = """
SELECT r.person_id, r.role, coalesce(b.name, '') FROM role_in_decision r
JOIN person p ON p.id = r.person_id
LEFT JOIN buying_centre b ON b.id = r.buying_centre_id
WHERE r.deleted_at IS NULL AND p.deleted_at IS NULL{account} ORDER BY r.id
"""
_TIES = """
SELECT t.id, f.id, f.name, f.title, fa.name, t.kind, o.id, o.name, o.title, oa.name, t.strength,
       t.note, t."on", t.source, t.confidence
FROM tie t JOIN person f ON f.id = t.from_id JOIN account fa ON fa.id = f.account_id
JOIN person o ON o.id = t.to_id JOIN account oa ON oa.id = o.account_id
WHERE t.deleted_at IS NULL AND f.deleted_at IS NULL AND o.deleted_at IS NULL{account}
ORDER BY fa.name_key, fa.id, f.name_key, f.id, t.id
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where; ``ties`` is None where ties are not written."""

    files: tuple[Path, ...]
    people: int
    ties: int | None = None


def export_cards(
    db: Reader,
    target: Path,
    *,
    account_id: str | None = None,
    person_ids: Sequence[str] | None = None,
    version: Version = Version.V40,
    notes: bool = True,
) -> Exported:
    """Write people as vCards: some, those of an account, or all. Vacant seats are left out.

    Without ``notes`` what is noted about them stays here. Raises `UserError` when the file cannot
    be written.
    """
    from kam_desktop.services.exchange.vcard.exporting import cards_of

    require_not_own(target)
    ids = _chosen_ids(db, account_id) if person_ids is None else list(person_ids)
    cards = list(cards_of(db, ids, version, notes=notes))
    _write(target, b"".join(cards))
    return Exported((target,), len(cards))


def _chosen_ids(db: Reader, account_id: str | None) -> list[str]:
    from kam_desktop.services.queries.people import person_ids

    return person_ids(db, account_id=account_id)


def ties_path(target: Path) -> Path:
    """Where the ties go when the people go to ``target``: ``people.csv``, ``people-ties.csv``."""
    return target.with_name(f"{target.stem}-ties{target.suffix}")


def export_tables(db: Reader, target: Path, *, account_id: str | None = None) -> Exported:
    """Write people and ties as two CSV files, those of an account or all; see `ties_path`.

    A tie across accounts is in the tables of both. No cell is a live formula. Raises `UserError`.
    """
    second = ties_path(target)
    for path in (target, second):
        require_not_own(path)
    people, ties = people_table(db, account_id), ties_table(db, account_id)
    _write(target, csv_bytes(PEOPLE_COLUMNS, people))
    _write(second, csv_bytes(TIES_COLUMNS, ties))
    return Exported((target, second), len(people), len(ties))


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be written: {reason}. Choose another folder.").format(
                name=path.name, reason=error.strerror or error
            )
        ) from error


def _restricted(account_id: str | None, *columns: str) -> tuple[str, tuple[str, ...]]:
    if account_id is None:
        return "", ()
    either = " OR ".join(f"{column} = ?" for column in columns)
    return f" AND ({either})", (account_id,) * len(columns)


def people_table(db: Reader, account_id: str | None = None) -> list[list[str]]:
    """The rows under `PEOPLE_COLUMNS`; unknown is an empty cell."""
    where, parameters = _restricted(account_id, "p.account_id")
    roles: dict[str, list[str]] = {}
    for person_id, role, centre in db.rows(_ROLES.format(account=where), parameters):
        text = word(DecisionRole(role))
        roles.setdefault(person_id, []).append(f"{text} ({centre})" if centre else text)
    rows = db.rows(_PEOPLE.format(account=where), parameters)
    return [_person_cells(row, roles.get(row[0], [])) for row in rows]


def _person_cells(row: tuple[Any, ...], roles: list[str]) -> list[str]:
    contact, judged, rest = row[:12], row[12:20], row[20:]
    support, influence, coverage, level, wanted, step, step_due, orientation = judged
    style, cadence, owner, placeholder, external, left_on, went_to, about = rest
    return [
        *map(str, contact),
        ", ".join(roles),
        _cell(support),
        "" if support is None else word(Support(support)),
        _cell(influence),
        "" if coverage is None else word(ContactCoverage(coverage)),
        "" if level is None else word(RelationshipLevel(level)),
        "" if wanted is None else word(RelationshipLevel(wanted)),
        step,
        _cell(step_due),
        "" if orientation is None else word(Orientation(orientation)),
        style,
        _cell(cadence),
        owner,
        _yes(placeholder),
        _yes(external),
        _cell(left_on),
        went_to,
        about,
    ]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _yes(value: object) -> str:
    return _("yes") if value else ""


def ties_table(db: Reader, account_id: str | None = None) -> list[list[str]]:
    """The rows under `TIES_COLUMNS`; a vacant seat is named by its title."""
    where, parameters = _restricted(account_id, "f.account_id", "o.account_id")
    return [_tie_cells(row) for row in db.rows(_TIES.format(account=where), parameters)]


def _tie_cells(row: tuple[Any, ...]) -> list[str]:
    tie_id, from_id, name, title, account, kind, to_id, other, other_title, other_account = row[:10]
    strength, note, on, source, confidence = row[10:]
    return [
        tie_id,
        from_id,
        name or title,
        account,
        word(TieKind(kind)),
        to_id,
        other or other_title,
        other_account,
        _cell(strength),
        note,
        _cell(on),
        "" if source is None else word(ClaimSource(source)),
        "" if confidence is None else word(Confidence(confidence)),
    ]
