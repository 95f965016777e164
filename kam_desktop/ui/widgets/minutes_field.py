"""A length of time, typed as ``15``, ``90 min``, ``1 h`` or ``1:30``."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.widgets.fields import InlineLine

_PLAIN = re.compile(r"^(\d{1,5})\s*(?:min(?:ute)?s?\.?|['′’])?$", re.IGNORECASE)
_HOURS = re.compile(r"^(\d{1,3})\s*(?:h(?:ours?)?\.?|:)\s*(?:(\d{1,2})\s*(?:min\.?)?)?$", re.I)


def minutes_text(minutes: int) -> str:
    """A length, e.g. ``45 min``, ``1 h`` or ``1 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} min").format(n=rest)
    if not rest:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def read_minutes(text: str) -> int | None:
    """The length that was typed; None when nothing was.

    Raises ``ValueError`` with a message for the user.
    """
    stripped = text.strip()
    if not stripped:
        return None
    plain, hours = _PLAIN.match(stripped), _HOURS.match(stripped)
    if plain is not None:
        return int(plain[1])
    if hours is not None and int(hours[2] or 0) < 60:
        return int(hours[1]) * 60 + int(hours[2] or 0)
    raise ValueError(_("Enter minutes, such as 15."))


class InlineMinutes(InlineLine):
    """The value is a whole number of minutes, or None."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        self._stored = None
        return editor

    def _draft(self) -> Any:
        return read_minutes(self.line.text())

    def _show(self, value: Any) -> None:
        self.line.setText("" if value is None else minutes_text(value))
        self.line.setCursorPosition(0)
