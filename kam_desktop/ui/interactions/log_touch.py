"""Logging a touch from anywhere: who, what kind, one line."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.choices import Choice, our_members
from kam_desktop.services.queries.touch_offers import probable_kind, whom_it_was_with
from kam_desktop.ui.interactions import changes
from kam_desktop.ui.interactions.kind_chips import KindChips
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import Button, FlowLayout, Pill, PrimaryButton, QuietCombo, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog

_SAME_DAY_OFFSETS = (0, 1, 2, 3, 7)


class LogTouchPanel(QWidget):
    """The form. ``logged`` carries the id of the touch, ``cancelled`` is emitted on Escape.

    ``grown`` when it may need another height.
    """

    logged = Signal(str)
    cancelled = Signal()
    grown = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._people: list[Choice] = []
        self._account: Choice | None = None
        self._pills: list[Pill] = []
        self._build()
        self._connect_signals()

    def _build(self) -> None:
        px = theme().px
        self._who = RecordPicker(
            self._context,
            whom_it_was_with,
            _("Who? Type a name or a company"),
            clears=True,
            takes_first=True,
        )
        self._who.ask_with(self._context.clock.now())
        self._chosen = QWidget()
        self._chosen_row = FlowLayout(self._chosen, spacing=px(Space.XS))
        self._chosen.hide()
        self._kind = KindChips()
        self._day = QuietCombo()
        self._day.setAccessibleName(_("When"))
        for text in (
            _("just now"),
            _("yesterday"),
            _("2 days ago"),
            _("3 days ago"),
            _("a week ago"),
        ):
            self._day.addItem(text)
        self._ours = QuietCombo()
        self._ours.setAccessibleName(_("Who of ours"))
        self._ours.hide()
        self._line = QLineEdit()
        self._line.setPlaceholderText(_("What was it about? One line is enough"))
        self._line.setAccessibleName(_("What it was about"))
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self._save = PrimaryButton(_("Log it"))
        self._cancel = Button(_("Cancel"))
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._who)
        column.addWidget(self._chosen)
        column.addWidget(self._line)
        column.addWidget(self._kind)
        row = FlowLayout(spacing=px(Space.S))
        row.addWidget(self._day)
        row.addWidget(self._ours)
        column.addLayout(row)
        column.addWidget(self._error)
        hint = _("Enter chooses, Enter logs. Alt with 1 to 8 is the kind.")
        column.addWidget(text_label(hint, "hint", wrap=True))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column.addLayout(buttons)
        self.setFocusProxy(self._who)

    def _connect_signals(self) -> None:
        self._who.picked.connect(self.add_choice)
        self._line.returnPressed.connect(self.save)
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self.cancelled)
        self._kind.chosen.connect(self._back_to_line)
        self._context.lanes.read(self, our_members, on_done=self._offer_ours)

    def _offer_ours(self, team: list[Choice]) -> None:
        """Who of ours it was with: me, unless somebody else is chosen."""
        if not team:
            return
        for member in team:
            self._ours.addItem(_("with {name}").format(name=member.title), member.id)
        self._ours.addItem(_("nobody of ours named"), None)
        mine = bool(team[0].subtitle)
        self._ours.setCurrentIndex(0 if mine else len(team))
        self._ours.show()
        self.grown.emit()

    def add_choice(self, choice: Choice) -> None:
        """Somebody (or a company) took part."""
        if choice.kind == "person":
            self._people = [*(p for p in self._people if p.id != choice.id), choice]
            self._ask_kind(choice)
        else:
            self._account = choice
        self._show_chosen()
        self._say("")
        self._line.setFocus()

    def _ask_kind(self, person: Choice) -> None:
        self._context.lanes.read(
            self, probable_kind, person.id, self._context.clock.now(), on_done=self._kind.offer
        )

    def _back_to_line(self) -> None:
        if self._people or self._account is not None:
            self._line.setFocus()

    def _show_chosen(self) -> None:
        for pill in self._pills:
            self._chosen_row.removeWidget(pill)
            pill.deleteLater()
        shown = [*self._people, *([self._account] if self._account else [])]
        self._pills = [Pill(choice.title, "accent") for choice in shown]
        for pill in self._pills:
            self._chosen_row.addWidget(pill)
        self._chosen.setVisible(bool(shown))
        self.grown.emit()

    @property
    def error_text(self) -> str:
        """What is said to be missing; empty when nothing is."""
        return "" if self._error.isHidden() else self._error.text()

    def save(self) -> None:
        """Log what was typed, or say what is missing."""
        account = self._account.id if self._account else ""
        if not account and self._people:
            account = self._people[0].account_id
        if not account:
            self._say(_("Choose who it was with."))
            self._who.setFocus()
            return
        touch = changes.Touch(
            account_id=account,
            person_ids=tuple(person.id for person in self._people),
            kind=self._kind.kind,
            at=self._instant(),
            zone=home_zone(),
            summary=self._line.text(),
            member_id=self._ours.currentData(),
        )
        self._save.setEnabled(False)
        self._context.operations.run(
            self, _("Log a touch"), changes.log_touch, touch,
            on_done=self._done, on_error=self._refused,
        )  # fmt: skip

    def _instant(self) -> dt.datetime:
        days = _SAME_DAY_OFFSETS[max(0, self._day.currentIndex())]
        return self._context.clock.now() - dt.timedelta(days=days)

    def _done(self, touch_id: str) -> None:
        self._context.navigator.notify(
            _("Logged."),
            kind="good",
            action_text=_("Undo"),
            action=self._context.operations.undo,
        )
        self.logged.emit(touch_id)

    def _refused(self, error: object) -> None:
        self._save.setEnabled(True)
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.grown.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and any(box.hasFocus() for box in (self._day, self._ours)):
            self._line.setFocus()
            return
        super().keyPressEvent(event)


class LogTouchDialog(CalmDialog):
    """The form in a small window of its own."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Log a touch"), parent, width=460)
        self.panel = LogTouchPanel(context)
        self.column.addWidget(self.panel)
        self.panel.logged.connect(self._finish)
        self.panel.cancelled.connect(self.reject)
        self.panel.grown.connect(self.fit)
        self.panel.setFocus()

    def _finish(self, _touch_id: str) -> None:
        self.accept()


def open_log_touch(
    context: AppContext, parent: QWidget | None, *choices_made: Choice
) -> LogTouchDialog:
    """Open the small window; ``choices_made`` are people or an account known already."""
    dialog = LogTouchDialog(context, parent)
    for choice in choices_made:
        dialog.panel.add_choice(choice)
    dialog.open()
    return dialog
