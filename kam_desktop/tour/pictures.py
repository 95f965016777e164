"""Pictures of the screen as small PNG files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_COLOURS = 256
_FREQUENT = 128
_SMALLEST = 0
"""Qt's quality of a PNG is how little it is compressed."""


def save_picture(image: QImage, path: Path) -> None:
    """Write ``image`` as a PNG with a palette; raises ``OSError`` when it cannot be written.

    A picture of a window has few colours that matter: the most frequent ones and those far from
    any other (a small green mark) are kept as they are, the rest (edges of letters) become the
    nearest of those.
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
    known = _channels(colours)
    # A stable order makes the same file of the same picture.
    by_frequency = np.argsort(-counts, kind="stable")
    kept = [int(place) for place in by_frequency[:_FREQUENT]]
    nearest = np.zeros(len(colours), np.uint8)
    distance = np.full(len(colours), np.iinfo(np.int64).max, np.int64)
    weight = np.sqrt(counts)
    for number in range(min(_COLOURS, len(colours))):
        if number >= len(kept):
            kept.append(int((distance * weight).argmax()))
        to_this = ((known - known[kept[number]]) ** 2).sum(axis=1)
        closer = to_this < distance
        nearest[closer] = number
        distance[closer] = to_this[closer]
    return colours[kept], np.ascontiguousarray(nearest[where].reshape(pixels.shape))


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int64)
