"""What the shell hands to every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.services.clock import Clock
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.operations import Operations
from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio
    from kam_desktop.ui.shell.safekeeping import Safekeeping


@dataclass(frozen=True, slots=True)
class AppContext:
    """The parts of the running program. Pages get it and hand it on; there is no other way."""

    portfolio: Portfolio
    lanes: Lanes
    operations: Operations
    bus: Bus
    theme: Theme
    preferences: PreferenceStore
    navigator: Navigator
    clock: Clock
    safekeeping: Safekeeping | None = None
    """Backups and keys; None where there are none to keep (some tests)."""
