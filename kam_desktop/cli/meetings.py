"""Commands about meetings and touches: what comes, the brief of one, and what just took place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.models.text import instant_text
from kam_desktop.models.vocabulary import ChecklistState, InteractionKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.queries.meetings import ChecklistRow, MeetingRow
    from kam_desktop.services.storage.reader import Reader

NEXT = "next"


@click.command()
@click.option("--account", help="Only meetings with this account.")
@click.option("--past", is_flag=True, help="Those that are over, the last one first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@json_option
@reported
def meetings(account: str | None, past: bool, limit: int, as_json: bool) -> None:
    """List the meetings to come, with how far they are prepared and what is missing."""
    from kam_desktop.services.queries import meetings as queries
    from kam_desktop.services.queries.accounts import find_account

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        now = portfolio.portfolio.clock.now()
        account_id = find_account(db, account).id if account else None
        look = queries.past if past else queries.upcoming
        rows = look(db, now, account_id=account_id, limit=limit).rows
        found = [(row, _missing(db, row, now)) for row in rows]
    if wants_json(as_json):
        answer_json([_meeting_json(row, missing, now) for row, missing in found])
        return
    say_table(
        [_("When (UTC)"), _("Meeting"), _("Account"), _("Prepared"), _("Missing first")],
        [_cells(row, missing) for row, missing in found],
    )


def _missing(db: Reader, row: MeetingRow, now: dt.datetime) -> list[ChecklistRow]:
    """What is still open, the most urgent first."""
    from kam_desktop.services.queries.meetings import checklist

    items = [each for each in checklist(db, row, now) if each.state is ChecklistState.OPEN]
    return sorted(items, key=_due_on)


def _due_on(item: ChecklistRow) -> dt.date:
    return item.due_on


def _cells(row: MeetingRow, missing: list[ChecklistRow]) -> list[str]:
    when = instant_text(row.starts_at)[:16].replace("T", " ")
    title = _("{title} (cancelled)").format(title=row.title) if row.cancelled else row.title
    prepared = f"{row.done}/{row.done + row.open}" if row.done + row.open else ""
    return [when, title, row.account_name, prepared, missing[0].text if missing else ""]


def _meeting_json(row: MeetingRow, missing: list[ChecklistRow], now: dt.datetime) -> dict[str, Any]:
    today = row.today_there(now)
    return {
        "id": row.id,
        "title": row.title,
        "type": row.type.value,
        "account": {"id": row.account_id, "name": row.account_name},
        "starts_at": instant_text(row.starts_at),
        "zone": row.zone,
        "minutes": row.minutes,
        "place": row.place,
        "cancelled": row.cancelled,
        "days_left": row.days_left(now),
        "preparation": {"done": row.done, "open": row.open, "late": row.late},
        "missing": [
            {"text": item.text, "due_on": item.due_on.isoformat(), "late": item.late(today)}
            for item in missing
        ],
    }


@click.command()
@click.argument("meeting")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@json_option
@reported
def brief(meeting: str, output: Path, paper: str, as_json: bool) -> None:
    """Write the brief of MEETING (its id, its account, or "next") as a PDF."""
    from kam_desktop.services.handouts.brief import brief_content
    from kam_desktop.services.handouts.files import save_bytes
    from kam_desktop.services.handouts.pdf.brief_pages import render_brief

    require_target(output)
    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        clock = portfolio.portfolio.clock
        row = find_meeting(db, meeting, clock.now())
        content = brief_content(db, row.account_id, meeting_id=row.id, clock=clock)
    save_bytes(render_brief(content, paper=paper), output)
    if wants_json(as_json):
        answer_json({"meeting": row.id, "account": row.account_id, "file": str(output)})
    else:
        say(_("Wrote {path}.").format(path=output))


def find_meeting(db: Reader, typed: str, now: dt.datetime) -> MeetingRow:
    """The meeting of that id, the next one for ``next``, or the next one with an account.

    Raises `UserError` when there is none.
    """
    from kam_desktop.services.queries import meetings as queries
    from kam_desktop.services.queries.accounts import find_account

    if typed == NEXT:
        found = queries.next_meeting(db, now)
        if found is None:
            raise UserError(_("No meeting is planned."))
        return found
    detail = queries.meeting_detail(db, typed, now)
    if detail is not None:
        return detail.row
    account = find_account(db, typed)
    found = queries.next_meeting(db, now, account.id)
    if found is None:
        raise UserError(_("No meeting with {name} is planned.").format(name=account.name))
    return found


@click.command()
@click.argument("who")
@click.argument("kind", type=click.Choice([kind.value for kind in InteractionKind]))
@click.argument("text")
@click.option("--at", metavar="WHEN", help="Like 2026-11-20 or 2026-11-20T14:30. Default: now.")
@click.option("--with", "member", metavar="MEMBER", help="Who of ours. Default: you.")
@json_option
@reported
def log(who: str, kind: str, text: str, at: str | None, member: str | None, as_json: bool) -> None:
    """Log a touch with WHO (a person's or an account's id or name)."""
    from kam_desktop.services import interactions
    from kam_desktop.services.queries.touch_names import find_member, find_touched, touch_zone

    with opened() as portfolio:
        moment = _instant(at, portfolio.portfolio.clock.now())
        with portfolio.portfolio.reading() as db:
            touched = find_touched(db, who)
            ours = find_member(db, member)
            zone = touch_zone(db, touched.account_id)
        people = [touched.id] if touched.kind == "person" else []
        with portfolio.portfolio.unit_of_work(_("Log a touch")) as work:
            touch = interactions.log_touch(
                work,
                touched.account_id,
                InteractionKind(kind),
                moment,
                people,
                text,
                zone=zone,
                member_id=None if ours is None else ours.id,
            )
    if wants_json(as_json):
        answer_json(
            {
                "id": touch,
                "account": touched.account_id,
                "person": people[0] if people else None,
                "member": None if ours is None else ours.id,
                "kind": kind,
                "at": instant_text(moment),
            }
        )
    else:
        say(_("Logged: {name}.").format(name=touched.title))


def _instant(at: str | None, now: dt.datetime) -> dt.datetime:
    """A day (its noon, or now when that is earlier) or a time by this computer's clock."""
    if at is None:
        return now
    try:
        # A plain day in any spelling of ISO 8601: 2026-11-20, 20261120, 2026-W47-5.
        day = dt.date.fromisoformat(at)
    except ValueError:
        return _time(at)
    noon = _here(dt.datetime.combine(day, dt.time(12)), at)
    return min(noon, now) if day == now.astimezone().date() else noon


def _time(at: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        text = _("“{text}” is not a time. Write it like 2026-11-20 or 2026-11-20T14:30.")
        raise UserError(text.format(text=at), field="at") from None
    return _here(moment, at)


def _here(moment: dt.datetime, at: str) -> dt.datetime:
    """With the zone of this computer; calendars end in the years 1 and 9999."""
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        text = _("“{text}” is too far from now. Write it like 2026-11-20 or 2026-11-20T14:30.")
        raise UserError(text.format(text=at), field="at") from None


COMMANDS = (meetings, brief, log)
