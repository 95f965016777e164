"""Commands that bring data in."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.services.i18n import _, ngettext

KINDS = ("auto", "accounts", "people", "opportunities", "revenue", "interactions")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), default="auto", show_default=True)
@click.option("--currency", help="Currency of amounts without one. Default: the home currency.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone of times without one.")
@click.option(
    "--create-accounts/--no-create-accounts",
    default=True,
    show_default=True,
    help="Make an account for a person, deal or order that names a new one.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rejected rows, with reasons, to this CSV file.",
)
@json_option
@reported
def import_files(
    files: tuple[Path, ...],
    kind: str,
    currency: str | None,
    zone: str,
    create_accounts: bool,
    dry_run: bool,
    rejects: Path | None,
    as_json: bool,
) -> None:
    """Import FILES from a CRM or a spreadsheet, as one step that can be undone."""
    from kam_desktop.services import imports
    from kam_desktop.services.commercial import currency_code
    from kam_desktop.services.exchange.fields import Kind
    from kam_desktop.services.zones import zone_info

    if rejects:
        require_target(rejects, *files)
    zone_info(zone)
    if currency is not None:
        currency = currency_code(currency)
    with opened() as portfolio:
        with portfolio.portfolio.reading() as db:
            options = imports.default_options(db, zone)
        plan = imports.import_files(
            portfolio.portfolio,
            files,
            kind=None if kind == "auto" else Kind(kind),
            options=dataclasses.replace(
                options,
                currency=currency or options.currency,
                create_accounts=create_accounts,
            ),
            dry_run=dry_run,
        )
    written = imports.write_rejects(plan, rejects) if rejects else 0
    counts = plan.counts.to_json()
    if wants_json(as_json):
        answer_json(counts)
        return
    say_counts(counts)
    for table, row in plan.rejected():
        if rejects is None:
            say(f"{table.table.name}:{row.line}: {row.reason}")
    if written:
        say(
            ngettext(
                "{count} rejected row was written to {path}.",
                "{count} rejected rows were written to {path}.",
                written,
            ).format(count=written, path=rejects)
        )
    if dry_run:
        say(_("Nothing was changed: this was a dry run."))


def say_counts(counts: dict[str, dict[str, int]]) -> None:
    """Rows by kind and fate as a table."""
    fates = ("new", "changed", "unchanged", "rejected")
    rows = [
        [kind, *(str(numbers[fate]) for fate in fates)]
        for kind, numbers in counts.items()
        if any(numbers.values())
    ]
    say_table(["", *fates], rows)


COMMANDS = (import_files,)
