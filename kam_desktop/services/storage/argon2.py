"""From a passphrase to a wrapping key, slowly on purpose (Argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """The cost of one guess. The default is RFC 9106's second recommended option (64 MiB)."""

    memory_kib: int = 65_536
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        # Also keeps a damaged or forged key file from asking for all memory of the computer.
        bounds = ((self.memory_kib, 32, 2**20), (self.iterations, 1, 64), (self.lanes, 1, 16))
        if (
            not all(type(value) is int and low <= value <= high for value, low, high in bounds)
            or self.memory_kib < 8 * self.lanes
        ):
            raise ValueError(f"Argon2 parameters out of bounds: {self}")


def wrapping_key(passphrase: str, salt: bytes, parameters: Argon2Parameters) -> bytes:
    """256 bits derived from the passphrase, which is normalised so that keyboards do not matter."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    argon2 = Argon2id(
        salt=salt,
        length=32,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    )
    return argon2.derive(unicodedata.normalize("NFKC", passphrase).encode())


def require_passphrase(passphrase: str) -> None:
    """Raise ``UserError`` for a passphrase that protects nothing."""
    if not passphrase.strip():
        raise UserError(_("The passphrase is empty."), field="passphrase")
    try:
        passphrase.encode()
    except UnicodeEncodeError:
        raise UserError(
            _("The passphrase has a character that cannot be stored."), field="passphrase"
        ) from None
