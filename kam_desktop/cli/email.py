"""Commands about e-mails kept as files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import opened
from kam_desktop.services.i18n import _


@click.group()
def email() -> None:
    """Take e-mails kept as files into the touches of their accounts."""


@email.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--account", help="The account of e-mails for which none is found.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@reported
def import_mails(
    files: tuple[Path, ...], account: str | None, dry_run: bool, as_json: bool
) -> None:
    """Import e-mails from .eml, .mbox and .msg FILES, as one step that can be undone."""
    from kam_desktop.services import mail_files
    from kam_desktop.services.queries.accounts import find_account

    with opened() as portfolio:
        with portfolio.portfolio.reading() as db:
            chosen = find_account(db, account).id if account else ""
        done = mail_files.import_files(
            portfolio.portfolio, files, account_id=chosen, dry_run=dry_run
        )
    if wants_json(as_json):
        answer_json(done.to_json())
        return
    counts = Counter(str(planned.fate) for planned in done.plan)
    fates = ("new", "unchanged", "rejected")
    say_table(["", *fates], [["e-mails", *(str(counts[fate]) for fate in fates)]])
    for subject, reason in done.left_out:
        say(f"{subject or _('(no subject)')}: {reason}")
    if dry_run:
        say(_("Nothing was changed: this was a dry run."))


COMMANDS = (email,)
