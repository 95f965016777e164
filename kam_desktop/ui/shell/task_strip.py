"""The long work under way, at the foot of the navigation, each with a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.tasks import TaskList, TaskToken, TaskView
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import IconButton
from kam_desktop.ui.widgets.labels import ElidedLabel
from kam_desktop.ui.widgets.progress import ProgressBar


class TaskStrip(QWidget):
    """One line per task of a `TaskList`; empty and without height while there is none."""

    def __init__(self, tasks: TaskList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[TaskToken, _TaskLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(Space.S))
        tasks.changed.connect(self._show)

    def _show(self, views: tuple[TaskView, ...]) -> None:
        current = {view.token for view in views}
        for token in [token for token in self._lines if token not in current]:
            line = self._lines.pop(token)
            self._column.removeWidget(line)
            line.deleteLater()
        for view in views:
            if view.token not in self._lines:
                self._lines[view.token] = _TaskLine(view.token)
                self._column.addWidget(self._lines[view.token])
            self._lines[view.token].update_from(view)


class _TaskLine(QWidget):
    def __init__(self, token: TaskToken) -> None:
        super().__init__()
        self._token = token
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(Space.XS))
        self._title = ElidedLabel(token.title, "small")
        self._bar = ProgressBar(None, name=token.title)
        self._cancel = IconButton("x", _("Cancel {task}").format(task=token.title))
        self._cancel.clicked.connect(self._stop)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._bar, 1, 0)
        grid.addWidget(self._cancel, 0, 1, 2, 1)

    def update_from(self, view: TaskView) -> None:
        self._title.setText(_("Stopping…") if view.cancelled else (view.text or view.title))
        self._bar.set_share(view.share)
        self._cancel.setEnabled(not view.cancelled)

    def _stop(self) -> None:
        self._token.cancel()
