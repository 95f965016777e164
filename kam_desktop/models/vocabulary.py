"""The closed sets of values of the field, as in the product's vocabulary.

Values are stored; how they read on screen is decided in ``services/words.py``.
*Unknown* is stored as NULL and is never one of these values.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Tier(StrEnum):
    KEY = "key"
    EMERGING = "emerging"
    REGULAR = "regular"
    WATCHED = "watched"
    FORMER = "former"


class DecisionRole(StrEnum):
    ECONOMIC_BUYER = "economic_buyer"
    DECISION_MAKER = "decision_maker"
    APPROVER = "approver"
    TECHNICAL_EVALUATOR = "technical_evaluator"
    USER = "user"
    INFLUENCER = "influencer"
    GATEKEEPER = "gatekeeper"
    PROCUREMENT = "procurement"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    CHAMPION = "champion"


class Support(IntEnum):
    """How friendly a stakeholder is to us."""

    MENTOR = 2
    SUPPORTER = 1
    NEUTRAL = 0
    SCEPTIC = -1
    OPPONENT = -2


class ContactCoverage(StrEnum):
    NONE = "none"
    BRIEF = "brief"
    MULTIPLE = "multiple"
    IN_DEPTH = "in_depth"


class ClaimField(StrEnum):
    """What a claim about a person can be about."""

    SUPPORT = "support"
    INFLUENCE = "influence"
    COVERAGE = "coverage"
    LEVEL = "level"
    ORIENTATION = "orientation"


class ClaimSource(StrEnum):
    """Where a claim comes from, the surest first."""

    SEEN = "seen"
    SAID = "said"
    DOCUMENT = "document"
    COLLEAGUE = "colleague"
    OTHERS = "others"
    GUESS = "guess"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RelationshipLevel(StrEnum):
    VENDOR = "vendor"
    CREDIBLE_SOURCE = "credible_source"
    PROBLEM_SOLVER = "problem_solver"
    TRUSTED_ADVISER = "trusted_adviser"


class Orientation(StrEnum):
    FINANCIAL = "financial"
    TECHNICAL = "technical"
    RELATIONSHIP = "relationship"
    BUSINESS = "business"


class TieKind(StrEnum):
    REPORTS_TO = "reports_to"
    INFLUENCES = "influences"
    ALLIED = "allied"
    CONFLICT = "conflict"
    INFORMAL = "informal"


DIRECTED_TIES = frozenset({TieKind.REPORTS_TO, TieKind.INFLUENCES})


class TeamRole(StrEnum):
    KAM = "kam"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    EXPERT = "expert"
    SERVICE = "service"
    OTHER = "other"


class TeamContactState(StrEnum):
    """How well one of ours knows one of theirs; *none* is known to be none."""

    GOOD = "good"
    WORKING = "working"
    BAD = "bad"
    NONE = "none"


class InteractionKind(StrEnum):
    VISIT = "visit"
    INFORMAL = "informal"
    CALL = "call"
    VIDEO = "video"
    EMAIL_TWO_WAY = "email_two_way"
    EMAIL_ONE_WAY = "email_one_way"
    EVENT = "event"
    TRAINING = "training"


class MeetingType(StrEnum):
    FIRST = "first"
    BUSINESS_REVIEW = "business_review"
    NEGOTIATION = "negotiation"
    PROPOSAL = "proposal"
    TENDER = "tender"
    SERVICE = "service"
    EXECUTIVE = "executive"
    INFORMAL = "informal"


class ChecklistState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class ChecklistCondition(StrEnum):
    """A fact by which an item of a checklist ticks itself."""

    ATTENDEES = "attendees"
    ATTENDEES_HAVE_ROLES = "attendees_have_roles"
    ATTENDEES_JUDGED = "attendees_judged"
    AIMS_WRITTEN = "aims_written"
    AGENDA_WRITTEN = "agenda_written"
    QUESTIONS_WRITTEN = "questions_written"
    OBJECTIONS_ANSWERED = "objections_answered"
    PLACE_KNOWN = "place_known"
    TRAVEL_PLANNED = "travel_planned"
    PROMISES_IN_TIME = "promises_in_time"
    DOCUMENT_ADDED = "document_added"


class PointKind(StrEnum):
    """What a line written for a meeting is."""

    AGENDA = "agenda"
    QUESTION = "question"
    OBJECTION = "objection"


class RatingCriterion(StrEnum):
    """By what several people rate a meeting that was held."""

    PREPARATION = "preparation"
    LISTENING = "listening"
    VALUE = "value"
    OUTCOME = "outcome"


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Rhythm(StrEnum):
    """How often something comes back."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class PersonalKind(StrEnum):
    """What of somebody's private life is kept, in the personal compartment only."""

    BIRTHDAY = "birthday"
    INTEREST = "interest"
    FAMILY = "family"
    VALUE = "value"


class Side(StrEnum):
    """Whose a commitment, objective or attendee is."""

    OURS = "ours"
    THEIRS = "theirs"


class CommitmentState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class OpportunityState(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class HealthGroup(StrEnum):
    RELATIONSHIPS = "relationships"
    COMMERCIAL = "commercial"
    PROMISES = "promises"
    SATISFACTION = "satisfaction"
    SERVICE = "service"
    CONTRACT = "contract"


class IndicatorKind(StrEnum):
    """What an observation measures; each belongs to one health group."""

    NPS = "nps"
    CSAT = "csat"
    KAM_READING = "kam_reading"
    OPEN_TICKETS = "open_tickets"
    HOURS_TO_RESOLVE = "hours_to_resolve"
    USAGE = "usage"
    UNPAID_DAYS = "unpaid_days"
    TENDER_LOST = "tender_lost"
    GUT_SCORE = "gut_score"


class RuleKind(StrEnum):
    """Which set of editable, versioned numbers a `RuleSet` holds."""

    HEALTH = "health"
    RELATIONSHIPS = "relationships"
