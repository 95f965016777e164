"""What a portfolio knows about itself and about where its records came from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Base, Entity
from kam_desktop.models.types import JsonObject, Line


class Setting(Base, kw_only=True):
    """One setting of the portfolio (not of the laptop), e.g. its title or home currency."""

    __tablename__ = "setting"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[JsonObject]


class ExternalRef(Entity, kw_only=True):
    """The name another system has for one of our records, so that an import finds it again.

    ``system`` is e.g. ``salesforce``; ``record_kind`` the table of ``record_id``.
    """

    __tablename__ = "external_ref"

    system: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[str] = mapped_column(String(36))

    __table_args__ = (
        Index("ix_external_ref_key", "record_kind", "system", "key"),
        Index("ix_external_ref_record", "record_id"),
    )


class ImportBatch(Entity, kw_only=True):
    """One import: which file, when, with which mapping and what became of its rows."""

    __tablename__ = "import_batch"

    file_name: Mapped[Line]
    at: Mapped[dt.datetime]
    kind: Mapped[str] = mapped_column(String(40))
    mapping: Mapped[JsonObject]
    counts: Mapped[JsonObject]
