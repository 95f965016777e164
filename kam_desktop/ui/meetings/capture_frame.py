"""The parts of the notes page and how they are arranged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.capture_editor import CaptureEditor
from kam_desktop.ui.meetings.capture_side import AfterSide, DuringSide
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    make_action,
    text_label,
)

_BESIDE_FROM = 660
_SIDE = 310


class CaptureFrame(Page):
    """The notes at the left, what belongs to them at the right; one of both where it is narrow."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.editor = CaptureEditor()
        self.during = DuringSide(context)
        self.after = AfterSide(context, self.editor)
        self.part = "during"
        self._beside = True
        self._make_actions()
        self._lay_out()

    def _make_actions(self) -> None:
        self.write = make_action(_("Notes"), self, shortcut="F7", whole_window=True)
        self.show_during = make_action(_("During"), self, shortcut="F8", whole_window=True)
        self.show_after = make_action(_("Afterwards"), self, shortcut="F9", whole_window=True)
        self.finish = make_action(
            _("Write up"), self, shortcut="Ctrl+Return", icon_name="list-checks", whole_window=True
        )
        self.make_records = make_action(
            _("Make records"), self, shortcut="Ctrl+Shift+Return", icon_name="check",
            whole_window=True,
        )  # fmt: skip
        self.meeting = make_action(_("Show the meeting"), self, icon_name="calendar-days")
        self.follow_up = make_action(_("Start follow-up…"), self, icon_name="list-checks")
        self.minutes = make_action(_("Minutes…"), self, icon_name="printer")
        plan = make_action(_("Plan a meeting"), self, icon_name="calendar-plus")
        plan.setObjectName("plan_meeting")
        self.plan = plan
        self.on_selection = tuple(
            make_action(text, self, shortcut=key, icon_name=icon, whole_window=True)
            for text, key, icon in (
                (_("Our promise"), "Ctrl+Shift+O", "handshake"),
                (_("Their promise"), "Ctrl+Shift+P", "handshake"),
                (_("Action"), "Ctrl+Shift+D", "list-checks"),
                (_("Touch"), "Ctrl+Shift+U", "notebook-pen"),
                (_("Support"), "Ctrl+Shift+S", "user-round-check"),
            )
        )

    def _lay_out(self) -> None:
        px = theme().px
        self.tabs = _Tabs((self.write, self.show_during, self.show_after))
        self.tools = QWidget()
        flow = FlowLayout(self.tools, spacing=px(Space.XS))
        caption = text_label(_("Selected text is"), "small")
        flow.addWidget(caption)
        for action in self.on_selection:
            button = Button()
            button.follow(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            flow.addWidget(button)
            caption.setMinimumHeight(button.sizeHint().height())
        self.current = ElidedLabel("", "small")
        self.error = text_label("", "error", wrap=True)
        self.error.hide()
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        for widget in (self.tools, self.editor, self.error, self.current):
            column.addWidget(widget, int(widget is self.editor))
        self.side = QStackedWidget()
        for widget in (self.during, self.after):
            self.side.addWidget(widget)
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.L))
        row.addWidget(self.left, 1)
        row.addWidget(self.side)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        outer.addWidget(self.tabs)
        outer.addWidget(self._body, 1)
        self._empty = EmptyState(
            "notebook-pen",
            _("No meeting to take notes of"),
            _("Plan one, or open a meeting that is over, and take notes from there."),
            [self.plan],
        )
        self.stack = QStackedWidget()
        for widget in (whole, self._empty):
            self.stack.addWidget(widget)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.stack)

    def show_part(self, part: str) -> None:
        """Show ``notes``, ``during`` or ``after``; beside each other there are always the notes."""
        if part != "notes":
            self.side.setCurrentWidget(self.after if part == "after" else self.during)
        elif self._beside:
            part = self.part if self.part != "notes" else "during"
        self.part = part
        after = self.side.currentWidget() is self.after
        self.left.setVisible(self._beside or part == "notes")
        self.side.setVisible(self._beside or part != "notes")
        self.tools.setVisible(after)
        self.tabs.mark({"notes": 0, "during": 1, "after": 2}[part])
        self.enable_actions()
        self.heading_changed.emit()

    def show_nothing(self) -> None:
        """There is no meeting."""
        self.stack.setCurrentWidget(self._empty)
        self.enable_actions()
        self.heading_changed.emit()

    def show_body(self) -> None:
        """There is a meeting."""
        self.stack.setCurrentIndex(0)
        self.enable_actions()

    def enable_actions(self) -> None:
        """What can be done now: nothing without a meeting, and some things only afterwards."""
        there = self.has_meeting
        after = self.side.currentWidget() is self.after
        views = (self.write, self.show_during, self.show_after, self.meeting)
        for action in (*views, self.follow_up, self.minutes):
            action.setEnabled(there)
        self.finish.setEnabled(there and not after)
        self.make_records.setEnabled(there and after and bool(self.after.records.chosen))
        some = there and bool(self.editor.selected_text) and not self.editor.isReadOnly()
        for action in self.on_selection:
            action.setEnabled(some)

    @property
    def has_meeting(self) -> bool:
        """Whether a meeting is shown."""
        return self.stack.currentIndex() == 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme().px
        beside = event.size().width() >= px(_BESIDE_FROM)
        self.side.setMaximumWidth(px(_SIDE) if beside else 16_777_215)
        self.side.setMinimumWidth(px(_SIDE) if beside else 0)
        if beside != self._beside:
            self._beside = beside
            self.tabs.show_first(not beside)
            self.show_part(self.part if beside or self.part == "after" else "notes")


class _Tabs(QWidget):
    """Which part is shown; each follows an action, with its key in the tool tip."""

    def __init__(self, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.XS))
        self._group = QButtonGroup(self)
        self._buttons: list[QToolButton] = []
        for number, action in enumerate(actions):
            button = QToolButton()
            button.setText(action.text())
            button.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
            button.setAccessibleName(action.text())
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action.trigger)
            self._group.addButton(button, number)
            self._buttons.append(button)
            row.addWidget(button)
        self._buttons[0].hide()
        row.addStretch(1)

    def mark(self, number: int) -> None:
        """This part is shown."""
        self._buttons[number].setChecked(True)

    def show_first(self, shown: bool) -> None:
        """Where parts do not stand beside each other, the first can be chosen as well."""
        self._buttons[0].setVisible(shown)
