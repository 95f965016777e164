"""Which laptop this is: a random name kept in the user's own data folder, not in the portfolio."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.models.text import new_id

_LENGTH = 12


def device_id(folder: Path) -> str:
    """This laptop's id, made on first use in ``folder``.

    When the folder cannot be written, a new id each time does no harm: ids only tell changes apart.
    """
    path = folder / "device"
    try:
        kept = path.read_text("ascii").strip()
        if len(kept) == _LENGTH and kept.isalnum():
            return kept
    except (OSError, ValueError):
        pass
    made = new_id().replace("-", "")[-_LENGTH:]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(made, "ascii")
    except OSError:
        return made
    return made
