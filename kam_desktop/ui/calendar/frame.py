"""The parts of the Calendar page and how they are arranged."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCalendarWidget,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from kam_desktop.services.formatting import first_weekday
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import local_of
from kam_desktop.ui.calendar.agenda_view import AgendaView
from kam_desktop.ui.calendar.model import CalendarModel
from kam_desktop.ui.calendar.month_view import FIRST, LAST, MonthView
from kam_desktop.ui.calendar.surface import Cursor
from kam_desktop.ui.calendar.week_view import WeekView
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import Button, EmptyState, IconButton, make_action, text_label

VIEWS = ("month", "week", "agenda")
_KEPT_VIEW = "calendar/view"
_ONE_LINE_FROM = 720


class CalendarFrame(Page):
    """A row of buttons, and below it the month, the week or the agenda."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        zone = home_zone()
        self.model = CalendarModel(context, zone, self)
        start = Cursor(local_of(context.clock.now(), zone).date())
        self._make_actions()
        self.month = MonthView(self.model, context.clock, start)
        self.week = WeekView(self.model, context.clock, start)
        self.agenda = AgendaView(self.model, context.clock, start)
        self.views: dict[str, MonthView | WeekView | AgendaView] = {
            "month": self.month, "week": self.week, "agenda": self.agenda,
        }  # fmt: skip
        self._stack = QStackedWidget()
        for view in self.views.values():
            self._stack.addWidget(view)
        self._empty = EmptyState(
            "calendar-days",
            _("Nothing in the calendar yet"),
            _("Plan a meeting, or bring appointments along from another calendar (.ics)."),
            [self._new, self._import],
        )
        self._stack.addWidget(self._empty)
        self._shown = kept_view()
        self._lay_out()
        self.setAcceptDrops(True)

    def _make_actions(self) -> None:
        self._new = make_action(
            _("New meeting"), self, shortcut="Ctrl+N", icon_name="calendar-plus", whole_window=True
        )
        self._today = make_action(_("Go to today"), self, shortcut="Ctrl+T", icon_name="calendar")
        self._back = make_action(_("Earlier"), self, shortcut="Ctrl+Up", icon_name="chevron-left")
        self._on = make_action(_("Later"), self, shortcut="Ctrl+Down", icon_name="chevron-right")
        self._jump = make_action(_("Go to a date"), self, shortcut="Ctrl+G", icon_name="calendar")
        self._change = make_action(_("Change when the meeting is"), self, icon_name="clock")
        self._import = make_action(
            _("Import calendar files"), self, shortcut="Ctrl+Shift+I", icon_name="import"
        )
        self._save = make_action(_("Save as calendar file"), self, icon_name="save")
        self._group = QActionGroup(self)
        self.view_actions: dict[str, QAction] = {}
        for number, (name, text) in enumerate(
            (("month", _("Month")), ("week", _("Week")), ("agenda", _("Agenda"))), start=1
        ):
            action = make_action(text, self, shortcut=f"Alt+{number}")
            action.setCheckable(True)
            action.setData(name)
            self._group.addAction(action)
            self.view_actions[name] = action

    def _lay_out(self) -> None:
        px = theme().px
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(Space.S))
        left, right = QHBoxLayout(), QHBoxLayout()
        for row in (left, right):
            row.setSpacing(px(Space.XS))
        for action, icon_name in ((self._back, "chevron-left"), (self._on, "chevron-right")):
            button = IconButton(icon_name, action.text())
            button.follow(action)
            left.addWidget(button)
        today = Button(_("Today"))
        today.clicked.connect(self._today.trigger)
        left.addWidget(today)
        self.jump_button = MonthButton()
        self.jump_button.clicked.connect(self._jump.trigger)
        left.addWidget(self.jump_button)
        left.addStretch(1)
        for action in self.view_actions.values():
            tool = QToolButton()
            tool.setProperty("kind", "text")
            tool.setDefaultAction(action)
            tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            right.addWidget(tool)
        right.addSpacing(px(Space.S))
        for action, icon_name in ((self._import, "import"), (self._save, "save")):
            button = IconButton(icon_name, action.text())
            button.follow(action)
            right.addWidget(button)
        right.addStretch(1)
        self._row.addLayout(left, 1)
        self._row.addLayout(right)
        self.hint = text_label("", "hint", wrap=True)
        self.hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(self._row)
        column.addWidget(self.hint)
        column.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_ONE_LINE_FROM)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


class MonthButton(Button):
    """Says which month is shown; opens a small calendar to go to a date."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", parent=parent)
        self.setFont(theme().font())

    def show_month(self, text: str) -> None:
        """Say another month."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(_("{month}. Go to a date").format(month=text))

    def open_calendar(self, shown: dt.date) -> QMenu:
        """Let a day be picked."""
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(first_weekday()))
        calendar.setDateRange(QDate(FIRST.year, 1, 1), QDate(LAST.year, 12, 31))
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        item = QWidgetAction(menu)
        item.setDefaultWidget(calendar)
        menu.addAction(item)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()
        return menu

    def _picked(self, day: QDate) -> None:
        self.picked.emit(dt.date(day.year(), day.month(), day.day()))


def kept_view() -> str:
    """The view used last on this laptop."""
    kept = str(QSettings().value(_KEPT_VIEW, VIEWS[0]))
    return kept if kept in VIEWS else VIEWS[0]


def keep_view(name: str) -> None:
    """Begin with this view next time."""
    QSettings().setValue(_KEPT_VIEW, name)
