"""The key of a portfolio: a random 256-bit key that is stored only wrapped, in up to three slots.

The slots are the operating system's keyring, a passphrase and the printed recovery key. What a slot
authenticates besides the key (which portfolio, which kind, which cost) cannot be exchanged
unnoticed.

When ``KAM_DESKTOP_PASSPHRASE`` is set, that passphrase wraps and opens the key, and the keyring is
not touched: the module that talks to it is not even imported.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import key_file, slots
from kam_desktop.services.storage.argon2 import (
    Argon2Parameters,
    require_passphrase,
    wrapping_key,
)
from kam_desktop.services.storage.key_file import KeyFile, Slot, SlotKind
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.recovery_key import RecoveryKey

PASSPHRASE_VARIABLE = "KAM_DESKTOP_PASSPHRASE"
KEY_BYTES = 32
_DEFAULT_COST = Argon2Parameters()


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """What can be known about a vault without opening it."""

    portfolio_id: str
    slots: frozenset[SlotKind]


def create_vault(
    portfolio: Path,
    *,
    portfolio_id: str,
    keyring: bool = False,
    passphrase: str | None = None,
    argon2: Argon2Parameters = _DEFAULT_COST,
    environment: Mapping[str, str] = os.environ,
) -> tuple[bytes, RecoveryKey]:
    """Make a new key and the key file beside ``portfolio``; returns the key and the recovery key.

    Raises ``StorageFaultError`` (a key file is already there, a keyring problem, not writable) and
    ``UserError`` (no way of opening chosen, empty passphrase); then nothing was written.
    """
    passphrase = passphrase or environment.get(PASSPHRASE_VARIABLE)
    keyring = keyring and PASSPHRASE_VARIABLE not in environment
    if not keyring and passphrase is None:
        raise UserError(_("Choose the keyring or a passphrase to protect the portfolio."))
    _require_no_key_file(portfolio)
    key, recovery = secrets.token_bytes(KEY_BYTES), RecoveryKey.generate()
    content = KeyFile(portfolio_id, _key_check(key, portfolio_id), ())
    content = _with(content, _recovery_slot(content, key, recovery))
    if passphrase is not None:
        content = _with(content, _passphrase_slot(content, key, passphrase, argon2))
    if keyring:
        content = _with(content, _stored_keyring_slot(content, key))
    _save(portfolio, content, key, lambda stored: _by_recovery_key(stored, recovery))
    return key, recovery


def discard_vault(portfolio: Path) -> None:
    """Remove the vault of a portfolio whose own file never came to be; otherwise does nothing."""
    if portfolio.exists():
        return
    content = key_file.read_key_file(portfolio)
    key_file.key_file_path(portfolio).unlink()
    _forget_keyring(content, content.slot(SlotKind.KEYRING))


def describe(portfolio: Path) -> VaultInfo:
    """Which portfolio this is and how it can be opened. Raises ``StorageFaultError``."""
    content = key_file.read_key_file(portfolio)
    return VaultInfo(content.portfolio_id, frozenset(slot.kind for slot in content.slots))


def unlock(
    portfolio: Path,
    *,
    passphrase: str | None = None,
    recovery_key: RecoveryKey | str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> bytes:
    """The key, by the recovery key if given, else the passphrase if given or set, else the keyring.

    Raises ``StorageFaultError``: key file missing or damaged, wrong passphrase, wrong recovery key,
    no such slot (`Problem.PASSPHRASE_NEEDED` when nothing was given and there is no keyring slot),
    or a keyring problem. Raises ``UserError`` for a mistyped recovery key, naming the group.
    """
    passphrase = passphrase or environment.get(PASSPHRASE_VARIABLE)
    content = key_file.read_key_file(portfolio)
    if recovery_key is not None:
        key = _by_recovery_key(content, recovery_key)
    elif passphrase is not None:
        key = _by_passphrase(content, passphrase)
    else:
        key = _by_keyring(content)
    key_file.drop_previous_if_current(portfolio, content)
    return key


def change_passphrase(
    portfolio: Path, key: bytes, passphrase: str, *, argon2: Argon2Parameters = _DEFAULT_COST
) -> None:
    """Set the passphrase (or add one) for the portfolio that was opened with ``key``."""
    content = _read_for(portfolio, key)
    slot = _passphrase_slot(content, key, passphrase, argon2)
    changed = _with(content, slot)
    _save(portfolio, changed, key, lambda stored: _by_passphrase(stored, passphrase))


def add_keyring_slot(portfolio: Path, key: bytes) -> None:
    """Keep the key in this computer's keyring as well, or again. Raises ``StorageFaultError``."""
    content = _read_for(portfolio, key)
    slot = _stored_keyring_slot(content, key)
    changed = _with(content, slot)
    _save(portfolio, changed, key, _by_keyring)
    _forget_keyring(content, content.slot(SlotKind.KEYRING))


