"""Wrapping the portfolio's key into one slot and getting it out again (AES-256-GCM)."""

from __future__ import annotations

import secrets
from dataclasses import replace

from kam_desktop.models.text import new_id
from kam_desktop.services.storage import key_file
from kam_desktop.services.storage.key_file import KeyFile, Slot, SlotKind


def open_with_secret(content: KeyFile, slot: Slot, secret: bytes) -> bytes | None:
    """The key out of a slot whose secret is random (keyring, recovery); None for a wrong secret."""
    return open_with_key(content, slot, from_secret(secret, slot))


def open_with_key(content: KeyFile, slot: Slot, wrapping: bytes) -> bytes | None:
    """The key out of a slot, by the 256-bit wrapping key; None when that is the wrong one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound_to(content, slot))
    except InvalidTag:
        return None


def empty_slot(kind: SlotKind) -> Slot:
    """A slot with fresh random values and no key in it yet."""
    return Slot(kind, new_id(), secrets.token_bytes(16), secrets.token_bytes(12), b"")


def wrap(content: KeyFile, slot: Slot, wrapping: bytes, key: bytes) -> Slot:
    """``slot`` with the portfolio's ``key`` in it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapped = AESGCM(wrapping).encrypt(slot.nonce, key, _bound_to(content, slot))
    return replace(slot, wrapped=wrapped)


def _bound_to(content: KeyFile, slot: Slot) -> bytes:
    cost = slot.argon2
    numbers = [cost.memory_kib, cost.iterations, cost.lanes] if cost else []
    return key_file.canonical(
        [key_file.FORMAT, content.portfolio_id, slot.kind, slot.id, slot.salt.hex(), numbers]
    )


def from_secret(secret: bytes, slot: Slot) -> bytes:
    """The wrapping key from a secret that is random already, so no slow derivation is needed."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"kam-desktop {slot.kind} slot".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=slot.salt, info=info).derive(secret)
