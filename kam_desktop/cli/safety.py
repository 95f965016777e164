"""Commands that keep data safe: backup, restore, check."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import chosen_portfolio, opened, unlocked
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.problems import Problem, StorageFaultError

if TYPE_CHECKING:
    from kam_desktop.services.storage.restore import RestorePreview

FOUND_SOMETHING = 4


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put it. Default: the folder of backups beside the portfolio.",
)
@json_option
@reported
def backup(folder: Path | None, as_json: bool) -> None:
    """Make a backup and verify it."""
    from kam_desktop.services.storage.backup import make_backup
    from kam_desktop.services.storage.backup_files import backup_folder

    with opened() as portfolio:
        path = portfolio.portfolio.path
        made = make_backup(
            path, portfolio.key, folder or backup_folder(path), now=SystemClock().now()
        )
    if wants_json(as_json):
        answer_json({"file": str(made.path), "bytes": made.size})
    else:
        say(_("Made and verified {path}.").format(path=made.path))


@click.command()
@click.argument("backup", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--force", is_flag=True, help="Also when the backup is of another portfolio.")
@json_option
@reported
def restore(backup: Path, dry_run: bool, force: bool, as_json: bool) -> None:
    """Put BACKUP in place of the portfolio, whose present state is kept as a backup."""
    from kam_desktop.services.storage import restore as restoring
    from kam_desktop.services.storage.backup_files import backup_folder
    from kam_desktop.services.storage.backup_keys import is_of_another

    path = chosen_portfolio()
    backup_key = unlocked(backup)
    key = _present_key(path)
    if key is not None and not force and is_of_another(backup, path):
        raise UserError(
            _("This backup is of another portfolio. Nothing was changed. Add --force to go on.")
        )
    preview = restoring.preview_restore(backup, backup_key, path, key)
    kept: Path | None = None
    if not dry_run:
        kept = restoring.restore(
            backup, backup_key, path, key, folder=backup_folder(path), clock=SystemClock()
        ).kept_aside
    if wants_json(as_json):
        answer_json(
            {
                "restored": not dry_run,
                "kept_aside": str(kept) if kept else None,
                "actions_lost": preview.actions_lost,
                "tables": [asdict(count) for count in preview.tables],
            }
        )
        return
    _say_preview(preview)
    say(_("Nothing was changed: this was a dry run.") if dry_run else _("Restored."))
    if kept:
        say(_("The state before is kept in {path}.").format(path=kept))


def _present_key(path: Path) -> bytes | None:
    """The key of the portfolio to be replaced; None when there is none, or its key file is lost.

    A lost key file is a reason to restore, and the backup brings its own.
    """
    if not path.exists():
        return None
    try:
        return unlocked(path)
    except StorageFaultError as fault:
        if fault.problem in (Problem.KEY_FILE_MISSING, Problem.KEY_FILE_DAMAGED):
            return None
        raise


def _say_preview(preview: RestorePreview) -> None:
    if preview.tables:
        say_table(
            [_("Records"), _("Now"), _("Backup")],
            [[count.table, str(count.now), str(count.after)] for count in preview.tables],
        )
    if preview.actions_lost:
        say(_("Steps made since the backup: {count}").format(count=preview.actions_lost))


@click.command()
@json_option
@reported
def check(as_json: bool) -> None:
    """Read the whole portfolio and say whether anything in it is damaged."""
    from kam_desktop.services.storage import damage, search_index

    with opened(read_only=True) as portfolio:
        problems = damage.check(portfolio.portfolio.path, portfolio.key)
        try:
            with portfolio.portfolio.reading() as db:
                problems += [
                    _("The search index {name} is out of step.").format(name=name)
                    for name in search_index.damaged(db.connection)
                ]
        except StorageError as error:
            problems.append(str(error))
    if wants_json(as_json):
        answer_json({"ok": not problems, "problems": problems})
    else:
        for problem in problems or [_("Everything is in order.")]:
            say(problem)
    if problems:
        raise SystemExit(FOUND_SOMETHING)


COMMANDS = (backup, restore, check)
