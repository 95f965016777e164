"""The letters that stand for values of the vocabulary where there is no room for words."""

from __future__ import annotations

from enum import Enum

from kam_desktop.models import vocabulary as v
from kam_desktop.services.i18n import _
from kam_desktop.services.words import N_

UNKNOWN = "?"

_LETTERS: tuple[tuple[Enum, str], ...] = (
    (v.Support.MENTOR, N_("M")),
    (v.Support.SUPPORTER, N_("S")),
    (v.Support.NEUTRAL, N_("N")),
    (v.Support.SCEPTIC, N_("Sc")),
    (v.Support.OPPONENT, N_("O")),
    (v.RelationshipLevel.VENDOR, N_("V")),
    (v.RelationshipLevel.CREDIBLE_SOURCE, N_("C")),
    (v.RelationshipLevel.PROBLEM_SOLVER, N_("P")),
    (v.RelationshipLevel.TRUSTED_ADVISER, N_("T")),
    (v.DecisionRole.ECONOMIC_BUYER, N_("EB")),
    (v.DecisionRole.DECISION_MAKER, N_("DM")),
    (v.DecisionRole.APPROVER, N_("AP")),
    (v.DecisionRole.TECHNICAL_EVALUATOR, N_("TE")),
    (v.DecisionRole.USER, N_("US")),
    (v.DecisionRole.INFLUENCER, N_("IN")),
    (v.DecisionRole.GATEKEEPER, N_("GK")),
    (v.DecisionRole.PROCUREMENT, N_("PR")),
    (v.DecisionRole.EXECUTIVE_SPONSOR, N_("ES")),
    (v.DecisionRole.CHAMPION, N_("CH")),
)
_BY_NAME = {(type(value).__name__, value.name): text for value, text in _LETTERS}


def letters(value: v.Support | v.RelationshipLevel | v.DecisionRole | None) -> str:
    """One or two letters for a value; a question mark for unknown."""
    return UNKNOWN if value is None else _(_BY_NAME[type(value).__name__, value.name])
