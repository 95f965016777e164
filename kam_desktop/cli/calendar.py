"""Commands about calendars: appointments in, meetings out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.services.i18n import _


@click.group()
def calendar() -> None:
    """Take appointments from calendar files, and give meetings to other calendars."""


@calendar.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--account", help="The account of appointments for which none is found.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone of times without one.")
@click.option("--add-people", is_flag=True, help="Add invited people nobody knows yet.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@reported
def import_calendars(
    files: tuple[Path, ...],
    account: str | None,
    zone: str,
    add_people: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import meetings from iCalendar FILES, as one step that can be undone."""
    from kam_desktop.services import calendar_files
    from kam_desktop.services.queries.accounts import find_account

    with opened() as portfolio:
        with portfolio.portfolio.reading() as db:
            chosen = find_account(db, account).id if account else ""
        done = calendar_files.import_files(
            portfolio.portfolio,
            files,
            zone=zone,
            account_id=chosen,
            add_people=add_people,
            dry_run=dry_run,
        )
    if wants_json(as_json):
        answer_json(done.to_json())
        return
    counts = Counter(str(planned.fate) for planned in done.plan)
    fates = ("new", "changed", "unchanged", "rejected")
    say_table(["", *fates], [["meetings", *(str(counts[fate]) for fate in fates)]])
    for title, reason in done.left_out:
        say(f"{title or _('(no title)')}: {reason}")
    if dry_run:
        say(_("Nothing was changed: this was a dry run."))


@calendar.command("export")
@click.option(
    "-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the calendar (.ics).",
)  # fmt: skip
@click.option("--account", help="Only the meetings of this account.")
@click.option("--past", is_flag=True, help="Past meetings too.")
@json_option
@reported
def export_calendar(out: Path, account: str | None, past: bool, as_json: bool) -> None:
    """Write meetings to a calendar file."""
    from kam_desktop.services import calendar_files
    from kam_desktop.services.queries.accounts import find_account

    require_target(out)
    with opened(read_only=True) as portfolio:
        with portfolio.portfolio.reading() as db:
            chosen = find_account(db, account).id if account else None
        count = calendar_files.export_file(portfolio.portfolio, out, account_id=chosen, past=past)
    if wants_json(as_json):
        answer_json({"file": str(out), "meetings": count})
    else:
        say(_("{count} meetings were written to {path}.").format(count=count, path=out))


COMMANDS = (calendar,)
