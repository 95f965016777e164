"""The rows of the preview: what becomes of each appointment of a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_desktop.services.calendar_import import PlannedMeeting
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import local_of
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import day_text, span_text

_ORDER = (Fate.NEW, Fate.CHANGED, Fate.REJECTED, Fate.UNCHANGED)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One appointment; ``planned`` None for what could not even be read, with its reason.

    ``account`` is the account's name; ``open``: it lacks nothing but an account.
    """

    id: str
    planned: PlannedMeeting | None
    title: str
    when: str
    account: str
    reason: str
    open: bool = False

    @property
    def fate(self) -> Fate:
        return self.planned.fate if self.planned is not None else Fate.REJECTED

    @property
    def people(self) -> str:
        """Those who are known, and those who are not with a question mark."""
        if self.planned is None:
            return ""
        if not (self.planned.known or self.planned.unknown):
            return ", ".join(f"{each.name or each.email} (?)" for each in self.planned.event.people)
        known = [each.name for each in self.planned.known]
        unknown = [f"{each.name or each.email} (?)" for each in self.planned.unknown]
        return ", ".join([*known, *unknown])


def preview_rows(
    plan: Sequence[PlannedMeeting],
    problems: Sequence[tuple[str, str]],
    accounts: Mapping[str, str],
    today: dt.date,
) -> list[PreviewRow]:
    """What is new first, what stays as it is last; ``accounts`` are names by id."""
    rows = [
        PreviewRow(
            id=each.event.key,
            planned=each,
            title=each.event.title or _("(no title)"),
            when=_when(each, today),
            account=accounts.get(each.account_id, ""),
            reason=each.reason,
            open=lacks_account(each),
        )
        for each in plan
    ]
    rows.sort(key=_place)
    unusable = [
        PreviewRow(f"problem {number}", None, title or _("(no title)"), "", "", reason)
        for number, (title, reason) in enumerate(problems)
    ]
    return [*rows, *unusable]


def _when(planned: PlannedMeeting, today: dt.date) -> str:
    event = planned.event
    if event.whole_day:
        day = day_text(local_of(event.starts_at, event.zone).date(), today)
        return _("{day}, all day").format(day=day)
    return span_text(event.starts_at, event.minutes, event.zone, today)


def _place(row: PreviewRow) -> tuple[int, bool, dt.datetime, str]:
    assert row.planned is not None
    return _ORDER.index(row.fate), not row.open, row.planned.event.starts_at, row.id


def lacks_account(planned: PlannedMeeting) -> bool:
    """Whether only an account is missing for it to be taken over."""
    return (
        planned.fate is Fate.REJECTED
        and not planned.account_id
        and not planned.event.cancelled
        and not (planned.event.whole_day and not planned.event.people)
    )


def fate_text(row: PreviewRow) -> str:
    """What becomes of it, in a word or two."""
    if row.open:
        return _("Needs an account")
    return {
        Fate.NEW: _("New"),
        Fate.CHANGED: _("Changed"),
        Fate.UNCHANGED: _("Here already"),
        Fate.REJECTED: _("Left out"),
    }[row.fate]


def _state(row: PreviewRow) -> str:
    if row.open:
        return State.WARN
    return {Fate.NEW: State.GOOD, Fate.CHANGED: State.ACCENT}.get(row.fate, State.PLAIN)


def _text(name: str) -> Callable[[Any], str]:
    def text(row: PreviewRow) -> str:
        return str(getattr(row, name))

    return text


def columns() -> tuple[Column, ...]:
    """The columns of the preview."""
    return (
        Column(_("Fate"), fate_text, state=_state),
        Column(_("When"), _text("when"), tip=_text("when")),
        Column(_("Title"), _text("title"), tip=_text("title")),
        Column(_("Account"), _text("account"), tip=_text("account")),
        Column(_("People"), _text("people"), tip=_text("people")),
        Column(_("Why it is left out"), _text("reason"), tip=_text("reason")),
    )
