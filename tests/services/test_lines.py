"""Names arrive clean, whatever way they come, and are refused when nobody could see them."""

from __future__ import annotations

import pytest

from kam_desktop.services.accounts import add_account, update_account
from kam_desktop.services.buying_centres import add_buying_centre
from kam_desktop.services.commercial import add_opportunity
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.fields import FIELDS, TABLES, Type
from kam_desktop.services.lines import required_line
from kam_desktop.services.maps import add_map
from kam_desktop.services.people import add_person, add_vacant_seat, update_person
from kam_desktop.services.storage.portfolio import Portfolio

OVERRIDE = "\u202e"
INVISIBLE = "\u200b\u2060\ufeff"


def test_a_name_cannot_turn_round_what_stands_beside_it(portfolio: Portfolio) -> None:
    with portfolio.unit_of_work("test") as work:
        account = add_account(work, name=f"Aurora{OVERRIDE}\x1b[31m Foods\n", city="Mi\x00lan")
        add_person(work, account, f"\u2067Noa {OVERRIDE}Levi", title="Buyer\u2028two")
    with portfolio.reading() as db:
        assert db.rows("SELECT name, name_key, city FROM account") == [
            ("Aurora[31m Foods", "aurora[31m foods", "Milan")
        ]
        assert db.rows("SELECT name, name_key, title FROM person") == [
            ("Noa Levi", "noa levi", "Buyer two")
        ]


def test_long_text_keeps_its_lines(portfolio: Portfolio) -> None:
    with portfolio.unit_of_work("test") as work:
        add_account(work, name="Aurora", street="Gate 3\nVia Torino 12", about="One\x07\n\tTwo")
    with portfolio.reading() as db:
        assert db.rows("SELECT street, about FROM account") == [
            ("Gate 3\nVia Torino 12", "One\n\tTwo")
        ]


def test_a_name_nobody_can_see_is_refused_where_it_is_typed(portfolio: Portfolio) -> None:
    with portfolio.unit_of_work("test") as work:
        account = add_account(work, name="Aurora")
        person = add_person(work, account, "Noa")
        for attempt in (
            lambda: add_account(work, name=INVISIBLE),
            lambda: update_account(work, account, name=INVISIBLE),
            lambda: add_person(work, account, INVISIBLE),
            lambda: update_person(work, person, name=INVISIBLE),
            lambda: add_buying_centre(work, account, INVISIBLE),
            lambda: add_opportunity(work, account, INVISIBLE),
        ):
            with pytest.raises(UserError, match="cannot be seen") as refused:
                attempt()
            assert refused.value.field == "name"
        for attempt in (
            lambda: add_vacant_seat(work, account, INVISIBLE),
            lambda: add_map(work, account, INVISIBLE),
        ):
            with pytest.raises(UserError, match="cannot be seen") as refused:
                attempt()
            assert refused.value.field == "title"


def test_nothing_at_all_is_refused_with_what_is_missing() -> None:
    with pytest.raises(UserError, match="Enter a name"):
        required_line(" \n\t\x00", "Enter a name.")


def test_many_records_at_once_are_cleaned_alike(portfolio: Portfolio) -> None:
    from kam_desktop.models.registry import Account

    with portfolio.unit_of_work("test") as work:
        work.bulk_insert(Account, [{"name": f"B{OVERRIDE}ora\r\nStrumenti"}])
    with portfolio.reading() as db:
        assert db.rows("SELECT name, name_key FROM account") == [
            ("Bora Strumenti", "bora strumenti")
        ]


def test_an_import_reads_each_column_as_it_is_stored() -> None:
    """Else a record would count as changed at every import."""
    from kam_desktop.models.base import Base
    from kam_desktop.models.types import CleanLine, CleanText

    stored = {Type.LINE: CleanLine, Type.EMAIL: CleanLine, Type.TEXT: CleanText}
    for kind, fields in FIELDS.items():
        columns = Base.metadata.tables[TABLES[kind]].columns
        for field in fields.values():
            if field.column and field.type in stored:
                assert type(columns[field.column].type) is stored[field.type], (kind, field.name)
