"""Who may see a piece of a handout on paper, as types.

Every field of a handout's content is wrapped in one of these. A handout opens the fields with the
function of its own audience; a client handout cannot even be type-checked when it opens an internal
field, and at run time the function refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClientSafe(Generic[T]):
    """May be handed to the client."""

    content: T


@dataclass(frozen=True, slots=True)
class Internal(Generic[T]):
    """For colleagues: judgements, figures, plans."""

    content: T


@dataclass(frozen=True, slots=True)
class Personal(Generic[T]):
    """From the personal compartment: only the user's own eyes."""

    content: T


def for_client(field: ClientSafe[T]) -> T:
    """What a client handout may print; raises ``TypeError`` for anything else."""
    return _opened(field, (ClientSafe,))


def for_colleague(field: ClientSafe[T] | Internal[T]) -> T:
    """What an internal handout may print; raises ``TypeError`` for personal fields."""
    return _opened(field, (ClientSafe, Internal))


def _opened(field: ClientSafe[T] | Internal[T], allowed: tuple[type, ...]) -> T:
    if not isinstance(field, allowed):
        raise TypeError(f"a field of kind {type(field).__name__} does not belong on this handout")
    return field.content
