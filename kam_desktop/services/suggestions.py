"""Confirming and dismissing what the map suggests; nothing is applied without the user.

What is suggested is worked out in ``analysis/suggestions`` and worded in ``suggestion_words``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_desktop.models.registry import DismissedSuggestion
from kam_desktop.models.vocabulary import ClaimSource, Confidence
from kam_desktop.services.analysis.suggestions import Suggestion, SuggestionKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import trash
from kam_desktop.services.suggestion_words import tie_note
from kam_desktop.services.words import word

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_LIVE = "SELECT id FROM dismissed_suggestion WHERE account_id = ? AND deleted_at IS NULL"


def confirm_suggestion(work: UnitOfWork, account_id: str, suggestion: Suggestion) -> str:
    """Do what is suggested and return the id of the tie, seat or person it is about.

    A tie is added with its source and day, a missing role gets a vacant seat, and whoever has left
    loses their decision roles. Raises `UserError` for what is only a question, and when the tie
    cannot be (any more): as `ties.add_tie`.
    """
    if suggestion.tie is not None:
        return _add_tie(work, suggestion)
    if suggestion.kind is SuggestionKind.MISSING_ROLE:
        return _add_seat(work, account_id, suggestion)
    if suggestion.kind is SuggestionKind.LEFT_WITH_ROLE:
        from kam_desktop.services.people import set_decision_roles

        set_decision_roles(work, suggestion.people[0], ())
        return suggestion.people[0]
    raise UserError(_("This is a question. Answer it at the person, or dismiss it."))


def dismiss_suggestion(work: UnitOfWork, account_id: str, key: str) -> str:
    """Do not suggest this again; returns the id of the note of it."""
    found: str | None = work.reader.value(f"{_LIVE} AND key = ?", (account_id, key))
    if found is not None:
        return found
    dismissed = DismissedSuggestion(account_id=account_id, key=key)
    work.add(dismissed)
    return dismissed.id


def recall_suggestions(work: UnitOfWork, account_id: str) -> int:
    """Suggest everything again that was dismissed; returns how much that is."""
    rows = work.reader.rows(_LIVE, (account_id,))
    for (record_id,) in rows:
        trash.trash(work, "dismissed_suggestion", record_id)
    return len(rows)


def _add_tie(work: UnitOfWork, suggestion: Suggestion) -> str:
    from kam_desktop.services.ties import add_tie

    one, other = suggestion.people
    assert suggestion.tie is not None, "only ties come here"
    met = suggestion.kind is SuggestionKind.TIE_BY_TOUCHES
    return add_tie(
        work,
        one,
        other,
        suggestion.tie,
        note=tie_note(suggestion),
        on=suggestion.on or work.today,
        source=ClaimSource.SEEN if met else ClaimSource.DOCUMENT,
        confidence=Confidence.MEDIUM,
    )


def _add_seat(work: UnitOfWork, account_id: str, suggestion: Suggestion) -> str:
    from kam_desktop.services.people import add_vacant_seat, set_decision_roles

    assert suggestion.role is not None, "a missing role has one"
    centre = suggestion.centre_id or None
    title = word(suggestion.role)
    seat_id = add_vacant_seat(work, account_id, title, buying_centre_id=centre)
    work.flush()
    set_decision_roles(work, seat_id, [(suggestion.role, centre)])
    return seat_id
