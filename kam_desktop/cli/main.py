"""The command ``kam-desktop`` and its options; each family of commands has a module of its own."""

from __future__ import annotations

from pathlib import Path

import click

from kam_desktop.cli import exchange, look, own, safety, tour, write

PORTFOLIO_VARIABLE = "KAM_DESKTOP_PORTFOLIO"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--portfolio",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar=PORTFOLIO_VARIABLE,
    help=f"The portfolio's file. Default: ${PORTFOLIO_VARIABLE}.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer with JSON, for other programs.")
@click.version_option(package_name="kam-desktop")
def kam_desktop(portfolio: Path | None, as_json: bool) -> None:
    """Client dossiers, relationship maps and meeting preparation, offline.

    Without a command the window opens. The passphrase is taken from KAM_DESKTOP_PASSPHRASE, else
    from the system's keyring, else it is asked for.

    Exit codes: 0 done, 1 cannot be done as asked, 2 wrong use of the command line, 3 trouble with
    the portfolio's file or key, 4 a check found something wrong, 130 cancelled.
    """
    del portfolio, as_json  # read by the commands, through the context


for _family in (own, exchange, look, write, safety, tour):
    for _command in _family.COMMANDS:
        kam_desktop.add_command(_command)
