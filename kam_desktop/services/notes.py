"""Notes: free text kept with an account or one of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_desktop.models.registry import Account, Note, Person
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def add_note(work: UnitOfWork, account_id: str, text: str, *, person_id: str | None = None) -> str:
    """Keep a note, dated now, and return its id. Raises `UserError` (field ``text``) when empty."""
    work.get(Account, account_id)
    if person_id is not None:
        work.get(Person, person_id)
    _check(text)
    note = Note(account_id=account_id, text=text.strip(), at=work.now, person_id=person_id)
    work.add(note)
    return note.id


def set_text(work: UnitOfWork, note_id: str, text: str) -> None:
    """Rewrite a note; its date stays."""
    _check(text)
    work.get(Note, note_id).text = text.strip()


def set_person(work: UnitOfWork, note_id: str, person_id: str | None) -> None:
    """Say whom a note is about; None for the account as a whole."""
    if person_id is not None:
        work.get(Person, person_id)
    work.get(Note, note_id).person_id = person_id


def set_pinned(work: UnitOfWork, note_id: str, pinned: bool) -> None:
    """Keep a note at the top, or let it go back in line."""
    work.get(Note, note_id).pinned = pinned


def delete_note(work: UnitOfWork, note_id: str) -> None:
    """Move a note to the trash."""
    work.trash(work.get(Note, note_id))


def _check(text: str) -> None:
    if not text.strip():
        raise UserError(_("Write something first."), field="text")
