"""The list of people with the one selected beside it; where there is no room, in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.card import Card

SIDE_WIDTH = 330
SIDE_BY_SIDE_FROM = 700


class PersonBeside(QSplitter):
    """``closed`` when the person was closed, ``link_wanted`` with the person to tie to others."""

    closed = Signal()
    link_wanted = Signal(str)

    def __init__(self, context: AppContext, people: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        px = theme().px
        self._list = people
        self._wanted = False
        self._alone = False
        self.editor = PersonEditor(context)
        self._card = Card()
        self._card.setAccessibleName(_("Person"))
        self._card.add(self.editor, 1)
        self._card.setMinimumWidth(px(260))
        self._card.hide()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(Space.M))
        self.addWidget(people)
        self.addWidget(self._card)
        self.setStretchFactor(0, 1)
        self.setSizes([px(800), px(SIDE_WIDTH)])
        self.editor.closed.connect(self._close)
        self.editor.person_wanted.connect(self.open_person)
        self.editor.link_wanted.connect(self.link_wanted)

    @property
    def person_id(self) -> str:
        """Who is shown; empty for nobody."""
        return self.editor.person_id if self._wanted else ""

    def show_person(self, person_id: str) -> None:
        """Show a person beside the list, if there is room for both."""
        self._wanted, self._alone = True, False
        self.editor.show_person(person_id)
        self._arrange()

    def open_person(self, person_id: str) -> None:
        """Show a person with the keyboard there, in place of the list where there is no room."""
        self._wanted = self._alone = True
        self.editor.show_person(person_id)
        self._arrange()
        self.editor.edit_name()

    def hide_person(self) -> None:
        """Show the list only."""
        self.editor.commit_drafts()
        self._wanted = self._alone = False
        self._arrange()

    def _close(self) -> None:
        self.hide_person()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() >= theme().px(SIDE_BY_SIDE_FROM)
        self._card.setVisible(self._wanted and (room or self._alone))
        self._list.setVisible(room or not self._alone)
