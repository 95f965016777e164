"""Briefs to print in tests: a full one, a nearly empty one, and one with given texts everywhere."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kam_desktop.models.vocabulary import (
    ClaimField,
    CommitmentState,
    ContactCoverage,
    DecisionRole,
    InteractionKind,
    MeetingType,
    PointKind,
    RelationshipLevel,
    Side,
    Tier,
)
from kam_desktop.services.analysis.health import Health, assess
from kam_desktop.services.analysis.health_facts import (
    CommitmentFact,
    ContractFact,
    HealthInputs,
    ObservationFact,
    PersonFact,
    RevenueFact,
)
from kam_desktop.services.analysis.health_rules import parse_rules
from kam_desktop.services.analysis.map_changes import MapChange, MapChangeKind, Mention
from kam_desktop.services.analysis.revenue import month_ends
from kam_desktop.services.analysis.strength import Touch
from kam_desktop.services.handouts.audience import ClientSafe, Internal
from kam_desktop.services.handouts.brief_edits import BriefEdits, Wording
from kam_desktop.services.handouts.brief_outline import outline
from kam_desktop.services.handouts.content import (
    AccountHead,
    Aim,
    Bands,
    BriefContent,
    Change,
    ChangeKind,
    Changes,
    Checklist,
    Deals,
    Listed,
    MeetingHead,
    OpenItem,
    PersonCard,
    Promise,
    Remark,
    RemarkKind,
    Revenue,
    Task,
)
from kam_desktop.services.handouts.outline import SectionKey
from kam_desktop.services.handouts.remarks import questions, risks
from kam_desktop.services.queries.brief import ContractRow, DealRow
from kam_desktop.services.queries.health import SHIPPED_VERSION, shipped_rules_body
from kam_desktop.services.queries.meetings import PointRow

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
RULES = parse_rules(shipped_rules_body(), SHIPPED_VERSION)

R, C, L = DecisionRole, ContactCoverage, RelationshipLevel


def person(
    name: str,
    title: str = "",
    *roles: DecisionRole,
    support: int | None = None,
    influence: int | None = None,
    coverage: ContactCoverage | None = None,
    level: RelationshipLevel | None = None,
    placeholder: bool = False,
    external: bool = False,
    attends: bool = False,
    faded: tuple[ClaimField, ...] = (),
) -> PersonCard:
    """One person of a brief."""
    return PersonCard(
        name,
        title,
        roles,
        support,
        influence,
        coverage,
        level,
        None,
        placeholder,
        external,
        attends,
        f"{name}/{title}",
        tuple((field, dt.date(2025, 11, 3)) for field in faded),
    )


PEOPLE = (
    person("Elena Rossi", "Chief executive", R.DECISION_MAKER, R.EXECUTIVE_SPONSOR, support=1,
           influence=10, coverage=C.IN_DEPTH, level=L.TRUSTED_ADVISER, attends=True),
    person("Kenji Mori", "Chief financial officer", R.ECONOMIC_BUYER, support=-1, influence=8,
           coverage=C.BRIEF, level=L.VENDOR, attends=True),
    person("Marta Díaz", "Vice president operations", R.CHAMPION, R.USER, support=2, influence=7,
           coverage=C.IN_DEPTH, level=L.PROBLEM_SOLVER, attends=True),
    person("刘伟 Liu Wei", "Plant director", R.USER, influence=4, coverage=C.MULTIPLE),
    person("Jon Berg", "Procurement", R.PROCUREMENT, R.GATEKEEPER, support=0, influence=5,
           coverage=C.MULTIPLE, level=L.CREDIBLE_SOURCE,
           faded=(ClaimField.SUPPORT, ClaimField.INFLUENCE)),
    person("Σοφία Παπαδοπούλου", "Consultant", R.INFLUENCER, support=-2, influence=6,
           coverage=C.NONE, external=True),
    person("", "Head of quality", R.TECHNICAL_EVALUATOR, placeholder=True),
    person("Ana Pop", "Maintenance", R.INFLUENCER, support=1, influence=2, coverage=C.BRIEF),
)  # fmt: skip


def _health_inputs() -> HealthInputs:
    touches = tuple(
        Touch(InteractionKind.VISIT, TODAY - dt.timedelta(days=back)) for back in (6, 40, 80)
    )
    people = tuple(
        PersonFact(str(place), card.influence, card.support, frozenset(card.roles), 45, None,
                   card.placeholder, touches if card.coverage is C.IN_DEPTH else ())
        for place, card in enumerate(PEOPLE)
    )  # fmt: skip
    revenue = tuple(
        RevenueFact(end.replace(day=1), end, 4_100_000 - 45_000 * place, "EUR")
        for place, end in enumerate(month_ends(TODAY, 26))
    )
    commitments = (
        CommitmentFact(Side.OURS, CommitmentState.KEPT, None, TODAY - dt.timedelta(days=30),
                       TODAY - dt.timedelta(days=31)),
        CommitmentFact(Side.OURS, CommitmentState.OPEN, None, TODAY - dt.timedelta(days=2)),
        CommitmentFact(Side.THEIRS, CommitmentState.KEPT, None, TODAY - dt.timedelta(days=60),
                       TODAY - dt.timedelta(days=60)),
    )  # fmt: skip
    from kam_desktop.models.vocabulary import IndicatorKind

    seen = (ObservationFact(IndicatorKind.KAM_READING, TODAY - dt.timedelta(days=20), 7.0),)
    contracts = (ContractFact(None, TODAY + dt.timedelta(days=130), TODAY + dt.timedelta(days=41)),)
    return HealthInputs(people, revenue, commitments, seen, contracts)


def full_health() -> Health:
    """A health score with most things known."""
    return assess(_health_inputs(), RULES, TODAY)


PROMISES = (
    Promise(Side.OURS, "Send the pilot report with the figures of the third line", "Marta Díaz",
            dt.date(2026, 11, 18), 2, "c1"),
    Promise(Side.OURS, "Draft of the service level", "Jon Berg", dt.date(2026, 11, 27), 0, "c2"),
    Promise(Side.THEIRS, "Volume forecast 2027", "Kenji Mori", dt.date(2026, 11, 13), 7, "c3"),
    Promise(Side.THEIRS, "Access to the plant in Porto for our engineers", "", None, 0, "c4"),
)  # fmt: skip
CONTRACTS = (
    ContractRow("c1", "Frame agreement 2024–2027", dt.date(2027, 3, 31), dt.date(2026, 12, 31),
                120_000_000, "EUR"),
    ContractRow("c2", "Service Porto", dt.date(2026, 10, 31), None, 4_800_000, "EUR"),
)  # fmt: skip
DEALS = (
    DealRow("d1", "Second filling line", "Proposal", 48_000_000, "EUR", 60, dt.date(2027, 2, 15)),
    DealRow(
        "d2", "Service contract Brazil", "Qualification", 9_500_000, "BRL", 30, dt.date(2026, 11, 1)
    ),
    DealRow("d3", "Training", "", None, "", None, None),
)
CHANGES = (
    Change(dt.date(2026, 11, 14), InteractionKind.VISIT,
           "Walked the line with the shift leads; two stops traced to the feeder", "Marta Díaz"),
    Change(dt.date(2026, 11, 9), ChangeKind.KEPT, "Spare parts list", "Jon Berg"),
    Change(dt.date(2026, 10, 28), InteractionKind.CALL, "New budget owner is Kenji Mori", ""),
    Change(dt.date(2026, 10, 20), ChangeKind.NOTE, "Quality seat vacant since 1 October", ""),
)  # fmt: skip

PEOPLE_CHANGES = (
    MapChange(MapChangeKind.LEFT, Mention("5", "Ana Costa", "Head of quality"), 5, after="Borea"),
    MapChange(MapChangeKind.SUPPORT, Mention("2", "Kenji Mori", ""), 8, 0, -1),
    MapChange(MapChangeKind.INFLUENCE, Mention("3", "Marta Díaz", ""), 6, None, 6),
)


ACTIONS = (
    Task("Order the sample parts", "Tom Okafor", dt.date(2026, 11, 19), 1, "a1"),
    Task("Ask finance for the payment terms", "Clara Novak", None, 0, "a2"),
)
K = PointKind
POINTS = (
    PointRow("p1", K.AGENDA, "What the pilot showed", "", 20, None, ""),
    PointRow("p2", K.AGENDA, "Second line: scope and dates", "", 40, None, ""),
    PointRow("p3", K.QUESTION, "What would make you stop the project?", "", None, "2",
             "Kenji Mori"),
    PointRow("p4", K.OBJECTION, "The price is above the budget of 2027",
             "The feeder alone saves 60,000 a year; payment in two years is possible", None,
             None, ""),
    PointRow("p5", K.OBJECTION, "Spare parts took too long in spring", "", None, None, ""),
)  # fmt: skip


def full_brief() -> BriefContent:
    """An account about which nearly everything is known."""
    months = (*month_ends(TODAY, 12), TODAY)
    roles = {role: 1 for card in PEOPLE for role in card.roles if not card.placeholder}
    return BriefContent(
        made_at=ClientSafe(NOW),
        today=ClientSafe(TODAY),
        here_zone=ClientSafe("Europe/Lisbon"),
        account=ClientSafe(
            AccountHead("Aurora Foods", "Food and drink", "Via Torino 12, 20123 Milano, Italy",
                        "Milano", "Europe/Rome", "acc")
        ),
        tier=Internal(Tier.KEY),
        meeting=ClientSafe(
            MeetingHead("Business review", MeetingType.BUSINESS_REVIEW,
                        dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC), "Europe/Rome", 90,
                        "Milano, Via Torino 12, room Duomo", ("Clara Novak", "Tom Okafor"),
                        "https://meet.example/aurora",
                        dt.datetime(2026, 11, 24, 7, 15, tzinfo=dt.UTC), "m1")
        ),
        aim=Internal(
            Aim("Agree the second filling line in principle and win Kenji Mori over with the "
                "pilot's figures", "Fewer stops before the summer season")
        ),
        people=Internal(Listed(PEOPLE)),
        changes=Internal(
            Changes(dt.date(2026, 9, 3), "Pilot extended to line three", "Report by mid November",
                    Listed(CHANGES), Listed(PEOPLE_CHANGES), "m0")
        ),
        promises=Internal(Listed(PROMISES)),
        health=Internal(full_health()),
        bands=Internal(Bands(RULES.watch, RULES.good, RULES.minimum_coverage)),
        health_trend=Internal((61, 63, 66, None, None, 70, 71, 69, 66, 64, 62, 60, 58)),
        actions=Internal(Listed(ACTIONS)),
        points=Internal(POINTS),
        deals=Internal(Deals(Listed(DEALS, 2), 5, (("BRL", 9_500_000), ("EUR", 48_000_000)))),
        contracts=Internal(Listed(CONTRACTS)),
        revenue=Internal(
            (Revenue("EUR", months, (3.1e6, 3.4e6, 2.9e6, None, 3.8e6, 4.1e6, 3.9e6, 3.6e6, 4.4e6,
                                     4.2e6, 4.0e6, 3.7e6, 1.9e6)),)
        ),
        risks=Internal(risks(PEOPLE, PROMISES, DEALS, CONTRACTS, dt.date(2026, 11, 14), TODAY)),
        questions=Internal(questions(PEOPLE, roles, PROMISES, CONTRACTS, TODAY)),
        checklist=Internal(
            Checklist(3, tuple(OpenItem(text, text) for text in (
                "Questions for Kenji Mori", "Own figures: delivery record", "Route")), 1)
        ),
        edits=Internal(BriefEdits()),
    )  # fmt: skip


def empty_brief() -> BriefContent:
    """An account of which only the name is known."""
    return dataclasses.replace(
        full_brief(),
        account=ClientSafe(AccountHead("Aurora Foods", "", "", "", "")),
        tier=Internal(Tier.REGULAR),
        meeting=ClientSafe(None),
        aim=Internal(Aim("", "")),
        people=Internal(Listed()),
        changes=Internal(Changes(None, "", "", Listed())),
        promises=Internal(Listed()),
        actions=Internal(Listed()),
        points=Internal(()),
        health=Internal(assess(HealthInputs(), RULES, TODAY)),
        health_trend=Internal((None,) * 13),
        deals=Internal(Deals(Listed(), 0, ())),
        contracts=Internal(Listed()),
        revenue=Internal(()),
        risks=Internal(()),
        questions=Internal((Remark(RemarkKind.NOBODY_KNOWN),)),
        checklist=Internal(None),
    )


def edited_brief() -> BriefContent:
    """The full one after the user left out, reworded, added and moved."""
    content = full_brief()
    lines = {line.key: line for each in outline(content).content for line in each.lines}
    edits = (
        BriefEdits()
        .with_section(SectionKey.REVENUE, shown=False)
        .with_line("action:a2", lines["action:a2"].basis, shown=False)
        .with_words("promise:c1", Wording("Hand over the report", lines["promise:c1"].basis, ""))
        .with_own(SectionKey.PROMISES, "Bring the signed contract of the pilot")
        .with_own(SectionKey.RISKS, "The works council has not been asked")
        .with_order((SectionKey.QUESTIONS, *(key for key in SectionKey if key != "questions")))
    )
    return dataclasses.replace(content, edits=Internal(edits))


def brief_saying(text: str, *, times: int = 1) -> BriefContent:
    """A brief with ``text`` in every field the user can type; ``times`` rows of each kind."""
    every = range(times)
    people = tuple(person(text, text, R.USER, influence=9, attends=True) for _ in every) + tuple(
        person("", text, placeholder=True) for _ in every
    )
    promises = tuple(Promise(side, text, text, TODAY, 3) for side in Side for _ in every)
    deals = tuple(DealRow("", text, text, 1, "EUR", 5, TODAY) for _ in every)
    contracts = tuple(ContractRow("", text, TODAY, TODAY, 5, "EUR") for _ in every)
    changes = tuple(Change(TODAY, ChangeKind.NOTE, text, text) for _ in every)
    moved = tuple(
        MapChange(MapChangeKind.TITLE, Mention(text, text, text), 9, text, text) for _ in every
    )
    head = full_brief().meeting.content
    assert head is not None
    return dataclasses.replace(
        full_brief(),
        account=ClientSafe(AccountHead(text, text, text, text, "Asia/Tokyo")),
        meeting=ClientSafe(dataclasses.replace(head, title=text, place=text, ours=(text, text))),
        aim=Internal(Aim(text, text)),
        people=Internal(Listed(people, 7)),
        changes=Internal(Changes(TODAY, text, text, Listed(changes, 7), Listed(moved, 7))),
        promises=Internal(Listed(promises, 7)),
        actions=Internal(Listed(tuple(Task(text, text, TODAY, 3) for _ in every), 7)),
        points=Internal(
            tuple(
                PointRow(str(at), kind, text, text, 5, None, text)
                for kind in PointKind
                for at in every
            )
        ),
        deals=Internal(Deals(Listed(deals, 7), 99, (("EUR", 1),))),
        contracts=Internal(Listed(contracts, 7)),
        risks=Internal(risks(people, promises, deals, contracts, None, TODAY)),
        questions=Internal(questions(people, {}, promises, contracts, TODAY)),
        checklist=Internal(Checklist(0, (OpenItem(text),) * times, 0)),
    )
