"""The sample portfolio is big, varied and believable enough to show every feature."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from kam_desktop.models.vocabulary import IndicatorKind
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.checklists import install_builtin_templates
from kam_desktop.services.health import LIMITS
from kam_desktop.services.queries.accounts import first_account_page
from kam_desktop.services.queries.health import account_health
from kam_desktop.services.queries.meetings import upcoming
from kam_desktop.services.sample import fill_with_sample
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock


@pytest.fixture
def sample(portfolio: Portfolio) -> Portfolio:
    with portfolio.unit_of_work("Templates", origin="program") as work:
        install_builtin_templates(work)
    fill_with_sample(portfolio)
    return portfolio


def test_its_size_and_variety(sample: Portfolio) -> None:
    with sample.reading() as db:
        assert db.value("SELECT count(*) FROM account") == 12
        assert db.value("SELECT count(DISTINCT country) FROM account") == 4
        assert 110 <= db.value("SELECT count(*) FROM person") <= 130
        assert db.value("SELECT count(*) FROM person WHERE placeholder = 1") >= 3
        assert db.value("SELECT count(DISTINCT kind) FROM tie") == 5
        assert db.value("SELECT count(*) FROM interaction") > 800
        assert db.value("SELECT count(DISTINCT currency) FROM revenue_entry") == 3
        names = "".join(name for (name,) in db.rows("SELECT name FROM person"))
    scripts = {unicodedata.name(char).split()[0] for char in names if char.isalpha()}
    assert {"LATIN", "GREEK", "ARABIC", "CJK"} <= scripts


def test_its_health_shows_every_band_and_insufficient_data(
    sample: Portfolio, clock: StillClock
) -> None:
    with sample.reading() as db:
        cards = [account_health(db, row.id, clock.today()) for row in first_account_page(db)]
    assert {card.health.band for card in cards if card} == set(Band)
    assert any(card.health.vetoes for card in cards if card)


def test_there_is_a_meeting_tomorrow_with_a_half_ticked_list(
    sample: Portfolio, clock: StillClock
) -> None:
    with sample.reading() as db:
        coming = upcoming(db, clock.now()).rows
    assert coming[0].starts_at - clock.now() < dt.timedelta(days=4)
    assert coming[0].done
    assert coming[0].open


def test_its_measurements_are_ones_a_user_could_make(sample: Portfolio) -> None:
    with sample.reading() as db:
        for kind, value in db.rows("SELECT kind, value FROM observation"):
            lowest, highest = LIMITS[IndicatorKind(kind)]
            assert lowest <= value <= highest, kind


def test_it_is_no_step_of_undo(sample: Portfolio) -> None:
    assert sample.next_undo() is None
