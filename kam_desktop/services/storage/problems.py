"""What can be wrong with a portfolio's file, its key or its place, each told apart from the others.

Callers decide by ``fault.problem`` what to offer (ask for the passphrase, for the recovery key, for
another folder, a backup); the text and the remedy are ready to be shown.
"""

from __future__ import annotations

import enum

from kam_desktop.services.errors import StorageError


class Problem(enum.Enum):
    """The kinds of trouble; no two of them have the same way out."""

    # the key
    KEY_FILE_MISSING = enum.auto()
    KEY_FILE_DAMAGED = enum.auto()
    KEY_FILE_NEWER = enum.auto()
    KEY_FILE_EXISTS = enum.auto()
    KEY_FILE_UNWRITABLE = enum.auto()
    PASSPHRASE_NEEDED = enum.auto()
    PASSPHRASE_WRONG = enum.auto()
    RECOVERY_KEY_WRONG = enum.auto()
    SLOT_MISSING = enum.auto()
    LAST_SLOT = enum.auto()
    # the keyring of the operating system
    KEYRING_ABSENT = enum.auto()
    KEYRING_REFUSED = enum.auto()
    KEYRING_FORGETFUL = enum.auto()
    KEYRING_LOCKED = enum.auto()
    KEYRING_DISMISSED = enum.auto()
    KEYRING_ENTRY_MISSING = enum.auto()
    KEYRING_ENTRY_WRONG = enum.auto()
    KEYRING_FAILED = enum.auto()
    # the file
    FILE_MISSING = enum.auto()
    NOT_A_PORTFOLIO = enum.auto()
    FILE_EMPTY = enum.auto()
    FILE_TRUNCATED = enum.auto()
    FILE_DAMAGED = enum.auto()
    WRITING_STOPPED = enum.auto()
    KEY_OF_ANOTHER = enum.auto()
    SCHEMA_NEWER = enum.auto()
    # the place
    IN_USE = enum.auto()
    FOLDER_MISSING = enum.auto()
    READ_ONLY = enum.auto()
    NO_ACCESS = enum.auto()
    NO_SPACE = enum.auto()
    NETWORK_DRIVE = enum.auto()
    CLOUD_FOLDER = enum.auto()
    # backups
    BACKUP_DAMAGED = enum.auto()
    BACKUP_FAILED = enum.auto()


KEYRING_PROBLEMS = frozenset(
    {
        Problem.KEYRING_ABSENT,
        Problem.KEYRING_REFUSED,
        Problem.KEYRING_FORGETFUL,
        Problem.KEYRING_LOCKED,
        Problem.KEYRING_DISMISSED,
        Problem.KEYRING_ENTRY_MISSING,
        Problem.KEYRING_ENTRY_WRONG,
        Problem.KEYRING_FAILED,
    }
)
"""The keyring does not give the key; a passphrase or the recovery key still may."""


DAMAGE = frozenset({Problem.FILE_DAMAGED, Problem.WRITING_STOPPED})
"""What is in the file is not what was written: nothing more may be written to it."""


class StorageFaultError(StorageError):
    """A `StorageError` that says which `Problem` it is."""

    def __init__(self, problem: Problem, message: str, *, remedy: str) -> None:
        super().__init__(message, remedy=remedy)
        self.problem = problem
