"""Stakeholders, decision roles, our team and buying centres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services import buying_centres, leaving, people, team, ties
from kam_desktop.services.analysis.levels import next_level
from kam_desktop.services.errors import UserError
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


def one(portfolio: Portfolio, sql: str, *args: object) -> Any:
    with portfolio.reading() as db:
        return db.row(sql, args)


def test_what_is_not_said_is_unknown(portfolio: Portfolio, do: Do, account: str) -> None:
    person = do(people.add_person, account, "  Elena   Rossi ", title="CEO")
    row = one(
        portfolio,
        "SELECT name, title, support, influence, coverage, level FROM person WHERE id = ?",
        person,
    )
    assert row == ("Elena Rossi", "CEO", None, None, None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("support", -3), ("support", 3), ("influence", -1), ("influence", 11), ("cadence_days", 0)],
)
def test_values_outside_their_scale_are_refused(
    do: Do, account: str, field: str, value: int
) -> None:
    person = do(people.add_person, account, "Ana Pop", **{field: None})
    with pytest.raises(UserError) as refused:
        do(people.update_person, person, **{field: value})
    assert refused.value.field == field


@pytest.mark.parametrize(("field", "value"), [("support", -2), ("support", 2), ("influence", 0)])
def test_the_ends_of_the_scales_are_kept(
    portfolio: Portfolio, do: Do, account: str, field: str, value: int
) -> None:
    person = do(people.add_person, account, "Ana Pop", **{field: value})
    assert one(portfolio, f"SELECT {field} FROM person WHERE id = ?", person) == (value,)
    do(people.update_person, person, **{field: None})
    assert one(portfolio, f"SELECT {field} FROM person WHERE id = ?", person) == (None,)


def test_two_people_may_have_one_name_and_it_may_be_long(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    name = "Ñandú " * 50
    first, second = (do(people.add_person, account, name) for _turn in range(2))
    assert first != second
    assert one(portfolio, "SELECT length(name) FROM person WHERE id = ?", first) == (299,)


def test_a_person_needs_a_name_and_a_seat_a_title(do: Do, account: str) -> None:
    for use_case, field in ((people.add_person, "name"), (people.add_vacant_seat, "title")):
        with pytest.raises(UserError) as refused:
            do(use_case, account, "   ")
        assert refused.value.field == field


def test_a_name_fills_a_vacant_seat(portfolio: Portfolio, do: Do, account: str) -> None:
    seat = do(people.add_vacant_seat, account, "Head of Quality")
    assert one(portfolio, "SELECT placeholder FROM person WHERE id = ?", seat) == (1,)
    do(people.update_person, seat, name="Jon Berg")
    assert one(portfolio, "SELECT placeholder FROM person WHERE id = ?", seat) == (0,)
    with pytest.raises(UserError) as refused:
        do(people.update_person, seat, name="")
    assert refused.value.field == "name"


def test_roles_are_set_as_a_whole(portfolio: Portfolio, do: Do, account: str) -> None:
    person = do(people.add_person, account, "Kenji Mori")
    plant = do(buying_centres.add_buying_centre, account, "Plant Osaka")
    do(people.set_decision_roles, person, [("approver", None), ("economic_buyer", plant)])
    ids = dict(_roles(portfolio, person))
    do(people.set_decision_roles, person, [("economic_buyer", plant), ("user", None)])
    after = _roles(portfolio, person)
    assert [role for role, _id in after] == ["economic_buyer", "user"]
    assert dict(after)["economic_buyer"] == ids["economic_buyer"]
    portfolio.undo()
    assert _roles(portfolio, person) == sorted(ids.items())


def _roles(portfolio: Portfolio, person: str) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT role, id FROM role_in_decision WHERE person_id = ? AND deleted_at IS NULL"
            " ORDER BY role",
            (person,),
        )


def test_a_buying_centre_of_another_account_is_refused(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        other = Account(name="Borealis")
        work.add(other)
    centre = do(buying_centres.add_buying_centre, other.id, "Oslo")
    person = do(people.add_person, account, "Ana Pop")
    with pytest.raises(UserError) as refused:
        do(people.update_person, person, buying_centre_id=centre)
    assert refused.value.field == "buying_centre_id"


def test_deleting_a_person_takes_ties_and_roles_along_and_undo_brings_them_back(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    ana, ben = (do(people.add_person, account, name) for name in ("Ana", "Ben"))
    do(ties.add_tie, ana, ben, "allied")
    do(people.set_decision_roles, ana, [("champion", None)])
    alive = (
        "SELECT (SELECT count(*) FROM tie WHERE deleted_at IS NULL),"
        " (SELECT count(*) FROM role_in_decision WHERE deleted_at IS NULL),"
        " (SELECT count(*) FROM person WHERE deleted_at IS NULL)"
    )
    do(people.delete_person, ana)
    assert one(portfolio, alive) == (0, 0, 1)
    portfolio.undo()
    assert one(portfolio, alive) == (1, 1, 2)


def test_leaving_is_a_fact_with_a_date(portfolio: Portfolio, do: Do, account: str) -> None:
    person = do(people.add_person, account, "Ana Pop")
    with pytest.raises(UserError) as refused:
        do(leaving.mark_left, person, dt.date(2026, 11, 21))
    assert refused.value.field == "left_on"
    do(leaving.mark_left, person)
    assert one(portfolio, "SELECT left_on FROM person WHERE id = ?", person) == ("2026-11-20",)
    do(leaving.mark_returned, person)
    assert one(portfolio, "SELECT left_on FROM person WHERE id = ?", person) == (None,)


def test_a_vacant_seat_takes_over_the_lines_of_who_left(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    boss, head, worker = (do(people.add_person, account, n, title=n) for n in ("A", "B", "C"))
    do(ties.set_manager, head, boss)
    do(ties.set_manager, worker, head)
    seat = do(leaving.vacate_seat, head)
    with portfolio.reading() as db:
        lines = db.rows("SELECT from_id, to_id FROM tie ORDER BY id")
    assert lines == [(seat, boss), (worker, seat)]


@pytest.mark.parametrize("address", ["", "ana@example.com", "a.b+c@mail.example.co.uk"])
def test_plausible_addresses_pass(address: str) -> None:
    assert people.email_warning(address) == ""


@pytest.mark.parametrize("address", ["ana", "ana@", "@example.com", "ana@example", "a b@x.org"])
def test_odd_addresses_are_pointed_out_but_kept(
    portfolio: Portfolio, do: Do, account: str, address: str
) -> None:
    assert people.email_warning(address)
    person = do(people.add_person, account, "Ana", email=address)
    assert one(portfolio, "SELECT email FROM person WHERE id = ?", person) == (address,)


def test_only_one_team_member_is_me(portfolio: Portfolio, do: Do) -> None:
    first = do(team.add_team_member, "Ida", role="kam", is_me=True)
    second = do(team.add_team_member, "Olof", is_me=True)
    with portfolio.reading() as db:
        rows = dict(db.rows("SELECT id, is_me FROM team_member"))
    assert rows == {first: 0, second: 1}


def test_deleting_a_team_member_leaves_people_without_owner(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    ida = do(team.add_team_member, "Ida")
    person = do(people.add_person, account, "Ana", owner_id=ida)
    do(team.delete_team_member, ida)
    assert one(portfolio, "SELECT owner_id FROM person WHERE id = ?", person) == (None,)
    portfolio.undo()
    assert one(portfolio, "SELECT owner_id FROM person WHERE id = ?", person) == (ida,)


def test_deleting_a_buying_centre_keeps_its_people(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    plant = do(buying_centres.add_buying_centre, account, "Plant")
    person = do(people.add_person, account, "Ana", buying_centre_id=plant)
    do(people.set_decision_roles, person, [("user", plant)])
    do(buying_centres.delete_buying_centre, plant)
    assert one(
        portfolio, "SELECT buying_centre_id, deleted_at FROM person WHERE id = ?", person
    ) == (None, None)
    assert [role for role, _id in _roles(portfolio, person)] == ["user"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" en ;de,  FR ", "en, de, FR"),
        ("en, EN, de", "EN, de"),
        ("العربية، עברית / 日本語、English", "العربية, עברית, 日本語, English"),
        (",;,", ""),
    ],
)
def test_a_list_of_languages_is_kept_tidy(
    portfolio: Portfolio, do: Do, account: str, typed: str, kept: str
) -> None:
    person = do(people.add_person, account, "Ana", languages=typed)
    assert one(portfolio, "SELECT languages FROM person WHERE id = ?", person) == (kept,)


def test_the_step_to_the_next_level_has_a_day(portfolio: Portfolio, do: Do, account: str) -> None:
    person = do(people.add_person, account, "Ana", level="vendor", level_wanted="problem_solver")
    do(people.update_person, person, step=" Show the  pilot ", step_due=dt.date(2027, 1, 15))
    sql = "SELECT step, step_due FROM person WHERE id = ?"
    assert one(portfolio, sql, person) == ("Show the pilot", "2027-01-15")
    portfolio.undo()
    assert one(portfolio, sql, person) == ("", None)


# Product rules, section 1: vendor → credible source → problem solver → trusted adviser.
@pytest.mark.parametrize(
    ("now", "wanted", "following"),
    [
        ("vendor", "trusted_adviser", "credible_source"),
        ("credible_source", "trusted_adviser", "problem_solver"),
        ("problem_solver", "trusted_adviser", "trusted_adviser"),
        ("problem_solver", "problem_solver", None),
        ("trusted_adviser", "vendor", None),
        (None, "trusted_adviser", None),
        ("vendor", None, None),
    ],
)
def test_the_next_level_on_the_way(
    now: str | None, wanted: str | None, following: str | None
) -> None:
    assert next_level(now, wanted) == following
