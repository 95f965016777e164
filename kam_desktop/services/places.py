"""Where the program keeps its own things on this computer, outside of portfolios."""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "kam-desktop"
HOME_VARIABLE = "KAM_DESKTOP_HOME"
"""When set, everything below lies in this folder (portable use, tests)."""


def shown_path(path: Path) -> str:
    """A path to read: from the home folder on it begins with ``~``."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def data_folder() -> Path:
    """For the sample portfolio, logs and this laptop's id. It may not exist yet."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "data"
    from platformdirs import user_data_path

    return user_data_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """For the preferences of this laptop. It may not exist yet."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "config"
    from platformdirs import user_config_path

    return user_config_path(_NAME, appauthor=False)


def documents_folder() -> Path:
    """Where portfolios are offered to lie."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    from platformdirs import user_documents_path

    return user_documents_path()
