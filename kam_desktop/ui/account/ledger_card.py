"""How many promises each side kept in time, over a chosen time, and which of them are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.health_facts import CommitmentFact
from kam_desktop.services.analysis.on_time import OnTime, on_time
from kam_desktop.services.analysis.working_days import months_before
from kam_desktop.services.commitment_words import on_time_rest, on_time_text
from kam_desktop.services.i18n import _
from kam_desktop.ui.account.columns import NARROW
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import Button, Card, FlowLayout, Pill, QuietCombo, text_label

MONTHS = 12
"""The time looked back on, unless another is chosen."""

_GOOD, _FAIR = 0.8, 0.5


class LedgerCard(Card):
    """``filtered`` when other promises are to be shown; the figures follow the chosen time."""

    filtered = Signal()

    def __init__(self, printing: QAction, parent: QWidget | None = None) -> None:
        super().__init__(_("Kept in time"), parent=parent)
        self._facts: Sequence[CommitmentFact] = ()
        self._today = dt.date.min
        self.ours = _Figure(_("We"))
        self.theirs = _Figure(_("They"))
        self._figures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._figures.setSpacing(theme().px(Space.M))
        self._figures.addWidget(self.ours, 1)
        self._figures.addWidget(self.theirs, 1)
        self.body.addLayout(self._figures)
        self.months = _combo(_("Time looked back on"), _windows())
        self.side = _combo(_("Whose promises"), _sides())
        self.state = _combo(_("Open or settled"), _states())
        button = Button()
        row = QWidget()
        flow = FlowLayout(row, spacing=theme().px(Space.S))
        for widget in (self.months, self.side, self.state, button):
            flow.addWidget(widget)
        button.follow(printing)
        self.add(row)
        self.reset()
        self.months.currentIndexChanged.connect(self._count)
        self.side.currentIndexChanged.connect(self.filtered)
        self.state.currentIndexChanged.connect(self.filtered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme().px(NARROW)
        ways = QBoxLayout.Direction
        self._figures.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def reset(self) -> None:
        """Show everything of the last twelve months, as for another account."""
        for combo, value in ((self.months, MONTHS), (self.side, ""), (self.state, "")):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(value))

    def show_all(self) -> None:
        """Show the promises of both sides, open and settled."""
        for combo in (self.side, self.state):
            combo.setCurrentIndex(0)

    @property
    def wanted_side(self) -> Side | None:
        """Whose promises are shown; None for both."""
        value = self.side.currentData()
        return Side(value) if value else None

    def shows(self, side: Side | None, *, is_open: bool) -> bool:
        """Whether promises of this kind are shown; ``side`` None for either."""
        wanted = self.wanted_side
        state = self.state.currentData()
        fits = not state or (state == "open") == is_open
        return fits and (wanted is None or side is None or wanted is side)

    def show_facts(self, facts: Sequence[CommitmentFact], today: dt.date) -> None:
        """Show the figures of these promises."""
        self._facts, self._today = facts, today
        self._count()

    def _count(self) -> None:
        months = self.months.currentData()
        first = months_before(self._today, months) if months else None
        for figure, side in ((self.ours, Side.OURS), (self.theirs, Side.THEIRS)):
            figure.show_on_time(on_time(self._facts, side, self._today, first))


class _Figure(QWidget):
    """One side: who, how many of how many, and what became of the others."""

    def __init__(self, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = who
        self.pill = Pill("?", State.PLAIN)
        self._rest = text_label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(theme().px(Space.S))
        head.addWidget(text_label(who, "strong"))
        head.addWidget(self.pill)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._rest)

    def show_on_time(self, found: OnTime) -> None:
        """Show a side's figures."""
        text, rest = on_time_text(found), on_time_rest(found)
        self.pill.show_state(text, _state(found.ratio))
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(", ".join(part for part in (self._who, text, rest) if part))


def _state(ratio: float | None) -> State:
    if ratio is None:
        return State.PLAIN
    return State.GOOD if ratio >= _GOOD else State.WARN if ratio >= _FAIR else State.BAD


def _combo(name: str, choices: Sequence[tuple[Any, str]]) -> QuietCombo:
    made = QuietCombo()
    made.setAccessibleName(name)
    for value, text in choices:
        made.addItem(text, value)
    return made


def _windows() -> tuple[tuple[int, str], ...]:
    return (
        (3, _("Last 3 months")),
        (6, _("Last 6 months")),
        (12, _("Last 12 months")),
        (24, _("Last 24 months")),
        (0, _("All the time")),
    )


def _sides() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("Both sides")),
        (Side.OURS.value, _("Our promises")),
        (Side.THEIRS.value, _("Their promises")),
    )


def _states() -> tuple[tuple[str, str], ...]:
    return (("", _("Open and settled")), ("open", _("Open")), ("settled", _("Settled")))
