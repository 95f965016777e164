"""A second start of the same portfolio brings the first window to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

WAIT_MS = 500


def _name(portfolio: Path) -> str:
    digest = hashlib.sha256(str(portfolio.resolve()).encode()).hexdigest()[:24]
    return f"kam-desktop-{digest}"


def raise_other_window(portfolio: Path) -> bool:
    """Ask the program that has ``portfolio`` open to come to the front; False when none answers."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(portfolio))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(b"raise")
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True


class FrontDoor(QObject):
    """Listens for second starts. ``raise_wanted`` when there was one."""

    raise_wanted = Signal()

    def __init__(self, portfolio: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._server: QLocalServer = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # The portfolio's lock is ours, so a name left over from a crash belongs to nobody.
        QLocalServer.removeServer(_name(portfolio))
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(portfolio))

    @property
    def listening(self) -> bool:
        return self._server.isListening()

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.raise_wanted.emit()

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()
