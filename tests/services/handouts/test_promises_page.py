"""The page of promises for the client: what it says, what it can never say, and its paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pypdfium2
import pytest

from kam_desktop.models.vocabulary import MeetingType, Side
from kam_desktop.services import accounts, commitments, meetings
from kam_desktop.services.actions import add_action
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.audience import ClientSafe
from kam_desktop.services.handouts.pdf.promises_pages import render_promises
from kam_desktop.services.handouts.promises_page import (
    PagePromise,
    PromisesContent,
    promises_content,
)
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock
from tests.services.handouts.test_text import SCRIPTS

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> None:
    set_region("en_GB")


def content(*promises: PagePromise, kept: tuple[PagePromise, ...] = ()) -> PromisesContent:
    """A page of these promises."""
    return PromisesContent(
        made_at=ClientSafe(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)),
        here_zone=ClientSafe("UTC"),
        today=ClientSafe(TODAY),
        account=ClientSafe("Aurora Foods"),
        reviewed_on=ClientSafe(dt.date(2026, 8, 12)),
        since=ClientSafe(dt.date(2026, 8, 12)),
        open=ClientSafe(promises),
        kept=ClientSafe(kept),
        more=ClientSafe(False),
    )


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


PILOT = PagePromise(Side.OURS, "Send the pilot report", "Elena Rossi", dt.date(2026, 11, 18))
FORECAST = PagePromise(Side.THEIRS, "Volume forecast", "Kenji Mori", dt.date(2026, 12, 15))
OFFER = PagePromise(Side.OURS, "Offer for line 4", "", dt.date(2026, 10, 1), dt.date(2026, 9, 28))

GOLDEN = """
PROMISES
Aurora Foods
What each side promised the other, as of 20 Nov 2026.
We promised Aurora Foods until
Send the pilot report
to Elena Rossi
18 Nov 2026
this day is past
Aurora Foods promised us until
Volume forecast
by Kenji Mori
15 Dec 2026
Kept since the review of 12 Aug 2026 kept on
Offer for line 4
promised by us
28 Sept 2026
Remarks
Agreed
For us
Name, signature, day
For Aurora Foods
Name, signature, day
Page 1 of 1
For both sides. Confidential. Data as of 20 Nov 2026, 09:00
"""


def test_the_page_says_this_and_no_more() -> None:
    (text,) = pages(render_promises(content(PILOT, FORECAST, kept=(OFFER,))))
    assert _words(text) == _words(GOLDEN)


def _words(text: str) -> list[str]:
    """The words of a page whatever the order a reader of PDF gives its pieces in."""
    return sorted(text.split())


def test_every_field_is_client_safe() -> None:
    hints = typing.get_type_hints(PromisesContent)
    assert {typing.get_origin(hint) for hint in hints.values()} == {ClientSafe}
    names = {field.name for field in dataclasses.fields(PagePromise)}
    assert names == {"side", "text", "person", "due_on", "kept_on"}


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        return accounts.add_account(work, name="Aurora Foods", country="Italy")


def test_what_is_internal_does_not_reach_it(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Add") as work:
        made = TODAY - 60 * DAY
        kept = commitments.add_commitment(
            work, aurora, Side.OURS, "Offer", due_on=TODAY - 9 * DAY, made_on=made
        )
        broken = commitments.add_commitment(
            work, aurora, Side.THEIRS, "List of parts", due_on=TODAY - 9 * DAY, made_on=made
        )
        commitments.add_commitment(work, aurora, Side.THEIRS, "Forecast")
        add_action(work, aurora, "Secret plan of ours")
        work.flush()
        commitments.keep_commitment(work, kept, evidence="They were angry")
        commitments.break_commitment(work, broken, evidence="As expected of Kenji")
    with portfolio.reading() as db:
        found = promises_content(db, aurora, clock=clock, zone="UTC")
    text = " ".join(pages(render_promises(found)))
    assert "Forecast" in text
    assert "Offer" in text
    assert "no day agreed" in text
    for internal in ("Secret", "angry", "expected", "List of parts"):
        assert internal not in text


def test_kept_promises_are_listed_from_the_last_review_on(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    reviewed = dt.datetime.fromisoformat("2026-10-20T10:00")
    with portfolio.unit_of_work("Add") as work:
        meetings.add_meeting(
            work, aurora, MeetingType.BUSINESS_REVIEW, LocalTime(reviewed, "Europe/Rome")
        )
        for text, on in (("Before", dt.date(2026, 10, 2)), ("After", dt.date(2026, 11, 3))):
            key = commitments.add_commitment(
                work, aurora, Side.OURS, text, made_on=dt.date(2026, 9, 1), due_on=on
            )
            work.flush()
            commitments.keep_commitment(work, key, on=on)
    with portfolio.reading() as db:
        found = promises_content(db, aurora, clock=clock)
    assert found.reviewed_on == ClientSafe(reviewed.date())
    assert [each.text for each in found.kept.content] == ["After"]


def test_without_a_review_three_months_are_looked_back_on(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    with portfolio.reading() as db:
        found = promises_content(db, aurora, clock=clock)
        assert found.reviewed_on == ClientSafe(None)
        assert found.since == ClientSafe(dt.date(2026, 8, 20))
        with pytest.raises(UserError, match="no longer here"):
            promises_content(db, "gone", clock=clock)
    (text,) = pages(render_promises(found))
    assert text.count("Nothing is open.") == 2
    assert "Kept since 20 Aug 2026" in text


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_any_script_is_printed(script: str) -> None:
    promise = dataclasses.replace(PILOT, text=SCRIPTS[script], person=SCRIPTS[script])
    pdf = render_promises(content(promise))
    assert len(pages(pdf)) == 1
    assert pdf == render_promises(content(promise)), "the same content gives the same bytes"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_many_and_long_promises_flow_over_pages(paper: str) -> None:
    long = dataclasses.replace(FORECAST, text="Per site and quarter, with the numbers apart. " * 40)
    texts = pages(render_promises(content(*[PILOT] * 40, *[long] * 20), paper=paper))
    assert len(texts) > 2
    assert sum(text.count("Send the pilot report") for text in texts) == 40
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "For both sides. Confidential." in text
