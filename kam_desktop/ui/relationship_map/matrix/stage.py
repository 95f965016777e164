"""The coverage matrix as one way of showing a map."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.models.vocabulary import TeamContactState
from kam_desktop.services.contact_matrix import MatrixScene, RowSpec, build_matrix, state_word
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.queries.our_side import OurSide, our_side
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.relationship_map.matrix.model import MatrixModel
from kam_desktop.ui.relationship_map.matrix.painting import LOW
from kam_desktop.ui.relationship_map.matrix.table import MatrixTable
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import EmptyState, make_action, text_label

_CYCLE: tuple[str | None, ...] = (*(state.value for state in TeamContactState), None)
_SIDE_BY_SIDE_FROM = 700


class MatrixStage(MapStage):
    """Who of ours knows whom. G, W, B, N and Delete set cells; Space or a click goes on."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._data: MapData | None = None
        self._ours: OurSide | None = None
        self.matrix = MatrixScene()
        self.model = MatrixModel(self)
        self.table = MatrixTable(self.model)
        self._make_actions()
        self._build_widgets()
        self._connect_signals()

    @staticmethod
    def build(db: Reader, data: MapData, on: dt.date, scale: float) -> object:
        del scale
        return our_side(db, data.account_id, on=on)

    def _make_actions(self) -> None:
        self.act_good = make_action(_("Good contact (G)"), self)
        self.act_working = make_action(_("Working on it (W)"), self)
        self.act_bad = make_action(_("Bad contact (B)"), self)
        self.act_none = make_action(_("No contact (N)"), self)
        self.act_unknown = make_action(_("Contact unknown (Del)"), self)
        self.act_suggested = make_action(_("Take over what touches suggest (S)"), self)
        self.act_nobody = make_action(_("Only people nobody knows"), self)
        self.act_everybody = make_action(_("Everybody of ours"), self)
        self._states = [
            self.act_good, self.act_working, self.act_bad, self.act_none, self.act_unknown,
        ]  # fmt: skip
        for action, state in zip(self._states, _CYCLE, strict=True):
            action.setData(state)
        for action in (self.act_nobody, self.act_everybody):
            action.setCheckable(True)

    def _build_widgets(self) -> None:
        px = theme().px
        self._summary = text_label("", "secondary", wrap=True)
        self._bar = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(px(Space.XS))
        row.addWidget(self._summary, 1)
        buttons = QHBoxLayout()
        row.addLayout(buttons)
        for action in (self.act_nobody, self.act_everybody):
            button = QToolButton()
            button.setProperty("kind", "text")
            button.setDefaultAction(action)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._empty = EmptyState("users", _("Nobody to know yet"), "")
        self._filtered = EmptyState(
            "users", _("Everybody here is known by one of ours"), _("Show all people again.")
        )
        self._stack = QStackedWidget()
        for page in (self._empty, self.table, self._filtered):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.XS))
        outer.addLayout(row)
        outer.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _connect_signals(self) -> None:
        for action in self._states:
            action.triggered.connect(self._set_by_action)
        self.act_suggested.triggered.connect(self.take_suggestions)
        self.act_nobody.toggled.connect(self._show)
        self.act_everybody.toggled.connect(self._show)
        self.table.state_wanted.connect(self.set_state)
        self.table.next_wanted.connect(self.set_next)
        self.table.suggestion_wanted.connect(self.take_suggestions)
        self.table.opened.connect(self.person_opened)
        self.table.current_person.connect(self.current_changed)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.selectionModel().selectionChanged.connect(self.selection_changed)
        self._context.theme.changed.connect(self.table.fit_sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = event.size().width() < theme().px(_SIDE_BY_SIDE_FROM)
        self._bar.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._show_summary()

    # Showing

    def show_loaded(self, loaded: LoadedMap) -> None:
        self._data = loaded.data
        if isinstance(loaded.built, OurSide):
            self.show_our_side(loaded.built)
        else:
            self._context.lanes.read(
                self, our_side, loaded.data.account_id,
                options={"on": self._context.clock.today()}, on_done=self.show_our_side,
            )  # fmt: skip

    def show_our_side(self, ours: OurSide) -> None:
        """Show who of ours knows whom."""
        self._ours = ours
        self._show()

    def _show(self, _checked: bool = False) -> None:
        if self._data is None or self._ours is None:
            return
        here = self.table.currentIndex()
        met, beside = self.current, self.model.column(here.column())
        self.matrix = build_matrix(
            self._ours,
            self._data,
            unknown_only=self.act_nobody.isChecked(),
            everybody=self.act_everybody.isChecked(),
        )
        self.model.show_scene(self.matrix)
        self.table.share_room()
        self._say_summary()
        self._choose_page()
        row = self.model.row_of(met)
        if row >= 0 and not self.table.currentIndex().isValid():
            column = self.model.column_of(beside.id) if beside is not None else 0
            self.table.go_to(row, max(0, column))

    def _choose_page(self) -> None:
        people, members = self.matrix.people, bool(self.matrix.columns)
        if people and members:
            self._stack.setCurrentWidget(self.table if self.matrix.groups else self._filtered)
            return
        text = (
            _("Add the people of this account first.")
            if not people
            else _("Add your colleagues under Settings, Our team. Then say who knows whom.")
        )
        self._empty.show_text(
            _("Nobody to know yet") if not people else _("Nobody of ours yet"), text
        )
        self._stack.setCurrentWidget(self._empty)

    def _say_summary(self) -> None:
        scene = self.matrix
        if not scene.unknown:
            lines = [_("Everybody is known by at least one of ours.")]
        else:
            text = ngettext(
                "{unknown} of {people} people is known by nobody of ours.",
                "{unknown} of {people} people are known by nobody of ours.",
                scene.unknown,
            )
            lines = [text.format(unknown=number(scene.unknown), people=number(scene.people))]
        most = max(scene.columns, key=lambda column: column.only, default=None)
        if most is not None and most.only > 1:
            text = _("{name} is the only one who knows {count} of them.")
            lines.append(text.format(name=most.name, count=number(most.only)))
        self._summary.setText(" ".join(lines))
        self.table.setAccessibleDescription(self._summary.text())
        self._show_summary()

    def _show_summary(self) -> None:
        """Where the table would have no room, the sentence gives way."""
        room = self.height() >= theme().px(LOW)
        self._summary.setVisible(bool(self.matrix.people) and room)

    @property
    def current(self) -> str:
        return self.table.person

    def selected_people(self) -> list[str]:
        rows = dict.fromkeys(index.row() for index in self.table.chosen())
        return [self.model.person_at(row) for row in sorted(rows)]

    def go_to(self, person_id: str) -> None:
        row = self.model.row_of(person_id)
        if row < 0 and self.act_nobody.isChecked():
            self.act_nobody.setChecked(False)
            row = self.model.row_of(person_id)
        if row >= 0:
            self.table.go_to(row, max(0, self.table.currentIndex().column()))

    def highlight(self, people: frozenset[str]) -> None:
        self.table.cells.lit = people
        self.table.people.lit = people
        for part in (self.table.viewport(), self.table.people.viewport()):
            part.update()

    def commands(self) -> list[QAction]:
        return [*self._states, self.act_suggested, self.act_nobody, self.act_everybody]

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        for action in (*self._states, self.act_suggested):
            action.setEnabled(not read_only)

    # Changing

    def _set_by_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_state(action.data())

    def set_state(self, state: str | None) -> None:
        """Give all selected cells one state; None is unknown."""
        self._save({state: self.table.chosen()})

    def set_next(self) -> None:
        """Go on to the next state: that of the first selected cell decides for all of them."""
        chosen = self.table.chosen()
        cell = self.model.cell(chosen[0]) if chosen else None
        if cell is None:
            return
        after = _CYCLE[(_CYCLE.index(cell.state) + 1) % len(_CYCLE)]
        self._save({cell.suggestion or after: chosen})

    def take_suggestions(self) -> None:
        """Confirm what touches speak for, in all selected cells where nobody has judged yet."""
        wanted: dict[str | None, list[QModelIndex]] = {}
        for index in self.table.chosen():
            cell = self.model.cell(index)
            if cell is not None and cell.suggestion is not None:
                wanted.setdefault(cell.suggestion, []).append(index)
        self._save(wanted)

    def _save(self, wanted: dict[str | None, list[QModelIndex]]) -> None:
        from kam_desktop.services.our_side import set_contact_states

        states: dict[tuple[str, str], str | None] = {}
        for state, cells in wanted.items():
            for index in cells:
                cell = self.model.cell(index)
                if cell is not None and cell.state != state:
                    states[cell.person_id, cell.member_id] = state
        if not states or self.read_only:
            return
        label = self._label(states)
        for state, cells in wanted.items():
            for index in cells:
                self.model.show_state(index.row(), index.column(), state)
        self._context.operations.run(
            self, label, set_contact_states, states, on_error=self._refused,
            # Going through the states of a cell is one thought, and one step of undo.
            coalesce="contact:" + ",".join(f"{p}+{m}" for p, m in sorted(states)),
        )  # fmt: skip

    def _label(self, states: dict[tuple[str, str], str | None]) -> str:
        if len(states) > 1:
            text = ngettext("Set {count} contact", "Set {count} contacts", len(states))
            return text.format(count=number(len(states)))
        (person_id, member_id), state = next(iter(states.items()))
        line = self.model.line(self.model.row_of(person_id))
        column = self.model.column(self.model.column_of(member_id))
        name = line.name if isinstance(line, RowSpec) else ""
        member = column.name if column is not None else ""
        return _("Contact of {member} and {name}: {state}").format(
            member=member, name=name, state=state_word(state)
        )

    def _refused(self, error: object) -> None:
        self._show()
        self._context.navigator.notify(str(error), kind="warn")

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self._states)
        menu.addSeparator()
        menu.addAction(self.act_suggested)
        menu.popup(at)