def new_recovery_key(portfolio: Path, key: bytes) -> RecoveryKey:
    """Make a new recovery key; the old sheet opens nothing any more (backups keep their own)."""
    content = _read_for(portfolio, key)
    recovery = RecoveryKey.generate()
    changed = _with(content, _recovery_slot(content, key, recovery))
    _save(portfolio, changed, key, lambda stored: _by_recovery_key(stored, recovery))
    return recovery


def remove_slot(portfolio: Path, key: bytes, kind: SlotKind) -> None:
    """Take one way of opening away. Raises ``StorageFaultError`` for the last one."""
    content = _read_for(portfolio, key)
    removed = _require_slot(content, kind)
    rest = tuple(slot for slot in content.slots if slot is not removed)
    if not rest:
        raise StorageFaultError(
            Problem.LAST_SLOT,
            _("This is the only way to open the portfolio, so it was kept."),
            remedy=_("Add a passphrase, the keyring or a recovery key first."),
        )
    _save(portfolio, replace(content, slots=rest), key)
    if kind is SlotKind.KEYRING:
        _forget_keyring(content, removed)


# ---- opening one slot


def _by_recovery_key(content: KeyFile, typed: RecoveryKey | str) -> bytes:
    recovery = RecoveryKey.parse(typed) if isinstance(typed, str) else typed
    slot = _require_slot(content, SlotKind.RECOVERY)
    key = slots.open_with_secret(content, slot, recovery.secret)
    if key is None:
        raise StorageFaultError(
            Problem.RECOVERY_KEY_WRONG,
            _("The recovery key has no typing mistake, but it is not the one of this portfolio."),
            remedy=_("Look for the sheet printed last for this portfolio. Your data is safe."),
        )
    return key


def _by_passphrase(content: KeyFile, passphrase: str) -> bytes:
    require_passphrase(passphrase)
    slot = _require_slot(content, SlotKind.PASSPHRASE)
    cost = slot.argon2 or _DEFAULT_COST
    key = slots.open_with_key(content, slot, wrapping_key(passphrase, slot.salt, cost))
    if key is None:
        raise StorageFaultError(
            Problem.PASSPHRASE_WRONG,
            _("The passphrase is wrong."),
            remedy=_("Type it again, or use the recovery key. Your data is safe."),
        )
    return key


def _by_keyring(content: KeyFile) -> bytes:
    slot = content.slot(SlotKind.KEYRING)
    if slot is None:
        raise StorageFaultError(
            Problem.PASSPHRASE_NEEDED,
            _("This portfolio is opened with a passphrase."),
            remedy=_("Type the passphrase or the recovery key."),
        )
    key = slots.open_with_secret(content, slot, _keyring().fetch(_entry(content, slot)))
    if key is None:
        raise _keyring().entry_does_not_fit()
    return key


# ---- making one slot


def _passphrase_slot(
    content: KeyFile, key: bytes, passphrase: str, argon2: Argon2Parameters
) -> Slot:
    require_passphrase(passphrase)
    slot = replace(slots.empty_slot(SlotKind.PASSPHRASE), argon2=argon2)
    return slots.wrap(content, slot, wrapping_key(passphrase, slot.salt, argon2), key)


