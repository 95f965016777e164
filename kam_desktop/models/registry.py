"""All entities in one namespace; importing it makes ``Base.metadata`` complete.

The package itself imports nothing, so that `vocabulary` and `text` stay cheap to import.
"""

from __future__ import annotations

from kam_desktop.models.account import Account, BuyingCentre
from kam_desktop.models.base import Base, Entity, OfAccount
from kam_desktop.models.commercial import Commitment, Contract, Opportunity, RevenueEntry
from kam_desktop.models.document import AttachmentContent, Document
from kam_desktop.models.health import HealthSnapshot, Observation, RuleSet
from kam_desktop.models.interaction import Interaction, InteractionPerson, Note
from kam_desktop.models.meeting import (
    Attendee,
    ChecklistItem,
    ChecklistTemplate,
    ChecklistTemplateItem,
    Meeting,
)
from kam_desktop.models.portfolio import ExternalRef, ImportBatch, Setting
from kam_desktop.models.relationship_map import MapPosition, SavedMap, Tie
from kam_desktop.models.stakeholder import (
    AccountTeamMember,
    Claim,
    DismissedSuggestion,
    Person,
    PersonVCard,
    RoleInDecision,
    TeamContact,
    TeamMember,
)

__all__ = [
    "Account",
    "AccountTeamMember",
    "AttachmentContent",
    "Attendee",
    "Base",
    "BuyingCentre",
    "ChecklistItem",
    "ChecklistTemplate",
    "ChecklistTemplateItem",
    "Claim",
    "Commitment",
    "Contract",
    "DismissedSuggestion",
    "Document",
    "Entity",
    "ExternalRef",
    "HealthSnapshot",
    "ImportBatch",
    "Interaction",
    "InteractionPerson",
    "MapPosition",
    "Meeting",
    "Note",
    "Observation",
    "OfAccount",
    "Opportunity",
    "Person",
    "PersonVCard",
    "RevenueEntry",
    "RoleInDecision",
    "RuleSet",
    "SavedMap",
    "Setting",
    "TeamContact",
    "TeamMember",
    "Tie",
]
