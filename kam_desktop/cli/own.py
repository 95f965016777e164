"""Commands that make portfolios and try the installation."""

from __future__ import annotations

from pathlib import Path

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, wants_json
from kam_desktop.cli.portfolio_option import chosen_portfolio
from kam_desktop.services.i18n import _


@click.command()
@click.option("--title", help="What the portfolio is called. Default: the file's name.")
@click.option("--currency", default="EUR", show_default=True, help="Your home currency.")
@json_option
@reported
def create(title: str | None, currency: str, as_json: bool) -> None:
    """Make a new encrypted portfolio and show its recovery key once."""
    from kam_desktop.services.opening import Secrets, create_portfolio

    path = chosen_portfolio()
    opened, recovery = create_portfolio(
        path, title=title or path.stem, secrets=Secrets(), home_currency=currency
    )
    opened.close()
    if wants_json(as_json):
        answer_json({"portfolio": str(path), "recovery_key": recovery.text})
        return
    say(_("Made {path}.").format(path=path))
    say(_("Recovery key, to keep on paper: {key}").format(key=recovery.text))


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@reported
def sample(file: Path | None, as_json: bool) -> None:
    """Make the fictional sample portfolio (at FILE, or as chosen with --portfolio)."""
    from kam_desktop.services.sample import create_sample_portfolio

    path = file or chosen_portfolio()
    create_sample_portfolio(path).close()
    if wants_json(as_json):
        answer_json({"portfolio": str(path)})
    else:
        say(_("Made the sample portfolio {path}.").format(path=path))


@click.command("self-test")
@json_option
@reported
def self_test(as_json: bool) -> None:
    """Try everything the installation needs: encryption, undo, import, PDF, window."""
    from kam_desktop.cli.self_test import run_self_test

    results = run_self_test()
    if wants_json(as_json):
        answer_json(
            {
                "ok": all(not r.problem for r in results),
                "checks": [
                    {"name": r.name, "ok": not r.problem, "problem": r.problem} for r in results
                ],
            }
        )
    else:
        for result in results:
            say(f"{'ok  ' if not result.problem else 'FAIL'}  {result.name}  {result.problem}")
    if any(result.problem for result in results):
        raise SystemExit(4)


COMMANDS = (create, sample, self_test)
