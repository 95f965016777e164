"""How the values of the vocabulary read on screen and on paper."""

from __future__ import annotations

from enum import Enum

from kam_desktop.models import vocabulary as v
from kam_desktop.services.i18n import _


def N_(message: str) -> str:  # noqa: N802 - gettext's conventional name for marking only
    """Marks a text for translation where it is only stored."""
    return message


UNKNOWN = N_("unknown")

_WORDS: tuple[tuple[Enum, str], ...] = (
    (v.Tier.KEY, N_("Key account")),
    (v.Tier.EMERGING, N_("Emerging key account")),
    (v.Tier.REGULAR, N_("Regular account")),
    (v.Tier.WATCHED, N_("Watched account")),
    (v.Tier.FORMER, N_("Former account")),
    (v.DecisionRole.ECONOMIC_BUYER, N_("Economic buyer")),
    (v.DecisionRole.DECISION_MAKER, N_("Decision maker")),
    (v.DecisionRole.APPROVER, N_("Approver")),
    (v.DecisionRole.TECHNICAL_EVALUATOR, N_("Technical evaluator")),
    (v.DecisionRole.USER, N_("User")),
    (v.DecisionRole.INFLUENCER, N_("Influencer")),
    (v.DecisionRole.GATEKEEPER, N_("Gatekeeper")),
    (v.DecisionRole.PROCUREMENT, N_("Procurement")),
    (v.DecisionRole.EXECUTIVE_SPONSOR, N_("Executive sponsor")),
    (v.DecisionRole.CHAMPION, N_("Champion")),
    (v.Support.MENTOR, N_("Mentor")),
    (v.Support.SUPPORTER, N_("Supporter")),
    (v.Support.NEUTRAL, N_("Neutral")),
    (v.Support.SCEPTIC, N_("Sceptic")),
    (v.Support.OPPONENT, N_("Opponent")),
    (v.ContactCoverage.NONE, N_("No contact")),
    (v.ContactCoverage.BRIEF, N_("Brief contact")),
    (v.ContactCoverage.MULTIPLE, N_("Multiple contacts")),
    (v.ContactCoverage.IN_DEPTH, N_("In-depth contact")),
    (v.ClaimField.SUPPORT, N_("Support")),
    (v.ClaimField.INFLUENCE, N_("Influence")),
    (v.ClaimField.COVERAGE, N_("Our contact")),
    (v.ClaimField.LEVEL, N_("Sees us as")),
    (v.ClaimField.ORIENTATION, N_("Orientation")),
    (v.ClaimSource.SEEN, N_("Seen by us")),
    (v.ClaimSource.SAID, N_("Said by themselves")),
    (v.ClaimSource.DOCUMENT, N_("In a document")),
    (v.ClaimSource.COLLEAGUE, N_("Told by a colleague of ours")),
    (v.ClaimSource.OTHERS, N_("Told by somebody else")),
    (v.ClaimSource.GUESS, N_("Our guess")),
    (v.Confidence.HIGH, N_("Sure")),
    (v.Confidence.MEDIUM, N_("Probable")),
    (v.Confidence.LOW, N_("Unsure")),
    (v.RelationshipLevel.VENDOR, N_("Vendor")),
    (v.RelationshipLevel.CREDIBLE_SOURCE, N_("Credible source")),
    (v.RelationshipLevel.PROBLEM_SOLVER, N_("Problem solver")),
    (v.RelationshipLevel.TRUSTED_ADVISER, N_("Trusted adviser")),
    (v.Orientation.FINANCIAL, N_("Financial")),
    (v.Orientation.TECHNICAL, N_("Technical")),
    (v.Orientation.RELATIONSHIP, N_("Relationship")),
    (v.Orientation.BUSINESS, N_("Business")),
    (v.TieKind.REPORTS_TO, N_("reports to")),
    (v.TieKind.INFLUENCES, N_("influences")),
    (v.TieKind.ALLIED, N_("allied with")),
    (v.TieKind.CONFLICT, N_("in conflict with")),
    (v.TieKind.INFORMAL, N_("informal tie with")),
    (v.TeamRole.KAM, N_("Key account manager")),
    (v.TeamRole.EXECUTIVE_SPONSOR, N_("Executive sponsor")),
    (v.TeamRole.EXPERT, N_("Expert")),
    (v.TeamRole.SERVICE, N_("Service")),
    (v.TeamRole.OTHER, N_("Team member")),
    (v.TeamContactState.GOOD, N_("Good contact")),
    (v.TeamContactState.WORKING, N_("Working on it")),
    (v.TeamContactState.BAD, N_("Bad contact")),
    (v.TeamContactState.NONE, N_("No contact")),
    (v.InteractionKind.VISIT, N_("Visit")),
    (v.InteractionKind.INFORMAL, N_("Informal")),
    (v.InteractionKind.CALL, N_("Call")),
    (v.InteractionKind.VIDEO, N_("Video call")),
    (v.InteractionKind.EMAIL_TWO_WAY, N_("E-mail, two-way")),
    (v.InteractionKind.EMAIL_ONE_WAY, N_("E-mail, one-way")),
    (v.InteractionKind.EVENT, N_("Event")),
    (v.InteractionKind.TRAINING, N_("Training")),
    (v.MeetingType.FIRST, N_("First meeting")),
    (v.MeetingType.BUSINESS_REVIEW, N_("Business review")),
    (v.MeetingType.NEGOTIATION, N_("Negotiation")),
    (v.MeetingType.PROPOSAL, N_("Proposal")),
    (v.MeetingType.TENDER, N_("Tender")),
    (v.MeetingType.SERVICE, N_("Service")),
    (v.MeetingType.EXECUTIVE, N_("Executive meeting")),
    (v.MeetingType.INFORMAL, N_("Informal")),
    (v.ChecklistState.OPEN, N_("Open")),
    (v.ChecklistState.DONE, N_("Done")),
    (v.ChecklistState.NOT_APPLICABLE, N_("Not applicable")),
    (v.ChecklistCondition.ATTENDEES, N_("Somebody of theirs attends")),
    (v.ChecklistCondition.ATTENDEES_HAVE_ROLES, N_("All attendees have a decision role")),
    (v.ChecklistCondition.ATTENDEES_JUDGED, N_("Support of all attendees is known")),
    (v.ChecklistCondition.AIMS_WRITTEN, N_("Both sides' aims are written down")),
    (v.ChecklistCondition.AGENDA_WRITTEN, N_("There is an agenda")),
    (v.ChecklistCondition.QUESTIONS_WRITTEN, N_("There are questions to ask")),
    (v.ChecklistCondition.OBJECTIONS_ANSWERED, N_("Every objection has an answer")),
    (v.ChecklistCondition.PLACE_KNOWN, N_("There is a place or a link")),
    (v.ChecklistCondition.TRAVEL_PLANNED, N_("Time for the way is planned")),
    (v.ChecklistCondition.PROMISES_IN_TIME, N_("None of our promises is overdue")),
    (v.ChecklistCondition.DOCUMENT_ADDED, N_("A document is added to the meeting")),
    (v.PointKind.AGENDA, N_("Agenda")),
    (v.PointKind.QUESTION, N_("Question")),
    (v.PointKind.OBJECTION, N_("Objection")),
    (v.RatingCriterion.PREPARATION, N_("We were prepared")),
    (v.RatingCriterion.LISTENING, N_("We listened")),
    (v.RatingCriterion.VALUE, N_("It was worth their time")),
    (v.RatingCriterion.OUTCOME, N_("We reached our aim")),
    (v.ActionState.OPEN, N_("Open")),
    (v.ActionState.DONE, N_("Done")),
    (v.ActionState.DROPPED, N_("Dropped")),
    (v.Rhythm.WEEKLY, N_("Weekly")),
    (v.Rhythm.MONTHLY, N_("Monthly")),
    (v.Rhythm.QUARTERLY, N_("Quarterly")),
    (v.PersonalKind.BIRTHDAY, N_("Birthday")),
    (v.PersonalKind.INTEREST, N_("Interest")),
    (v.PersonalKind.FAMILY, N_("Family")),
    (v.PersonalKind.VALUE, N_("What matters to them")),
    (v.Side.OURS, N_("Ours")),
    (v.Side.THEIRS, N_("Theirs")),
    (v.CommitmentState.OPEN, N_("Open")),
    (v.CommitmentState.KEPT, N_("Kept")),
    (v.CommitmentState.LATE, N_("Kept late")),
    (v.CommitmentState.BROKEN, N_("Broken")),
    (v.CommitmentState.WITHDRAWN, N_("Withdrawn")),
    (v.OpportunityState.OPEN, N_("Open")),
    (v.OpportunityState.WON, N_("Won")),
    (v.OpportunityState.LOST, N_("Lost")),
    (v.HealthGroup.RELATIONSHIPS, N_("Relationships")),
    (v.HealthGroup.COMMERCIAL, N_("Commercial trend")),
    (v.HealthGroup.PROMISES, N_("Promises kept")),
    (v.HealthGroup.SATISFACTION, N_("Satisfaction")),
    (v.HealthGroup.SERVICE, N_("Service")),
    (v.HealthGroup.CONTRACT, N_("Contract horizon")),
    (v.IndicatorKind.NPS, N_("Net promoter score")),
    (v.IndicatorKind.CSAT, N_("Customer satisfaction")),
    (v.IndicatorKind.KAM_READING, N_("Your own reading")),
    (v.IndicatorKind.OPEN_TICKETS, N_("Open tickets")),
    (v.IndicatorKind.HOURS_TO_RESOLVE, N_("Hours to resolve")),
    (v.IndicatorKind.USAGE, N_("Usage")),
    (v.IndicatorKind.UNPAID_DAYS, N_("Days unpaid")),
    (v.IndicatorKind.TENDER_LOST, N_("Tender lost")),
    (v.IndicatorKind.GUT_SCORE, N_("Gut score")),
)
_MAP_VIEWS = {
    "org": N_("Org chart"),
    "network": N_("Network"),
    "grid": N_("Power grid"),
    "coverage": N_("Coverage"),
    "ego": N_("One person"),
}
# By name, because members of different kinds with equal values are equal as dictionary keys.
_BY_NAME = {(type(value).__name__, value.name): text for value, text in _WORDS}


def word(value: Enum | None) -> str:
    """How a value of the vocabulary reads; None reads as unknown."""
    if value is None:
        return _(UNKNOWN)
    return _(_BY_NAME[type(value).__name__, value.name])


def map_view(view: str) -> str:
    """How a view of the relationship map is called."""
    return _(_MAP_VIEWS[view])


def member_name(name: str, *, is_me: bool) -> str:
    """How one of ours is called; which one is the user is added unless the name says it."""
    if not is_me or name.casefold() == _("you").casefold():
        return name
    return _("{name} (you)").format(name=name)


def choices(kind: type[Enum]) -> list[tuple[object, str]]:
    """The stored values of one kind with their words, in order, for a list to choose from."""
    return [(value.value, word(value)) for value in kind]
