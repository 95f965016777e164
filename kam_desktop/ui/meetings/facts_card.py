"""When and where a meeting is, how long the way takes, with whom, and of which type."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meeting_around import MeetingView
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.services.words import word
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.meetings import changes, meeting_changes
from kam_desktop.ui.meetings.centre_chips import CentreChips
from kam_desktop.ui.meetings.clocks import leave_text, other_clocks, out_of_step
from kam_desktop.ui.meetings.link_line import LinkLine
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.meetings.when_editor import WhenEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import home_zone, span_text
from kam_desktop.ui.widgets import Button, Card, InlineChoice, InlineLine, text_label
from kam_desktop.ui.widgets.minutes_field import InlineMinutes, minutes_text
from kam_desktop.ui.widgets.wrapped_line import WrappedLine


class FactsCard(Card):
    """``account_wanted`` carries the account's id."""

    account_wanted = Signal(str)

    def __init__(
        self, context: AppContext, texts: MeetingTexts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("When and where"), parent=parent)
        self._context = context
        self._detail: MeetingDetail | None = None
        self._when = text_label("", "heading", wrap=True)
        self._elsewhere = text_label("", "small", wrap=True)
        self._mind = text_label("", "small", wrap=True)
        self._mind.setProperty("tone", str(State.WARN))
        self._leave = text_label("", "strong", wrap=True)
        self._account = Button("", "quiet", icon_name="building-2")
        self._type = InlineChoice(_("Type"))
        self._type.set_choices([(kind, word(kind)) for kind in MeetingType])
        self.change_time = Button(_("Change time"), icon_name="calendar-days")
        self._mover = _Mover()
        self._name = texts.add("title", InlineLine(_("Name")))
        place = WrappedLine(_("Place"))
        place.set_placeholder(_("Address or room"))
        self._place = texts.add("place", place)
        self.travel = InlineMinutes(_("Way there, with buffer"))
        self.travel.set_placeholder(_("such as 45 min"))
        self.link = LinkLine(texts)
        self.centres = CentreChips()
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        px = theme().px
        row = QHBoxLayout()
        times = QVBoxLayout()
        times.setSpacing(px(2))
        for label in (self._when, self._elsewhere, self._mind, self._leave):
            times.addWidget(label)
        row.addLayout(times, 1)
        row.addWidget(self.change_time, 0, Qt.AlignmentFlag.AlignTop)
        self.add_tool(self._account)
        self.body.addLayout(row)
        self.add(self._mover)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.S))
        grid.setVerticalSpacing(px(Space.S))
        top = Qt.AlignmentFlag.AlignTop
        for at, (left, right) in enumerate(((self._name, self._type), (self._place, self.travel))):
            grid.addWidget(left, at, 0, top)
            grid.addWidget(right, at, 1, top)
        grid.addWidget(self.link, 2, 0, 1, 2)
        grid.addWidget(self.centres, 3, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.body.addLayout(grid)

    def _connect_signals(self) -> None:
        self._type.committed.connect(self._type_committed)
        self.travel.committed.connect(self._travel_committed)
        self.centres.changed.connect(self._centres_chosen)
        self.change_time.clicked.connect(self._start_moving)
        self._mover.wanted.connect(self._reschedule)
        self._account.clicked.connect(self._open_account)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting, or the same one with what changed."""
        row = detail.row
        if self._detail is None or self._detail.row.id != row.id:
            self._mover.hide()
            self.travel.commit()
            self.travel.revert()
        self._detail = detail
        today, home = self._context.clock.today(), home_zone()
        self._when.setText(
            joined(
                (
                    span_text(row.starts_at, row.minutes, row.zone, today),
                    # Number and unit stay together when the line is broken.
                    minutes_text(row.minutes).replace(" ", "\u00a0"),
                )
            )
        )
        for label, text in (
            (self._elsewhere, other_clocks(detail, home)),
            (self._mind, out_of_step(row.starts_at, row.zone, home)),
            (self._leave, leave_text(detail, home)),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._account.setText(row.account_name.replace("&", "&&"))
        self._type.set_value(row.type)
        self.travel.set_value(detail.travel_minutes)

    def show_view(self, view: MeetingView) -> None:
        """Show a meeting and the buying centres to choose from."""
        chosen = tuple(centre for centre, _name in view.detail.centres)
        self.centres.show_centres(view.around.centres, chosen)
        self.show_detail(view.detail)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.travel.commit()

    def _travel_committed(self, minutes: object) -> None:
        if self._detail is not None:
            self._context.operations.run(
                self, _("Change the way to a meeting"), meeting_changes.set_travel,
                self._detail.row.id, minutes, on_error=self.travel.refuse,
            )  # fmt: skip

    def _centres_chosen(self, centres: object) -> None:
        if self._detail is not None:
            self._context.operations.run(
                self, _("Change the buying centres of a meeting"), meeting_changes.set_centres,
                self._detail.row.id, centres,
            )  # fmt: skip

    def _type_committed(self, value: object) -> None:
        if self._detail is not None and isinstance(value, MeetingType):
            self._context.operations.run(
                self, _("Change the type of a meeting"), changes.set_type,
                self._detail.row.id, value,
            )  # fmt: skip

    def _start_moving(self) -> None:
        if self._detail is not None:
            row = self._detail.row
            self._mover.start(LocalTime.of_instant(row.starts_at, row.zone), row.minutes)

    def _reschedule(self, when: LocalTime, minutes: int) -> None:
        if self._detail is not None:
            self._context.operations.run(
                self, _("Move a meeting"), changes.reschedule, self._detail.row.id, when, minutes,
                on_done=self._moved, on_error=self._mover.refuse,
            )  # fmt: skip

    def _moved(self, _result: object) -> None:
        self._mover.hide()
        self.change_time.setFocus()

    def _open_account(self) -> None:
        if self._detail is not None:
            self.account_wanted.emit(self._detail.row.account_id)


class _Mover(QWidget):
    """Chooses another time. ``wanted`` carries (`LocalTime`, minutes)."""

    wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when = WhenEditor()
        self._keep = Button(_("Move meeting"))
        self._cancel = Button(_("Cancel"), "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._when)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._keep)
        column.addLayout(row)
        self.hide()
        self._keep.clicked.connect(self._want)
        self._cancel.clicked.connect(self.hide)

    def start(self, when: LocalTime, minutes: int) -> None:
        """Open with the time as it is."""
        self._when.set_value(when, minutes)
        self.show()
        self._when.setFocus()

    def refuse(self, error: object) -> None:
        """Say why not."""
        self._when.refuse(error)

    def _want(self) -> None:
        self.wanted.emit(self._when.value(), self._when.minutes)
