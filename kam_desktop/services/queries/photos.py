"""The photos of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kam_desktop.services.storage.reader import Reader, placeholders


def photo_of(db: Reader, sha256: str) -> bytes | None:
    """A kept photo as a JPEG or PNG file of at most 256 × 256 pixels; None when it is not there."""
    content = db.value("SELECT content FROM attachment_content WHERE sha256 = ?", (sha256,))
    return None if content is None else bytes(content)


def photos_of(db: Reader, hashes: Iterable[str]) -> Mapping[str, bytes]:
    """Several kept photos by their SHA-256; those that are not there are missing."""
    wanted = sorted({digest for digest in hashes if digest})
    return {
        digest: bytes(content)
        for digest, content in db.rows(
            "SELECT sha256, content FROM attachment_content"
            f" WHERE sha256 IN ({placeholders(wanted)})",
            wanted,
        )
    }
