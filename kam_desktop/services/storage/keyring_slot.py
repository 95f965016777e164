"""The operating system's keyring as a keeper of one secret, trusted only after it has proved
itself.

Which back ends may be used is a list, not a search: `keyring` picks whatever is installed, and a
null back end "stores" into nothing while ``keyrings.alt`` writes a plain file. Used are the Secret
Service on Linux (GNOME Keyring, KWallet since Frameworks 5.97 and KeePassXC all offer it, so
KWallet's own interface, which needs python-dbus, is not on the list), the macOS Keychain and the
Windows Credential Manager. What was set is read back at once. Every failure is a
`StorageFaultError` whose remedy is the passphrase; nothing is ever written elsewhere instead.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.problems import Problem, StorageFaultError

if TYPE_CHECKING:
    import secretstorage
    from keyring.backend import KeyringBackend

SERVICE = "KAM Desktop"
PROMPT_SECONDS = 300.0
"""How long the desktop's own "unlock your keyring" question may stay open."""

_SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
_BACKENDS = {
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
_NULL = "keyring.backends.null.Keyring"
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_FAIL = "keyring.backends.fail.Keyring"
_T = TypeVar("_T")


def store(entry: str, secret: bytes) -> None:
    """Keep ``secret`` under ``entry`` and read it back. Raises ``StorageFaultError``."""
    backend = _ready_backend()
    _guarded(lambda: backend.set_password(SERVICE, entry, secret.hex()))
    if _guarded(lambda: backend.get_password(SERVICE, entry)) != secret.hex():
        raise _fault(Problem.KEYRING_FORGETFUL)


def fetch(entry: str) -> bytes:
    """The secret kept under ``entry``. Raises ``StorageFaultError``."""
    backend = _ready_backend()
    text = _guarded(lambda: backend.get_password(SERVICE, entry))
    if text is None:
        raise _fault(Problem.KEYRING_ENTRY_MISSING)
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise _fault(Problem.KEYRING_ENTRY_WRONG) from None


def forget(entry: str) -> None:
    """Remove ``entry`` where that is possible; a left-over entry opens nothing any more."""
    from keyring.errors import PasswordDeleteError

    with contextlib.suppress(StorageFaultError, PasswordDeleteError):
        backend = _ready_backend()
        _guarded(lambda: backend.delete_password(SERVICE, entry))


def _ready_backend() -> KeyringBackend:
    backend = _backend()
    if _name_of(backend) == _SECRET_SERVICE:
        _unlock_secret_service(os.environ)
    return backend


def _backend() -> KeyringBackend:
    from keyring import core

    name = _BACKENDS.get(sys.platform, _SECRET_SERVICE)
    _require_no_other_choice(name)
    try:
        return core.load_keyring(name)
    except (RuntimeError, ImportError) as error:
        # Back ends say "not here" by a RuntimeError out of their priority.
        raise _fault(Problem.KEYRING_ABSENT) from error


def _require_no_other_choice(name: str) -> None:
    """Refuse when the user's keyring settings name another back end than ours."""
    from keyring import core

    try:
        chosen = core.load_env() or core.load_config()
    except RuntimeError as error:
        raise _fault(Problem.KEYRING_ABSENT) from error
    except (ImportError, AttributeError, ValueError) as error:
        raise _fault(Problem.KEYRING_REFUSED, str(error)) from error
    # A chainer means "whichever is there", plain files included: ours is taken, not what it finds.
    if chosen is None or _name_of(chosen) in (name, _CHAINER):
        return
    disabled = {_NULL: Problem.KEYRING_FORGETFUL, _FAIL: Problem.KEYRING_ABSENT}
    problem = disabled.get(_name_of(chosen), Problem.KEYRING_REFUSED)
    raise _fault(problem, _name_of(chosen))


def _name_of(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _unlock_secret_service(environment: Mapping[str, str]) -> None:
    """Unlock the default collection, so that locked and dismissed can be told apart.

    Without a screen nobody could answer the question, so it is not asked.
    """
    import secretstorage
    from secretstorage.exceptions import PromptDismissedException, SecretStorageException

    try:
        with contextlib.closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.get_default_collection(bus)
            if collection.is_locked():
                _ask_to_unlock(collection, environment)
    except PromptDismissedException as error:
        raise _fault(Problem.KEYRING_DISMISSED) from error
    except TimeoutError as error:
        raise _fault(Problem.KEYRING_LOCKED) from error
    except (SecretStorageException, OSError) as error:
        raise _fault(Problem.KEYRING_ABSENT) from error


def _ask_to_unlock(collection: secretstorage.Collection, environment: Mapping[str, str]) -> None:
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        raise _fault(Problem.KEYRING_LOCKED)
    if collection.unlock(timeout=PROMPT_SECONDS):
        raise _fault(Problem.KEYRING_DISMISSED)
    if collection.is_locked():
        raise _fault(Problem.KEYRING_LOCKED)


def _guarded(call: Callable[[], _T]) -> _T:
    from keyring.errors import KeyringLocked

    try:
        return call()
    except KeyringLocked as error:
        # The Secret Service was unlocked before; what is left is macOS, where it means "Deny".
        denied = sys.platform == "darwin"
        raise _fault(Problem.KEYRING_DISMISSED if denied else Problem.KEYRING_LOCKED) from error
    except Exception as error:
        # Back ends raise whatever their platform raises (pywintypes, D-Bus, ctypes).
        raise _fault(Problem.KEYRING_FAILED, str(error) or type(error).__name__) from error


def _fault(problem: Problem, detail: str = "") -> StorageFaultError:
    return StorageFaultError(
        problem, _message(problem).format(detail=detail), remedy=_remedy(problem)
    )


def _message(problem: Problem) -> str:
    return {
        Problem.KEYRING_ABSENT: _("This computer has no keyring that can keep the key."),
        Problem.KEYRING_REFUSED: _(
            "The keyring set up on this computer ({detail}) is not known to be safe, so the key "
            "was not given to it."
        ),
        Problem.KEYRING_FORGETFUL: _(
            "The keyring of this computer did not keep what it was given. It may be switched off."
        ),
        Problem.KEYRING_LOCKED: _("The keyring of this computer is locked."),
        Problem.KEYRING_DISMISSED: _("The keyring was not unlocked: its question was dismissed."),
        Problem.KEYRING_ENTRY_MISSING: _(
            "The keyring of this computer does not have the key of this portfolio."
        ),
        Problem.KEYRING_ENTRY_WRONG: _(
            "The keyring's entry for this portfolio does not fit its key file."
        ),
        Problem.KEYRING_FAILED: _("The keyring of this computer reported a fault: {detail}"),
    }[problem]


def _remedy(problem: Problem) -> str:
    if problem in (Problem.KEYRING_LOCKED, Problem.KEYRING_DISMISSED):
        return _(
            "Unlock the keyring and try again, or use the passphrase or the recovery key. "
            "Nothing was changed."
        )
    if problem in (Problem.KEYRING_ENTRY_MISSING, Problem.KEYRING_ENTRY_WRONG):
        return _(
            "Open it with the passphrase or the recovery key, then store the key in the keyring "
            "again in Settings. Your data is safe."
        )
    return _("Use a passphrase instead. Nothing was changed.")


def entry_does_not_fit() -> StorageFaultError:
    """The fault for a keyring secret that does not open the slot it belongs to."""
    return _fault(Problem.KEYRING_ENTRY_WRONG)
