"""The time, as something that is handed in."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Tells the time; the real one is `SystemClock`, tests use one that stands still."""

    def now(self) -> dt.datetime:
        """The current instant, aware, in UTC."""
        ...

    def today(self) -> dt.date:
        """Today where the user is."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def today(self) -> dt.date:
        return dt.datetime.now().astimezone().date()
