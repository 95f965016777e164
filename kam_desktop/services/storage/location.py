"""Where a live portfolio may lie: on a local disk, in a folder nobody synchronises.

SQLite's locks and shared memory do not work over a network, and a synchroniser that copies a file
in the middle of a write, or brings back an older one, destroys it. Backups may lie in such places.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path

from kam_desktop.services.i18n import _
from kam_desktop.services.storage import cloud_folders, network_drives
from kam_desktop.services.storage.problems import Problem, StorageFaultError

SPACE_NEEDED = 50_000_000
"""Bytes that must be free to open a portfolio for writing."""


def require_good_location(portfolio: Path, *, space_needed: int = SPACE_NEEDED) -> None:
    """Raise ``StorageFaultError`` unless a live portfolio may lie at ``portfolio``.

    The file need not exist; its folder must. Checked are: the folder is there, local, in nobody's
    synchronised folder, can be written, and has ``space_needed`` bytes free.
    """
    portfolio = portfolio.resolve()
    require_local(portfolio)
    require_folder(portfolio.parent)
    _require_not_synchronised(portfolio)
    require_writable(portfolio)
    require_space(portfolio.parent, space_needed)


def require_folder(folder: Path) -> None:
    """Raise ``StorageFaultError`` when the folder is not there (any more)."""
    if folder.is_dir():
        return
    raise StorageFaultError(
        Problem.FOLDER_MISSING,
        _("The folder {folder} is not there.").format(folder=folder),
        remedy=_("Connect the disk it is on, or choose another folder. Nothing was changed."),
    )


def require_local(path: Path) -> None:
    """Raise ``StorageFaultError`` when ``path`` is on a network drive."""
    kind = network_drives.network_drive(path)
    if kind is None:
        return
    raise StorageFaultError(
        Problem.NETWORK_DRIVE,
        _("{path} is on a network drive ({kind}), where a portfolio can be damaged.").format(
            path=path, kind=kind
        ),
        remedy=_("Keep the portfolio on this computer. Backups may lie on the network drive."),
    )


def _require_not_synchronised(path: Path) -> None:
    service = cloud_folders.cloud_service(path, home=_home())
    if service is None:
        return
    raise StorageFaultError(
        Problem.CLOUD_FOLDER,
        _("{path} is in a folder that {service} keeps in step with other computers.").format(
            path=path, service=service
        ),
        remedy=_(
            "It copies the portfolio in the middle of a change, which damages it. Choose a folder "
            "that is not synchronised; backups may lie in this one."
        ),
    )


def require_writable(portfolio: Path) -> None:
    """Raise ``StorageFaultError`` when the file or its folder cannot be written."""
    try:
        # Trying is the only true test: rights, read-only mounts and quotas all show.
        with tempfile.NamedTemporaryFile(dir=portfolio.parent, prefix=".kam-desktop-") as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
        if portfolio.exists():
            os.close(os.open(portfolio, os.O_RDWR))
    except OSError as error:
        raise trouble_with(portfolio, error) from error


def require_space(folder: Path, needed: int) -> None:
    """Raise ``StorageFaultError`` when fewer than ``needed`` bytes are free."""
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise no_space(folder)


def no_space(folder: Path) -> StorageFaultError:
    """The fault for a full disk."""
    return StorageFaultError(
        Problem.NO_SPACE,
        _("The disk with the folder {folder} is full, or nearly.").format(folder=folder),
        remedy=_("What was saved is safe. Free some space on it and try again."),
    )


def trouble_with(path: Path, error: OSError) -> StorageFaultError:
    """The fault that says what an ``OSError`` about ``path`` means for the user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return no_space(path.parent)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.ESTALE):
        return StorageFaultError(
            Problem.FOLDER_MISSING,
            _("{path} is not there any more.").format(path=path),
            remedy=_("Connect the disk it is on, or choose another folder."),
        )
    if error.errno == errno.EROFS or not _may_write(path):
        return StorageFaultError(
            Problem.READ_ONLY,
            _("{path} cannot be written: {reason}.").format(path=path, reason=_reason(error)),
            remedy=_("Check the rights on the file and its folder, or open it for reading only."),
        )
    return StorageFaultError(
        Problem.NO_ACCESS,
        _("{path} cannot be used: {reason}.").format(path=path, reason=_reason(error)),
        remedy=_("Nothing was changed. Check the disk and the rights on the file."),
    )


def _may_write(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (RuntimeError, OSError):
        return None
