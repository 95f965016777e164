"""The sample portfolio is big, varied and believable enough to show every feature."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import IndicatorKind
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.checklists import install_builtin_templates
from kam_desktop.services.health import LIMITS
from kam_desktop.services.queries.accounts import first_account_page
from kam_desktop.services.queries.health import account_health
from kam_desktop.services.queries.meetings import upcoming
from kam_desktop.services.sample import (
    SAMPLE_PASSPHRASE,
    fill_with_sample,
    open_sample_portfolio,
)
from kam_desktop.services.storage import vault
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import Problem, StorageFaultError
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


def test_without_a_keyring_it_opens_all_the_same_and_says_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    path = tmp_path / "sample.kam"
    with open_sample_portfolio(path) as made:
        assert SAMPLE_PASSPHRASE in made.news[0]
    with open_sample_portfolio(path) as again:
        assert again.news == ()
        key = again.key
    vault.change_passphrase(path, key, "a passphrase of my own")
    with pytest.raises(StorageFaultError) as refused:
        open_sample_portfolio(path)
    assert refused.value.problem is Problem.PASSPHRASE_NEEDED
