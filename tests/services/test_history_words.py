"""Values of the ledger in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kam_desktop.services.formatting import set_region
from kam_desktop.services.history_words import references, value_text


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    set_region("en_GB")
    yield
    set_region("")


@pytest.mark.parametrize(
    ("table", "field", "value", "text"),
    [
        ("account", "tier", "key", "Key account"),
        ("account", "tier", "from a newer version", "from a newer version"),
        ("account", "name", '["Aurora <b>", "aurora"]', "Aurora <b>"),
        ("account", "address", '["Via Roma 1", "Milano", "", "", null]', "Via Roma 1, Milano"),
        ("account", "annual_revenue", '[4800000000, "EUR"]', "€48,000,000.00"),
        ("account", "annual_revenue", '[null, ""]', "—"),
        ("account", "parent_id", "a1", "Group Ltd"),
        ("account", "parent_id", "gone", "—"),
        ("account", "employees", 1200, "1,200"),
        ("person", "support", -1, "Sceptic"),
        ("person", "external", 0, "no"),
        ("person", "left_on", "2026-11-02", "2 Nov 2026"),
        ("commitment", "state", '["kept", "2026-11-02"]', "Kept, 2 Nov 2026"),
        ("note", "text", '{"text": "A note", "pinned": 0}', "A note"),
        ("observation", "", '{"kind": "nps", "value": 40.0}', "Net promoter score: 40"),
        ("revenue_entry", "", '{"amount_minor": 1250, "currency": "EUR"}', "€12.50"),
        ("claim", "", '{"field": "support", "value": "-1"}', "Support: Sceptic"),
        ("claim", "", '{"field": "level", "value": ""}', "Sees us as: Unknown"),
        ("claim", "", '{"field": "of a newer version", "value": "9"}', "9"),
        ("claim", "source", '["colleague", "Olof"]', "Told by a colleague of ours, Olof"),
        ("tie", "source", '["seen", "low"]', "Seen by us, Unsure"),
        ("tie", "source", '["seen", null]', "Seen by us"),
        ("tie", "source", "[null, null]", "—"),
        ("person", "went_to", '["Borealis", "a1"]', "Borealis"),
        ("person", "step", '["Show the pilot", "2026-11-02"]', "Show the pilot, 2 Nov 2026"),
        ("person", "photo_sha256", "0123456789abcdef", "a picture"),
        ("note", "text", "[not a list", "[not a list"),
        ("note", "text", None, "—"),
    ],
)
def test_values_read_as_on_screen(table: str, field: str, value: object, text: str) -> None:
    assert value_text(table, field, value, {"a1": "Group Ltd"}) == text


def test_only_fields_that_refer_to_records_name_ids() -> None:
    assert references("parent_id", "a1", None, "") == ["a1"]
    assert references("text", "a1") == []
