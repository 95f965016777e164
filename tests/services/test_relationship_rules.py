"""The numbers behind the map: shipped, edited as a new version, refused when senseless."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import ClaimField, Confidence, DecisionRole
from kam_desktop.services import buying_centres, claims, people
from kam_desktop.services.analysis.claims import DEFAULT_CLAIM_RULES
from kam_desktop.services.analysis.relationship_rules import parse_relationship_rules
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.queries.relationship_rules import (
    relationship_rules,
    role_quotas,
    shipped_relationship_rules,
    stored_relationship_rules,
)
from kam_desktop.services.relationship_rules import save_relationship_rules
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

ONE_EACH = {
    DecisionRole.ECONOMIC_BUYER: 1,
    DecisionRole.DECISION_MAKER: 1,
    DecisionRole.TECHNICAL_EVALUATOR: 1,
    DecisionRole.USER: 1,
    DecisionRole.CHAMPION: 1,
}


def save(portfolio: Portfolio, **changes: Any) -> int:
    body = {**shipped_relationship_rules().body, **changes}
    with portfolio.unit_of_work("Change the numbers behind the map") as work:
        return save_relationship_rules(work, body)


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


def test_the_shipped_numbers_are_the_ones_of_the_analysis(portfolio: Portfolio) -> None:
    with portfolio.reading() as db:
        rules = relationship_rules(db)
    assert rules.version == 1
    assert dict(rules.claims.half_lives) == dict(DEFAULT_CLAIM_RULES.half_lives)
    assert dict(rules.claims.confidences) == dict(DEFAULT_CLAIM_RULES.confidences)
    assert rules.claims.faded_below == DEFAULT_CLAIM_RULES.faded_below
    assert dict(rules.quota) == ONE_EACH


def test_saving_makes_a_new_version_and_undo_brings_the_old_one_back(portfolio: Portfolio) -> None:
    assert save(portfolio, faded_below=0.4) == 2
    assert save(portfolio, faded_below=0.5) == 3
    with portfolio.reading() as db:
        assert relationship_rules(db).claims.faded_below == 0.5
        assert stored_relationship_rules(db).version == 3
    portfolio.undo()
    with portfolio.reading() as db:
        assert relationship_rules(db).claims.faded_below == 0.4


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("half_lives", "support"), 0, "half_lives.support"),
        (("half_lives", "support"), 1.5, "half_lives.support"),
        (("half_lives", "level"), None, "half_lives.level"),
        (("confidences", "high"), 0.5, "confidences.medium"),
        (("confidences", "low"), True, "confidences.low"),
        (("faded_below",), float("nan"), "faded_below"),
        (("faded_below",), "0.3", "faded_below"),
        (("quota", "user"), 21, "quota.user"),
        (("quota", "wizard"), 1, "quota.wizard"),
        (("suggestions", "influence_from"), 11, "suggestions.influence_from"),
        (("suggestions",), [], "suggestions"),
    ],
)
def test_senseless_numbers_are_refused_by_name(
    portfolio: Portfolio, path: tuple[str, ...], value: object, field: str
) -> None:
    body = copy.deepcopy(shipped_relationship_rules().body)
    at = body
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    with pytest.raises(UserError) as refused:
        parse_relationship_rules(body, 2)
    assert refused.value.field == field


def test_a_role_of_which_none_is_needed_is_not_in_the_quota() -> None:
    body = shipped_relationship_rules().body
    body["quota"]["user"] = 0
    assert DecisionRole.USER not in parse_relationship_rules(body, 2).quota


def test_a_buying_centre_may_need_other_roles_than_the_rules_say(
    portfolio: Portfolio, account: str
) -> None:
    with portfolio.unit_of_work("Add buying centres") as work:
        plant = buying_centres.add_buying_centre(work, account, "Plant")
        office = buying_centres.add_buying_centre(work, account, "Office")
        buying_centres.set_quota(work, plant, {"user": 3, "approver": 1, "champion": 0})
    with portfolio.reading() as db:
        quotas = role_quotas(db, account)
    assert dict(quotas[plant]) == {DecisionRole.APPROVER: 1, DecisionRole.USER: 3}
    assert dict(quotas[office]) == ONE_EACH
    assert dict(quotas[""]) == ONE_EACH
    with portfolio.unit_of_work("As the rules say") as work:
        buying_centres.set_quota(work, plant, None)
    with portfolio.reading() as db:
        assert dict(role_quotas(db, account)[plant]) == ONE_EACH
    portfolio.undo()
    with portfolio.reading() as db:
        assert role_quotas(db, account)[plant][DecisionRole.USER] == 3


def test_a_quota_of_unknown_roles_is_refused(portfolio: Portfolio, account: str) -> None:
    with portfolio.unit_of_work("Add buying centre") as work:
        plant = buying_centres.add_buying_centre(work, account, "Plant")
    for quota in ({"wizard": 1}, {"user": -1}, {"user": 2.5}):
        with pytest.raises(UserError) as refused, portfolio.unit_of_work("Quota") as work:
            buying_centres.set_quota(work, plant, quota)  # type: ignore[arg-type]
        assert str(refused.value.field).startswith("quota.")


Do = Callable[..., Any]


def test_the_map_fades_judgements_by_the_rules_in_force(
    portfolio: Portfolio, account: str, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Add person") as work:
        person = people.add_person(work, account, "Ana Pop")
        work.flush()
        claims.state_claim(
            work, person, ClaimField.SUPPORT, 1, source="seen", confidence=Confidence.HIGH
        )
    clock.go_on(days=90)
    save(portfolio, half_lives={**shipped_relationship_rules().body["half_lives"], "support": 90})
    with portfolio.reading() as db:
        card = map_data(db, account, on=clock.today()).people[0]
    assert card.certainty == {"support": pytest.approx(0.5)}
