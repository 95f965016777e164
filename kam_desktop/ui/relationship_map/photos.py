"""Pictures of people for the map: read and decoded away from the GUI thread, and kept."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from kam_desktop.services.queries.photos import photos_of
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.shell.context import AppContext

_KEPT = 1200
"""Pictures of 256 × 256 pixels at most: together no more than 300 MB, in practice far fewer."""

_SIDE = 96
"""Larger than any face on the map, also on a screen with two pixels to one."""


class Photos(QObject):
    """``arrived`` when `pixmaps` has more than before."""

    arrived = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.pixmaps: dict[str, QPixmap] = {}

    def want(self, hashes: Iterable[str]) -> None:
        """Read the pictures that are not there yet."""
        missing = {wanted for wanted in hashes if wanted and wanted not in self.pixmaps}
        if missing:
            self._context.lanes.read(self, read_photos, sorted(missing), on_done=self._keep)

    def _keep(self, images: dict[str, QImage]) -> None:
        self.pixmaps.update({key: QPixmap.fromImage(image) for key, image in images.items()})
        for key in list(self.pixmaps)[:-_KEPT]:
            del self.pixmaps[key]
        if images:
            self.arrived.emit()


def read_photos(db: Reader, hashes: list[str]) -> dict[str, QImage]:
    """The decoded pictures by SHA-256; those that are missing or damaged are left out."""
    found: dict[str, QImage] = {}
    for key, content in photos_of(db, hashes).items():
        image = QImage.fromData(content)
        if not image.isNull():
            found[key] = image.scaled(_SIDE, _SIDE)
    return found
