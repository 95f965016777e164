"""Commands that show the program without a display."""

from __future__ import annotations

from pathlib import Path

import click

from kam_desktop.cli.output import reported, say
from kam_desktop.services.i18n import _, ngettext

_out = click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder."
)


@click.command()
@_out
@reported
def tour(out: Path) -> None:
    """Walk the sample portfolio without a display; leave the brief and screenshots in a folder."""
    from kam_desktop.tour.walk import take_tour

    for path in take_tour(out):
        say(_("Wrote {path}.").format(path=path))


@click.command()
@_out
@click.option("--only", default="", help="Only pictures whose names begin so, e.g. account-map.")
@click.option(
    "--theme", "look", type=click.Choice(["light", "dark", "large"]), help="Only one kind of them."
)
@reported
def screenshots(out: Path, only: str, look: str | None) -> None:
    """Draw every page and dialog of the sample portfolio, light and dark, into a folder."""
    from kam_desktop.tour.screenshots import take_screenshots

    count = len(take_screenshots(out, only, look or ""))
    text = ngettext(
        "Wrote {count} picture into {out}.", "Wrote {count} pictures into {out}.", count
    )
    say(text.format(count=count, out=out))


COMMANDS = (tour, screenshots)
