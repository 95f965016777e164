"""Commands about people: the list, contacts in and out, and two records of one person."""

from __future__ import annotations

import dataclasses
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kam_desktop.cli.exchange import say_counts
from kam_desktop.cli.output import (
    answer_json,
    format_of,
    json_option,
    reported,
    say,
    say_table,
    wants_json,
)
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.services.i18n import _, ngettext

if TYPE_CHECKING:
    from kam_desktop.services.exchange.plans import ImportPlan
    from kam_desktop.services.queries.people import PersonRow

FORMATS = ("vcf", "csv")
VERSIONS = ("2.1", "3.0", "4.0")


@click.group(invoke_without_command=True)
@click.option("--account", help="Only the people of this account (id or name).")
@click.option("--match", default="", help="Only people with these words.")
@json_option
@click.pass_context
@reported
def people(context: click.Context, account: str | None, match: str, as_json: bool) -> None:
    """List the people, by name; take contacts in and out."""
    if context.invoked_subcommand is not None:
        return
    from kam_desktop.services.queries import people as queries
    from kam_desktop.services.queries.accounts import find_account

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        account_id = find_account(db, account).id if account else None
        ids = queries.person_ids(db, text=match, account_id=account_id)
        rows = queries.person_rows(db, ids)
    if wants_json(as_json):
        answer_json([_person_json(row) for row in rows])
        return
    say_table(
        [_("Name"), _("Title"), _("Account"), _("E-mail")],
        [[row.name, row.title, row.account_name, row.email] for row in rows],
    )


def _person_json(row: PersonRow) -> dict[str, Any]:
    value = asdict(row)
    value["last_touch"] = row.last_touch or None
    value["roles"] = list(row.roles)
    return value


@people.command("export")
@click.option("--account", help="Only the people of this account (id or name).")
@click.option(
    "--format", "chosen", type=click.Choice(FORMATS), help="Default: as the file's name ends."
)
@click.option(
    "--vcard-version", type=click.Choice(VERSIONS), default="4.0", show_default=True,
    help="2.1 and 3.0 are for old phones and programs.",
)  # fmt: skip
@click.option(
    "--notes/--no-notes", default=True, show_default=True, help="Put notes into the contacts."
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@reported
def export_people(
    account: str | None,
    chosen: str | None,
    vcard_version: str,
    notes: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Write people as contacts (vcf), or people and ties as two tables (csv)."""
    from kam_desktop.services import people_exchange
    from kam_desktop.services.queries.accounts import find_account

    targets = [output]
    file_format = format_of(chosen, output, FORMATS)
    if file_format == "csv":
        targets.append(people_exchange.ties_path(output))
    for target in targets:
        require_target(target)
    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        account_id = find_account(db, account).id if account else None
        if file_format == "csv":
            done = people_exchange.export_tables(db, output, account_id=account_id)
        else:
            version = people_exchange.Version(vcard_version)
            done = people_exchange.export_cards(
                db, output, account_id=account_id, version=version, notes=notes
            )
    if wants_json(as_json):
        files = [str(file) for file in done.files]
        answer_json({"files": files, "people": done.people, "ties": done.ties})
        return
    text = ngettext("{count} person was written to {path}.",
                    "{count} people were written to {path}.", done.people)  # fmt: skip
    say(text.format(count=done.people, path=done.files[0]))
    if done.ties is not None:
        text = ngettext("{count} tie was written to {path}.",
                        "{count} ties were written to {path}.", done.ties)  # fmt: skip
        say(text.format(count=done.ties, path=done.files[1]))


@people.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--account", help="The account the contacts go to (id or name).")
@click.option(
    "--create-accounts", is_flag=True, help="Make an account for an organisation not known yet."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@reported
def import_people(
    files: tuple[Path, ...],
    account: str | None,
    create_accounts: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import people from FILES (vCard or tables), as one step that can be undone."""
    from kam_desktop.services import imports
    from kam_desktop.services.exchange.fields import Kind
    from kam_desktop.services.queries.accounts import find_account

    with opened() as portfolio:
        with portfolio.portfolio.reading() as db:
            options = dataclasses.replace(
                imports.default_options(db),
                account_id=find_account(db, account).id if account else "",
                create_accounts=create_accounts,
                create_from_cards=create_accounts,
            )
        plan = imports.import_files(
            portfolio.portfolio, files, kind=Kind.PEOPLE, options=options, dry_run=dry_run
        )
    if wants_json(as_json):
        answer_json(_import_json(plan))
        return
    say_counts(plan.counts.to_json())
    for table, row in plan.rejected():
        say(f"{table.table.name}:{row.line}: {row.label}: {row.reason}")
    for note in dict.fromkeys(note for one in plan.tables for note in one.notes):
        say(note)
    if dry_run:
        say(_("Nothing was changed: this was a dry run."))


def _import_json(plan: ImportPlan) -> dict[str, Any]:
    from kam_desktop.services.exchange.fields import Kind

    counts = plan.counts.to_json()
    return {
        **{str(kind): counts[str(kind)] for kind in (Kind.ACCOUNTS, Kind.PEOPLE)},
        "rejected": [
            {"file": one.table.name, "number": row.line, "name": row.label, "reason": row.reason}
            for one, row in plan.rejected()
        ],
        "notes": list(dict.fromkeys(note for one in plan.tables for note in one.notes)),
    }


@people.command("doubles")
@click.option("--account", help="Only the people of this account (id or name).")
@click.option("--limit", default=100, show_default=True, help="Pairs at most.")
@json_option
@reported
def doubles(account: str | None, limit: int, as_json: bool) -> None:
    """List pairs of people of one name or address in one account."""
    from kam_desktop.services.queries.accounts import find_account
    from kam_desktop.services.queries.duplicates import possible_doubles

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        account_id = find_account(db, account).id if account else None
        pairs = possible_doubles(db, account_id=account_id, limit=limit)[:limit]
    if wants_json(as_json):
        answer_json(
            [
                {
                    "first": {"id": pair.first.id, "name": pair.first.name},
                    "second": {"id": pair.second.id, "name": pair.second.name},
                    "account": pair.first.account_name,
                    "same_email": pair.same_email,
                }
                for pair in pairs
            ]
        )
        return
    say_table(
        [_("Name"), _("Id"), _("Name"), _("Id"), _("Account")],
        [
            [pair.first.name, pair.first.id, pair.second.name, pair.second.id,
             pair.first.account_name]
            for pair in pairs
        ],
    )  # fmt: skip


@people.command("merge")
@click.argument("keep")
@click.argument("other")
@json_option
@reported
def merge(keep: str, other: str, as_json: bool) -> None:
    """Make one person of the records KEEP and OTHER (ids), as one step that can be undone."""
    from kam_desktop.services.merging import merge_people

    with opened() as portfolio, portfolio.portfolio.unit_of_work(_("Merge two people")) as work:
        done = merge_people(work, keep, other)
    if wants_json(as_json):
        answer_json({"person": done.person_id, "told": list(done.told)})
        return
    say(_("The two are one person now."))
    for text in done.told:
        say(text)


COMMANDS = (people,)
