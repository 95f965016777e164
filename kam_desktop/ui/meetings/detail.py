"""One meeting: when and where, who comes, what is wanted, what is prepared, what came out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.ui.meetings.after_cards import AfterwardsCard, PreviousCard
from kam_desktop.ui.meetings.attendees_card import AttendeesCard
from kam_desktop.ui.meetings.checklist_card import ChecklistCard
from kam_desktop.ui.meetings.facts_card import FactsCard
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Card, Scroller
from kam_desktop.ui.widgets.growing_text import GrowingText

_TWO_COLUMNS_FROM = 760


class MeetingPanel(Scroller):
    """``link_wanted`` carries the link of a checklist item, ``person_wanted`` a person's id,
    ``meeting_wanted`` the id of the meeting before, ``account_wanted`` the account's."""

    link_wanted = Signal(str)
    person_wanted = Signal(str)
    meeting_wanted = Signal(str)
    account_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: MeetingDetail | None = None
        self.texts = MeetingTexts(context, self)
        self.facts = FactsCard(context, self.texts)
        self.checklist = ChecklistCard(context)
        self.attendees = AttendeesCard(context)
        self._aims = _aims_card(self.texts)
        self.after = AfterwardsCard(context, self.texts)
        self._previous = PreviousCard()
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        px = theme().px
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(Space.M))
        main, side = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (main, (self.facts, self.checklist, self.after)),
            (side, (self.attendees, self._aims, self._previous)),
        ):
            column.setSpacing(px(Space.M))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._columns.addLayout(main, 3)
        self._columns.addLayout(side, 2)
        self.column.addLayout(self._columns)
        self.column.addStretch(1)

    def _connect_signals(self) -> None:
        self.facts.account_wanted.connect(self.account_wanted)
        self._previous.meeting_wanted.connect(self.meeting_wanted)
        self.checklist.link_wanted.connect(self.link_wanted)
        self.checklist.asking.connect(self._bring_into_view)
        self.attendees.person_wanted.connect(self.person_wanted)

    # Showing

    @property
    def detail(self) -> MeetingDetail | None:
        """The meeting that is shown."""
        return self._detail

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting, or the same one with what changed."""
        row = detail.row
        if self._detail is None or self._detail.row.id != row.id:
            self.commit_drafts()
            self.verticalScrollBar().setValue(0)
        self._detail = detail
        values = {
            "title": row.title,
            "place": row.place,
            "objective_ours": detail.objective_ours,
            "objective_theirs": detail.objective_theirs,
            "agenda": detail.agenda,
            "outcome": detail.outcome,
            "next_step": detail.next_step,
        }
        self.texts.show_values(row.id, values)
        for card in (self.facts, self.checklist, self.attendees, self.after):
            card.show_detail(detail)
        self._previous.show_detail(detail, self._context.clock.today())

    def show_part(self, part: str) -> None:
        """Bring a part into view and put the keyboard there, as named in checklist links."""
        targets: dict[str, QWidget] = {
            "objectives": self.texts["objective_ours"],
            "agenda": self.texts["agenda"],
            "attendees": self.attendees,
            "when": self.facts.change_time,
            "previous": self._previous.open_it,
        }
        target = targets.get(part)
        if target is None:
            return
        self.ensureWidgetVisible(target)
        if part == "attendees":
            self.attendees.focus_adding()
        else:
            target.setFocus()

    def _bring_into_view(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.texts.commit_drafts()
        self.checklist.commit_drafts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def _aims_card(texts: MeetingTexts) -> Card:
    card = Card(_("Objectives"))
    ours = GrowingText(_("What we want"))
    ours.set_placeholder(_("The one thing to leave with"))
    theirs = GrowingText(_("What they want"))
    theirs.set_placeholder(_("What makes this hour worth it for them"))
    agenda = GrowingText(_("Agenda and questions"))
    agenda.set_placeholder(_("One line each: topics with minutes, questions to ask"))
    agenda.set_lines(4)
    card.add(texts.add("objective_ours", ours))
    card.add(texts.add("objective_theirs", theirs))
    card.add(texts.add("agenda", agenda))
    return card
