"""What a user types into fields of one line."""

from __future__ import annotations

from kam_desktop.models.text import clean_line, is_visible
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _


def spaced_line(text: str) -> str:
    """``text`` clean, on one line, with single spaces between its words."""
    return " ".join(clean_line(text).split())


def required_line(text: str, missing: str, *, field: str = "name") -> str:
    """``text`` as `spaced_line` leaves it, for a field that must not be empty.

    Raises `UserError` on ``field``: ``missing`` when there is nothing, and a text of its own when
    there is something that cannot be seen.
    """
    line = spaced_line(text)
    if is_visible(line):
        return line
    if not line:
        raise UserError(missing, field=field)
    raise UserError(
        _("This consists of characters that cannot be seen. Type something that can be read."),
        field=field,
    )
