"""Every change is recorded, undone and redone, whatever path it took into the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kam_desktop.models.registry import Account, Base, HealthSnapshot, MapPosition, Person, SavedMap
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.storage import ledger
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.undo import MovedOnError
from tests.conftest import TEST_KEY, StillClock


def add_account(portfolio: Portfolio, name: str) -> str:
    with portfolio.unit_of_work(f"Add {name}") as work:
        account = Account(name=name)
        work.add(account)
        return account.id


def names(portfolio: Portfolio) -> list[str]:
    with portfolio.reading() as db:
        return [name for (name,) in db.rows("SELECT name FROM account ORDER BY name_key")]


def test_an_action_is_undone_and_redone(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Rename", origin="user") as work:
        work.get(Account, account_id).name = "Borealis"
    assert work.changes is not None
    assert work.changes.rows == {"account": frozenset({account_id})}
    assert work.changes.fields == {account_id: frozenset({"name"})}

    portfolio.undo()
    assert names(portfolio) == ["Aurora"]
    portfolio.undo()
    assert names(portfolio) == []
    portfolio.redo()
    portfolio.redo()
    assert names(portfolio) == ["Borealis"]
    with pytest.raises(UserError):
        portfolio.redo()


def test_undo_survives_a_restart(portfolio: Portfolio, clock: StillClock) -> None:
    add_account(portfolio, "Aurora")
    portfolio.close()
    again = Portfolio(portfolio.path, TEST_KEY, clock=clock)
    try:
        following = again.next_undo()
        assert following is not None
        assert following.label == "Add Aurora"
        again.undo()
        assert names(again) == []
    finally:
        again.close()


def test_new_work_ends_redo(portfolio: Portfolio) -> None:
    add_account(portfolio, "Aurora")
    portfolio.undo()
    add_account(portfolio, "Borealis")
    assert portfolio.next_redo() is None
    portfolio.undo()
    assert names(portfolio) == []


def test_undo_refuses_when_a_value_has_moved_on(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("First") as work:
        work.get(Account, account_id).industry = "Food"
    with portfolio.unit_of_work("Second") as work:
        work.get(Account, account_id).industry = "Drink"
        # As if the second change had come from elsewhere and were no step of this user's undo.
        work.execute("UPDATE ledger_action SET kind = 'sync' WHERE label = 'Second'")
    with pytest.raises(MovedOnError, match="First"):
        portfolio.undo()
    with portfolio.reading() as db:
        assert db.value("SELECT industry FROM account") == "Drink"


def test_undo_of_an_insert_refuses_while_others_refer_to_it(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Add person") as work:
        work.add(Person(account_id=account_id, name="Elena"))
        work.execute("UPDATE ledger_action SET kind = 'sync' WHERE label = 'Add person'")
    with pytest.raises(MovedOnError):
        portfolio.undo()
    assert names(portfolio) == ["Aurora"]


def test_every_way_of_writing_is_recorded(portfolio: Portfolio) -> None:
    with portfolio.unit_of_work("ORM") as work:
        work.add(Account(name="A"))
    with portfolio.unit_of_work("Bulk") as work:
        ids = work.bulk_insert(Account, [{"name": f"B{n}"} for n in range(5)])
    with portfolio.unit_of_work("Raw") as work:
        work.execute(
            "UPDATE account SET city = 'Milan', street = 'Via Torino' WHERE id = ?", ids[:1]
        )
    with portfolio.unit_of_work("Raw delete") as work:
        work.execute("DELETE FROM account WHERE id = ?", ids[1:2])
    with portfolio.reading() as db:
        counted = db.rows("SELECT op, count(*) FROM ledger_change GROUP BY op ORDER BY op")
        unit = db.row("SELECT field, old, new FROM ledger_change WHERE op = 'U'")
    assert counted == [("D", 1), ("I", 6), ("U", 1)]
    assert unit == ("address", '["","","","",""]', '["Via Torino","Milan","","",""]')
    for _step in range(4):
        portfolio.undo()
    assert names(portfolio) == []


def test_writing_outside_a_unit_of_work_is_refused(portfolio: Portfolio) -> None:
    db = portfolio._writing_connection()  # what no code path should do
    with pytest.raises(Exception, match="ledger_change"):
        db.execute(
            "INSERT INTO team_member (id, name, role, email, phone, is_me, external_key)"
            " VALUES ('x', 'n', 'kam', '', '', 0, '')"
        )


def test_an_action_that_changes_nothing_leaves_no_trace(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Same again") as work:
        work.get(Account, account_id).name = "Aurora"
    assert work.changes is not None
    assert work.changes.empty
    assert [action.label for action in portfolio.history()] == ["Add Aurora"]


def test_a_failing_use_case_changes_nothing(portfolio: Portfolio) -> None:
    with pytest.raises(RuntimeError), portfolio.unit_of_work("Half") as work:  # noqa: PT012
        work.add(Account(name="Half"))
        work.flush()
        raise RuntimeError
    assert names(portfolio) == []
    assert portfolio.history() == []


def test_consecutive_edits_of_one_field_coalesce(portfolio: Portfolio, clock: StillClock) -> None:
    account_id = add_account(portfolio, "Aurora")
    for text in ("F", "Fo", "Food"):
        with portfolio.unit_of_work("Edit industry", coalesce="industry") as work:
            work.get(Account, account_id).industry = text
        clock.go_on(seconds=5)
    clock.go_on(minutes=3)
    with portfolio.unit_of_work("Edit industry", coalesce="industry") as work:
        work.get(Account, account_id).industry = "Drink"
    assert len(portfolio.history()) == 3
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.value("SELECT industry FROM account") == "Food"
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.value("SELECT industry FROM account") == ""


def test_a_text_saved_again_and_again_is_kept_once(portfolio: Portfolio, clock: StillClock) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Edit", coalesce="industry") as work:
        work.get(Account, account_id).industry = "Oil"
    clock.go_on(minutes=3)
    for number in range(20):
        with portfolio.unit_of_work("Edit", coalesce="industry") as work:
            work.get(Account, account_id).industry = "Food " * (number + 1)
            if number == 10:
                work.get(Account, account_id).city = "Milan"
    changes = portfolio.history_of([account_id])
    edits = [each for each in changes if each.field == "industry"]
    assert [len(str(each.new)) for each in edits] == [99, 54, 3]
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.row("SELECT industry, city FROM account") == ("Oil", "")
    portfolio.redo()
    with portfolio.reading() as db:
        assert db.row("SELECT industry, city FROM account") == (("Food " * 20).strip(), "Milan")


def test_floats_and_enums_come_back_exactly(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Map") as work:
        person = Person(account_id=account_id, name="Elena", support=None)
        saved = SavedMap(account_id=account_id, title="Org")
        work.add(person)
        work.add(saved)
        work.flush()
        place = MapPosition(map_id=saved.id, person_id=person.id, x=0.1 + 0.2, y=-1e-7)
        work.add(place)
        work.get(Account, account_id).tier = Tier.KEY
    portfolio.undo()
    portfolio.redo()
    with portfolio.reading() as db:
        assert db.row("SELECT x, y FROM map_position") == (0.1 + 0.2, -1e-7)
        assert db.value("SELECT tier FROM account") == "key"


def test_a_bulk_action_of_ten_thousand_rows_is_one_step(portfolio: Portfolio) -> None:
    with portfolio.unit_of_work("Import", origin="import") as work:
        work.bulk_insert(Account, [{"name": f"Account {n}"} for n in range(10_000)])
    assert work.changes is not None
    assert work.changes.bulk
    assert work.changes.touches("account")
    portfolio.undo()
    assert names(portfolio) == []
    portfolio.redo()
    assert len(names(portfolio)) == 10_000


def test_every_table_but_the_attachments_is_in_the_ledger() -> None:
    recorded = {table.name for table in ledger.ledgered_tables()}
    assert set(Base.metadata.tables) - recorded == {"attachment_content"}


def test_a_read_only_portfolio_refuses_to_write(portfolio: Portfolio, tmp_path: Path) -> None:
    add_account(portfolio, "Aurora")
    portfolio.close()
    copy = tmp_path / "copy.kam"
    shutil.copy(portfolio.path, copy)
    opened = Portfolio(copy, TEST_KEY, read_only=True)
    try:
        assert names(opened) == ["Aurora"]
        with pytest.raises(StorageError, match="reading only"), opened.unit_of_work("x"):
            pass
    finally:
        opened.close()


def test_history_of_a_record_tells_each_field(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Edit") as work:
        account = work.get(Account, account_id)
        account.website = "https://aurora.example"
        account.phone = "1"
    told = [(change.op, change.field, change.new) for change in portfolio.history_of([account_id])]
    assert set(told[:2]) == {("U", "website", "https://aurora.example"), ("U", "phone", "1")}
    assert told[2][0] == "I"


def test_what_the_program_keeps_about_a_record_does_not_block_undo(portfolio: Portfolio) -> None:
    account_id = add_account(portfolio, "Aurora")
    with portfolio.unit_of_work("Keep score", origin="program") as work:
        work.add(
            HealthSnapshot(
                account_id=account_id,
                on=work.today,
                score=50.0,
                coverage=1.0,
                rules_version=1,
                explanation={},
            )
        )
    portfolio.undo()
    assert names(portfolio) == []
    portfolio.redo()
    with portfolio.reading() as db:
        assert db.value("SELECT score FROM health_snapshot") == 50.0
