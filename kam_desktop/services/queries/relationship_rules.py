"""The numbers behind the relationship map that are in force: how judgements fade, role quotas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.relationship_rules import (
    RelationshipRules,
    parse_quota,
    parse_relationship_rules,
)
from kam_desktop.services.resources import resource_path
from kam_desktop.services.storage.reader import Reader

SHIPPED_VERSION = 1
"""The version of the rules in ``resources/templates``; edited versions count on from it."""

_NEWEST = (
    "SELECT version, body FROM rule_set WHERE kind = 'relationships' AND deleted_at IS NULL"
    " ORDER BY version DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class StoredRules:
    """The rules in force as stored values, for editing."""

    version: int
    body: dict[str, Any]


def shipped_relationship_rules() -> StoredRules:
    """The rules that come with the program."""
    text = resource_path("templates", "relationships.json").read_text(encoding="utf-8")
    return StoredRules(SHIPPED_VERSION, json.loads(text))


def stored_relationship_rules(db: Reader) -> StoredRules:
    """The newest edited rules, else the shipped ones."""
    found = db.row(_NEWEST)
    if found is None:
        return shipped_relationship_rules()
    return StoredRules(found[0], json.loads(found[1]))


def relationship_rules(db: Reader) -> RelationshipRules:
    """The rules in force: the newest edited version, else the shipped ones."""
    found = db.row(_NEWEST)
    return _shipped() if found is None else _parsed(found[1], found[0])


@dataclass(frozen=True, slots=True)
class CentreQuota:
    """How many people of each decision role a buying centre needs.

    ``own`` tells whether it says so itself; ``usual`` is what the rules say.
    """

    own: bool
    needed: Mapping[DecisionRole, int]
    usual: Mapping[DecisionRole, int]


def centre_quota(db: Reader, centre_id: str) -> CentreQuota:
    """The quota of one buying centre, to be edited."""
    usual = relationship_rules(db).quota
    stored = db.value("SELECT quota FROM buying_centre WHERE id = ?", (centre_id,))
    said = None if stored is None else json.loads(stored)
    return CentreQuota(said is not None, usual if said is None else parse_quota(said), usual)


def role_quotas(db: Reader, account_id: str) -> Mapping[str, Mapping[DecisionRole, int]]:
    """How many people of each decision role each buying centre of an account needs, by its id.

    A centre that says nothing of its own needs what the rules say; so does the account as a whole,
    under '', which is what counts where there are no buying centres.
    """
    usual = relationship_rules(db).quota
    quotas: dict[str, Mapping[DecisionRole, int]] = {"": usual}
    for centre_id, own in db.rows(
        "SELECT id, quota FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY name, id",
        (account_id,),
    ):
        said = None if own is None else json.loads(own)
        quotas[centre_id] = usual if said is None else parse_quota(said)
    return quotas


@cache
def _shipped() -> RelationshipRules:
    shipped = shipped_relationship_rules()
    return parse_relationship_rules(shipped.body, shipped.version)


@cache
def _parsed(body: str, version: int) -> RelationshipRules:
    return parse_relationship_rules(json.loads(body), version)
