"""The command ``kam-desktop`` and its options; each family of commands has a module of its own."""

from __future__ import annotations

from pathlib import Path

import click

from kam_desktop import __version__
from kam_desktop.cli import (
    analyse,
    calendar,
    email,
    exchange,
    look,
    map_output,
    meetings,
    own,
    people,
    safety,
    tour,
    write,
)

PORTFOLIO_VARIABLE = "KAM_DESKTOP_PORTFOLIO"
RECOVERY_VARIABLE = "KAM_DESKTOP_RECOVERY_KEY"
SAMPLE_OPTION = "--sample-on-first-start"


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--portfolio",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar=PORTFOLIO_VARIABLE,
    help=f"The portfolio's file. Default: ${PORTFOLIO_VARIABLE}.",
)
@click.option(
    "--recovery-key",
    envvar=RECOVERY_VARIABLE,
    help=f"Open with the recovery key from the printed sheet. Default: ${RECOVERY_VARIABLE}.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer with JSON, for other programs.")
@click.option(
    SAMPLE_OPTION,
    "sample_first",
    is_flag=True,
    help="Window only: open the sample portfolio when none was ever opened here.",
)
@click.version_option(__version__)
@click.pass_context
def kam_desktop(
    context: click.Context,
    portfolio: Path | None,
    recovery_key: str | None,
    as_json: bool,
    sample_first: bool,
) -> None:
    """Client dossiers, relationship maps and meeting preparation, offline.

    Without a command the window opens. The passphrase is taken from KAM_DESKTOP_PASSPHRASE, else
    from the system's keyring, else it is asked for.

    Exit codes: 0 done, 1 cannot be done as asked, 2 wrong use of the command line, 3 trouble with
    the portfolio's file or key, 4 a check found something wrong, 130 cancelled.
    """
    del recovery_key, as_json  # read by the commands, through the context
    if context.invoked_subcommand is None:
        from kam_desktop.app import run

        files = [str(portfolio)] if portfolio is not None else []
        context.exit(run([*files, SAMPLE_OPTION] if sample_first else files))


for _family in (
    own,
    exchange,
    look,
    people,
    map_output,
    analyse,
    write,
    safety,
    tour,
    calendar,
    email,
    meetings,
):
    for _command in _family.COMMANDS:
        kam_desktop.add_command(_command)
