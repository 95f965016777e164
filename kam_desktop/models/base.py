"""What every entity has: an id, a way to be in the trash, and hints for the ledger.

A column's ``info`` may hold ``{"unit": name}``: columns of one unit mean something only together
(an amount and its currency) and the ledger records them as one change under that name.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Enum, ForeignKey, Index, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from kam_desktop.models.text import new_id
from kam_desktop.models.types import CleanLine, CleanText, Instant, JsonObject, Line, Number

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def _stored_values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Declarative base: keyword-only constructors, cleaned text, aware instants."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: CleanText(),
        Line: CleanLine(),
        float: Number(),
        dt.datetime: Instant(),
        dt.date: Date(),
        JsonObject: JSON(),
        enum.StrEnum: Enum(
            enum.StrEnum, native_enum=False, length=40, values_callable=_stored_values
        ),
    }


class Entity(Base, kw_only=True):
    """A record with an identity of its own that can be moved to the trash.

    ``deleted_with`` is the id of the record whose deletion took this one along (its own id when it
    was deleted itself), so that restoring brings back exactly what went.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        String(36), primary_key=True, default_factory=new_id, sort_order=-10
    )
    deleted_at: Mapped[dt.datetime | None] = mapped_column(
        default=None, sort_order=90, info={"unit": "deleted"}
    )
    deleted_with: Mapped[str | None] = mapped_column(
        String(36), default=None, sort_order=91, info={"unit": "deleted"}
    )


class OfAccount(Entity, kw_only=True):
    """A record that belongs to one account."""

    __abstract__ = True

    account_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("account.id"), index=True, sort_order=-9
    )


def index_of_live(name: str, *columns: str) -> Index:
    """An index over the records outside the trash.

    With ``deleted_at`` as the index's first column instead, SQLite would take "not deleted" for a
    rare condition and scan the whole list where a record's id was given.
    """
    return Index(name, *columns, sqlite_where=text("deleted_at IS NULL"))


def reference(target: str, *, index: bool = True, nullable: bool = True, **options: Any) -> Any:
    """A column that refers to another record by id; empty unless ``nullable`` is false."""
    if nullable:
        options.setdefault("default", None)
    return mapped_column(String(36), ForeignKey(target), index=index, nullable=nullable, **options)
