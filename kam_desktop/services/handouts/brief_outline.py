"""Makes the outline of a brief from its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from kam_desktop.models.vocabulary import PointKind, Side
from kam_desktop.services.analysis.health import waterfall
from kam_desktop.services.formatting import date, money_list, month, percent
from kam_desktop.services.handouts.audience import Internal, for_colleague
from kam_desktop.services.handouts.brief_changes import change_lines, changes_title
from kam_desktop.services.handouts.clean import apart
from kam_desktop.services.handouts.content import (
    BriefContent,
    PersonCard,
    Promise,
    Remark,
    RemarkKind,
)
from kam_desktop.services.handouts.outline import (
    BriefLine,
    BriefSection,
    Figure,
    HealthFigure,
    Outline,
    Places,
    SectionKey,
    Source,
    Told,
    basis_of,
)
from kam_desktop.services.handouts.pieces import pieces
from kam_desktop.services.handouts.remark_words import remark_text
from kam_desktop.services.health_words import known, step_name, veto_reason
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.brief import ContractRow, DealRow
from kam_desktop.services.queries.meetings import PointRow
from kam_desktop.services.words import word


def outline(content: BriefContent) -> Outline:
    """Every section of a brief with its lines, as generated, in the language in force."""
    places = Places(for_colleague(content.account), for_colleague(content.meeting))
    return Internal(_told_apart([make(content, places) for make in _SECTIONS]))


def _told_apart(sections: Sequence[BriefSection]) -> tuple[BriefSection, ...]:
    """The sections with a key of its own for every line, whatever the portfolio holds."""
    used: Counter[str] = Counter()
    made = []
    for section in sections:
        lines = []
        for line in section.lines:
            used[line.key] += 1
            again = used[line.key]
            lines.append(line if again == 1 else replace(line, key=f"{line.key}#{again}"))
        made.append(replace(section, lines=tuple(lines)))
    return tuple(made)


def _aim(content: BriefContent, places: Places) -> BriefSection:
    aim = for_colleague(content.aim)
    sides = (("ours", _("Our aim"), aim.ours), ("theirs", _("Their aim"), aim.theirs))
    where = places.meeting("objectives")
    lines = tuple(
        BriefLine(f"aim:{side}", text, Told(label), where, basis_of(text), label)
        for side, label, text in sides
        if text.strip()
    )
    return BriefSection(SectionKey.AIM, _("Aim"), lines, source=where)


def _who(content: BriefContent, places: Places) -> BriefSection:
    people = for_colleague(content.people)
    present = any(person.attends for person in people.rows)
    others = _("Others who matter") if present else _("On the map")
    lines = tuple(
        _person(person, _("In the room") if person.attends else others, places)
        for person in people.rows
    )
    unknown = sum(1 for each in people.rows if each.support is None and not each.placeholder)
    point = ngettext("{n} position unknown", "{n} positions unknown", unknown).format(n=unknown)
    empty = _("Nobody is on the map yet. Ask who decides, who pays and who uses what we sell.")
    return BriefSection(
        SectionKey.WHO,
        _("Who"),
        lines,
        point if unknown else "",
        empty,
        people.more,
        places.account("map"),
    )


def _person(person: PersonCard, group: str, places: Places) -> BriefLine:
    name = _("(vacant)") if person.placeholder else person.name or _("(no name)")
    roles = ", ".join(word(role) for role in person.roles)
    place = _("outside the company") if person.external else ""
    return BriefLine(
        f"person:{person.id}",
        pieces(person.title, roles, place),
        person,
        places.person(person.id),
        basis_of(person.name, person.title, person.roles, person.external, person.placeholder),
        name,
        group,
        int(person.attends),
    )


def _agenda(content: BriefContent, places: Places) -> BriefSection:
    points = _points(content, PointKind.AGENDA)
    where = places.meeting("agenda")
    total = sum(point.minutes or 0 for point in points)
    return BriefSection(
        SectionKey.AGENDA,
        _("Agenda"),
        tuple(_point(point, point.text, where) for point in points),
        _("{n} min").format(n=total) if total else "",
        source=where,
    )


def _points(content: BriefContent, kind: PointKind) -> list[PointRow]:
    return [point for point in for_colleague(content.points) if point.kind is kind]


def _point(point: PointRow, text: str, where: Source | None, group: str = "") -> BriefLine:
    return BriefLine(
        f"point:{point.id}",
        text,
        point,
        where,
        basis_of(point.text, point.answer, point.minutes, point.person_id),
        group=group,
        importance=1,
        person_id=point.person_id,
    )


def _promises(content: BriefContent, places: Places) -> BriefSection:
    promises = for_colleague(content.promises)
    where = places.account("promises")
    titles = {Side.OURS: _("Ours"), Side.THEIRS: _("Theirs")}
    lines = tuple(
        BriefLine(
            f"promise:{each.id}",
            _with_name(each.text, each.person),
            each,
            where,
            basis_of(each.side, each.text, each.person, each.due_on),
            group=titles[each.side],
            importance=_urgency(each),
        )
        for side in titles
        for each in promises.rows
        if each.side is side
    )
    late = sum(1 for each in promises.rows if each.days_late)
    return BriefSection(
        SectionKey.PROMISES,
        _("Open promises"),
        lines,
        _("{n} late").format(n=late) if late else "",
        _("Nothing is open on either side."),
        promises.more,
        where,
    )


def _urgency(promise: Promise) -> int:
    return 2 if promise.days_late else int(promise.due_on is not None)


def _with_name(text: str, name: str) -> str:
    return f"{apart(text)} ({apart(name)})" if name else text


def _actions(content: BriefContent, places: Places) -> BriefSection:
    tasks = for_colleague(content.actions)
    where = places.account("actions")
    lines = tuple(
        BriefLine(
            f"action:{each.id}",
            _with_name(each.text, each.owner),
            each,
            where,
            basis_of(each.text, each.owner, each.due_on),
            importance=2 if each.days_late else int(each.due_on is not None),
        )
        for each in tasks.rows
    )
    late = sum(1 for each in tasks.rows if each.days_late)
    point = _("{n} late").format(n=late) if late else ""
    title = _("Our open actions")
    return BriefSection(SectionKey.ACTIONS, title, lines, point, more=tasks.more, source=where)


def _questions(content: BriefContent, places: Places) -> BriefSection:
    written = _points(content, PointKind.QUESTION)
    where = places.meeting("questions")
    proposals = for_colleague(content.questions)
    known_texts = {_in_one(point.text) for point in written}
    proposed = [(each, remark_text(each)) for each in proposals]
    proposed = [(each, text) for each, text in proposed if _in_one(text) not in known_texts]
    both = bool(written and proposed)
    lines = [
        _point(point, _question(point), where, _("Written down") if both else "")
        for point in written
    ]
    group = _("Proposed: unknown or long ago") if both else ""
    lines += [_remark("question", each, text, places, group) for each, text in proposed]
    return BriefSection(SectionKey.QUESTIONS, _("Questions to ask"), tuple(lines), source=where)


def _question(point: PointRow) -> str:
    return _answered(_with_name(_in_one(point.text), point.person_name), point.answer)


def _answered(text: str, answer: str) -> str:
    """What was said on the first line, what is said to it on those below."""
    return f"{text}\n{answer.strip()}" if answer.strip() else text


def _in_one(text: str) -> str:
    return " ".join(text.split())


def _objections(content: BriefContent, places: Places) -> BriefSection:
    where = places.meeting("objections")
    lines = tuple(
        _point(point, _answered(_in_one(point.text), point.answer), where)
        for point in _points(content, PointKind.OBJECTION)
    )
    open_ones = sum(1 for each in _points(content, PointKind.OBJECTION) if not each.answer.strip())
    point = _("{n} without an answer").format(n=open_ones) if open_ones else ""
    title = _("Objections and our answers")
    return BriefSection(SectionKey.OBJECTIONS, title, lines, point, source=where)


def _changes(content: BriefContent, places: Places) -> BriefSection:
    changes = for_colleague(content.changes)
    return BriefSection(
        SectionKey.CHANGES,
        changes_title(changes),
        tuple(change_lines(changes, places)),
        empty=_("Nothing has been recorded."),
        more=changes.listed.more + changes.people.more,
        source=places.account("timeline"),
    )


def _health(content: BriefContent, places: Places) -> BriefSection:
    health = for_colleague(content.health)
    where = places.health()

    def line(figure: Figure, name: str, text: str, at: int = 0, *, basis: str = "") -> BriefLine:
        worded = figure is Figure.VETO
        return BriefLine(
            f"health:{name}", text, HealthFigure(figure, at), where, basis, rewordable=worded
        )

    lines = [line(Figure.SCORE, "score", _("Score and band"))]
    lines += [
        line(Figure.VETO, f"veto:{veto.name}", veto_reason(veto), at, basis=basis_of(veto))
        for at, veto in enumerate(health.vetoes)
    ]
    lines += [
        line(Figure.STEP, f"step:{step.key}", step_name(step.key), at)
        for at, step in enumerate(waterfall(health))
    ]
    if sum(1 for value in for_colleague(content.health_trend) if value is not None) > 1:
        lines.append(line(Figure.TREND, "trend", _("Twelve months")))
    return BriefSection(SectionKey.HEALTH, _("Health"), tuple(lines), known(health), source=where)


def _risks(content: BriefContent, places: Places) -> BriefSection:
    lines = tuple(
        _remark("risk", each, remark_text(each), places) for each in for_colleague(content.risks)
    )
    return BriefSection(SectionKey.RISKS, _("Risks"), lines)


def _remark(family: str, remark: Remark, text: str, places: Places, group: str = "") -> BriefLine:
    # Days that go by by themselves are no new facts.
    count = 0 if remark.kind in _COUNTS_DAYS else remark.count
    about = remark.id or basis_of(remark.about)
    return BriefLine(
        f"{family}:{remark.kind}:{about}",
        text,
        remark,
        _remark_source(remark, places),
        basis_of(remark.kind, remark.about, remark.on, count),
        group=group,
        person_id=remark.id or None if remark.kind in _OF_PEOPLE else None,
    )


_COUNTS_DAYS = {RemarkKind.SILENCE, RemarkKind.NOTICE_SOON, RemarkKind.THEIRS_LATE}
_OF_PEOPLE = {
    RemarkKind.OPPONENT,
    RemarkKind.SUPPORT_UNKNOWN,
    RemarkKind.INFLUENCE_UNKNOWN,
    RemarkKind.ROLE_UNKNOWN,
    RemarkKind.SUPPORT_FADED,
    RemarkKind.INFLUENCE_FADED,
    RemarkKind.LEVEL_FADED,
}
_PARTS = {
    RemarkKind.OURS_LATE: "promises",
    RemarkKind.THEIRS_LATE: "promises",
    RemarkKind.NOTICE_SOON: "contracts",
    RemarkKind.CONTRACT_ENDED: "contracts",
    RemarkKind.RENEWAL: "contracts",
    RemarkKind.DEAL_OVERDUE: "opportunities",
    RemarkKind.SILENCE: "timeline",
}


def _remark_source(remark: Remark, places: Places) -> Source:
    part = _PARTS.get(remark.kind)
    return places.account(part) if part else places.person(remark.id)


def _preparation(content: BriefContent, places: Places) -> BriefSection:
    checklist = for_colleague(content.checklist)
    title = _("Preparation")
    if checklist is None:
        return BriefSection(SectionKey.PREPARATION, title, ())
    where = places.meeting("checklist")
    lines = tuple(
        BriefLine(f"item:{each.id}", each.text, each, where, basis_of(each.text))
        for each in checklist.open
    )
    total = checklist.done + len(checklist.open)
    point = _("{done} of {total} done").format(done=checklist.done, total=total)
    empty = _("All prepared.")
    return BriefSection(SectionKey.PREPARATION, title, lines, point, empty, source=where)


def _deals(content: BriefContent, places: Places) -> BriefSection:
    deals = for_colleague(content.deals)
    where = places.account("opportunities")
    lines = tuple(
        BriefLine(f"deal:{deal.id}", _deal_text(deal), deal, where, basis_of(deal), deal.name)
        for deal in deals.listed.rows
    )
    return BriefSection(
        SectionKey.DEALS,
        _("Open opportunities"),
        lines,
        money_list(dict(deals.totals)),
        _("No open opportunity."),
        deals.listed.more,
        where,
    )


def _deal_text(deal: DealRow) -> str:
    chance = "" if deal.probability is None else percent(deal.probability / 100)
    closes = _("closes {day}").format(day=date(deal.close_on)) if deal.close_on else ""
    return pieces(deal.stage, chance, closes)


def _contracts(content: BriefContent, places: Places) -> BriefSection:
    contracts = for_colleague(content.contracts)
    where = places.account("contracts")
    lines = tuple(
        BriefLine(
            f"contract:{each.id}", _contract_text(each), each, where, basis_of(each), each.name
        )
        for each in contracts.rows
    )
    return BriefSection(
        SectionKey.CONTRACTS, _("Contracts"), lines, more=contracts.more, source=where
    )


def _contract_text(each: ContractRow) -> str:
    ends = _("ends {day}").format(day=date(each.ends_on)) if each.ends_on else _("no end date")
    notice = _("notice by {day}").format(day=date(each.notice_on)) if each.notice_on else ""
    return pieces(ends, notice)


def _revenue(content: BriefContent, places: Places) -> BriefSection:
    revenues = for_colleague(content.revenue)
    where = places.account("revenue")
    lines = tuple(
        BriefLine(
            f"revenue:{each.currency}",
            _("Chart from {month} in {currency}").format(
                month=month(each.months[0]), currency=each.currency
            ),
            each,
            where,
            rewordable=False,
        )
        for each in revenues
    )
    totals = {
        each.currency: sum(amount for amount in each.minor if amount is not None)
        for each in revenues
    }
    title = _("Revenue by month") if revenues else _("Revenue")
    empty = _("No revenue in the last year.")
    return BriefSection(SectionKey.REVENUE, title, lines, money_list(totals), empty, source=where)


_SECTIONS: Sequence[Callable[[BriefContent, Places], BriefSection]] = (
    _aim,
    _who,
    _agenda,
    _promises,
    _actions,
    _questions,
    _objections,
    _changes,
    _health,
    _risks,
    _preparation,
    _deals,
    _contracts,
    _revenue,
)
