"""The next meeting, large: how long, where, how far prepared, what is missing, who comes."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.today import NextMeeting
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import countdown_text, elsewhere_text, home_zone, span_text
from kam_desktop.ui.today.lines import attendee_line, missing_line
from kam_desktop.ui.today.rows import Line, LinkRow, RowColumn
from kam_desktop.ui.widgets import Button, Card, ProgressBar, clear_layout, text_label

_SHOWN = 5
_TWO_COLUMNS_FROM = 620
_NOTES_BEFORE = dt.timedelta(minutes=30)
"""From when on before a meeting taking notes is offered."""


class NextMeetingCard(Card):
    """``activated`` carries the `Line` that was chosen, ``wanted`` the meeting's id.

    ``notes_wanted`` carries the id of a meeting that is about to begin or under way.
    """

    activated = Signal(object)
    wanted = Signal(str)
    notes_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Next meeting"), parent=parent)
        self._shown: NextMeeting | None = None
        self._day: dt.date | None = None
        px = theme().px
        self._count = text_label("", "title")
        self._name = text_label("", "section", wrap=True)
        self._when = text_label("", "secondary", wrap=True)
        self._aim = text_label("", wrap=True)
        self._progress = ProgressBar(0, name=_("Preparation"))
        self._done = text_label("", "small")
        self._prepare = Button(_("Prepare"), icon_name="list-checks")
        self._notes = Button(_("Take notes"), icon_name="notebook-pen")
        self._notes.hide()
        self._missing, self._people = RowColumn(), RowColumn()
        self._missing_head = text_label("", "small")
        self._people_head = text_label("", "small")
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for label in (self._name, self._when):
            words.addWidget(label)
        head.addLayout(words, 1)
        head.addWidget(self._count)
        self.body.addLayout(head)
        self.add(self._aim)
        bar = QHBoxLayout()
        bar.setSpacing(px(Space.M))
        bar.addWidget(self._progress, 1)
        bar.addWidget(self._done)
        self.body.addLayout(bar)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(Space.L))
        for label, rows, stretch in (
            (self._missing_head, self._missing, 3),
            (self._people_head, self._people, 2),
        ):
            column = QVBoxLayout()
            column.setSpacing(px(2))
            column.addWidget(label)
            column.addLayout(rows)
            column.addStretch(1)
            self._columns.addLayout(column, stretch)
        self.body.addLayout(self._columns)
        self.add_tool(self._notes)
        self.add_tool(self._prepare)
        self._notes.clicked.connect(self._want_notes)
        self._prepare.clicked.connect(self._want)

    def show_meeting(self, found: NextMeeting, now: dt.datetime, today: dt.date) -> None:
        """Show the next meeting."""
        row = found.row
        there = row.today_there(now)
        same = (self._shown, self._day) == (found, there)
        self._shown, self._day = found, there
        self._name.setText(joined((row.title, row.account_name)))
        when = span_text(row.starts_at, row.minutes, row.zone, today)
        here = elsewhere_text(row.starts_at, row.zone, home_zone(), here=True)
        self._when.setText(joined((when, here, row.place)))
        self._aim.setText(found.objective_ours or _("No objective written down yet."))
        self.show_time(now)
        if not same:
            self._show_preparation(found, there)
            self._show_people(found)

    def show_time(self, now: dt.datetime) -> None:
        """Show how long it still is."""
        if self._shown is not None:
            row = self._shown.row
            self._count.setText(countdown_text(row.starts_at, row.ends_at, row.zone, now))
            self._notes.setVisible(now >= row.starts_at - _NOTES_BEFORE)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to do."""
        self._prepare.setFocus()

    def _show_preparation(self, found: NextMeeting, today: dt.date) -> None:
        row = found.row
        total = row.done + row.open
        self._progress.set_share(row.prepared or 0)
        self._done.setText(
            ngettext("{done} of {n} prepared", "{done} of {n} prepared", total).format(
                done=row.done, n=total
            )
        )
        late = sum(item.late(today) for item in found.missing)
        text = ngettext("{n} item late", "{n} items late", late).format(n=late)
        self.set_pills([(text, State.BAD)] if late else [])
        left = len(found.missing)
        self._missing_head.setText(
            ngettext("{n} thing to prepare", "{n} things to prepare", left).format(n=left)
            if left
            else _("Everything is prepared.")
        )
        lines = [missing_line(item, row, today) for item in found.missing[:_SHOWN]]
        if left > _SHOWN:
            more = ngettext("{n} more", "{n} more", left - _SHOWN).format(n=left - _SHOWN)
            lines.append(Line(more, "", target=("meeting", row.id), quiet=True))
        fill(self._missing, lines, self)

    def _show_people(self, found: NextMeeting) -> None:
        facts = [_("In the room")]
        if found.unknown_people:
            text = ngettext("{n} position unknown", "{n} positions unknown", found.unknown_people)
            facts.append(text.format(n=found.unknown_people))
        if found.without_role:
            text = ngettext("{n} without a role", "{n} without a role", found.without_role)
            facts.append(text.format(n=found.without_role))
        if not found.clients:
            facts = [_("Nobody of theirs is on the list yet.")]
        self._people_head.setText(" · ".join(facts))
        fill(self._people, [attendee_line(p, found.row) for p in found.clients[:_SHOWN]], self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _want(self) -> None:
        if self._shown is not None:
            self.wanted.emit(self._shown.row.id)

    def _want_notes(self) -> None:
        if self._shown is not None:
            self.notes_wanted.emit(self._shown.row.id)


def fill(rows: QVBoxLayout, lines: list[Line], owner: NextMeetingCard | ListCard) -> None:
    """Show these lines instead of those shown now."""
    clear_layout(rows)
    for line in lines:
        row = LinkRow(line)
        row.activated.connect(owner.activated)
        rows.addWidget(row)


class ListCard(Card):
    """A titled list of lines. ``activated`` carries the `Line` that was chosen."""

    activated = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._lines: list[Line] | None = None
        self._rows = RowColumn()
        self.body.addLayout(self._rows)

    def show_lines(self, lines: list[Line], point: str = "") -> None:
        """Show these lines; the card hides itself when there are none."""
        self.setVisible(bool(lines))
        self.set_subtitle(point)
        if lines != self._lines:
            self._lines = lines
            fill(self._rows, lines, self)
