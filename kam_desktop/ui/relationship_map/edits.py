"""What is changed on the map itself: places of cards, and what is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.shell.context import AppContext


def run_move(
    context: AppContext,
    owner: QObject,
    account_id: str,
    view: str,
    moved: Mapping[str, Point],
    *,
    kept: Mapping[str, Point],
    name: str,
) -> None:
    """Keep where cards were put, as one step. ``kept`` are others that shall stay where they are.

    ``name`` is that of the first one moved.
    """
    from kam_desktop.services.maps import move_cards_of_account

    count = len(moved)
    label = (
        _("Move {name}").format(name=name)
        if count == 1
        else ngettext("Move {count} card", "Move {count} cards", count).format(count=count)
    )
    places = {**kept, **moved}
    context.operations.run(owner, label, move_cards_of_account, account_id, view, places)


def run_reset(context: AppContext, owner: QObject, map_id: str) -> None:
    """Let a map be laid out by itself again."""
    from kam_desktop.services.maps import reset_layout

    context.operations.run(owner, _("Arrange the map anew"), reset_layout, map_id)


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
