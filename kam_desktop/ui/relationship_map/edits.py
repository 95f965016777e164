"""What is changed on the map itself: places of cards, and what is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_loading import Remembered
from kam_desktop.services.map_options import MapTarget
from kam_desktop.ui.shell.context import AppContext


def run_move(
    context: AppContext,
    owner: QObject,
    target: MapTarget,
    moved: Mapping[str, Point],
    *,
    name: str,
) -> None:
    """Keep where cards were put, as one step. ``name`` is that of the first one moved."""
    from kam_desktop.services.maps import move_cards_on

    count = len(moved)
    label = (
        _("Move {name}").format(name=name)
        if count == 1
        else ngettext("Move {count} card", "Move {count} cards", count).format(count=count)
    )
    context.operations.run(owner, label, move_cards_on, target, moved)


def run_reset(context: AppContext, owner: QObject, target: MapTarget) -> None:
    """Let a map be laid out by itself again."""
    from kam_desktop.services.maps import tidy_up

    context.operations.run(owner, _("Tidy up the map"), tidy_up, target)


def run_remember(context: AppContext, owner: QObject, remember: Remembered) -> None:
    """Keep where the layout put everybody, so that the map looks the same the next time."""
    from kam_desktop.services.storage.arrangements import keep_arrangement

    portfolio = context.portfolio
    if portfolio is None:
        return
    at = context.clock.now().isoformat()

    def note() -> None:
        portfolio.note_aside(
            partial(
                keep_arrangement,
                map_key=remember.key,
                shape=remember.shape,
                places=remember.places,
                at=at,
            )
        )

    context.lanes.write(owner, note, on_done=_kept)


def _kept(_nothing: object) -> None:
    """Nobody waits for it."""


def run_delete(
    context: AppContext, owner: QObject, people: Sequence[str], ties: Sequence[str], name: str
) -> None:
    """Delete people, or when there are none the first of ``ties``; undo brings them back."""
    from kam_desktop.services.people import delete_people
    from kam_desktop.services.ties import delete_tie

    if people:
        count = len(people)
        label = (
            _("Delete {name}").format(name=name)
            if count == 1
            else ngettext("Delete {count} person", "Delete {count} people", count).format(
                count=count
            )
        )
        context.operations.run(owner, label, delete_people, list(people))
    elif ties:
        context.operations.run(owner, _("Remove tie"), delete_tie, ties[0])