def _recovery_slot(content: KeyFile, key: bytes, recovery: RecoveryKey) -> Slot:
    slot = slots.empty_slot(SlotKind.RECOVERY)
    return slots.wrap(content, slot, slots.from_secret(recovery.secret, slot), key)


def _stored_keyring_slot(content: KeyFile, key: bytes) -> Slot:
    """A slot whose secret is in the keyring already, read back, under a name never used before."""
    secret = secrets.token_bytes(KEY_BYTES)
    slot = slots.empty_slot(SlotKind.KEYRING)
    _keyring().store(_entry(content, slot), secret)
    return slots.wrap(content, slot, slots.from_secret(secret, slot), key)


# ---- the file


def _with(content: KeyFile, slot: Slot) -> KeyFile:
    others = tuple(old for old in content.slots if old.kind is not slot.kind)
    return replace(content, slots=(*others, slot))


def _save(
    portfolio: Path,
    content: KeyFile,
    key: bytes,
    open_again: Callable[[KeyFile], bytes] | None = None,
) -> None:
    """Write the key file, read it back and open its new slot; else put the old one back."""
    first = not key_file.key_file_path(portfolio).exists()
    key_file.write_key_file(portfolio, content)
    try:
        stored = key_file.read_key_file(portfolio)
        proven = stored == content and (open_again is None or open_again(stored) == key)
    except StorageError:
        proven = False
    if proven:
        key_file.drop_previous(portfolio)
        return
    if first:
        key_file.key_file_path(portfolio).unlink(missing_ok=True)
    else:
        key_file.take_back(portfolio)
    raise StorageFaultError(
        Problem.KEY_FILE_UNWRITABLE,
        _("The new key file could not be read back, so the one before it was kept."),
        remedy=_("Check the disk, then try again. Your data is safe."),
    )


def _read_for(portfolio: Path, key: bytes) -> KeyFile:
    content = key_file.read_key_file(portfolio)
    if not hmac.compare_digest(content.key_check, _key_check(key, content.portfolio_id)):
        raise key_of_another(portfolio)
    return content


def key_of_another(portfolio: Path) -> StorageFaultError:
    """The fault for a key file that belongs to another portfolio."""
    return StorageFaultError(
        Problem.KEY_OF_ANOTHER,
        _("The key file beside {path} belongs to another portfolio.").format(path=portfolio),
        remedy=_("Put the right key file beside the portfolio; every backup has a copy."),
    )


def _key_check(key: bytes, portfolio_id: str) -> bytes:
    return hmac.digest(key, f"kam-desktop key check {portfolio_id}".encode(), "sha256")


def _require_no_key_file(portfolio: Path) -> None:
    path = key_file.key_file_path(portfolio)
    if path.exists() or key_file.previous_path(portfolio).exists():
        raise StorageFaultError(
            Problem.KEY_FILE_EXISTS,
            _("There is already a key file {path}.").format(path=path),
            remedy=_(
                "It may be the only key to an existing portfolio, so it was left alone. Choose "
                "another name."
            ),
        )


def _require_slot(content: KeyFile, kind: SlotKind) -> Slot:
    slot = content.slot(kind)
    if slot is None:
        missing = {
            SlotKind.KEYRING: _("This portfolio's key is not kept in the keyring."),
            SlotKind.PASSPHRASE: _("This portfolio has no passphrase."),
            SlotKind.RECOVERY: _("This portfolio has no recovery key."),
        }
        remedy = _("Open it in another way.")
        raise StorageFaultError(Problem.SLOT_MISSING, missing[kind], remedy=remedy)
    return slot


def _entry(content: KeyFile, slot: Slot) -> str:
    return f"{content.portfolio_id}/{slot.id}"


def _forget_keyring(content: KeyFile, slot: Slot | None) -> None:
    if slot is not None:
        _keyring().forget(_entry(content, slot))


def _keyring() -> ModuleType:
    from kam_desktop.services.storage import keyring_slot

    return keyring_slot
