"""How judgements read: value, source, freshness, contradiction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence
from kam_desktop.services.analysis.claims import Freshness
from kam_desktop.services.claim_words import (
    contradiction_words,
    freshness_words,
    source_words,
    value_words,
)
from kam_desktop.services.formatting import set_region
from kam_desktop.services.queries.claims import ClaimRow, Judged

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    set_region("en_GB")
    yield
    set_region("")


def claim(source: ClaimSource, days: int, told_by: str = "", *, believed: bool = True) -> ClaimRow:
    return ClaimRow(
        "c", ClaimField.SUPPORT, 1, source, told_by, Confidence.MEDIUM,
        TODAY - dt.timedelta(days=days), "", 0.5, Freshness.FADING, believed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (ClaimField.SUPPORT, -2, "Opponent"),
        (ClaimField.SUPPORT, 0, "Neutral"),
        (ClaimField.SUPPORT, None, "Unknown"),
        (ClaimField.INFLUENCE, 0, "0 of 10"),
        (ClaimField.COVERAGE, "none", "No contact"),
        (ClaimField.LEVEL, "vendor", "Vendor"),
        (ClaimField.ORIENTATION, "technical", "Technical"),
    ],
)
def test_values(field: ClaimField, value: int | str | None, text: str) -> None:
    assert value_words(field, value) == text


@pytest.mark.parametrize(
    ("source", "days", "freshness", "text"),
    [
        (ClaimSource.SEEN, 12, Freshness.FRESH, "seen 12 days ago"),
        (ClaimSource.SAID, 1, Freshness.FRESH, "said yesterday"),
        (ClaimSource.DOCUMENT, 100, Freshness.FADING, "read 3 months ago · fading"),
        (ClaimSource.GUESS, 700, Freshness.FADED, "judged 20 Dec 2024 · faded"),
    ],
)
def test_freshness(source: ClaimSource, days: int, freshness: Freshness, text: str) -> None:
    judged = Judged(ClaimField.SUPPORT, freshness, (claim(source, days),))
    assert freshness_words(judged, TODAY) == text


def test_without_a_claim_no_source_is_noted() -> None:
    assert freshness_words(Judged(ClaimField.SUPPORT), TODAY) == "no source noted"
    assert contradiction_words(Judged(ClaimField.SUPPORT)) == ""


def test_a_source_in_another_script_does_not_turn_the_words_around() -> None:
    told = claim(ClaimSource.OTHERS, 0, "محمد")
    assert source_words(told) == (
        "\u2068Told by somebody else (\u2068محمد\u2069)\u2069 · Probable · 20 Nov 2026"
    )


def test_what_contradicts_is_named_with_its_source() -> None:
    judged = Judged(
        ClaimField.SUPPORT, Freshness.FRESH, (), claim(ClaimSource.COLLEAGUE, 3, "Olof")
    )
    assert contradiction_words(judged) == (
        "Contradicted: Supporter. Told by a colleague of ours (Olof) · Probable · 17 Nov 2026"
    )
