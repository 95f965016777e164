"""Everything the ledger can name has a word for the user."""

from __future__ import annotations

import pytest

from kam_desktop.services.field_words import field_word, has_word, record_word
from kam_desktop.services.storage.ledger import ledgered_tables, units_of


def test_every_ledgered_field_has_a_word() -> None:
    missing = [
        f"{table.name}.{unit.name}"
        for table in ledgered_tables()
        for unit in units_of(table)
        if not has_word(table.name, unit.name)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("table", "field", "record", "word"),
    [
        ("account", "parent_id", "Account", "group"),
        ("account", "number", "Account", "customer number"),
        ("revenue_entry", "number", "Revenue", "invoice or order number"),
        ("thing_to_come", "new_field", "thing to come", "new field"),
    ],
)
def test_words(table: str, field: str, record: str, word: str) -> None:
    assert record_word(table) == record
    assert field_word(table, field) == word
