"""How each attendee stood at the meeting: five signs and unknown, by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.models.vocabulary import Side, Support
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import AttendeeRow
from kam_desktop.ui.meetings import note_changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.support_marks import support_mark
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Card, clear_layout, plain_tip, text_label

VALUES: tuple[int | None, ...] = (*(int(each) for each in Support), None)


class SupportCard(Card):
    """A click records what was seen, with the meeting as its source; hidden without attendees."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("How they stood"), parent=parent)
        self._context = context
        self._meeting_id = ""
        self._note = ""
        self._people: tuple[tuple[str, str], ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.S))
        self.body.addLayout(self._column)
        self.rows: list[SupportRow] = []

    def show_attendees(self, meeting_id: str, attendees: Sequence[AttendeeRow]) -> None:
        """Show where each of theirs stands now."""
        self._meeting_id = meeting_id
        theirs = [
            row for row in attendees if row.side is Side.THEIRS and row.person_id and row.name
        ]
        people = tuple((str(row.person_id), row.name) for row in theirs)
        if people != self._people:
            self._people = people
            clear_layout(self._column)
            self.rows = []
            for key, name in people:
                line = SupportRow(key, name)
                line.judged.connect(self._judge)
                self._column.addWidget(line)
                self.rows.append(line)
        for line, row in zip(self.rows, theirs, strict=True):
            line.show_support(row.support)
        self.setVisible(bool(theirs))

    def begin(self, text: str) -> None:
        """Go to the person ``text`` is about; what is chosen next has it as its note."""
        self._note = text
        said = _("Noted with the next choice: {text}").format(text=text)
        self.set_subtitle(said if text else "")
        words = text.casefold().split()
        named = [row for row in self.rows if set(row.name.casefold().split()) & set(words)]
        if self.rows:
            (named or self.rows)[0].take_focus()

    def _judge(self, person_id: str, value: object) -> None:
        note, self._note = self._note, ""
        self.set_subtitle("")
        self._context.operations.run(
            self, _("Judge how somebody stands"), note_changes.judge, self._meeting_id, person_id,
            value, note, coalesce=f"judge:{self._meeting_id}:{person_id}",
        )  # fmt: skip


class SupportRow(QWidget):
    """One person. ``judged`` carries their id and the value; arrow keys move between the signs."""

    judged = Signal(str, object)

    def __init__(self, person_id: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id, self.name = person_id, name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        self._state = text_label("", "small")
        head = QHBoxLayout()
        head.addWidget(text_label(name, "strong", wrap=True), 1)
        head.addWidget(self._state)
        column.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(theme().px(Space.XS))
        self.group = QButtonGroup(self)
        self.buttons: dict[int | None, QToolButton] = {}
        for number, value in enumerate(VALUES):
            button = self._button(value)
            self.group.addButton(button, number)
            self.buttons[value] = button
            line.addWidget(button, 1)
        column.addLayout(line)
        self.group.idClicked.connect(self._clicked)

    def _button(self, value: int | None) -> QToolButton:
        mark = support_mark(value)
        button = QToolButton()
        button.setText(mark.symbol)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setProperty("kind", "sign")
        button.setMinimumHeight(theme().px(28))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(f"{self.name}: {mark.word}")
        button.setToolTip(plain_tip(mark.word))
        return button

    def show_support(self, support: int | None) -> None:
        """Where they stand."""
        self.buttons[support].setChecked(True)
        self._state.setText(support_mark(support).word)

    def take_focus(self) -> None:
        """Put the keyboard on the sign that holds."""
        checked = self.group.checkedButton() or self.buttons[None]
        checked.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clicked(self, number: int) -> None:
        self.judged.emit(self._id, VALUES[number])
