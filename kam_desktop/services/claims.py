"""What somebody said or saw about a person: stated with source and day, corrected, taken back.

The newest claim of a field (by its day, then by when it was stated) is what we believe: it and the
person's own column always say the same. When the last claim of a field is taken back, nothing is
known any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import Claim, Interaction, Meeting, Person
from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence
from kam_desktop.services.analysis.claims import JudgedValue, value_of, value_text
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

OWN_SOURCE = ClaimSource.GUESS
OWN_CONFIDENCE = Confidence.MEDIUM
"""What a value counts as that the user set without saying where it comes from."""


def state_claim(
    work: UnitOfWork,
    person_id: str,
    field: str,
    value: object,
    *,
    source: str,
    confidence: str,
    on: dt.date | None = None,
    source_text: str = "",
    note: str = "",
    interaction_id: str | None = None,
    meeting_id: str | None = None,
) -> str:
    """Note what was said or seen about a person, today unless said otherwise; returns its id.

    ``value`` is a value of the field, None or '' for *unknown*. Raises `UserError`: field
    ``value`` for what is no value of the field, ``on`` for a day to come.
    """
    person = work.get(Person, person_id)
    claimed = ClaimField(field)
    claim = Claim(
        person_id=person_id,
        field=claimed,
        value=value_text(checked_value(claimed, value)),
        source=ClaimSource(source),
        source_text=" ".join(source_text.split()),
        confidence=Confidence(confidence),
        on=_past(work, on or work.today),
        note=note.strip(),
        interaction_id=_known(work, Interaction, interaction_id),
        meeting_id=_known(work, Meeting, meeting_id),
    )
    work.add(claim)
    _follow(work, person, claimed)
    return claim.id


def update_claim(work: UnitOfWork, claim_id: str, **fields: Any) -> None:
    """Correct ``value``, ``source``, ``source_text``, ``confidence``, ``on`` or ``note``.

    Raises `UserError` as `state_claim`.
    """
    claim = work.get(Claim, claim_id)
    for name, given in fields.items():
        setattr(claim, name, _CORRECTIONS[name](work, claim, given))
    _follow(work, work.get(Person, claim.person_id), claim.field)


def delete_claim(work: UnitOfWork, claim_id: str) -> None:
    """Take a claim back; the newest one that remains counts again, without one it is unknown."""
    claim = work.get(Claim, claim_id)
    person, claimed = work.get(Person, claim.person_id), claim.field
    work.trash(claim)
    _follow(work, person, claimed)


def record_own_judgement(
    work: UnitOfWork, person: Person, field: ClaimField, value: JudgedValue
) -> None:
    """Note that the user judges so now, without having said why.

    A second thought on the same day replaces the first. The caller sets the person's column.
    """
    row = work.reader.row(
        'SELECT id, "on", source, source_text, note FROM claim'
        " WHERE person_id = ? AND field = ? AND deleted_at IS NULL"
        ' ORDER BY "on" DESC, id DESC LIMIT 1',
        (person.id, field.value),
    )
    today = work.today.isoformat()
    if row is not None and row[1:] == (today, OWN_SOURCE.value, "", ""):
        work.get(Claim, row[0]).value = value_text(value)
        return
    # Where a computer's clock was set back there are claims of later days: the latest word counts.
    on = work.today if row is None else max(work.today, dt.date.fromisoformat(row[1]))
    work.add(
        Claim(
            person_id=person.id,
            field=field,
            value=value_text(value),
            source=OWN_SOURCE,
            confidence=OWN_CONFIDENCE,
            on=on,
        )
    )


def follow_newest(
    work: UnitOfWork, person_id: str, fields: Iterable[ClaimField] = tuple(ClaimField)
) -> None:
    """Set a person's own values to those of their newest claims, e.g. after claims were moved.

    Fields nobody has claimed anything about stay as they are.
    """
    person = work.get(Person, person_id)
    for field in fields:
        if _newest_value(work, person_id, field) is not None:
            _follow(work, person, field)


def checked_value(field: ClaimField, value: object, *, where: str = "value") -> JudgedValue:
    """``value`` as it is stored; raises `UserError` on ``where`` for what is no value of it."""
    try:
        return value_of(field, value)
    except (TypeError, ValueError, OverflowError):
        pass
    texts = {
        ClaimField.SUPPORT: _("Support goes from −2 (opponent) to +2 (mentor)."),
        ClaimField.INFLUENCE: _("Influence is a whole number from 0 to 10."),
    }
    wrong = _("This is not one of the values to choose from. Nothing was changed.")
    raise UserError(texts.get(field, wrong), field=where)


def _follow(work: UnitOfWork, person: Person, field: ClaimField) -> None:
    believed = value_of(field, _newest_value(work, person.id, field))
    if getattr(person, field.value) != believed:
        setattr(person, field.value, believed)


def _newest_value(work: UnitOfWork, person_id: str, field: ClaimField) -> str | None:
    """The text of the claim that is believed; None when there is no claim."""
    found: str | None = work.reader.value(
        "SELECT value FROM claim WHERE person_id = ? AND field = ? AND deleted_at IS NULL"
        ' ORDER BY "on" DESC, id DESC LIMIT 1',
        (person_id, field.value),
    )
    return found


def _past(work: UnitOfWork, on: dt.date) -> dt.date:
    if on > work.today:
        raise UserError(_("A day to come cannot have shown anything yet."), field="on")
    return on


def _known(work: UnitOfWork, kind: type[Any], record_id: str | None) -> str | None:
    if record_id is not None:
        work.get(kind, record_id)
    return record_id


_CORRECTIONS: dict[str, Any] = {
    "value": lambda _work, claim, given: value_text(checked_value(claim.field, given)),
    "source": lambda _work, _claim, given: ClaimSource(given),
    "source_text": lambda _work, _claim, given: " ".join(str(given).split()),
    "confidence": lambda _work, _claim, given: Confidence(given),
    "on": lambda work, _claim, given: _past(work, given),
    "note": lambda _work, _claim, given: str(given).strip(),
}
