"""No internal or personal field can reach a client's handout."""

from __future__ import annotations

import typing

import pytest

from kam_desktop.services.handouts.audience import (
    ClientSafe,
    Internal,
    Personal,
    for_client,
    for_colleague,
)
from kam_desktop.services.handouts.content import BriefContent


def test_every_field_of_the_brief_names_its_audience() -> None:
    hints = typing.get_type_hints(BriefContent)
    assert {typing.get_origin(hint) for hint in hints.values()} == {ClientSafe, Internal}


def test_judgements_are_internal() -> None:
    hints = typing.get_type_hints(BriefContent)
    for name in (
        "people",
        "health",
        "risks",
        "questions",
        "aim",
        "deals",
        "changes",
        "points",
        "actions",
        "edits",
    ):
        assert typing.get_origin(hints[name]) is Internal, name


def test_a_client_handout_gets_only_what_is_safe() -> None:
    assert for_client(ClientSafe("Aurora Foods")) == "Aurora Foods"
    with pytest.raises(TypeError):
        for_client(Internal("an opponent"))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        for_client(Personal("a birthday"))  # type: ignore[arg-type]


def test_an_internal_handout_gets_nothing_personal() -> None:
    assert for_colleague(Internal("an opponent")) == "an opponent"
    assert for_colleague(ClientSafe("Aurora Foods")) == "Aurora Foods"
    with pytest.raises(TypeError):
        for_colleague(Personal("a birthday"))  # type: ignore[arg-type]
