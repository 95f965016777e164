"""Search finds names in any script by any beginning, and lists sort and filter in the database."""

from __future__ import annotations

import pytest

from kam_desktop.models.registry import (
    Account,
    Commitment,
    Interaction,
    Meeting,
    Note,
    Opportunity,
    Person,
)
from kam_desktop.models.vocabulary import InteractionKind, MeetingType, Side, Tier
from kam_desktop.services.queries.accounts import (
    account_totals,
    find_account,
    first_account_page,
)
from kam_desktop.services.queries.people import first_person_page
from kam_desktop.services.queries.search import search
from kam_desktop.services.queries.trash import trash_rows
from kam_desktop.services.storage import search_index
from kam_desktop.services.storage.portfolio import Portfolio


@pytest.fixture
def filled(portfolio: Portfolio) -> Portfolio:
    with portfolio.unit_of_work("Fill") as work:
        aurora = Account(name="Aurora Foods", city="Milan", tier=Tier.KEY)
        ruhr = Account(name="Müller Röhren AG", city="Köln", parent_id=aurora.id)
        work.add(aurora)
        work.add(ruhr)
        work.flush()
        people = [
            "Elena Rossi",
            "刘伟",
            "محمد علي",
            "Ελένη Παπαδοπούλου",
            "สมชาย ใจดี",
            "O'Brien-Łuk",
        ]
        for name in people:
            work.add(Person(account_id=aurora.id, name=name, title="Director"))
        work.add(Commitment(account_id=aurora.id, side=Side.OURS, text="Send the delivery record"))
        work.add(Note(account_id=aurora.id, text="Likes pilot projects", at=work.now))
        work.add(
            Interaction(
                account_id=ruhr.id,
                kind=InteractionKind.VISIT,
                at=work.now,
                summary="Toured the new extrusion line",
            )
        )
        work.add(
            Meeting(
                account_id=aurora.id,
                title="Quarterly review",
                type=MeetingType.BUSINESS_REVIEW,
                starts_at=work.now,
            )
        )
        work.add(Opportunity(account_id=ruhr.id, name="Pipes", value_minor=250_000, currency="EUR"))
    return portfolio


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("auro", "Aurora Foods"),
        ("food aur", "Aurora Foods"),
        ("muller", "Müller Röhren AG"),
        ("KÖLN", "Müller Röhren AG"),
        ("伟", "刘伟"),
        ("刘伟", "刘伟"),
        ("محمد", "محمد علي"),
        ("ελενη", "Ελένη Παπαδοπούλου"),
        ("ใจ", "สมชาย ใจดี"),
        ("o'br", "O'Brien-Łuk"),
        ("pilot", "Likes pilot projects"),
        ("extrusion", "Toured the new extrusion line"),
        ("quarterly", "Quarterly review"),
        ("delivery", "Send the delivery record"),
    ],
)
def test_search_finds(filled: Portfolio, typed: str, title: str) -> None:
    with filled.reading() as db:
        assert title in [hit.title for hit in search(db, typed)]


@pytest.mark.parametrize("typed", ['"', "AND", "a* NOT b", "-", "(", "name:x", "\0", "^", "*", " "])
def test_search_takes_anything_typed(filled: Portfolio, typed: str) -> None:
    with filled.reading() as db:
        assert isinstance(search(db, typed), list)


def test_search_follows_edits_trash_and_undo(filled: Portfolio) -> None:
    def found(typed: str) -> int:
        with filled.reading() as db:
            return len([hit for hit in search(db, typed) if hit.kind == "account"])

    with filled.reading() as db:
        aurora = find_account(db, "aurora foods").id
    with filled.unit_of_work("Rename") as work:
        work.get(Account, aurora).name = "Borealis"
    assert (found("aurora"), found("borealis")) == (0, 1)
    with filled.unit_of_work("Delete") as work:
        work.trash(work.get(Account, aurora))
    assert found("borealis") == 0
    filled.undo()
    filled.undo()
    assert (found("aurora"), found("borealis")) == (1, 0)
    with filled.reading() as db:
        assert search_index.damaged(db.connection) == []


def test_rebuilding_the_index_gives_the_same_answers(filled: Portfolio) -> None:
    with filled.reading() as db:
        before = search(db, "r")
    writer = filled._writing_connection()
    writer.execute("BEGIN IMMEDIATE")
    search_index.rebuild(writer)
    writer.execute("COMMIT")
    with filled.reading() as db:
        assert search(db, "r") == before


def test_lists_sort_filter_and_sum(filled: Portfolio) -> None:
    with filled.reading() as db:
        assert [row.name for row in first_account_page(db)] == ["Aurora Foods", "Müller Röhren AG"]
        by_touch = first_account_page(db, sort="last_touch")
        assert [row.name for row in by_touch] == ["Müller Röhren AG", "Aurora Foods"]
        assert by_touch[0].open_value == {"EUR": 250_000}
        assert by_touch[0].parent_name == "Aurora Foods"
        assert [row.name for row in first_account_page(db, tiers=["key"])] == ["Aurora Foods"]
        assert len(first_account_page(db, limit=1)) == 2
        totals = account_totals(db)
        assert totals[by_touch[0].id].opportunity_value == {"EUR": 250_000}
        assert len(first_person_page(db, text="director")) == 6
        assert first_person_page(db, sort="account", descending=True)[0].account_name


def test_the_trash_lists_what_was_deleted_itself(filled: Portfolio) -> None:
    with filled.reading() as db:
        aurora = find_account(db, "Aurora Foods").id
    with filled.unit_of_work("Delete") as work:
        work.trash(work.get(Account, aurora))
    with filled.reading() as db:
        assert [(row.table, row.title) for row in trash_rows(db)] == [("account", "Aurora Foods")]
