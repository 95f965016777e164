"""Every value of the vocabulary has a word."""

from __future__ import annotations

import enum
import inspect

from kam_desktop.models import vocabulary
from kam_desktop.services.words import choices, word


def test_every_value_has_a_word() -> None:
    kinds = [
        kind
        for _name, kind in inspect.getmembers(vocabulary, inspect.isclass)
        if issubclass(kind, enum.Enum)
        and kind.__module__ == vocabulary.__name__
        and kind is not vocabulary.RuleKind
    ]
    assert len(kinds) > 15
    for kind in kinds:
        for _stored, text in choices(kind):
            assert text


def test_unknown_is_a_word_of_its_own() -> None:
    assert word(None) == "unknown"
    assert word(vocabulary.Support.NEUTRAL) == "Neutral"
