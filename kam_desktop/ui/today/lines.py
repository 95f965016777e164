"""What the rows of the Today page say, from what the query found."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.services.queries.meetings import AttendeeRow, ChecklistRow, MeetingRow
from kam_desktop.services.queries.today import ROWS, ContractAhead, FadingPerson, TodayView
from kam_desktop.services.queries.today_ahead import Birthday, DatedRow, DateKind
from kam_desktop.services.words import word
from kam_desktop.ui.support_marks import support_mark
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import (
    countdown_text,
    day_text,
    days_text,
    elsewhere_text,
    home_zone,
    span_text,
)
from kam_desktop.ui.today.rows import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kam_desktop.services.queries.map_analysis import ThinDeal


def _action() -> str:
    return _("Action")


def _gate() -> str:
    return _("Tender")


def _review() -> str:
    return _("Internal review")


def _proposal() -> str:
    return _("Proposal")


_KIND_WORDS: dict[DateKind, Callable[[], str]] = {
    DateKind.ACTION: _action,
    DateKind.GATE: _gate,
    DateKind.REVIEW: _review,
    DateKind.PROPOSAL: _proposal,
}


def missing_line(item: ChecklistRow, meeting: MeetingRow, today: dt.date) -> Line:
    """A checklist item that is still open."""
    late = (today - item.due_on).days
    if late > 0:
        pill, state = ngettext("{n} day late", "{n} days late", late).format(n=late), State.BAD
    elif late == 0:
        pill, state = _("due today"), State.WARN
    else:
        pill, state = _("due {day}").format(day=day_text(item.due_on, today)), State.PLAIN
    target = ("item", meeting.account_id, meeting.id, item.link)
    return Line(item.text, "", pill, state, target=target, quiet=True)


def attendee_line(person: AttendeeRow, meeting: MeetingRow) -> Line:
    """Somebody of theirs who will be in the room."""
    mark = support_mark(person.support)
    roles = ", ".join(word(role) for role in person.roles) or _("role unknown")
    return Line(
        person.name or _("(vacant)"),
        joined((person.title, roles)),
        symbol=mark.symbol,
        symbol_state=mark.state,
        symbol_word=mark.word,
        target=("person", meeting.account_id, person.person_id or ""),
    )


def meeting_line(
    meeting: MeetingRow, missing: Sequence[ChecklistRow], now: dt.datetime, today: dt.date
) -> Line:
    """A meeting after the next one: how far it is prepared, and the first things missing."""
    when = span_text(meeting.starts_at, meeting.minutes, meeting.zone, today)
    here = elsewhere_text(meeting.starts_at, meeting.zone, home_zone(), here=True)
    total = meeting.done + meeting.open
    state_of_it = (
        ngettext("{done} of {n} prepared", "{done} of {n} prepared", total).format(
            done=meeting.done, n=total
        )
        if total
        else ""
    )
    named = "; ".join(" ".join(item.text.split()) for item in missing)
    open_items = _("next: {item}").format(item=named) if named else ""
    left = countdown_text(meeting.starts_at, meeting.ends_at, meeting.zone, now)
    if meeting.late:
        late = ngettext("{n} item late", "{n} items late", meeting.late).format(n=meeting.late)
        pill, state = f"{left} · {late}", State.BAD
    else:
        pill, state = left, State.ACCENT if meeting.days_left(now) <= 7 else State.PLAIN
    return Line(
        joined((meeting.title, meeting.account_name)),
        joined((when, here, state_of_it, open_items)),
        pill,
        state,
        target=("meeting", meeting.id),
    )


def overdue_lines(view: TodayView) -> list[Line]:
    """Promises, actions, gates and reviews past their day, the longest first."""
    found = [(row.due_on or view.today, commitment_line(row, view.today)) for row in view.overdue]
    found += [(row.on, dated_line(row, view.today)) for row in view.late]
    return _by_day(found)


def due_lines(view: TodayView) -> list[Line]:
    """Promises, actions and reviews of this week, the next first."""
    found = [(row.due_on or view.today, commitment_line(row, view.today)) for row in view.due_soon]
    found += [(row.on, dated_line(row, view.today)) for row in view.due]
    return _by_day(found)


def ahead_lines(view: TodayView) -> list[Line]:
    """Contracts, proposals and gates to come, the next first."""
    found = [(row.on, contract_line(row, view.today)) for row in view.contracts]
    found += [(row.on, dated_line(row, view.today)) for row in view.ahead]
    return _by_day(found)


def _by_day(found: list[tuple[dt.date, Line]]) -> list[Line]:
    found.sort(key=itemgetter(0))
    return [line for _day, line in found[:ROWS]]


def dated_line(row: DatedRow, today: dt.date) -> Line:
    """An action, a gate, a review or a proposal with its day."""
    more = ngettext("and {n} more gate", "and {n} more gates", row.more).format(n=row.more)
    kind = _KIND_WORDS[row.kind]()
    text, detail = row.text, joined((kind, row.about, row.account_name, more if row.more else ""))
    if row.kind is DateKind.PROPOSAL:
        over = row.on < today
        until = _("was valid until {day}") if over else _("valid until {day}")
        text = joined((row.text, row.account_name))
        detail = joined((kind, until.format(day=day_text(row.on, today))))
    late = row.days_late(today)
    if late and row.kind is DateKind.PROPOSAL:
        pill, state = days_text(-late), State.BAD
    elif late:
        pill, state = ngettext("{n} day late", "{n} days late", late).format(n=late), State.BAD
    elif row.on == today:
        pill, state = _("due today"), State.WARN
    elif row.kind in (DateKind.GATE, DateKind.PROPOSAL):
        left = (row.on - today).days
        pill, state = days_text(left), State.WARN if left <= 7 else State.PLAIN
    else:
        pill, state = _("due {day}").format(day=day_text(row.on, today)), State.WARN
    return Line(text, detail, pill, state, target=(str(row.kind), row.account_id, row.id))


def birthday_line(row: Birthday, today: dt.date) -> Line:
    """A birthday that comes up."""
    turns = "" if row.turns is None else _("turns {age}").format(age=row.turns)
    left = (row.on - today).days
    return Line(
        row.name or row.title,
        joined((day_text(row.on, today), turns, row.title if row.name else "", row.account_name)),
        days_text(left),
        State.ACCENT if left <= 1 else State.PLAIN,
        target=("birthday", row.account_id, row.person_id),
    )


def commitment_line(row: CommitmentRow, today: dt.date) -> Line:
    """A promise that is late or due soon."""
    side = _("We promised") if row.side is Side.OURS else _("They promised")
    detail = joined((side, row.person_name, row.account_name))
    late = row.days_late(today)
    if late:
        pill, state = ngettext("{n} day late", "{n} days late", late).format(n=late), State.BAD
    elif row.due_on is not None and row.due_on == today:
        pill, state = _("due today"), State.WARN
    else:
        pill, state = _("due {day}").format(day=day_text(row.due_on or today, today)), State.WARN
    return Line(row.text, detail, pill, state, target=("promise", row.account_id, row.id))


def contract_line(row: ContractAhead, today: dt.date) -> Line:
    """A contract whose notice date or end comes up."""
    text = _("Last day to give notice: {day}") if row.is_notice else _("Ends {day}")
    left = row.days_left(today)
    return Line(
        joined((row.name, row.account_name)),
        text.format(day=day_text(row.on, today)),
        days_text(left),
        State.BAD if left <= 14 else State.WARN,
        target=("contract", row.account_id, row.id),
    )


def deal_line(row: ThinDeal) -> Line:
    """An open opportunity of an account that is met soon, with too few people behind it."""
    from kam_desktop.services.thread_words import deal_notice

    few = row.threads.few
    threads = len(row.threads.people)
    return Line(
        joined((row.threads.deal.name, row.account_name)),
        deal_notice(row.threads),
        ngettext("{n} thread", "{n} threads", threads).format(n=threads),
        State.BAD if few else State.WARN,
        target=("map", row.account_id),
    )


def fading_line(row: FadingPerson, now: dt.datetime) -> Line:
    """Somebody whose last touch is longer ago than agreed."""
    over = row.days_over(now)
    agreed = ngettext("every {n} day", "every {n} days", row.cadence_days)
    pill = (
        _("no touch yet")
        if over is None
        else ngettext("{n} day over", "{n} days over", over).format(n=over)
    )
    mark = support_mark(row.support)
    about = row.title if row.name else ""
    detail = (about, row.account_name, agreed.format(n=row.cadence_days))
    serious = over is None or over > row.cadence_days
    return Line(
        row.name or row.title,
        joined(detail),
        pill,
        State.BAD if serious else State.WARN,
        symbol=mark.symbol,
        symbol_state=mark.state,
        symbol_word=mark.word,
        target=("touch", row.account_id, row.person_id),
    )
