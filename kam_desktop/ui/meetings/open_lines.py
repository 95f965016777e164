"""What is still open between both sides, to be ticked off where it is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.actions import ActionRow
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.ui.meetings import meeting_changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.times import day_text
from kam_desktop.ui.widgets import Button, Card, clear_layout, text_label

_FEW = 6


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A promise of either side or an action of ours that is open."""

    id: str
    text: str
    who: str
    due_on: dt.date | None
    is_action: bool


def open_items(
    promises: Sequence[CommitmentRow], actions: Sequence[ActionRow] = ()
) -> tuple[OpenItem, ...]:
    """Promises and actions as items, the longest due first, undated ones last."""
    items = [
        *(OpenItem(row.id, row.text, _promised(row), row.due_on, False) for row in promises),
        *(OpenItem(row.id, row.text, _to_do(row), row.due_on, True) for row in actions),
    ]
    return tuple(sorted(items, key=lambda item: item.due_on or dt.date.max))


def _promised(row: CommitmentRow) -> str:
    if row.side is Side.OURS:
        name = row.person_name
        return _("We promised {name}").format(name=name) if name else _("We promised")
    return _("{name} promised").format(name=row.person_name or _("They"))


def _to_do(row: ActionRow) -> str:
    return joined((_("To do"), row.owner_name))


def late_of(items: Sequence[OpenItem], today: dt.date) -> int:
    """How many are past their day."""
    return sum(item.due_on is not None and item.due_on < today for item in items)


class OpenLines(QWidget):
    """Lines with a box each; ticking says that a promise was kept or an action is done."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[OpenItem, ...] | None = None
        self._today: dt.date | None = None
        self._all = False
        self.lines: list[_OpenLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.S))
        self._more = Button("", "quiet")
        self._more.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._column)
        outer.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.clicked.connect(self._show_all)

    def show_items(self, items: tuple[OpenItem, ...], today: dt.date) -> None:
        """Show these; of many, the first few until all are asked for."""
        if (items, today) == (self._shown, self._today):
            return
        self._shown, self._today = items, today
        self._rebuild()

    def _show_all(self) -> None:
        self._all = True
        self._rebuild()

    def _rebuild(self) -> None:
        at = next((n for n, line in enumerate(self.lines) if line.box.hasFocus()), -1)
        clear_layout(self._column)
        self.lines = []
        items, today = self._shown or (), self._today or self._context.clock.today()
        for item in items if self._all else items[:_FEW]:
            line = _OpenLine(item, today)
            line.ticked.connect(self._tick)
            self._column.addWidget(line)
            self.lines.append(line)
        if at >= 0 and self.lines:
            # The keyboard stays where the ticked one was.
            self.lines[min(at, len(self.lines) - 1)].box.setFocus(Qt.FocusReason.OtherFocusReason)
        hidden = len(items) - len(self.lines)
        self._more.setText(ngettext("Show {n} more", "Show {n} more", hidden).format(n=hidden))
        self._more.setVisible(hidden > 0)

    def _tick(self, item: OpenItem) -> None:
        run = self._context.operations.run
        if item.is_action:
            run(self, _("Do an action"), meeting_changes.finish_action, item.id)
        else:
            run(self, _("Keep a promise"), meeting_changes.keep_promise, item.id)


class _OpenLine(QWidget):
    """One item. ``ticked`` carries it."""

    ticked = Signal(object)

    def __init__(self, item: OpenItem, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        px = theme().px
        self.box = QCheckBox()
        done = _("Done: {text}") if item.is_action else _("Kept: {text}")
        self.box.setAccessibleName(done.format(text=item.text))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(item.text, wrap=True))
        about = QHBoxLayout()
        about.setSpacing(px(Space.S))
        about.addWidget(text_label(item.who, "small", wrap=True), 1)
        due = text_label(_due_text(item, today), "small")
        if item.due_on is not None and item.due_on < today:
            due.setProperty("tone", str(State.BAD))
        about.addWidget(due, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.ticked.emit(self._item)


def _due_text(item: OpenItem, today: dt.date) -> str:
    if item.due_on is None:
        return ""
    late = (today - item.due_on).days
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    if late == 0:
        return _("due today")
    return _("due {day}").format(day=day_text(item.due_on, today))


class OpenCard(Card):
    """Open promises of both sides and our open actions; hidden when there are none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Still open"), parent=parent)
        self._context = context
        self.lines = OpenLines(context)
        self.add(self.lines)

    def show_open(self, promises: Sequence[CommitmentRow], actions: Sequence[ActionRow]) -> None:
        """Show what is open."""
        today = self._context.clock.today()
        items = open_items(promises, actions)
        self.setVisible(bool(items))
        late = late_of(items, today)
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(text, State.BAD)] if late else [])
        self.set_subtitle(_counts(len(promises), len(actions)))
        self.lines.show_items(items, today)


def _counts(promises: int, actions: int) -> str:
    parts = []
    if promises:
        parts.append(ngettext("{n} promise", "{n} promises", promises).format(n=promises))
    if actions:
        parts.append(ngettext("{n} action", "{n} actions", actions).format(n=actions))
    return joined(parts)
