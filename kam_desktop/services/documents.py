"""Files kept inside the portfolio, so that encryption, backup and undo cover them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kam_desktop.models.document import Document
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_DOCUMENT_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A kept file without its bytes; ``added_at`` is a stored instant, ``size`` in bytes."""

    id: str
    name: str
    media_type: str
    size: int
    added_at: str
    meeting_id: str | None


def add_document(
    work: UnitOfWork,
    account_id: str,
    *,
    name: str,
    content: bytes,
    media_type: str = "application/octet-stream",
    meeting_id: str | None = None,
    interaction_id: str | None = None,
) -> str:
    """Keep a file of an account, or of one of its meetings or touches.

    The same bytes are stored once, however often they are added.

    Raises ``UserError`` above `MAX_DOCUMENT_BYTES`.
    """
    if len(content) > MAX_DOCUMENT_BYTES:
        raise UserError(
            _("“{name}” is larger than {limit} MB. Keep it beside the portfolio instead.").format(
                name=name, limit=MAX_DOCUMENT_BYTES // 1_000_000
            )
        )
    digest = hashlib.sha256(content).hexdigest()
    work.execute(
        "INSERT OR IGNORE INTO attachment_content (sha256, content) VALUES (?, ?)",
        (digest, content),
    )
    document = Document(
        account_id=account_id,
        name=name,
        media_type=media_type,
        sha256=digest,
        size=len(content),
        added_at=work.now,
        meeting_id=meeting_id,
        interaction_id=interaction_id,
    )
    work.add(document)
    return document.id


def delete_document(work: UnitOfWork, document_id: str) -> None:
    """Move a file to the trash."""
    work.trash(work.get(Document, document_id))


def documents_of_account(db: Reader, account_id: str) -> list[DocumentRow]:
    """The account's files, newest first."""
    return [
        DocumentRow(*row)
        for row in db.rows(
            "SELECT id, name, media_type, size, added_at, meeting_id FROM document"
            " WHERE account_id = ? AND deleted_at IS NULL ORDER BY added_at DESC, id DESC",
            (account_id,),
        )
    ]


def attachments_of(db: Reader, interaction_id: str) -> list[tuple[str, bytes]]:
    """The names and bytes of the files that came with a touch."""
    rows = db.rows(
        "SELECT d.name, c.content FROM interaction i JOIN document d ON d.account_id = i.account_id"
        " JOIN attachment_content c ON c.sha256 = d.sha256"
        " WHERE i.id = ? AND d.interaction_id = i.id AND d.deleted_at IS NULL ORDER BY d.id",
        (interaction_id,),
    )
    return [(name, bytes(content)) for name, content in rows]


def document_content(db: Reader, document_id: str) -> bytes:
    """The bytes of a file.

    Raises ``UserError`` when it is not there.
    """
    content = db.value(
        "SELECT c.content FROM document d JOIN attachment_content c ON c.sha256 = d.sha256"
        " WHERE d.id = ?",
        (document_id,),
    )
    if content is None:
        raise UserError(_("This document is no longer there."))
    return bytes(content)
