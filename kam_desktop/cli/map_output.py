"""``map``: a relationship map as data, as a picture, or as a poster."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kam_desktop.cli.at_option import account_at, at_option, wanted_moment
from kam_desktop.cli.output import answer_json, format_of, json_option, reported, say, wants_json
from kam_desktop.cli.portfolio_option import opened, require_target
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.map_loading import LoadedMap, MapWish
    from kam_desktop.services.queries.relationship_map import MapData
    from kam_desktop.services.storage.portfolio import Portfolio
    from kam_desktop.services.storage.reader import Reader

VIEWS = ("org", "network", "grid", "coverage", "ego")
FORMATS = ("json", "svg", "pdf")
PAPERS = ("A4", "A3", "A2", "Letter", "Tabloid")
ORIENTATIONS = ("automatic", "portrait", "landscape")
STDOUT = Path("-")


@click.command("map")
@click.argument("account")
@click.option("--view", type=click.Choice(VIEWS), help="Default: that of --map, else org.")
@click.option("--map", "title", help="A saved map, by its title.")
@click.option("--person", help="Who stands in the middle of an ego view (id or name).")
@click.option(
    "--distance", type=click.IntRange(1, 4), help="People up to so many ties from the person."
)
@at_option
@click.option(
    "--format", "chosen", type=click.Choice(FORMATS), help="Default: as the file's name ends."
)
@click.option(
    "--paper", type=click.Choice(PAPERS, case_sensitive=False), default="A4", show_default=True
)
@click.option(
    "--orientation", type=click.Choice(ORIENTATIONS), default="automatic", show_default=True
)
@click.option("--black-and-white", is_flag=True, help="For copiers: no colours and no greys.")
@click.option(
    "-o", "--output", default="-", show_default=True,
    type=click.Path(dir_okay=False, path_type=Path), help="The file to write; - for the terminal.",
)  # fmt: skip
@json_option
@reported
def map_command(
    account: str,
    view: str | None,
    title: str | None,
    person: str | None,
    distance: int | None,
    at: str | None,
    chosen: str | None,
    paper: str,
    orientation: str,
    black_and_white: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Write the relationship map of ACCOUNT (id or name) as data, picture or poster."""
    from kam_desktop.services.handouts.files import save_bytes
    from kam_desktop.services.handouts.poster.content import load_view
    from kam_desktop.services.handouts.poster.document import map_document

    kind = format_of(chosen, output, FORMATS)
    if output != STDOUT:
        require_target(output)
    with opened(read_only=True) as portfolio, portfolio.portfolio.reading() as db:
        wish = _wish(portfolio.portfolio, db, account, view, title, at)
        wish = _around(db, wish, person, distance)
        loaded = load_view(db, wish)
        if kind == "json":
            text = json.dumps(map_document(loaded, wish), ensure_ascii=False, indent=2) + "\n"
            content = text.encode("utf-8")
        else:
            content = _drawn(db, loaded, wish, kind, paper, orientation, black_and_white)
    if output == STDOUT:
        _to_terminal(content, kind)
        return
    save_bytes(content, output)
    if wants_json(as_json):
        answer_json({"account": wish.account_id, "view": wish.view, "file": str(output)})
    else:
        say(_("Wrote {path}.").format(path=output))


def _wish(
    portfolio: Portfolio, db: Reader, account: str, view: str | None, title: str | None,
    at: str | None,
) -> MapWish:  # fmt: skip
    from kam_desktop.services.map_loading import MapWish
    from kam_desktop.services.queries.accounts import find_account
    from kam_desktop.services.queries.relationship_map import map_data

    account_id, today = find_account(db, account).id, portfolio.clock.today()
    moment = wanted_moment(at, portfolio.clock)
    if title is None:
        return MapWish(account_id, view or "org", today, moment=moment)
    maps = map_data(db, account_id, on=today).maps
    wanted = title.strip().casefold()
    found = [saved for saved in maps if saved.title.strip().casefold() == wanted]
    fitting = [saved for saved in found if view in (None, saved.view)]
    if not fitting:
        known = ", ".join(f"“{saved.title}” ({saved.view})" for saved in maps) or _("none")
        text = _("This account has no map “{title}” for this view. It has: {known}.")
        raise UserError(text.format(title=title, known=known), field="map")
    return MapWish(account_id, fitting[0].view, today, map_id=fitting[0].id, moment=moment)


def _around(db: Reader, wish: MapWish, person: str | None, distance: int | None) -> MapWish:
    """The wish with who stands in the middle and how far people are shown."""
    if person is None and distance is None:
        return wish
    from kam_desktop.services.queries.maps import map_options
    from kam_desktop.services.queries.relationship_map import map_data

    on = wish.on if wish.moment is None else wish.moment.date()
    now = map_data(db, wish.account_id, wish.map_id, on=wish.on, view=wish.view)
    options = map_options(db, now.map_id)
    if person is not None:
        with account_at(db, wish.account_id, wish.moment) as then:
            focus = _find(map_data(then, wish.account_id, on=on), person)
        options = replace(options, focus=focus)
    if distance is not None:
        options = replace(options, distance=distance)
    return replace(wish, options=options, focus=options.focus)


def _find(data: MapData, person: str) -> str:
    """The id of a person on the map. Raises `UserError` unless there is exactly one."""
    wanted = person.strip().casefold()
    found = [card.id for card in data.people if wanted in (card.id, card.name.strip().casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        text = _("Several people are called “{name}”. Give the id of one: {ids}.")
        raise UserError(text.format(name=person, ids=", ".join(found)), field="person")
    text = _("Nobody on this map is called “{name}”. Look at the names with: map ACCOUNT.")
    raise UserError(text.format(name=person), field="person")


def _drawn(
    db: Reader,
    loaded: LoadedMap,
    wish: MapWish,
    kind: str,
    paper: str,
    orientation: str,
    black_and_white: bool,
) -> bytes:
    from kam_desktop.services.handouts.poster.content import poster_content
    from kam_desktop.services.handouts.poster.paper import Orientation, PosterOptions
    from kam_desktop.services.handouts.poster.pdf import render_poster
    from kam_desktop.services.handouts.poster.svg import render_svg

    content = poster_content(db, loaded, wish)
    if kind == "svg":
        return render_svg(content, black_and_white=black_and_white).encode("utf-8")
    options = PosterOptions(paper, Orientation(orientation), black_and_white)
    return render_poster(content, options)


def _to_terminal(content: bytes, kind: str) -> None:
    """Raises `UserError` for a PDF on a terminal that people look at."""
    if kind == "pdf" and sys.stdout.isatty():
        raise UserError(_("A PDF cannot be read on a terminal. Name a file: -o map.pdf"))
    click.echo(content, nl=False)


COMMANDS = (map_command,)
