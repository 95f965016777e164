"""Commands that only look: lists, one account, search, handouts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kam_desktop.cli.output import (
    answer_json,
    json_option,
    money_text,
    reported,
    say,
    say_table,
    wants_json,
)
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.queries.accounts import AccountRow, AccountTotals


@click.command()
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), multiple=True)
@click.option("--match", default="", help="Only accounts with these words.")
@click.option("--totals", is_flag=True, help="Add opportunities and revenue.")
@json_option
@reported
def accounts(tier: tuple[str, ...], match: str, totals: bool, as_json: bool) -> None:
    """List the accounts, by name."""
    from kam_desktop.services.queries import accounts as queries

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        rows = queries.account_rows(db, queries.account_ids(db, text=match, tiers=tier))
        sums = queries.account_totals(db) if totals else {}
    if wants_json(as_json):
        answer_json([_account_json(row, sums.get(row.id)) for row in rows])
        return
    say_table(
        [_("Name"), _("Tier"), _("Group"), _("Place")],
        [[row.name, row.tier, row.parent_name, row.city or row.country] for row in rows],
    )


def _account_json(row: AccountRow, totals: AccountTotals | None) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": row.id,
        "name": row.name,
        "tier": row.tier,
        "parent": row.parent_name or None,
        "parent_id": row.parent_id,
        "industry": row.industry,
        "city": row.city,
        "country": row.country,
        "last_touch": row.last_touch or None,
    }
    if totals is not None:
        value["opportunities"] = totals.opportunities
        value["opportunity_value"] = money_text(totals.opportunity_value)
        value["revenue"] = money_text(totals.revenue)
    return value


@click.command()
@click.argument("account")
@json_option
@reported
def show(account: str, as_json: bool) -> None:
    """Show one account (id or name) with its people, records and health."""
    from kam_desktop.cli.account_sheet import account_sheet, sheet_lines
    from kam_desktop.services.queries.accounts import find_account

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        sheet = account_sheet(db, find_account(db, account).id, portfolio.portfolio.clock)
    if wants_json(as_json):
        answer_json(sheet)
        return
    for line in sheet_lines(sheet):
        say(line)


@click.command()
@click.argument("text")
@click.option("--limit", default=8, show_default=True, help="Hits of each kind.")
@json_option
@reported
def search(text: str, limit: int, as_json: bool) -> None:
    """Find accounts, people, notes and meetings by the beginnings of words."""
    from kam_desktop.services.queries import search as queries

    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        hits = queries.search(db, text, limit)
    if wants_json(as_json):
        answer_json([asdict(hit) for hit in hits])
        return
    if not hits:
        say(_("Nothing was found."))
    else:
        say_table(
            [_("Kind"), _("Found"), ""], [[hit.kind, hit.title, hit.subtitle] for hit in hits]
        )


@click.group()
def handout() -> None:
    """Make the papers that are taken into the room."""


@handout.command()
@click.argument("account")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@json_option
@reported
def brief(account: str, output: Path, paper: str, as_json: bool) -> None:
    """Write the internal brief on ACCOUNT (id or name) as a PDF."""
    from kam_desktop.services.handouts.brief import brief_content
    from kam_desktop.services.handouts.files import save_bytes
    from kam_desktop.services.handouts.pdf.brief_pages import render_brief
    from kam_desktop.services.queries.accounts import find_account

    require_target(output)
    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        row = find_account(db, account)
        content = brief_content(db, row.id, clock=portfolio.portfolio.clock)
    save_bytes(render_brief(content, paper=paper), output)
    _say_written(row.id, output, as_json)


@handout.command()
@click.argument("account")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@json_option
@reported
def promises(account: str, output: Path, paper: str, as_json: bool) -> None:
    """Write the page of promises for ACCOUNT (id or name) as a PDF, to agree on with the client."""
    from kam_desktop.services.handouts.files import save_bytes
    from kam_desktop.services.handouts.pdf.promises_pages import render_promises
    from kam_desktop.services.handouts.promises_page import promises_content
    from kam_desktop.services.queries.accounts import find_account

    require_target(output)
    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        row = find_account(db, account)
        content = promises_content(db, row.id, clock=portfolio.portfolio.clock)
    save_bytes(render_promises(content, paper=paper), output)
    _say_written(row.id, output, as_json)


def _say_written(account_id: str, output: Path, as_json: bool) -> None:
    if wants_json(as_json):
        answer_json({"account": account_id, "file": str(output)})
    else:
        say(_("Wrote {path}.").format(path=output))


COMMANDS = (accounts, show, search, handout)
