"""Pictures of the screen as small PNG files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_COLOURS = 256
_SMALLEST = 0
"""Qt's quality of a PNG is how little it is compressed."""


def save_picture(image: QImage, path: Path) -> None:
    """Write ``image`` as a PNG with a palette; raises ``OSError`` when it cannot be written.

    A picture of a window has few colours that matter: the most frequent ones are kept as they are,
    the others (edges of letters) become the nearest of those.
    """
    pixels = _pixels(image)
    palette, places = _few_colours(pixels)
    height, width = pixels.shape
    small = QImage(places.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) | 0xFF000000 for colour in palette])
    path.parent.mkdir(parents=True, exist_ok=True)
    if not small.save(str(path), quality=_SMALLEST):
        raise OSError(f"{path} could not be written")


def _pixels(image: QImage) -> NDArray[np.uint32]:
    """The pixels as 0xRRGGBB, rows by columns."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    lines = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    return lines[:, : plain.width()] & np.uint32(0xFFFFFF)


def _few_colours(pixels: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """At most 256 of the colours, and for each pixel the place of its colour among them."""
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    # A stable order makes the same file of the same picture.
    kept = np.sort(np.argsort(-counts, kind="stable")[:_COLOURS])
    palette = colours[kept]
    known = _channels(palette)
    nearest = np.empty(len(colours), np.uint8)
    for start in range(0, len(colours), 4096):
        some = _channels(colours[start : start + 4096])
        distance = ((some[:, None, :] - known[None, :, :]) ** 2).sum(axis=2)
        nearest[start : start + 4096] = distance.argmin(axis=1)
    return palette, np.ascontiguousarray(nearest[where].reshape(pixels.shape))


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    return np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
