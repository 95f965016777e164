"""Questions and objections beside the notes: ticked when they were answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.formatting import isolate, joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import PointRow
from kam_desktop.ui.meetings import note_changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Card, clear_layout, text_label
from kam_desktop.ui.widgets.wrapped_line import WrappedLine

TICK = "✓"
"""The answer to what was dealt with and needs no words."""


class PointsCard(Card):
    """The lines of one kind, hidden when there are none."""

    def __init__(
        self, context: AppContext, title: str, question: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self._context = context
        self._question = question
        self._ids: list[str] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.M))
        self.body.addLayout(self._column)
        self.lines: list[PointLine] = []
        self.hide()

    def show_points(self, points: Sequence[PointRow]) -> None:
        """Show the lines; an answer being typed stays."""
        ids = [point.id for point in points]
        if ids != self._ids:
            self._ids = ids
            clear_layout(self._column)
            self.lines = []
            for point in points:
                line = PointLine(point, self._question)
                line.answered.connect(self._keep)
                self._column.addWidget(line)
                self.lines.append(line)
        for line, point in zip(self.lines, points, strict=True):
            line.show_point(point)
        open_ones = sum(not point.answer for point in points)
        self.set_subtitle(_("{n} open").format(n=open_ones) if open_ones else "")
        self.setVisible(bool(points))

    def _keep(self, point_id: str, text: str) -> None:
        self._context.operations.run(
            self, _("Answer"), note_changes.answer, point_id, text,
            coalesce=f"answer:{point_id}",
        )  # fmt: skip


class PointLine(QWidget):
    """One question or objection. ``answered`` carries its id and the answer."""

    answered = Signal(str, str)

    def __init__(self, point: PointRow, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = point.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        self._text = text_label("", wrap=True)
        self.box = QCheckBox()
        self.answer = WrappedLine(question, show_label=False)
        self.answer.set_placeholder(question)
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.XS))
        head.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._text, 1)
        column.addLayout(head)
        column.addWidget(self.answer)
        self.box.clicked.connect(self._ticked)
        self.answer.committed.connect(self._written)

    def show_point(self, point: PointRow) -> None:
        """Show the line and its answer."""
        self._text.setText(joined((point.text, point.person_name)))
        self.box.setAccessibleName(_("Dealt with: {text}").format(text=isolate(point.text)))
        self.answer.text.setAccessibleName(_("Answer to: {text}").format(text=isolate(point.text)))
        self.answer.set_value("" if point.answer == TICK else point.answer)
        self.box.setChecked(bool(point.answer))

    def _ticked(self, on: bool) -> None:
        text = self.answer.value()
        if on:
            self.answered.emit(self._id, text or TICK)
        elif text:
            # An answer is not thrown away by a click.
            self.box.setChecked(True)
        else:
            self.answered.emit(self._id, "")

    def _written(self, text: object) -> None:
        self.answered.emit(self._id, str(text))
