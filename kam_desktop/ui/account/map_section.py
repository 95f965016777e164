"""The relationship map inside the dossier."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.context import AppContext


class MapSection(Section):
    """Hosts the map, which reads and refreshes itself."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._current = ""
        self.map = RelationshipMapView(context)
        self.map.current_changed.connect(self._keep_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.map)

    def _keep_current(self, person_id: str) -> None:
        self._current = person_id

    @property
    def current_person(self) -> str:
        return self._current

    def leave_account(self) -> None:
        self._current = ""

    def commands(self) -> list[QAction]:
        return self.map.commands()

    def load(self) -> None:
        self.map.show_account(self.account_id)

    def show_part(self, part: str, record_id: str) -> None:
        if record_id:
            self.map.show_person(record_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        # The map follows the bus by itself and keeps its drafts while it does.
        del changes

    def commit_drafts(self) -> None:
        self.map.commit_drafts()
