"""The panel beside the map: a person, a new person, a tie to make, or a tie that is there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.map_scene import MapScene
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.ui.relationship_map.add_forms import LinkForm, NewPersonForm
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.relationship_map.tie_form import TieForm
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import make_action

PANEL_WIDTH = 368


class SidePanel(QFrame):
    """One form at a time; hidden while none is wanted.

    ``opened`` and ``closed`` are emitted when it was, ``added`` carries a new person's id,
    ``person_wanted`` and ``link_wanted`` the ids of people the person's form leads to.
    """

    opened = Signal()
    closed = Signal()
    added = Signal(str)
    person_wanted = Signal(str)
    link_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(_("Beside the map"))
        self.setMinimumWidth(theme().px(PANEL_WIDTH - 48))
        self.editor = PersonEditor(context, self)
        self.new_person = NewPersonForm(context, self)
        self.link_form = LinkForm(context, self)
        self.tie_form = TieForm(context, self)
        self.act_numbers = make_action(
            _("Numbers behind the map…"), self, icon_name="sliders-horizontal"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(Space.M), 0, 0, 0)
        self._stack = QStackedWidget()
        for form in (self.editor, self.new_person, self.link_form, self.tie_form):
            self._stack.addWidget(form)
        row.addWidget(self._stack)
        self._connect_signals()
        self.hide()

    def _connect_signals(self) -> None:
        for form in (self.editor, self.new_person, self.link_form, self.tie_form):
            form.closed.connect(self.close_panel)
        self.editor.person_wanted.connect(self.person_wanted)
        self.editor.link_wanted.connect(self.link_wanted)
        self.new_person.added.connect(self.added)
        self.link_form.linked.connect(self.close_panel)
        self.act_numbers.triggered.connect(self.open_numbers)

    def commands(self) -> list[QAction]:
        """What can be done here, and the numbers by which people are judged."""
        return [*self.editor.commands(), self.act_numbers]

    def open_numbers(self) -> None:
        """Show how judgements fade and which roles are needed, to be edited."""
        from kam_desktop.ui.relationship_map.rules_dialog import RelationshipRulesDialog

        RelationshipRulesDialog(self._context, self.window()).open()

    @property
    def shown(self) -> QWidget | None:
        """The form that is open."""
        return None if self.isHidden() else self._stack.currentWidget()

    @property
    def follows(self) -> bool:
        """Whether what is open shows who is met, and goes along to another."""
        return self.shown in (self.editor, self.tie_form)

    def open_person(self, person_id: str) -> None:
        """Edit a person."""
        self.tie_form.commit_drafts()
        self.editor.show_person(person_id)
        self._open(self.editor)

    def open_new_person(
        self,
        account_id: str,
        people: list[tuple[str, str]],
        manager_id: str,
        *,
        vacant: bool,
    ) -> None:
        """Ask for a new person; see `NewPersonForm.start`."""
        self._open(self.new_person)
        self.new_person.start(account_id, people, manager_id, vacant=vacant)

    def open_link(self, person_id: str, name: str) -> None:
        """Ask whom to link a person with."""
        self._open(self.link_form)
        self.link_form.start(person_id, name)

    def open_tie(self, tie_id: str, data: MapData, scene: MapScene) -> None:
        """Edit a tie."""
        self.editor.commit_drafts()
        if self.tie_form.show_tie(tie_id, data, scene):
            self._open(self.tie_form)

    def follow(self, data: MapData, scene: MapScene) -> None:
        """Show what changed about the tie that is open."""
        if self.shown is self.tie_form and not self.tie_form.show_tie(
            self.tie_form.tie_id, data, scene
        ):
            self.close_panel()

    def close_panel(self) -> None:
        """Keep what was typed and go away."""
        if not self.isHidden():
            self.commit_drafts()
            self.hide()
            self.closed.emit()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        self.editor.commit_drafts()
        self.tie_form.commit_drafts()

    def _open(self, form: QWidget) -> None:
        self._stack.setCurrentWidget(form)
        if self.isHidden():
            self.show()
            self.opened.emit()
