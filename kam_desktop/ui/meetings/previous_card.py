"""The meeting before this one: what came out, what was to follow, what was promised there."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meeting_around import MeetingView
from kam_desktop.services.zones import local_of
from kam_desktop.ui.meetings.folding_card import FoldingCard
from kam_desktop.ui.meetings.open_lines import OpenLines, open_items
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.times import day_text
from kam_desktop.ui.widgets import Button, text_label


class PreviousCard(FoldingCard):
    """Hidden for a first meeting. ``meeting_wanted`` carries the id of the meeting before."""

    meeting_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("previous", _("The meeting before"), parent)
        self._context = context
        self._previous_id = ""
        self._outcome = text_label("", wrap=True)
        self._step = text_label("", "small", wrap=True)
        self._still = text_label(_("Promised there and still open"), "small")
        self.open_lines = OpenLines(context)
        self.open_it = Button(_("Open it"), "quiet")
        self.add_tool(self.open_it)
        for widget in (self._outcome, self._step, self._still, self.open_lines):
            self.content.addWidget(widget)
        self.open_it.clicked.connect(self._open)

    def show_view(self, view: MeetingView, today: dt.date) -> None:
        """Show what came out of the meeting before this one."""
        before = view.detail.previous
        self.setVisible(before is not None)
        if before is None:
            return
        self._previous_id = before.id
        day = day_text(local_of(before.starts_at, before.zone).date(), today)
        self.set_subtitle(joined((before.title, day)))
        still_to_come = before.starts_at > self._context.clock.now()
        nothing = _("It is still to come.") if still_to_come else _("No outcome was written down.")
        self._outcome.setText(before.outcome or nothing)
        step = _("Next step: {text}").format(text=before.next_step) if before.next_step else ""
        self._step.setText(step)
        self._step.setVisible(bool(step))
        promised = [row for row in view.around.promises if row.meeting_id == before.id]
        self._still.setVisible(bool(promised))
        self.open_lines.setVisible(bool(promised))
        self.open_lines.show_items(open_items(promised), today)

    def _open(self) -> None:
        self.meeting_wanted.emit(self._previous_id)
