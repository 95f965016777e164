"""One process of the start-up measurement: ends when the first rows have been painted.

``bare``: a plain Qt window with an empty table. ``app FILE PAGE``: the program's own window on a
portfolio, opened with the raw key, as the keyring gives it.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QTableWidget, QWidget

KEY = bytes(range(32))
"""As in `bench.portfolios`, whose import would bring the ORM along."""


class _Painted(QObject):
    """Ends the program at the first paint of something that ``shows_rows``."""

    def __init__(self, app: QApplication, *, bare: bool) -> None:
        super().__init__(app)
        self._app = app
        self._bare = bare
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._has_rows(watched):
            # The handler has yet to run; leave after it, when the loop comes round.
            self._app.removeEventFilter(self)
            QApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def _has_rows(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget):
            return False
        return _is_table(watched, bare=self._bare) or _is_line_of_today(watched)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            sys.stdout.flush()
            os._exit(0)
        return super().event(event)


def _is_table(widget: QWidget, *, bare: bool) -> bool:
    view = widget.parent()
    return isinstance(view, QAbstractItemView) and (bare or _rows(view) > 0)


def _is_line_of_today(widget: QWidget) -> bool:
    return type(widget).__module__ == "kam_desktop.ui.today.rows"


def _rows(view: QAbstractItemView) -> int:
    model = view.model()
    return 0 if model is None else model.rowCount()


def _bare() -> None:
    app = QApplication([])
    painted = _Painted(app, bare=True)
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(0, 6))
    window.resize(1200, 800)
    window.show()
    app.exec()
    del painted


def _app(path: str, page: str) -> None:
    from pathlib import Path

    from kam_desktop.app import Program
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.services.storage.portfolio import Portfolio

    app = QApplication([])
    painted = _Painted(app, bare=False)
    program = Program(app)
    program.show_portfolio(OpenPortfolio(Portfolio(Path(path), KEY), KEY, None, ()), page)
    app.exec()
    del painted


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        _bare()
    else:
        _app(sys.argv[2], sys.argv[3])
