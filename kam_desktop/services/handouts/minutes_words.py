"""How the minutes read: shared by the paper and the e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.formatting import date, isolate, joined, time
from kam_desktop.services.handouts.audience import for_client
from kam_desktop.services.handouts.minutes import MinutesContent
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.minutes import Agreed, Present
from kam_desktop.services.words import word
from kam_desktop.services.zones import local_of


def when_text(starts_at: dt.datetime, zone: str, minutes: int = 0) -> str:
    """Day and time at the place, e.g. ``24 Nov 2026, 10:00–11:00 (Rome)``."""
    starts = local_of(starts_at, zone)
    text = f"{date(starts.date())}, {time(starts)}"
    if minutes:
        text += f"–{time(local_of(starts_at + dt.timedelta(minutes=minutes), zone))}"
    place = zone.rpartition("/")[2].replace("_", " ")
    return f"{text} ({place})"


def present_text(present: Present) -> str:
    """A name with the title, or with the role of one of ours."""
    role = present.title or (word(present.role) if present.role is not None else "")
    return joined((present.name, role))


def promise_text(promise: Agreed) -> str:
    """A promise with who gave it or to whom."""
    text = isolate(promise.text)
    return f"{text} ({isolate(promise.person)})" if promise.person else text


def due_text(due_on: dt.date | None) -> str:
    """When a promise is due."""
    return _("by {day}").format(day=date(due_on)) if due_on is not None else _("no date")


def side_title(side: Side, account: str) -> str:
    """Over the promises of one side, as the client reads it."""
    return _("We will") if side is Side.OURS else _("{account} will").format(account=account)


def next_lines(content: MinutesContent) -> list[str]:
    """The next step and the next meeting; nothing when neither is known."""
    step = for_client(content.next_step)
    lines = []
    if step.text.strip():
        text = isolate(step.text.strip())
        lines.append(f"{text}, {due_text(step.due_on)}" if step.due_on is not None else text)
    if step.meeting is not None:
        when = when_text(step.meeting.starts_at, step.meeting.zone)
        title = isolate(step.meeting.title)
        lines.append(_("Next meeting: {title}, {when}").format(title=title, when=when))
    return lines


def minutes_text(content: MinutesContent) -> str:
    """The minutes as plain text, for an e-mail."""
    occasion = for_client(content.occasion)
    blocks = [
        joined((occasion.title, occasion.account)),
        when_text(occasion.starts_at, occasion.zone, occasion.minutes),
    ]
    if occasion.place.strip():
        blocks.append(occasion.place)
    parts = ["\n".join(blocks)]
    present = [present_text(each) for each in for_client(content.present)]
    parts += _list(_("Present"), present)
    agenda = for_client(content.agenda)
    parts += _list(_("Agenda"), agenda)
    if agreed := for_client(content.agreed).strip():
        parts.append(f"{_('What was agreed')}\n{agreed}")
    for side in (Side.OURS, Side.THEIRS):
        given = [
            f"{promise_text(each)}, {due_text(each.due_on)}"
            for each in for_client(content.promises)
            if each.side is side
        ]
        parts += _list(side_title(side, occasion.account), given)
    parts += _list(_("Next"), next_lines(content))
    return "\n\n".join(parts) + "\n"


def _list(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    return ["\n".join((title, *(f"- {' '.join(line.split())}" for line in lines)))]


def subject_text(content: MinutesContent) -> str:
    """The subject of the e-mail and the title of the paper."""
    occasion = for_client(content.occasion)
    day = date(local_of(occasion.starts_at, occasion.zone).date())
    return _("Minutes: {title}, {day}").format(title=occasion.title, day=day)
