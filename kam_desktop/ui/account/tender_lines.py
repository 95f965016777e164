"""Tenders, their gates and recurring reviews as lines."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.tenders import GateRow, ReviewRow, TenderRow
from kam_desktop.services.words import word
from kam_desktop.ui.account.lines import LineActions
from kam_desktop.ui.account.tender_clock import TenderClock, names, summary
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import ElidedLabel, Pill, text_label

_SOON = 14
_MOST_MISSED = 3


class TenderContent(QWidget):
    """Name and standing of a tender, its clock, and which gates were missed."""

    def __init__(self, row: TenderRow, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme().px(Space.XS), 0, 0)
        column.setSpacing(theme().px(2))
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        head.addWidget(text_label(row.name, "strong", wrap=True), 1)
        head.addWidget(Pill(*tender_standing(row, today)), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(ElidedLabel(tender_about(row, today), "hint"))
        if row.gates:
            column.addWidget(TenderClock(row, today))
        missed = row.missed(today)
        if missed and row.award_on >= today:
            rest = " …" if len(missed) > _MOST_MISSED else ""
            text = _("Missed: {gates}").format(gates=names(missed[:_MOST_MISSED]) + rest)
            column.addWidget(text_label(text, "error", wrap=True))


class GateContent(QWidget):
    """One gate with a box to tick when it is reached; ticking performs the action ``reach``."""

    def __init__(
        self, row: GateRow, today: dt.date, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = row
        self._actions = actions
        box = QHBoxLayout(self)
        box.setContentsMargins(theme().px(Space.L), 0, 0, 0)
        box.setSpacing(theme().px(Space.S))
        tick = QCheckBox()
        tick.setChecked(row.done_on is not None)
        tick.setToolTip(_("Tick when it is reached"))
        tick.setAccessibleName(_("Reached: {text}").format(text=row.name))
        # The keys of the line do the same.
        tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tick.clicked.connect(self._tick)
        words, state = gate_standing(row, today)
        pill = Pill(words, state)
        pill.setToolTip(date(row.on))
        text = text_label(row.name, wrap=True)
        text.setMinimumWidth(theme().px(90))
        box.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(text, 1)
        box.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)

    def _tick(self) -> None:
        self._actions.perform("reach" if self._row.done_on is None else "unreach", self._row)


class ReviewContent(QWidget):
    """One recurring review: what, how often, when next."""

    def __init__(self, row: ReviewRow, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        pill = Pill(*review_standing(row, today))
        pill.setToolTip(date(row.next_on))
        text = text_label(row.name, wrap=True)
        text.setMinimumWidth(theme().px(120))
        head.addWidget(text, 1)
        head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(ElidedLabel(joined((word(row.rhythm), date(row.next_on))), "hint"))


def tender_standing(row: TenderRow, today: dt.date) -> tuple[str, State]:
    """How a tender stands, with a sign before the word."""
    if row.award_on < today:
        return _("award past"), State.PLAIN
    missed = len(row.missed(today))
    if missed:
        text = ngettext("{n} gate missed", "{n} gates missed", missed).format(n=missed)
        return f"▲ {text}", State.BAD
    following = row.next_gate(today)
    if following is None:
        return "✓ " + _("all reached"), State.GOOD
    soon = (following.on - today).days <= _SOON
    when = relative_date(following.on, today)
    return _("next gate {when}").format(when=when), State.WARN if soon else State.PLAIN


def tender_about(row: TenderRow, today: dt.date) -> str:
    """When the award is, what it is about and how much is reached."""
    when = relative_date(row.award_on, today)
    award = _("award {day}, {when}").format(day=date(row.award_on), when=when)
    if when == date(row.award_on):
        award = _("award {day}").format(day=when)
    about = _("about {deal}").format(deal=row.opportunity) if row.opportunity else ""
    reached = sum(gate.done_on is not None for gate in row.gates)
    of = _("{reached} of {all} gates reached").format(reached=reached, all=len(row.gates))
    return joined((award, about, of if row.gates else ""))


def gate_standing(row: GateRow, today: dt.date) -> tuple[str, State]:
    """How a gate stands, with a sign before the word."""
    if row.done_on is not None:
        when = relative_date(row.done_on, today)
        return "✓ " + _("reached {when}").format(when=when), State.GOOD
    if row.missed(today):
        days = (today - row.on).days
        text = ngettext("missed by {n} day", "missed by {n} days", days).format(n=days)
        return f"▲ {text}", State.BAD
    soon = (row.on - today).days <= _SOON
    return relative_date(row.on, today), State.WARN if soon else State.PLAIN


def review_standing(row: ReviewRow, today: dt.date) -> tuple[str, State]:
    """When a review is due, with a sign before the word when that day is past."""
    days = (today - row.next_on).days
    if days > 0:
        text = ngettext("{n} day late", "{n} days late", days).format(n=days)
        return f"▲ {text}", State.BAD
    soon = -days <= _SOON
    when = relative_date(row.next_on, today)
    return _("next {when}").format(when=when), State.WARN if soon else State.PLAIN


def line_name(row: TenderRow | GateRow | ReviewRow, today: dt.date) -> str:
    """What a screen reader says of a line."""
    if isinstance(row, TenderRow):
        parts = (row.name, tender_standing(row, today)[0], summary(row, today))
    elif isinstance(row, GateRow):
        parts = (row.name, gate_standing(row, today)[0], date(row.on))
    else:
        parts = (row.name, word(row.rhythm), review_standing(row, today)[0])
    return ", ".join(parts)
