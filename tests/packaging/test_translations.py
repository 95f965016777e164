"""Every string a person sees is collected, the same way each time."""

from __future__ import annotations

import translations


def test_strings_are_collected_the_same_way_each_time() -> None:
    first = translations.template_text(translations.extract())
    assert first == translations.template_text(translations.extract())
    assert '\nmsgid "unknown"\n' in first
    assert "\nmsgid_plural " in first


def test_built_in_checklists_are_collected_too() -> None:
    source = "resources/templates/checklists.json"
    places = [place for message in translations.extract() for place, _ in message.locations]
    assert places.count(source) > 20


def test_the_wording_does_not_shout() -> None:
    for message in translations.extract():
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        assert not any("!" in form for form in forms), message.id
