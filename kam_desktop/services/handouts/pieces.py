"""Short facts side by side on one line."""

from __future__ import annotations

from kam_desktop.services.handouts.clean import apart


def pieces(*texts: str) -> str:
    """The texts that are not empty, with a dot between, each in its own reading direction."""
    return " · ".join(apart(text) for text in texts if text.strip())
