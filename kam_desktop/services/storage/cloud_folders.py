"""Recognises folders that a synchroniser keeps in step with other computers.

By what it leaves in its folder, by what the system says about it, and by its usual name in the home
folder. A service not known here is not noticed; the user guide says so.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

# What lies at the top of a synchronised folder. In the home folder, ``.dropbox`` and the like are
# folders with the program's own settings: hence files only where the mark is a file.
_FILE_MARKS = {
    ".dropbox": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".megaignore": "MEGA",
    ".sync/ID": "Resilio Sync",
}
_FOLDER_MARKS = {
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
}
_NEXTCLOUD_JOURNAL = re.compile(r"\.(_)?sync_[0-9a-f]+\.db")

# The usual names, as the services write them, directly in the home folder or at the top of a drive.
_NAMES = {
    "OneDrive": "OneDrive",
    "Dropbox": "Dropbox",
    "Google Drive": "Google Drive",
    "GoogleDrive": "Google Drive",
    "My Drive": "Google Drive",
    "iCloud Drive": "iCloud Drive",
    "iCloudDrive": "iCloud Drive",
    "Nextcloud": "Nextcloud",
    "ownCloud": "ownCloud",
    "Box": "Box",
    "Box Sync": "Box",
    "pCloud Drive": "pCloud",
    "pCloudDrive": "pCloud",
    "MEGA": "MEGA",
    "MEGAsync": "MEGA",
    "Seafile": "Seafile",
    "Proton Drive": "Proton Drive",
}
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_MACOS_FOLDERS = (
    ("Library/CloudStorage", ""),
    ("Library/Mobile Documents", "iCloud Drive"),
)


def cloud_service(
    path: Path, *, home: Path | None, environment: Mapping[str, str] = os.environ
) -> str | None:
    """The name of the service that synchronises ``path`` (resolved), or None."""
    for root, service in _known_roots(home, environment):
        if path.is_relative_to(root):
            return service
    for folder in path.parents:
        found = _marked(folder) or _named(folder, home)
        if found is not None:
            return found
    return None


def _known_roots(home: Path | None, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    for variable in _ONEDRIVE_VARIABLES:
        if environment.get(variable):
            yield Path(environment[variable]), "OneDrive"
    yield from _dropbox_roots(home, environment)
    if home is None:
        return
    for name, service in _MACOS_FOLDERS:
        base = home / name
        if service:
            yield base, service
        elif base.is_dir():
            # "OneDrive-Company", "GoogleDrive-name@…": the service is the part before the dash.
            yield from ((child, child.name.partition("-")[0]) for child in base.iterdir())


def _dropbox_roots(home: Path | None, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Where Dropbox says its folders are: ``info.json``, as it documents for other programs."""
    places = [
        Path(environment[name]) / "Dropbox"
        for name in ("APPDATA", "LOCALAPPDATA")
        if environment.get(name)
    ]
    if home is not None:
        places.append(home / ".dropbox")
    for place in places:
        try:
            accounts = json.loads((place / "info.json").read_bytes())
            yield from ((Path(account["path"]), "Dropbox") for account in accounts.values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


def _marked(folder: Path) -> str | None:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone, in one call
    except OSError:
        # A folder that may not be listed shows no marks.
        return None
    if any(_NEXTCLOUD_JOURNAL.fullmatch(name) for name in names):
        return "Nextcloud"
    for mark, service in _FILE_MARKS.items():
        if mark.partition("/")[0] in names and (folder / mark).is_file():
            return service
    for mark, service in _FOLDER_MARKS.items():
        if mark in names and (folder / mark).is_dir():
            return service
    return None


def _named(folder: Path, home: Path | None) -> str | None:
    if folder.parent not in (home, Path(folder.anchor)):
        return None
    name = folder.name
    # Second accounts: a name of the company after " - " or " (", or a number.
    for separator in (" - ", " ("):
        name = name.partition(separator)[0]
    return _NAMES.get(name.rstrip("0123456789"))
