"""The command that walks the whole path without a display."""

from __future__ import annotations

from pathlib import Path

import click

from kam_desktop.cli.output import reported, say
from kam_desktop.services.i18n import _


@click.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder."
)
@reported
def tour(out: Path) -> None:
    """Walk the sample portfolio without a display; leave the brief and screenshots in a folder."""
    from kam_desktop.app import take_tour

    for path in take_tour(out):
        say(_("Wrote {path}.").format(path=path))


COMMANDS = (tour,)
