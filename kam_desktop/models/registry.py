"""All entities in one namespace; importing it makes ``Base.metadata`` complete.

The package itself imports nothing, so that `vocabulary` and `text` stay cheap to import.
"""

from __future__ import annotations

from kam_desktop.models.account import Account, BuyingCentre
from kam_desktop.models.base import Base, Entity, OfAccount
from kam_desktop.models.commercial import Commitment, Contract, Opportunity, RevenueEntry
from kam_desktop.models.document import AttachmentContent, Document
from kam_desktop.models.follow_up import Action, InternalReview, Tender, TenderGate
from kam_desktop.models.health import HealthSnapshot, Observation, RuleSet
from kam_desktop.models.interaction import Interaction, InteractionPerson, Note
from kam_desktop.models.meeting import (
    Attendee,
    ChecklistItem,
    ChecklistTemplate,
    ChecklistTemplateItem,
    Meeting,
    MeetingCentre,
    MeetingPoint,
    MeetingRating,
)
from kam_desktop.models.portfolio import ExternalRef, ImportBatch, Setting
from kam_desktop.models.relationship_map import MapPosition, SavedMap, Tie
from kam_desktop.models.stakeholder import (
    AccountTeamMember,
    Claim,
    DismissedSuggestion,
    Person,
    PersonalFact,
    PersonVCard,
    RoleInDecision,
    TeamContact,
    TeamMember,
)

__all__ = [
    "Account",
    "AccountTeamMember",
    "Action",
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
    "InternalReview",
    "MapPosition",
    "Meeting",
    "MeetingCentre",
    "MeetingPoint",
    "MeetingRating",
    "Note",
    "Observation",
    "OfAccount",
    "Opportunity",
    "Person",
    "PersonVCard",
    "PersonalFact",
    "RevenueEntry",
    "RoleInDecision",
    "RuleSet",
    "SavedMap",
    "Setting",
    "TeamContact",
    "TeamMember",
    "Tender",
    "TenderGate",
    "Tie",
]
