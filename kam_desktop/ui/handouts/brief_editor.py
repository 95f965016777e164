"""Beside the pages of a brief: what they say, line by line, to be left out, reworded, added to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.handouts.content import Remark
from kam_desktop.services.handouts.edited import EditedLine, EditedSection, moved, reworded
from kam_desktop.services.handouts.outline import SectionKey, Source
from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.brief_list import BriefList
from kam_desktop.ui.handouts.brief_list_model import BriefListModel, BriefRow, rows_of
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    ElidedLabel,
    FlowLayout,
    IconButton,
    InlineText,
    make_action,
    text_label,
)

WIDTH = 380
_WORDS_HEIGHT = 68
_ROOM_FOR_HINT = 480


class BriefEditor(QWidget):
    """Shows an edited brief and says what the user wants of it.

    ``edits_wanted`` carries (`BriefEdits`, what was done, for undo), ``source_wanted`` the `Source`
    to go to, ``question_wanted`` the `EditedLine` to take into the meeting's questions.
    """

    edits_wanted = Signal(object, str)
    source_wanted = Signal(object)
    question_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = BriefEdits()
        self._sections: Sequence[EditedSection] = ()
        self._editable = False
        self._adding: SectionKey | None = None
        self._written_for: BriefRow | None = None
        self._model = BriefListModel(self)
        self.list = BriefList(self._model)
        self.words = InlineText(_("Words of this line"))
        self.words.set_lines(2)
        self.words.text.setMaximumHeight(theme().px(_WORDS_HEIGHT))
        self._hint = text_label("", "small", wrap=True)
        self._make_actions()
        self._build()
        self._connect_signals()
        self._row_chosen(None)

    def _make_actions(self) -> None:
        self.up = make_action(_("Section up"), self, shortcut="Alt+Up", icon_name="arrow-up")
        self.down = make_action(
            _("Section down"), self, shortcut="Alt+Down", icon_name="arrow-down"
        )
        self.add = make_action(_("Add a line"), self, shortcut="Ins", icon_name="plus")
        self.reword = make_action(_("Reword"), self, shortcut="F2", icon_name="pencil")
        self.take = make_action(_("Add to the meeting’s questions"), self, shortcut="Ctrl+T")
        self.source = make_action(_("Show in the program"), self, shortcut="Ctrl+G")
        self.restore = make_action(_("Back to the generated words"), self)
        self.reset = make_action(_("Back to the generated brief"), self)

    def commands(self) -> list[QAction]:
        """What can be done here."""
        editing = [self.up, self.down, self.add, self.reword, self.take]
        return [*editing, self.source, self.restore, self.reset]

    def _build(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.M), 0, px(Space.L), px(Space.L))
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(_("Lines"), "heading"), 1)
        for name, action in (
            ("arrow-up", self.up),
            ("arrow-down", self.down),
            ("plus", self.add),
            ("arrow-up-right", self.source),
            ("rotate-ccw", self.reset),
        ):
            button = IconButton(name, action.text())
            button.follow(action)
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self.list, 1)
        column.addWidget(self.words)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=px(Space.S))
        for action in (self.take, self.restore):
            follower = Button()
            flow.addWidget(follower)
            follower.follow(action)
        column.addWidget(buttons)

    def _connect_signals(self) -> None:
        self._model.shown_wanted.connect(self._toggle)
        self.list.row_chosen.connect(self._row_chosen)
        self.list.opened.connect(self._open)
        self.list.removed.connect(self._remove)
        self.words.committed.connect(self._words_typed)
        self.words.entered.connect(self._words_ended)
        self.up.triggered.connect(self._move_up)
        self.down.triggered.connect(self._move_down)
        self.add.triggered.connect(self._start_adding)
        self.reword.triggered.connect(self._start_rewording)
        self.take.triggered.connect(self._take)
        self.source.triggered.connect(self._show_source)
        self.restore.triggered.connect(self._restore)
        self.reset.triggered.connect(self._reset)

    # Showing -------------------------------------------------------------------------------------

    def show_brief(
        self, edits: BriefEdits, sections: Sequence[EditedSection], *, editable: bool
    ) -> None:
        """Show a brief; without a meeting to keep them with, changes are not offered."""
        self._edits, self._sections, self._editable = edits, sections, editable
        self._hint.setText(
            _("Untick what should not be printed. Enter shows where a line comes from.")
            if editable
            else _("Plan a meeting with this account to change its brief: it is kept with it.")
        )
        self.words.setVisible(editable)
        self._model.set_rows(rows_of(sections), editable=editable)
        self._enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(event.size().height() >= theme().px(_ROOM_FOR_HINT))

    def focus_list(self) -> None:
        """Put the keyboard on the lines."""
        self.list.setFocus()

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.words.commit()

    def _row_chosen(self, row: BriefRow | None) -> None:
        if row is not None and self._written_for is not None and row.id == self._written_for.id:
            self._written_for = row
            if self._adding is None:
                self.words.set_value(row.line.text if row.line else "")
        else:
            # Words typed for another line belong to that one.
            self.words.commit()
            self._end_adding()
            self._written_for = row
            self.words.revert()
            self.words.set_value(row.line.text if row and row.line else "")
        self._enable()

    def _enable(self) -> None:
        row = self.list.current_row()
        line = row.line if row else None
        can = self._editable and row is not None
        rewordable = can and line is not None and (line.own or line.line.rewordable)
        self.words.setEnabled(rewordable or self._adding is not None)
        self.reword.setEnabled(rewordable)
        self.add.setEnabled(can and row is not None and row.section.key is not SectionKey.AIM)
        key = row.section.key if row else None
        for action, step in ((self.up, -1), (self.down, 1)):
            movable = can and key is not None and moved(self._sections, key, step) is not None
            action.setEnabled(movable)
        self.take.setVisible(line is not None and isinstance(line.line.fact, Remark))
        self.take.setEnabled(can and _is_proposal(row))
        self.restore.setVisible(line is not None and (line.reworded or line.own))
        self.restore.setText(
            _("Delete this line") if line and (line.own or line.gone)
            else _("Back to the generated words")
        )  # fmt: skip
        self.restore.setEnabled(can)
        self.reset.setEnabled(self._editable and not self._edits.empty)
        self.source.setEnabled(_source(row) is not None)

    # Doing ---------------------------------------------------------------------------------------

    def _toggle(self, row: BriefRow) -> None:
        self.words.commit()
        shown = not row.printed
        if row.line is None:
            label = _("Take a section into the brief") if shown else _(
                "Leave a section out of the brief"
            )  # fmt: skip
            self.edits_wanted.emit(self._edits.with_section(row.section.key, shown=shown), label)
            return
        line = row.line.line
        label = _("Take a line into the brief") if shown else _("Leave a line out of the brief")
        edits = self._edits.with_line(line.key, line.basis, shown=shown)
        self.edits_wanted.emit(edits, label)

    def _remove(self, row: BriefRow) -> None:
        if self._editable and row.line is not None and (row.line.own or row.line.gone):
            self._restore()
        elif self._editable and row.printed:
            self._toggle(row)

    def _words_typed(self, text: str) -> None:
        row = self._written_for
        if self._adding is not None:
            edits = self._edits.with_own(self._adding, text)
            self._end_adding()
            self.words.revert()
            self.edits_wanted.emit(edits, _("Add a line to the brief"))
            if edits.own:
                self.list.choose(edits.own[-1].key)
        elif row is not None and row.line is not None:
            edits = reworded(self._edits, row.section.key, row.line, text)
            if edits != self._edits:
                self.edits_wanted.emit(edits, _("Reword a line of the brief"))
            if self.words.has_draft:
                # The generated words again, or more than is kept.
                self.words.revert()

    def _words_ended(self) -> None:
        self.list.setFocus()

    def _start_adding(self) -> None:
        row = self.list.current_row()
        if row is None:
            return
        self.words.commit()
        self._adding = row.section.key
        title = row.section.section.title
        self.words.label.setText(_("New line in “{section}”").format(section=title))
        self.words.set_value("")
        self.words.revert()
        self._enable()
        self.words.setFocus()

    def _end_adding(self) -> None:
        if self._adding is not None:
            self._adding = None
            self.words.label.setText(_("Words of this line"))

    def _start_rewording(self) -> None:
        self.words.setFocus()
        self.words.text.selectAll()

    def _restore(self) -> None:
        row = self.list.current_row()
        if row is None or row.line is None:
            return
        line = row.line
        self.words.revert()
        edits = reworded(self._edits, row.section.key, line, "")
        own = line.own
        label = _("Delete a line of the brief") if own else _("Take back words in the brief")
        self.edits_wanted.emit(edits, label)

    def _reset(self) -> None:
        self.words.revert()
        self.edits_wanted.emit(BriefEdits(), _("Back to the generated brief"))

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.current_row()
        order = moved(self._sections, row.section.key, step) if row else None
        if order is not None:
            self.words.commit()
            edits = self._edits.with_order(order)
            self.edits_wanted.emit(edits, _("Move a section of the brief"))

    def _take(self) -> None:
        row = self.list.current_row()
        if row is not None and _is_proposal(row):
            self.words.commit()
            again = self.list.current_row()
            if again is not None and again.line is not None:
                self.question_wanted.emit(again.line)

    def _open(self, _row: BriefRow) -> None:
        self._show_source()

    def _show_source(self) -> None:
        source = _source(self.list.current_row())
        if source is not None:
            self.words.commit()
            self.source_wanted.emit(source)


def _is_proposal(row: BriefRow | None) -> bool:
    if row is None or row.line is None or row.section.key is not SectionKey.QUESTIONS:
        return False
    line: EditedLine = row.line
    return isinstance(line.line.fact, Remark)


def _source(row: BriefRow | None) -> Source | None:
    if row is None:
        return None
    return row.line.line.source if row.line else row.section.section.source
