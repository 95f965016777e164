"""Minutes say what the client may read, on paper and in an e-mail draft."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.registry import Commitment, Meeting, Person, TeamMember
from kam_desktop.models.vocabulary import CommitmentState, MeetingType, PointKind, Side
from kam_desktop.services import capture, commitments, meeting_points, meetings, outcome
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.draft import Draft, eml_of, header_text, is_address
from kam_desktop.services.exchange.mail.eml import read_eml
from kam_desktop.services.exchange.mail.messages import Address, Attachment
from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.audience import ClientSafe
from kam_desktop.services.handouts.minutes import MinutesContent, minutes_content, recipients
from kam_desktop.services.handouts.minutes_words import minutes_text
from kam_desktop.services.handouts.pdf.minutes_pages import render_minutes
from kam_desktop.services.minutes_mail import minutes_mail
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock
from tests.services.handouts.minutes import empty_minutes, minutes_of
from tests.services.meetings.world import World, make_world, wall

SECRET = "hush-hush"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@pytest.fixture
def told(portfolio: Portfolio) -> tuple[World, str]:
    """A meeting around which much was noted that the client must not read."""
    world = make_world(portfolio)
    with portfolio.unit_of_work("Hold") as work:
        meeting = meetings.add_meeting(
            work, world.account, MeetingType.PROPOSAL,
            LocalTime(wall("2026-11-20 09:00"), "Europe/Rome"),
            person_ids=[world.elena, world.kenji], team_member_ids=[world.me],
            title="Oil proposal", objective_ours=SECRET, objective_theirs=SECRET, agenda=SECRET,
        )  # fmt: skip
        work.get(Meeting, meeting).capture = SECRET
        work.get(Meeting, meeting).brief = {"text": SECRET}
        work.get(Person, world.elena).email = "elena@aurora.example"
        work.get(TeamMember, world.me).email = "me@northern.example"
        meeting_points.add_point(work, meeting, PointKind.AGENDA, "Welcome", answer=SECRET)
        for kind in (PointKind.QUESTION, PointKind.OBJECTION):
            meeting_points.add_point(work, meeting, kind, SECRET, answer=SECRET)
        capture.judge(work, meeting, world.elena, -2, note=SECRET)
        meetings.record_outcome(work, meeting, outcome="A pilot", next_step="")
        outcome.set_next_step(work, meeting, "Visit", dt.date(2026, 11, 30))
        commitments.add_commitment(
            work, world.account, Side.OURS, "Price list", meeting_id=meeting,
            due_on=dt.date(2026, 11, 27),
        )  # fmt: skip
        withdrawn = commitments.add_commitment(
            work, world.account, Side.THEIRS, SECRET, meeting_id=meeting
        )
        work.flush()
        work.get(Commitment, withdrawn).state = CommitmentState.WITHDRAWN
        meetings.add_meeting(
            work, world.account, MeetingType.SERVICE,
            LocalTime(wall("2026-12-09 09:00"), "Europe/Rome"), title="Plant visit",
        )  # fmt: skip
    return world, meeting


def test_nothing_internal_can_be_in_them(
    portfolio: Portfolio, clock: StillClock, told: tuple[World, str]
) -> None:
    with portfolio.reading() as db:
        content = minutes_content(db, told[1], clock)
    text, paper = minutes_text(content), text_of(render_minutes(content))
    for said in (text, paper):
        for wanted in ("Welcome", "A pilot", "Price list", "Visit", "Plant visit", "Elena Rossi"):
            assert wanted in said
        for hidden in (SECRET, "pponent", "Objection", "Question"):
            assert hidden not in said
    assert SECRET not in repr(content)
    assert all(
        isinstance(getattr(content, f.name), ClientSafe) for f in dataclasses.fields(content)
    )


def test_they_go_to_who_was_there_and_not_to_me(
    portfolio: Portfolio, clock: StillClock, told: tuple[World, str]
) -> None:
    with portfolio.reading() as db:
        theirs, ours = recipients(minutes_content(db, told[1], clock))
    assert [each.email for each in theirs] == ["elena@aurora.example"]
    assert ours == []


def test_minutes_of_a_meeting_that_is_gone(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.reading() as db, pytest.raises(UserError, match="no longer here"):
        minutes_content(db, "gone", clock)


def test_the_outcome_can_be_left_out() -> None:
    content = minutes_of(agreed="Only for us")
    assert "Only for us" in minutes_text(content)
    assert "Only for us" not in minutes_text(content.without_outcome())
    assert "Only for us" not in text_of(render_minutes(content.without_outcome()))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_long_minutes_go_on_over_pages_and_lose_nothing(paper: str) -> None:
    words = [f"word{number}" for number in range(2_000)]
    content = minutes_of(agreed=" ".join(words))
    pdf = render_minutes(content, paper=paper)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 2
    said = set(text_of(pdf).split())
    assert set(words[:600]) <= said
    assert pdf == render_minutes(content, paper=paper)


def test_any_script_and_markup_is_only_text() -> None:
    pdf = render_minutes(
        minutes_of(agreed='<img src="/etc/passwd"> محمد 刘伟', promise="\u202eevil")
    )
    assert '<img src="/etc/passwd">' in text_of(pdf)
    assert len(pypdfium2.PdfDocument(render_minutes(empty_minutes()))) == 1


def test_the_draft_is_read_back_as_it_was_meant() -> None:
    set_region("en_GB")
    content = minutes_of()
    pdf = render_minutes(content)
    raw = minutes_mail(content, pdf, "Minutes Oil")
    assert b"X-Unsent: 1\r\n" in raw
    mail = read_eml(raw)
    assert mail.subject == "Minutes: Oil proposal, 24 Nov 2026"
    assert [each.email for each in mail.to] == ["elena@aurora.example", "ben@northern.example"]
    assert mail.text.strip() == minutes_text(content).strip()
    assert [(each.name, each.media_type) for each in mail.attachments] == [
        ("Minutes Oil.pdf", "application/pdf")
    ]
    assert mail.attachments[0].content == pdf


@pytest.mark.parametrize(
    "hostile",
    ["x\r\nBcc: all@example.org", "x\nBcc: all@example.org", "x\x0bBcc: a@b.example", "\x00",
     "ü" * 5_000, '"; Bcc: a@b.example', "=?utf-8?q?x?=\r\n\r\nbody"],
)  # fmt: skip
def test_no_text_becomes_a_header(hostile: str) -> None:
    content = minutes_of(
        title=hostile, person=hostile, agreed=hostile, email="elena@aurora.example"
    )
    raw = minutes_mail(content, b"%PDF", hostile)
    head = raw.split(b"\r\n\r\n", 1)[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert set(names) <= {
        b"X-Unsent", b"Subject", b"To", b"Cc", b"MIME-Version", b"Content-Type"
    }  # fmt: skip
    assert {each.email for each in read_eml(raw).to} == {
        "elena@aurora.example", "ben@northern.example"
    }  # fmt: skip


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=200))
def test_any_draft_can_be_written_and_read(name: str, subject: str, text: str) -> None:
    draft = Draft(
        (Address(name, "ana@example.org"), Address(name, name)),
        (),
        subject,
        text.encode("utf-8", "replace").decode(),
        (Attachment(name, "application/pdf", b"%PDF"),),
    )
    mail = read_eml(eml_of(draft))
    assert mail.to[0].email == "ana@example.org"
    assert "\n" not in header_text(subject)


@pytest.mark.parametrize(
    ("text", "fine"),
    [("a@b.example", True), ("a@b@c", False), ("a b@c.de", False), ("a@b.de\nBcc: x@y.de", False),
     ("", False), ("ä@b.de", False), ("a..b@c.de", False)],
)  # fmt: skip
def test_addresses_that_can_stand_in_a_header(text: str, fine: bool) -> None:
    assert is_address(text) is fine


def test_every_field_is_safe_for_the_client() -> None:
    hints = typing.get_type_hints(MinutesContent)
    assert {typing.get_origin(hint) for hint in hints.values()} == {ClientSafe}
    assert {field.name for field in dataclasses.fields(MinutesContent)} == {
        "made_on", "occasion", "present", "agenda", "agreed", "promises", "next_step"
    }  # fmt: skip
