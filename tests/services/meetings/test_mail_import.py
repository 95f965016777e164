"""E-mails become touches of the people recognised, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services import accounts, people, team
from kam_desktop.services.documents import documents_of_account
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.messages import Address, Attachment, Mail, UnreadableMail
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.mail_files import import_files
from kam_desktop.services.mail_import import PlannedMail, import_mails, plan_mails
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

MAIL = Mail(
    key="<1@x>",
    subject="Samples",
    sent_at=dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC),
    sender=Address("Ana", "ana@aurora.example"),
    to=(Address("Me", "me@us.example"), Address("Ben", "ben@aurora.example")),
    text="They arrived.",
    attachments=(Attachment("list.pdf", "application/pdf", b"%PDF-"),),
)


SMALL = b"""From: elena@aurora.example
To: me@ours.example
Subject: Hello
Date: Tue, 3 Nov 2026 10:00:00 +0100
Message-ID: <small@aurora.example>

Hello
"""


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        for name in ("Ana", "Ben"):
            people.add_person(work, account, name, email=f"{name.lower()}@aurora.example")
        team.add_team_member(work, "Me", email="me@us.example", is_me=True)
    return account


def plan(
    portfolio: Portfolio, clock: StillClock, *mails: Mail | UnreadableMail
) -> list[PlannedMail]:
    with portfolio.reading() as db:
        return list(plan_mails(db, mails, clock.now()))


def test_a_mail_becomes_a_touch_with_those_recognised(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    (planned,) = plan(portfolio, clock, MAIL)
    assert (planned.fate, planned.account_id) == (Fate.NEW, aurora)
    assert [each.name for each in planned.theirs] == ["Ana", "Ben"]
    with portfolio.unit_of_work("Import") as work:
        assert import_mails(work, [planned]) == 1
    with portfolio.reading() as db:
        row = db.row(
            "SELECT i.kind, i.summary, i.text, p.name, t.name FROM interaction i"
            " JOIN person p ON p.id = i.person_id JOIN team_member t ON t.id = i.member_id"
        )
        assert row == ("email_one_way", "Samples", "They arrived.", "Ana", "Me")
        assert db.value("SELECT count(*) FROM interaction_person") == 1
        assert [each.name for each in documents_of_account(db, aurora)] == ["list.pdf"]
    assert [each.fate for each in plan(portfolio, clock, MAIL)] == [Fate.UNCHANGED]


def test_an_answer_makes_both_two_way(portfolio: Portfolio, aurora: str, clock: StillClock) -> None:
    answer = replace(MAIL, key="<2@x>", replies_to=("<1@x>",), sender=MAIL.to[0], to=(MAIL.sender,))
    kinds = [each.kind for each in plan(portfolio, clock, MAIL, answer)]
    assert kinds == [InteractionKind.EMAIL_TWO_WAY] * 2


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        (replace(MAIL, sent_at=None), "date"),
        (replace(MAIL, sent_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC)), "future"),
        (replace(MAIL, sender=Address("", "x@y.example"), to=()), "known"),
        (UnreadableMail(3, "too many parts"), "too many"),
    ],
)
def test_what_is_left_out_says_why(
    portfolio: Portfolio, aurora: str, clock: StillClock, mail: Mail | UnreadableMail, reason: str
) -> None:
    (planned,) = plan(portfolio, clock, mail)
    assert planned.fate is Fate.REJECTED
    assert reason in planned.reason


def test_files_are_one_step_and_nothing_the_second_time(
    portfolio: Portfolio, aurora: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: Ana <ana@aurora.example>\r\nTo: me@us.example\r\nMessage-ID: <1@x>\r\n"
        b"Date: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Samples\r\n\r\nThey arrived.\r\n"
    )
    assert import_files(portfolio, [path], dry_run=True).to_json()["new"] == 1
    assert import_files(portfolio, [path]).to_json()["new"] == 1
    steps = portfolio.history()
    assert import_files(portfolio, [path]).to_json()["unchanged"] == 1
    assert portfolio.history() == steps
    portfolio.undo()
    assert import_files(portfolio, [path]).to_json()["new"] == 1


def test_a_file_that_is_no_mail_does_not_stop_the_others(
    portfolio: Portfolio, aurora: str, tmp_path: Path
) -> None:
    good, bad = tmp_path / "mail.eml", tmp_path / "bad.eml"
    good.write_bytes(SMALL)
    bad.write_bytes(b"\x00\x01")
    done = import_files(portfolio, [bad, good], account_id=aurora).to_json()
    assert done["new"] == 1
    assert done["left_out"][0]["reason"].startswith("bad.eml: ")
    with pytest.raises(UserError, match=r"bad\.eml"):
        import_files(portfolio, [bad])
