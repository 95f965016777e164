"""One action of ours as a line: what, who of ours, until when or what became of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ActionState
from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.actions import ActionRow
from kam_desktop.ui.account.lines import LineActions
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import ElidedLabel, Pill, text_label

_SOON = 7


class ActionContent(QWidget):
    """The text, a pill that says how it stands, and a quiet line with who does it.

    Ticking the box of an open action performs the action ``done``.
    """

    def __init__(
        self,
        row: ActionRow,
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
        if row.state is ActionState.OPEN:
            tick = QCheckBox()
            tick.setToolTip(_("Tick when it is done"))
            tick.setAccessibleName(_("Done: {text}").format(text=row.text))
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
        column.addWidget(ElidedLabel(about(row), "hint"))

    def _tick(self) -> None:
        self._actions.perform("done", self._row)


def about(row: ActionRow) -> str:
    """Who of ours does it, with whom, and at which meeting it was agreed."""
    owner = row.owner_name or _("nobody of ours named")
    person = _("with {name}").format(name=row.person_name) if row.person_name else ""
    meeting = _("from “{title}”").format(title=row.meeting_title) if row.meeting_title else ""
    return joined((owner, person, meeting))


def standing(row: ActionRow, today: dt.date) -> tuple[str, State, str]:
    """How an action stands, with a sign before the word; its state, and the exact day."""
    if row.state is ActionState.OPEN:
        return _open(row, today)
    day = "" if row.closed_on is None else date(row.closed_on)
    if row.state is ActionState.DONE:
        return "✓ " + _("done"), State.GOOD, day
    return "– " + _("dropped"), State.PLAIN, day


def _open(row: ActionRow, today: dt.date) -> tuple[str, State, str]:
    if row.due_on is None:
        return _("no date"), State.PLAIN, ""
    late = row.days_late(today)
    if late:
        words = ngettext("{n} day late", "{n} days late", late).format(n=late)
        return f"▲ {words}", State.BAD, date(row.due_on)
    near = _("due {when}").format(when=relative_date(row.due_on, today))
    soon = (row.due_on - today).days <= _SOON
    return near, State.WARN if soon else State.PLAIN, date(row.due_on)
