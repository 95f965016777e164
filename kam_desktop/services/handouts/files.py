"""Saving a handout: the new file is there whole, or the old one still is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.atomic_file import write_atomically
from kam_desktop.services.storage.own_files import require_not_own

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})


def save_bytes(content: bytes, target: Path, *, private: bool = False) -> Path:
    """Write ``content`` to ``target`` through a new file beside it, and return ``target``.

    With ``private`` only the user can read a file made anew. A link is followed, so that the file
    it points to is replaced. Raises `UserError` when the folder is gone, may not be written to, the
    disk is full, or ``target`` is a file of a portfolio; whatever was there is then still there.
    """
    target = Path(target)
    if target.is_dir():
        text = _("“{name}” is a folder. Choose a name for the file.")
        raise UserError(text.format(name=target.name), field="target")
    require_not_own(target)
    try:
        real = Path(os.path.realpath(target))
        write_atomically(real, content, mode=_mode(real, 0o600 if private else 0o644))
    except OSError as error:
        raise UserError(_reason(error, target), field="target") from error
    return target


def _mode(target: Path, when_new: int) -> int:
    """A handout is as readable as the one it replaces."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        return when_new


def _reason(error: OSError, target: Path) -> str:
    folder = str(target.parent)
    if error.errno in _FULL:
        text = _(
            "The disk of {folder} is full. Nothing was saved. Make room or choose another folder."
        )
    elif error.errno in _GONE:
        text = _(
            "The folder {folder} is not there any more. Nothing was saved. Choose another folder."
        )
    elif error.errno in _REFUSED:
        text = _(
            "You may not write to {folder}, or the file is open in another program."
            " Nothing was saved. Close it or choose another folder."
        )
    else:
        text = _("Saving in {folder} failed: {detail}. Nothing was saved. Choose another folder.")
    return text.format(folder=folder, detail=error.strerror or type(error).__name__)
