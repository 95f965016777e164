"""Turns what the database driver says into what happened, what is safe and what to do."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.errors import StorageError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.engine import DatabaseError
from kam_desktop.services.storage.problems import Problem, StorageFaultError

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_DATA")


def as_storage_error(error: DatabaseError, path: Path) -> StorageError:
    """The error to show for a failed statement on the portfolio at ``path``."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    text = str(error).lower()
    if name.startswith(_DAMAGE):
        return damage_found(path)
    if name.startswith("SQLITE_FULL") or "disk is full" in text:
        return StorageError(
            _("The disk is full."),
            remedy=_(
                "The last change was not saved; everything before it is safe. Free some space."
            ),
        )
    if name.startswith("SQLITE_READONLY") or "readonly" in text:
        return StorageError(
            _("“{name}” cannot be written to.").format(name=path.name),
            remedy=_("Nothing was changed. Check the permissions of the file and its folder."),
        )
    if name.startswith("SQLITE_CANTOPEN") or "unable to open" in text:
        return StorageError(
            _("“{name}” cannot be opened.").format(name=path.name),
            remedy=_("Check that the file is still there and that its disk is connected."),
        )
    if name.startswith("SQLITE_BUSY") or "locked" in text:
        return StorageError(
            _("“{name}” is in use by another program.").format(name=path.name),
            remedy=_("The last change was not saved. Close the other program and try again."),
        )
    return StorageError(
        _("“{name}” could not be read: {reason}.").format(name=path.name, reason=error),
        remedy=_("Nothing was changed. Check the file in Settings, or restore the newest backup."),
    )


def damage_found(path: Path) -> StorageFaultError:
    """The error for a page that is not what was written, or a check that found one."""
    return StorageFaultError(
        Problem.FILE_DAMAGED,
        _("“{name}” is damaged: a part of it can no longer be read.").format(name=path.name),
        remedy=_(
            "Nothing more is written to it. Go back to the newest backup; this file is kept aside."
        ),
    )


def writing_stopped(path: Path) -> StorageFaultError:
    """The error for every change that is asked for once damage was met."""
    return StorageFaultError(
        Problem.WRITING_STOPPED,
        _("“{name}” is damaged, so this was not saved.").format(name=path.name),
        remedy=_("Nothing is written to a damaged file. Go back to the newest backup first."),
    )
