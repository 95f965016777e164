"""Finds out which system packages Qt and the virtual environment lack on Linux, and installs them.

Qt's wheels carry Qt itself but not the libraries of the system below it. They are asked for by
loading them, which is what Qt will do, rather than by asking a package manager, of which there are
many. Only on Debian and its relatives, and only as root, is anything installed; otherwise the exact
command is printed.

Uses the standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

NEEDED_ALWAYS: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Library → Debian package: without these Qt cannot even be imported."""

NEEDED_ON_SCREEN: Mapping[str, str] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Library → Debian package: for a window on X11 or Wayland, and for printing."""


class MissingPackagesError(Exception):
    """Something the program cannot do without is missing; the text says how to get it."""


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Those of ``libraries`` (sonames) that the dynamic loader does not find."""
    missing = []
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def ensure_libraries() -> None:
    """Sees to Qt's libraries. Raises `MissingPackagesError` when Qt cannot even be imported."""
    if sys.platform != "linux":
        return
    known = {**NEEDED_ALWAYS, **NEEDED_ON_SCREEN}
    missing = missing_libraries(known)
    if not missing:
        return
    packages = sorted({known[name] for name in missing})
    if can_install() and install(packages):
        return
    advice = (
        f"Qt needs libraries that this system lacks: {', '.join(missing)}.\n"
        f"On Debian or Ubuntu run: {install_command(packages)}\n"
        "Elsewhere install the packages that hold these libraries; then run the same command again."
    )
    if any(name in NEEDED_ALWAYS for name in missing_libraries(missing)):
        raise MissingPackagesError(advice)
    _say(f"{advice}\nGoing on without: a window may not open, pictures and documents can be made.")


def ensure_venv_module() -> None:
    """Sees to ``python -m venv``, which Debian packages apart. Raises `MissingPackagesError`."""
    if _has_venv():
        return
    packages = [f"python3.{sys.version_info.minor}-venv"]
    if can_install() and install(packages):
        importlib.invalidate_caches()
        if _has_venv():
            return
    raise MissingPackagesError(
        "This Python cannot make a virtual environment.\n"
        f"On Debian or Ubuntu run: {install_command(packages)}"
    )


def can_install() -> bool:
    """Whether packages can be installed without asking: root, on Debian or a relative."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def install_command(packages: Iterable[str]) -> str:
    """The command that installs Debian packages, for a person to copy."""
    return f"sudo apt-get install -y --no-install-recommends {shlex.join(packages)}"


def install(packages: list[str]) -> bool:
    """Installs Debian packages; whether all of them are there now."""
    _say(f"Installing system packages: {' '.join(packages)}")
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for attempt in (["apt-get", "update", "-q"], command):
        result = subprocess.run(
            attempt, env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode != 0:
            # Package lists may be partly out of reach while the packages themselves are not.
            _say(f"{shlex.join(attempt)} failed:\n{result.stderr.strip()}")
    return result.returncode == 0


def _has_venv() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
