"""Commands about what was done: undo, redo, history."""

from __future__ import annotations

from dataclasses import asdict

import click

from kam_desktop.cli.output import answer_json, json_option, reported, say, say_table, wants_json
from kam_desktop.cli.portfolio_option import opened
from kam_desktop.services.i18n import _


@click.command()
@json_option
@reported
def undo(as_json: bool) -> None:
    """Take back the last step, also one made before a restart."""
    with opened() as portfolio:
        changes = portfolio.portfolio.undo()
    if wants_json(as_json):
        answer_json({"undone": changes.label})
    else:
        say(_("Undone: {label}").format(label=changes.label))


@click.command()
@json_option
@reported
def redo(as_json: bool) -> None:
    """Bring back the step that was undone last."""
    with opened() as portfolio:
        changes = portfolio.portfolio.redo()
    if wants_json(as_json):
        answer_json({"redone": changes.label})
    else:
        say(_("Done again: {label}").format(label=changes.label))


@click.command()
@click.option("--limit", default=20, show_default=True)
@json_option
@reported
def history(limit: int, as_json: bool) -> None:
    """List the last steps, newest first."""
    with opened(read_only=True) as portfolio:
        actions = portfolio.portfolio.history(limit=limit)
    if wants_json(as_json):
        answer_json([asdict(action) for action in actions])
        return
    say_table(
        [_("When (UTC)"), _("Step"), _("State")],
        [
            [action.at[:16].replace("T", " "), action.label, f"{action.kind}, {action.state}"]
            for action in actions
        ],
    )


COMMANDS = (undo, redo, history)
