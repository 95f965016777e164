"""Which reminders were shown, per portfolio, kept on this laptop."""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services.analysis.reminders import Seen

_log = logging.getLogger(__name__)
REMINDERS_FILE = "reminders.json"


class ReminderStore:
    """What was seen of the reminders of one portfolio. A damaged file counts as none."""

    def __init__(self, path: Path, portfolio: Path) -> None:
        self._path = path
        self._portfolio = str(portfolio)

    def load(self, now: dt.datetime) -> Seen:
        """What was seen; on the first time everything until ``now``."""
        try:
            kept = self._all()[self._portfolio]
            shown = tuple(key for key in kept["shown"] if isinstance(key, str))
            until = parse_instant(kept["until"])
            return Seen(until if until.tzinfo is not None else now, shown)
        except (KeyError, TypeError, ValueError):
            return Seen(now)

    def keep(self, seen: Seen) -> None:
        """Keep it; a disk that cannot is only logged."""
        kept = self._all()
        kept[self._portfolio] = {"until": instant_text(seen.until), "shown": list(seen.shown)}
        draft = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(kept), "utf-8")
            draft.replace(self._path)
        except OSError:
            _log.warning("which reminders were shown could not be kept", exc_info=True)

    def _all(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
