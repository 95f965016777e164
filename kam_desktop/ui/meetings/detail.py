"""One meeting: when and where, who comes, what is wanted, what is prepared, what came out."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meeting_around import MeetingView
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.ui.meetings.actions_card import MeetingActionsCard
from kam_desktop.ui.meetings.after_cards import AfterwardsCard
from kam_desktop.ui.meetings.attendees_card import AttendeesCard
from kam_desktop.ui.meetings.checklist_card import ChecklistCard
from kam_desktop.ui.meetings.documents_card import DocumentsCard
from kam_desktop.ui.meetings.facts_card import FactsCard
from kam_desktop.ui.meetings.next_card import NextCard
from kam_desktop.ui.meetings.open_lines import OpenCard
from kam_desktop.ui.meetings.points_cards import AgendaCard, PointsCard
from kam_desktop.ui.meetings.previous_card import PreviousCard
from kam_desktop.ui.meetings.rating_card import RatingCard
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Card, Scroller
from kam_desktop.ui.widgets.growing_text import GrowingText

_TWO_COLUMNS_FROM = 760
_AIMS_BESIDE_FROM = 420


@runtime_checkable
class _Drafting(Protocol):
    """A part of the page in which something may be typed and not kept yet."""

    def commit_drafts(self) -> None: ...


class MeetingPanel(Scroller):
    """``link_wanted`` carries the link of a checklist item, ``person_wanted`` a person's id,
    ``meeting_wanted`` the id of another meeting, ``account_wanted`` the account's, ``planned`` the
    id of the next meeting that was planned here."""

    link_wanted = Signal(str)
    person_wanted = Signal(str)
    meeting_wanted = Signal(str)
    account_wanted = Signal(str)
    planned = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: MeetingView | None = None
        self._is_begun = False
        self._is_wide = True
        self.texts = MeetingTexts(context, self)
        self.facts = FactsCard(context, self.texts)
        self._aims = AimsCard(self.texts)
        self.agenda = AgendaCard(context, self.texts)
        self.questions = PointsCard(context, PointKind.QUESTION)
        self.objections = PointsCard(context, PointKind.OBJECTION)
        self.checklist = ChecklistCard(context)
        self.after = AfterwardsCard(context, self.texts)
        self.next = NextCard(context)
        self.rating = RatingCard(context)
        self.attendees = AttendeesCard(context)
        self.previous = PreviousCard(context)
        self.open = OpenCard(context)
        self.our_actions = MeetingActionsCard(context)
        self.documents = DocumentsCard(context)
        self._lay_out()
        self._connect_signals()

    # What there is, in order

    def _main_cards(self) -> tuple[QWidget, ...]:
        """At the left: before the meeting what prepares it, once it began what follows it."""
        talk = (self._aims, self.agenda, self.questions, self.objections)
        if self._is_begun:
            return (self.facts, self.after, self.next, *talk, self.checklist)
        return (self.facts, *talk, self.checklist, self.after, self.next)

    def _side_cards(self) -> tuple[QWidget, ...]:
        """At the right: who, and what is known from before."""
        return (
            self.attendees,
            self.rating,
            self.previous,
            self.our_actions,
            self.open,
            self.documents,
        )

    def _one_column(self) -> tuple[QWidget, ...]:
        """Where there is no room for two columns: what is at the right comes after the facts, or
        after what follows a meeting that began."""
        main, side = self._main_cards(), self._side_cards()
        first = 3 if self._is_begun else 1
        return (*main[:first], *side[:-1], *main[first:], side[-1])

    def parts(self) -> dict[str, QWidget]:
        """Where the links of checklist items lead, by the name of the part."""
        return {
            "objectives": self.texts["objective_ours"],
            "agenda": self.agenda,
            "questions": self.questions,
            "objections": self.objections,
            "attendees": self.attendees,
            "when": self.facts.change_time,
            "travel": self.facts.travel,
            "previous": self.previous.open_it,
            "documents": self.documents.add_one,
            "checklist": self.checklist.view,
        }

    def _lay_out(self) -> None:
        px = theme().px
        columns = QHBoxLayout()
        columns.setSpacing(px(Space.M))
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self._main, 3), (self._side, 2)):
            column.setSpacing(px(Space.M))
            column.addStretch(1)
            columns.addLayout(column, share)
        self.column.addLayout(columns)
        self.column.addStretch(1)
        self._columns = columns
        self._arrange()

    def _arrange(self) -> None:
        """Put the cards where they belong now."""
        main, side = self._main_cards(), self._side_cards()
        if not self._is_wide:
            main, side = self._one_column(), ()
        for column, cards in ((self._main, main), (self._side, side)):
            for at, card in enumerate(cards):
                if column.indexOf(card) != at:
                    self._main.removeWidget(card)
                    self._side.removeWidget(card)
                    column.insertWidget(at, card)
        self._columns.setStretch(1, 2 if self._is_wide else 0)
        self._columns.setSpacing(theme().px(Space.M) if self._is_wide else 0)

    def _connect_signals(self) -> None:
        self.facts.account_wanted.connect(self.account_wanted)
        self.previous.meeting_wanted.connect(self.meeting_wanted)
        self.next.meeting_wanted.connect(self.meeting_wanted)
        self.next.planned.connect(self.planned)
        self.next.asking.connect(self._bring_into_view)
        self.checklist.link_wanted.connect(self.link_wanted)
        self.checklist.asking.connect(self._bring_into_view)
        self.attendees.person_wanted.connect(self.person_wanted)

    # Showing

    @property
    def detail(self) -> MeetingDetail | None:
        """The meeting that is shown."""
        return self._view.detail if self._view is not None else None

    def show_view(self, view: MeetingView) -> None:
        """Show a meeting, or the same one with what changed."""
        detail, shown = view.detail, self.detail
        row = detail.row
        if shown is None or shown.row.id != row.id:
            self.commit_drafts()
            self.verticalScrollBar().setValue(0)
        self._view = view
        self._set_begun(row.starts_at <= self._context.clock.now())
        values = {
            "title": row.title,
            "place": row.place,
            "link": detail.link,
            "objective_ours": detail.objective_ours,
            "objective_theirs": detail.objective_theirs,
            "agenda": detail.agenda,
            "outcome": detail.outcome,
            "next_step": detail.next_step,
        }
        self.texts.show_values(row.id, values)
        self.facts.show_view(view)
        for card in (
            self.agenda,
            self.questions,
            self.objections,
            self.checklist,
            self.attendees,
            self.after,
            self.our_actions,
        ):
            card.show_detail(detail)
        self._show_around(view)

    def _show_around(self, view: MeetingView) -> None:
        before = view.detail.previous
        elsewhere = [
            row for row in view.around.promises if before is None or row.meeting_id != before.id
        ]
        self.previous.show_view(view, self._context.clock.today())
        self.our_actions.setVisible(self._is_begun)
        here = view.detail.row.id if self._is_begun else ""
        doing = [row for row in view.around.actions if row.meeting_id != here]
        self.open.show_open(elsewhere, doing)
        self.documents.show_view(view)
        self.rating.show_view(view)
        self.next.show_view(view)

    def _set_begun(self, is_begun: bool) -> None:
        if is_begun != self._is_begun:
            self._is_begun = is_begun
            self._arrange()

    def show_part(self, part: str) -> None:
        """Bring a part into view and put the keyboard there, as named in checklist links."""
        target = self.parts().get(part)
        if target is None:
            return
        self.ensureWidgetVisible(target)
        if target is self.attendees:
            self.attendees.focus_adding()
        elif isinstance(target, PointsCard):
            target.start_adding()
        else:
            target.setFocus()

    def plan_next(self) -> None:
        """Ask when the meeting after this one is to be."""
        self.next.start()

    def _bring_into_view(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.texts.commit_drafts()
        for card in (*self._main_cards(), *self._side_cards()):
            if isinstance(card, _Drafting):
                card.commit_drafts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_TWO_COLUMNS_FROM)
        if wide != self._is_wide:
            self._is_wide = wide
            self._arrange()


class AimsCard(Card):
    """What either side wants of the meeting, beside each other where there is room."""

    def __init__(self, texts: MeetingTexts, parent: QWidget | None = None) -> None:
        super().__init__(_("Objectives"), parent=parent)
        ours = GrowingText(_("What we want"))
        ours.set_placeholder(_("The one thing to leave with"))
        theirs = GrowingText(_("What they want"))
        theirs.set_placeholder(_("What makes this hour worth it for them"))
        self._fields = (
            texts.add("objective_ours", ours),
            texts.add("objective_theirs", theirs),
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(Space.S))
        self._beside: bool | None = None
        self.body.addLayout(self._grid)
        self._place(beside=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(beside=event.size().width() >= theme().px(_AIMS_BESIDE_FROM))

    def _place(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for at, field in enumerate(self._fields):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, 0 if beside else at, at if beside else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)
