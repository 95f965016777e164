"""Ties between people, and saved maps with the places of their cards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount, reference
from kam_desktop.models.types import JsonObject, Line
from kam_desktop.models.vocabulary import ClaimSource, Confidence, TieKind


class Tie(Entity, kw_only=True):
    """A typed link. *Reports to* and *influences* point from ``from_id`` to ``to_id``.

    ``strength`` is 1 … 5, None while unknown; ``on`` is the day it was seen or said.
    """

    __tablename__ = "tie"

    from_id: Mapped[str] = reference("person.id", nullable=False)
    to_id: Mapped[str] = reference("person.id", nullable=False)
    kind: Mapped[TieKind]
    strength: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    on: Mapped[dt.date | None] = mapped_column(default=None)
    source: Mapped[ClaimSource | None] = mapped_column(default=None, info={"unit": "source"})
    confidence: Mapped[Confidence | None] = mapped_column(default=None, info={"unit": "source"})


class SavedMap(OfAccount, kw_only=True):
    """A named arrangement of an account's people.

    ``view`` is org, network, grid, coverage or ego. ``options`` say which people are shown and how:
    ``services/map_options`` reads and writes them.
    """

    __tablename__ = "saved_map"

    title: Mapped[Line]
    view: Mapped[str] = mapped_column(default="org")
    options: Mapped[JsonObject] = mapped_column(default_factory=dict, server_default="{}")


class MapPosition(Entity, kw_only=True):
    """Where a card was put by hand on one map, in scene units (pixels at 100 %)."""

    __tablename__ = "map_position"

    map_id: Mapped[str] = reference("saved_map.id", nullable=False)
    person_id: Mapped[str] = reference("person.id", nullable=False)
    x: Mapped[float] = mapped_column(info={"unit": "place"})
    y: Mapped[float] = mapped_column(info={"unit": "place"})
