"""The first section of the dossier: what matters now, why, and what to do."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.overview import Group, Overview, overview
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.course_card import CourseCard
from kam_desktop.ui.account.overview_cards import (
    ChangesCard,
    HealthSummary,
    NextMeetingCard,
    PromisesCard,
)
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.tiles import PeopleTiles
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State, theme
from kam_desktop.ui.widgets import Button, Card, Scroller, text_label

_ROOMY = 900
"""From this width (at scale 1) on the headings of cards have room for all they say."""


class OverviewSection(Section):
    """``map_wanted`` asks for the map (and a person there), ``promises_wanted`` for all promises.

    The other cards act or navigate themselves.
    """

    map_wanted = Signal(str)
    promises_wanted = Signal()
    tables: ClassVar[tuple[str, ...]] = (
        *("account", "person", "role_in_decision", "interaction", "interaction_person"),
        *("commitment", "meeting", "checklist_item", "observation", "contract", "revenue_entry"),
        *("opportunity", "health_snapshot", "rule_set"),
    )

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.people = Card(_("People who decide"))
        self._map_button = Button(_("Open the map"), "quiet")
        self.people.add_tool(self._map_button)
        self.tiles = PeopleTiles()
        self._nobody = text_label(
            _("Nobody is known here yet. Add the people who decide on the map."), "hint", wrap=True
        )
        self.people.add(self.tiles)
        self.people.add(self._nobody)
        self.health = HealthSummary()
        self.course = CourseCard(context)
        self.meeting = NextMeetingCard(context)
        self.promises = PromisesCard(context)
        self.changes = ChangesCard()
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        self.columns = Columns(
            ((self.people, self.health), 23),
            ((self.meeting, self.promises, self.changes), 12),
            last=self.course,
        )
        self._scroller = Scroller()
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.column.addWidget(self.columns)
        self._scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroller)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Before the columns ask for more width than there is.
        self.columns.fit(event.size().width())
        super().resizeEvent(event)

    def _connect_signals(self) -> None:
        self._map_button.clicked.connect(self._open_map)
        self.tiles.chosen.connect(self._open_map_at)
        self.health.opened.connect(self._open_health)
        self.meeting.opened.connect(self._open_meeting)
        self.meeting.planned.connect(self._plan_meeting)
        self.meeting.ticked.connect(self._tick)
        self.promises.kept.connect(self._keep)
        self.promises.all_wanted.connect(self.promises_wanted)

    def load(self) -> None:
        clock = self.context.clock
        self.context.lanes.read(
            self, overview, self.account_id, clock.now(), clock.today(), on_done=self._show
        )

    def _show(self, found: Overview | None) -> None:
        if found is None or found.head.id != self.account_id:
            return
        pills = _group_pills(found.group)
        roomy = self.width() >= theme().px(_ROOMY)
        self.people.set_pills(pills if roomy else pills[:1])
        self.tiles.show_people(found.group.people)
        self._nobody.setVisible(not found.group.people)
        rest = found.group.total - len(found.group.people)
        more = ngettext("{n} more on the map", "{n} more on the map", rest).format(n=rest)
        self.people.set_subtitle(joined((found.group.notice, more if rest > 0 else "")))
        self.health.show_health(found.card, found.series, roomy=roomy)
        self.course.show_series(found.series)
        self.meeting.show_meeting(found.next_meeting)
        self.promises.show_promises(found.promises)
        self.changes.show_changes(found.changes)

    def _open_map(self) -> None:
        self.map_wanted.emit("")

    def _open_map_at(self, person_id: object) -> None:
        self.map_wanted.emit(str(person_id))

    def _open_health(self) -> None:
        self.context.navigator.open("health", account_id=self.account_id)

    def _open_meeting(self, meeting_id: str) -> None:
        self.context.navigator.open("meetings", meeting_id=meeting_id)

    def _plan_meeting(self) -> None:
        self.context.navigator.open("meetings", account_id=self.account_id)

    def _tick(self, item_id: str, done: bool) -> None:
        from kam_desktop.services import checklists

        state = ChecklistState.DONE if done else ChecklistState.OPEN
        label = _("Tick off preparation") if done else _("Untick preparation")
        self.context.operations.run(self, label, checklists.set_item_state, item_id, state)

    def _keep(self, commitment_id: str) -> None:
        from kam_desktop.services import commitments

        self.context.operations.run(
            self, _("Keep a promise"), commitments.keep_commitment, commitment_id
        )


def _group_pills(group: Group) -> list[tuple[str, State]]:
    """The two things most worth knowing about the decision group."""
    if not group.people:
        return []
    pills: list[tuple[str, State]] = []
    if not group.buyers:
        pills.append((_("No economic buyer known"), State.BAD))
    elif not any((buyer.support or 0) > 0 for buyer in group.buyers):
        pills.append((_("Economic buyer not won"), State.BAD))
    elif not group.champions:
        pills.append((_("No champion"), State.WARN))
    if group.unknown:
        text = _("{n} of {total} unknown").format(n=group.unknown, total=group.total)
        pills.append((text, State.WARN))
    return pills
