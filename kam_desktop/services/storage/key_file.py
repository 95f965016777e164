"""The key file beside the data: the portfolio's key, wrapped once per way of opening it.

JSON, so that it can be understood in twenty years. A checksum over the whole file tells damage from
a wrong passphrase, which AES-GCM alone cannot. The file is replaced atomically, and the file before
it is kept (``.previous``) until the new one has been read back and has opened.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.argon2 import Argon2Parameters
from kam_desktop.services.storage.atomic_file import sync_folder, write_atomically
from kam_desktop.services.storage.problems import Problem, StorageFaultError

FORMAT = "kam-desktop key file"
VERSION = 1
_LARGEST_FILE = 100_000


class SlotKind(enum.StrEnum):
    """The ways of opening a portfolio; a key file has at most one slot of each."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """The key wrapped with AES-256-GCM under what ``kind`` brings. ``argon2``: passphrases only."""

    kind: SlotKind
    id: str
    salt: bytes
    nonce: bytes
    wrapped: bytes
    argon2: Argon2Parameters | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A whole key file. ``key_check`` proves that a key belongs here without opening a slot."""

    portfolio_id: str
    key_check: bytes
    slots: tuple[Slot, ...]

    def slot(self, kind: SlotKind) -> Slot | None:
        """The slot of one kind."""
        return next((slot for slot in self.slots if slot.kind is kind), None)


def key_file_path(portfolio: Path) -> Path:
    """Where the key file of a portfolio (or of a backup) lies."""
    return portfolio.with_name(f"{portfolio.name}.keys")


def previous_path(portfolio: Path) -> Path:
    """Where the key file before the current one is kept while the current one is not yet proven."""
    return portfolio.with_name(f"{portfolio.name}.keys.previous")


def read_key_file(portfolio: Path) -> KeyFile:
    """The key file of ``portfolio``, or the kept one before it when the current one is unreadable.

    Raises ``StorageFaultError``: missing, damaged, of a newer version, or not readable by this
    user.
    """
    try:
        return _read(key_file_path(portfolio))
    except StorageFaultError as fault:
        if fault.problem in (Problem.KEY_FILE_MISSING, Problem.KEY_FILE_DAMAGED):
            with contextlib.suppress(StorageFaultError):
                return _read(previous_path(portfolio))
        raise


def write_key_file(portfolio: Path, content: KeyFile) -> None:
    """Replace the key file, keeping the one before it. Raises ``StorageFaultError``; then nothing
    changed.

    The caller proves that the new one opens and calls `drop_previous`.
    """
    path = key_file_path(portfolio)
    try:
        _keep_previous(portfolio)
        write_atomically(path, to_bytes(content))
    except OSError as error:
        raise StorageFaultError(
            Problem.KEY_FILE_UNWRITABLE,
            _("The key file {path} could not be written: {reason}.").format(
                path=path, reason=error.strerror or error
            ),
            remedy=_("Check that the folder can be written and has space. Nothing was changed."),
        ) from error


def _keep_previous(portfolio: Path) -> None:
    """Keep the current key file; when it is damaged, the one kept before is better."""
    path = key_file_path(portfolio)
    with contextlib.suppress(FileNotFoundError, StorageFaultError):
        current = path.read_bytes()
        from_bytes(current, path)
        write_atomically(previous_path(portfolio), current)


def take_back(portfolio: Path) -> None:
    """Put the kept key file back after the new one has turned out not to open."""
    previous_path(portfolio).replace(key_file_path(portfolio))
    sync_folder(portfolio.parent)


def drop_previous_if_current(portfolio: Path, opened: KeyFile) -> None:
    """Remove the kept key file when ``opened``, which has just opened, is the current one."""
    with contextlib.suppress(StorageFaultError):
        if previous_path(portfolio).exists() and _read(key_file_path(portfolio)) == opened:
            drop_previous(portfolio)


def drop_previous(portfolio: Path) -> None:
    """Remove the kept key file: the current one has opened, and the old passphrase must not."""
    with contextlib.suppress(OSError):
        previous_path(portfolio).unlink(missing_ok=True)


def to_bytes(content: KeyFile) -> bytes:
    """The stored form of a key file."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "portfolio_id": content.portfolio_id,
        "key_check": content.key_check.hex(),
        "slots": [_slot_to_json(slot) for slot in content.slots],
    }
    return json.dumps({**body, "checksum": _checksum(body)}, indent=1).encode() + b"\n"


def from_bytes(data: bytes, path: Path) -> KeyFile:
    """The key file in ``data``; ``path`` is named in errors (``StorageFaultError``)."""
    try:
        body = json.loads(data)
        if body["format"] == FORMAT and type(body["version"]) is int and body["version"] > VERSION:
            raise _newer(path)
        if not hmac.compare_digest(_checksum(body), str(body.pop("checksum"))):
            raise _damaged(path)
        return KeyFile(
            portfolio_id=str(body["portfolio_id"]),
            key_check=bytes.fromhex(body["key_check"]),
            slots=tuple(_slot_from_json(slot) for slot in body["slots"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(path) from error


def _read(path: Path) -> KeyFile:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE)
    except FileNotFoundError as error:
        raise StorageFaultError(
            Problem.KEY_FILE_MISSING,
            _("The key file {path} is missing.").format(path=path),
            remedy=_(
                "Without it the portfolio cannot be opened. Put it back beside the portfolio; "
                "every backup has a copy."
            ),
        ) from error
    except OSError as error:
        raise StorageFaultError(
            Problem.NO_ACCESS,
            _("The key file {path} cannot be read: {reason}.").format(
                path=path, reason=error.strerror or error
            ),
            remedy=_("Check the rights on the file. Nothing was changed."),
        ) from error
    return from_bytes(data, path)


def _slot_to_json(slot: Slot) -> dict[str, object]:
    return {
        "kind": slot.kind.value,
        "id": slot.id,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
        "argon2id": asdict(slot.argon2) if slot.argon2 else None,
    }


def _slot_from_json(raw: dict[str, Any]) -> Slot:
    argon2 = raw["argon2id"]
    return Slot(
        kind=SlotKind(raw["kind"]),
        id=str(raw["id"]),
        salt=bytes.fromhex(raw["salt"]),
        nonce=bytes.fromhex(raw["nonce"]),
        wrapped=bytes.fromhex(raw["wrapped"]),
        argon2=Argon2Parameters(**argon2) if argon2 is not None else None,
    )


def _checksum(body: dict[str, object]) -> str:
    rest = {name: value for name, value in body.items() if name != "checksum"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def canonical(value: object) -> bytes:
    """One spelling of a JSON value, to be checksummed or authenticated."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _damaged(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.KEY_FILE_DAMAGED,
        _("The key file {path} is damaged.").format(path=path),
        remedy=_(
            "The portfolio itself may be whole. Put the key file of a backup in its place; the "
            "same passphrase and recovery key open it."
        ),
    )


def _newer(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.KEY_FILE_NEWER,
        _("The key file {path} was written by a newer version of the program.").format(path=path),
        remedy=_("Install the newer version. Nothing was changed."),
    )
