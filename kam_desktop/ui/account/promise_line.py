"""One promise as a line: what, who, until when or what became of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.ui.account.lines import LineActions
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import ElidedLabel, Pill, text_label

_SOON = 7


class PromiseContent(QWidget):
    """The text, a pill that says how it stands, and a quiet line with the rest.

    Ticking the box of an open promise performs the action ``tick``.
    """

    def __init__(
        self,
        row: CommitmentRow,
        today: dt.date,
        actions: LineActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = row
        self._actions = actions
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(Space.S))
        if row.state is CommitmentState.OPEN:
            tick = QCheckBox()
            tick.setToolTip(_("Tick when it was kept"))
            tick.setAccessibleName(_("Kept: {text}").format(text=row.text))
            # The keys of the line do the same.
            tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tick.clicked.connect(self._tick)
            box.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(2))
        box.addLayout(column, 1)
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        text = text_label(row.text, wrap=True)
        text.setMinimumWidth(theme().px(120))
        words, state, exact = standing(row, today)
        pill = Pill(words, state)
        pill.setToolTip(exact)
        head.addWidget(text, 1)
        head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(ElidedLabel(about(row, today), "hint"))
        if row.evidence:
            shown = _("Evidence: {text}").format(text=row.evidence)
            column.addWidget(text_label(shown, "small", wrap=True))

    def _tick(self) -> None:
        self._actions.perform("tick", self._row)


def about(row: CommitmentRow, today: dt.date) -> str:
    """Who it concerns and since when it stands; whose it was once it is settled."""
    sides = {Side.OURS: _("ours"), Side.THEIRS: _("theirs")}
    people = {Side.OURS: _("to {name}"), Side.THEIRS: _("by {name}")}
    who = people[row.side].format(name=row.person_name) if row.person_name else ""
    made = ""
    if row.made_on is not None:
        made = _("made {when}").format(when=relative_date(row.made_on, today))
    settled = row.state is not CommitmentState.OPEN
    return joined((sides[row.side] if settled else "", who, made))


def standing(row: CommitmentRow, today: dt.date) -> tuple[str, State, str]:
    """How a promise stands, with a sign before the word; its state, and the exact day."""
    if row.state is CommitmentState.OPEN:
        return _open(row, today)
    day = "" if row.closed_on is None else date(row.closed_on)
    if row.state is CommitmentState.LATE or row.late(today):
        return "▲ " + _("kept late"), State.WARN, day
    return {
        CommitmentState.KEPT: ("✓ " + _("kept"), State.GOOD, day),
        CommitmentState.BROKEN: ("✕ " + _("broken"), State.BAD, day),
        CommitmentState.WITHDRAWN: ("– " + _("withdrawn"), State.PLAIN, day),
    }[row.state]


def _open(row: CommitmentRow, today: dt.date) -> tuple[str, State, str]:
    if row.due_on is None:
        return _("no date"), State.PLAIN, ""
    late = row.days_late(today)
    if late:
        words = ngettext("{n} day late", "{n} days late", late).format(n=late)
        return f"▲ {words}", State.BAD, date(row.due_on)
    near = _("due {when}").format(when=relative_date(row.due_on, today))
    soon = (row.due_on - today).days <= _SOON
    return near, State.WARN if soon else State.PLAIN, date(row.due_on)
