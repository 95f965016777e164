"""The sample portfolio is big, varied and believable enough to show every feature."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import IndicatorKind, MeetingType
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.analysis.map_changes import MapChangeKind
from kam_desktop.services.checklists import install_builtin_templates
from kam_desktop.services.health import LIMITS
from kam_desktop.services.map_history import changes_between
from kam_desktop.services.queries.accounts import first_account_page
from kam_desktop.services.queries.actions import open_of_account
from kam_desktop.services.queries.health import account_health
from kam_desktop.services.queries.meetings import upcoming
from kam_desktop.services.queries.moments import account_times
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.queries.tenders import of_account as tenders_of_account
from kam_desktop.services.queries.tenders import reviews_of_account
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


def test_a_year_can_be_looked_back_on_and_the_last_review_has_news(
    sample: Portfolio, clock: StillClock
) -> None:
    with sample.reading() as db:
        account_id = db.value("SELECT id FROM account WHERE name = 'Aurora Foods'")
        times = account_times(db, account_id, clock.now(), dt.UTC)
        review = times.last_meeting(MeetingType.BUSINESS_REVIEW)
        assert review is not None
        changes = changes_between(db, account_id, review.at, today=clock.today())
        quiet = db.value("SELECT id FROM account WHERE name = 'Borea Pumps'")
        assert len(account_times(db, quiet, clock.now(), dt.UTC).moments) > 1
    assert 4 <= len(times.moments) <= 8
    assert (clock.today() - times.moments[0].day).days == 365
    told = {change.kind for change in changes.changes}
    assert {MapChangeKind.SUPPORT, MapChangeKind.INFLUENCE, MapChangeKind.ROLES} <= told


def test_what_people_are_said_to_be_is_what_their_cards_show(
    sample: Portfolio, clock: StillClock
) -> None:
    with sample.reading() as db:
        for field in ("support", "influence"):
            wrong = db.rows(
                f"SELECT p.name, p.{field}, c.value FROM person p JOIN claim c"
                " ON c.person_id = p.id AND c.field = ? WHERE NOT EXISTS (SELECT 1 FROM claim n"
                " WHERE n.person_id = p.id AND n.field = c.field"
                ' AND (n."on", n.id) > (c."on", c.id))'
                f" AND CAST(p.{field} AS TEXT) IS NOT c.value",
                (field,),
            )
            assert wrong == []
        newest_days = [on for (on,) in db.rows('SELECT max("on") FROM claim GROUP BY person_id')]
    ages = [(clock.today() - dt.date.fromisoformat(day)).days for day in newest_days]
    assert min(ages) < 60
    assert max(ages) > 365


def test_its_map_has_every_kind_of_person_our_side_and_a_suggestion_to_confirm(
    sample: Portfolio, clock: StillClock
) -> None:
    with sample.reading() as db:
        account_id = db.value("SELECT id FROM account WHERE name = 'Aurora Foods'")
        data = map_data(db, account_id, on=clock.today())
        assert [card.went_to for card in data.people if card.left_on] == ["Borea Pumps"]
        assert any(card.external for card in data.people)
        assert sum(bool(card.photo) for card in data.people) == 3
        assert any(card.vacant for card in data.people)
        assert any(card.step for card in data.people)
        assert any(tie.kind == "reports_to" and not tie.solid for tie in data.ties)
        assert {saved.title for saved in data.maps} > {"Who decides", "Who listens to whom"}
        assert db.value("SELECT count(*) FROM account_team WHERE role = 'executive_sponsor'") == 1
        states = db.rows("SELECT DISTINCT state FROM team_contact")
        assert {state for (state,) in states} == {"good", "working", "bad", "none"}
        assert db.value("SELECT count(*) FROM buying_centre WHERE quota IS NOT NULL") == 1


def test_it_has_actions_a_tender_and_reviews_ahead(sample: Portfolio, clock: StillClock) -> None:
    today = clock.today()
    with sample.reading() as db:
        aurora = db.value("SELECT id FROM account WHERE name = 'Aurora Foods'")
        ilios = db.value("SELECT account_id FROM tender")
        doing = open_of_account(db, aurora)
        (tender,) = tenders_of_account(db, ilios)
        assert len(doing.rows) == 3
        assert doing.rows[0].days_late(today) > 0
        assert all(row.owner_name for row in doing.rows)
        assert tender.opportunity
        assert len(tender.missed(today)) == 1
        assert tender.next_gate(today) is not None
        assert reviews_of_account(db, ilios)[0].next_on < today
        raters = db.value("SELECT count(DISTINCT rater) FROM meeting_rating")
        assert raters == 2
        assert db.value("SELECT count(DISTINCT kind) FROM meeting_point") == 3
