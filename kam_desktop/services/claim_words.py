"""How judgements read: their value, where they come from, and how far they have faded."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    ContactCoverage,
    Orientation,
    RelationshipLevel,
    Support,
)
from kam_desktop.services.analysis.claims import Freshness, JudgedValue
from kam_desktop.services.formatting import date, isolate, joined, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.claims import ClaimRow, Judged
from kam_desktop.services.words import N_, word

_WORDED = {
    ClaimField.SUPPORT: Support,
    ClaimField.COVERAGE: ContactCoverage,
    ClaimField.LEVEL: RelationshipLevel,
    ClaimField.ORIENTATION: Orientation,
}
_WHEN = {
    ClaimSource.SEEN: N_("seen {when}"),
    ClaimSource.SAID: N_("said {when}"),
    ClaimSource.DOCUMENT: N_("read {when}"),
    ClaimSource.COLLEAGUE: N_("told {when}"),
    ClaimSource.OTHERS: N_("heard {when}"),
    ClaimSource.GUESS: N_("judged {when}"),
}


def value_words(field: ClaimField, value: JudgedValue) -> str:
    """A value of a judged field, e.g. “Supporter” or “7 of 10”; “Unknown” for None."""
    if value is None:
        return _("Unknown")
    if field is ClaimField.INFLUENCE:
        return _("{value} of 10").format(value=value)
    return word(_WORDED[field](value))


def source_words(claim: ClaimRow) -> str:
    """Where a claim comes from, how sure it is and of which day it is."""
    source = word(claim.source)
    if claim.source_text:
        source = f"{source} ({isolate(claim.source_text)})"
    return joined([source, word(claim.confidence), date(claim.on)])


def freshness_words(judged: Judged, today: dt.date) -> str:
    """How old the judgement that is believed is, e.g. “seen 12 days ago · fading”."""
    claim = judged.believed
    if claim is None:
        return _("no source noted")
    when = _(_WHEN[claim.source]).format(when=relative_date(claim.on, today))
    faded = {Freshness.FADING: _("fading"), Freshness.FADED: _("faded")}
    return joined([when, faded.get(judged.freshness, "")])


def contradiction_words(judged: Judged) -> str:
    """What contradicts the judgement that is believed; empty when nothing does."""
    if judged.against is None:
        return ""
    return _("Contradicted: {value}. {source}").format(
        value=value_words(judged.field, judged.against.value), source=source_words(judged.against)
    )
