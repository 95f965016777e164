"""Two people side by side: in what they differ, and whose value would be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kam_desktop.services.queries.choices import Choice as PickerChoice
from kam_desktop.services.queries.person_detail import link_candidates
from kam_desktop.services.storage.reader import Reader

KEEP, OTHER = "keep", "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of a person that two records may say differently; its ``columns`` go together.

    ``fills``: the other's value is taken where the one kept has none. Somebody without a day of
    leaving is there, so that is no gap to fill. ``within_account``: means nothing elsewhere.
    """

    columns: tuple[str, ...]
    fills: bool = True
    within_account: bool = False


CHOICES: Mapping[str, Choice] = {
    "name": Choice(("name", "given_name", "family_name")),
    "title": Choice(("title",)),
    "buying_centre_id": Choice(("buying_centre_id",), within_account=True),
    "email": Choice(("email",)),
    "phone": Choice(("phone",)),
    "mobile": Choice(("mobile",)),
    "support": Choice(("support",)),
    "influence": Choice(("influence",)),
    "coverage": Choice(("coverage",)),
    "level": Choice(("level",)),
    "level_wanted": Choice(("level_wanted",)),
    "step": Choice(("step", "step_due")),
    "orientation": Choice(("orientation",)),
    "style": Choice(("style",)),
    "cadence_days": Choice(("cadence_days",)),
    "owner_id": Choice(("owner_id",)),
    "languages": Choice(("languages",)),
    "about": Choice(("about",)),
    "external": Choice(("external",), fills=False),
    "left_on": Choice(("left_on", "went_to", "went_to_account_id"), fills=False),
    "photo": Choice(("photo_sha256",)),
}
"""The fields there is a choice for, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two people. ``values`` are by field of `CHOICES`, as shown; '' where nothing is known.

    ``relations`` counts what hangs on the person: touches, meetings, ties and so on.
    """

    id: str
    account_id: str
    account_name: str
    name: str
    title: str
    values: Mapping[str, str]
    relations: int
    last_touch: str
    photo: bytes | None


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two people and the fields they differ in; ``default`` says whose value would be taken."""

    keep: MergeSide
    other: MergeSide
    differing: tuple[str, ...]
    default: Mapping[str, str]


_SIDE = """
SELECT p.id, p.account_id, a.name, p.name, p.title, p.given_name, p.family_name,
       coalesce(b.name, ''), p.email, p.phone, p.mobile, p.support, p.influence, p.coverage,
       p.level, p.level_wanted, p.step, p.step_due, p.orientation, p.style, p.cadence_days,
       coalesce(t.name, ''), p.languages, p.about, p.external, p.left_on, p.went_to,
       p.photo_sha256
FROM person p JOIN account a ON a.id = p.account_id
LEFT JOIN buying_centre b ON b.id = p.buying_centre_id
LEFT JOIN team_member t ON t.id = p.owner_id
WHERE p.id = ? AND p.deleted_at IS NULL
"""
_RELATIONS = (
    ("tie", "from_id"), ("tie", "to_id"), ("role_in_decision", "person_id"),
    ("interaction", "person_id"), ("interaction_person", "person_id"), ("attendee", "person_id"),
    ("note", "person_id"), ("commitment", "person_id"), ("opportunity", "person_id"),
    ("claim", "person_id"),
)  # fmt: skip


def merge_view(db: Reader, first_id: str, second_id: str) -> MergeView | None:
    """The two people; the first is kept unless more hangs on the second. None when one is gone."""
    first, second = _side(db, first_id), _side(db, second_id)
    if first is None or second is None:
        return None
    keep, other = (second, first) if second.relations > first.relations else (first, second)
    return between(db, keep, other)


def swapped(db: Reader, view: MergeView) -> MergeView:
    """The same two people, the other one kept."""
    return between(db, view.other, view.keep)


def between(db: Reader, keep: MergeSide, other: MergeSide) -> MergeView:
    """What there is to choose between two people."""
    same_account = keep.account_id == other.account_id
    differing = tuple(
        field
        for field, choice in CHOICES.items()
        if keep.values[field] != other.values[field] and (same_account or not choice.within_account)
    )
    newer = _newer_claims(db, keep.id, other.id)
    default = {
        field: OTHER
        if field in newer or (CHOICES[field].fills and not keep.values[field])
        else KEEP
        for field in differing
    }
    return MergeView(keep, other, differing, default)


def merge_candidates(db: Reader, text: str, person_id: str) -> list[PickerChoice]:
    """People somebody may be the same as, by words of name or title; their own account first."""
    return [
        PickerChoice("person", one.id, "", one.name or one.title, one.account_name or one.title)
        for one in link_candidates(db, person_id, text)
    ]


def _newer_claims(db: Reader, keep_id: str, other_id: str) -> set[str]:
    """The judgements the other person has the newest claim about."""
    rows = db.rows(
        "SELECT field, person_id FROM claim WHERE person_id IN (?, ?) AND deleted_at IS NULL"
        ' ORDER BY "on", id',
        (keep_id, other_id),
    )
    newest = dict(rows)
    return {field for field, person_id in newest.items() if person_id == other_id}


def _side(db: Reader, person_id: str) -> MergeSide | None:
    row = db.row(_SIDE, (person_id,))
    if row is None:
        return None
    relations = sum(
        db.value(
            f'SELECT count(*) FROM "{table}" WHERE "{column}" = ? AND deleted_at IS NULL',
            (person_id,),
        )
        for table, column in _RELATIONS
    )
    touch = db.value(
        "SELECT max(at) FROM interaction WHERE person_id = ? AND deleted_at IS NULL", (person_id,)
    )
    person_id, account_id, account_name, name, title = row[:5]
    photo = db.value("SELECT content FROM attachment_content WHERE sha256 = ?", (row[27],))
    values = _shown(row)
    return MergeSide(
        person_id,
        account_id,
        account_name,
        name,
        title,
        values,
        relations,
        touch or "",
        None if photo is None else bytes(photo),
    )


def _shown(row: tuple[object, ...]) -> dict[str, str]:
    """The stored values as texts, by field; the window words those of the vocabulary."""
    name, given, family = row[3], row[5], row[6]
    parts = f"{given} {family}".strip()
    shown = {
        "name": f"{name} ({parts})" if parts and parts != name else str(name),
        "title": row[4],
        "buying_centre_id": row[7],
    }
    plain = (
        "email", "phone", "mobile", "support", "influence", "coverage", "level", "level_wanted",
    )  # fmt: skip
    shown |= dict(zip(plain, row[8:16], strict=True))
    shown["step"] = " · ".join(str(part) for part in row[16:18] if part)
    rest = ("orientation", "style", "cadence_days", "owner_id", "languages", "about")
    shown |= dict(zip(rest, row[18:24], strict=True))
    shown["external"] = "1" if row[24] else "0"
    shown["left_on"] = " · ".join(str(part) for part in row[25:27] if part)
    shown["photo"] = row[27]
    return {field: "" if value is None else str(value) for field, value in shown.items()}
