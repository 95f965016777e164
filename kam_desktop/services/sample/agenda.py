"""The sample's meetings with their checklists, a document, and the scores kept month by month."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.registry import ChecklistItem, HealthSnapshot
from kam_desktop.models.vocabulary import (
    ChecklistState,
    InteractionKind,
    MeetingType,
    PointKind,
    RatingCriterion,
)
from kam_desktop.services.analysis.health import explanation
from kam_desktop.services.checklists import set_item_state
from kam_desktop.services.documents import add_document
from kam_desktop.services.meeting_points import add_point
from kam_desktop.services.meetings import add_meeting, record_outcome
from kam_desktop.services.queries.health import account_health
from kam_desktop.services.ratings import rate_meeting
from kam_desktop.services.sample.cast import Data, Stage, days
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from kam_desktop.services.zones import LocalTime

_DOCUMENT = "Pilot at Lodi\n\nFictional figures of the sample portfolio.\nEnergy per tonne: -18 %\n"


def add_agenda(work: UnitOfWork, stage: Stage) -> None:
    """Meetings before and after today."""
    zones = {source["key"]: source["zone"] for source in stage.data["accounts"]}
    for source in stage.data["meetings"]:
        _add_meeting(work, stage, source, zones[source["account"]])
    add_document(
        work,
        stage.accounts["aurora"],
        name="Pilot report.txt",
        content=_DOCUMENT.encode(),
        media_type="text/plain",
    )


def _add_meeting(work: UnitOfWork, stage: Stage, source: Data, zone: str) -> None:
    seats = stage.seats[source["account"]]
    day = _working_day(work.today + days(source["days"]))
    meeting_id = add_meeting(
        work,
        stage.accounts[source["account"]],
        MeetingType(source["type"]),
        LocalTime(dt.datetime.combine(day, dt.time(source["hour"])), zone),
        minutes=source["minutes"],
        person_ids=[seats[key] for key in source["people"]],
        team_member_ids=[stage.team["me"]],
        place=source["place"],
        objective_ours=source["ours"],
        objective_theirs=source["theirs"],
    )
    work.flush()
    _tick(work, meeting_id, source["done"])
    for point in source.get("points", ()):
        details = {key: point[key] for key in ("minutes", "answer") if key in point}
        add_point(work, meeting_id, PointKind(point["kind"]), point["text"], **details)
        work.flush()
    names = {member["key"]: member["name"] for member in stage.data["team"]}
    for given in source.get("ratings", ()):
        scores = {criterion: given[criterion.value] for criterion in RatingCriterion}
        rate_meeting(work, meeting_id, names[given["who"]], scores)
    if "outcome" in source:
        record_outcome(
            work,
            meeting_id,
            outcome=source["outcome"],
            next_step=source["next"],
            touch=InteractionKind.VISIT,
        )


def _working_day(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend; tomorrow's meeting stays tomorrow's."""
    return day + days({5: 2, 6: 1}.get(day.weekday(), 0))


def _tick(work: UnitOfWork, meeting_id: str, count: int) -> None:
    items = (
        work.session.query(ChecklistItem)
        .filter(ChecklistItem.meeting_id == meeting_id)
        .order_by(ChecklistItem.position)
    )
    for item in items[:count]:
        set_item_state(work, item.id, ChecklistState.DONE)


def add_snapshots(work: UnitOfWork, stage: Stage) -> None:
    """The score of each quarter's end, as it would have been kept then."""
    rows = []
    for account_id in stage.accounts.values():
        for quarter in range(4, -1, -1):
            on = work.today - days(90 * quarter)
            card = account_health(work.reader, account_id, on)
            if card is None or card.health.score is None:
                continue
            rows.append(
                {
                    "account_id": account_id,
                    "on": on,
                    "score": card.health.score,
                    "coverage": card.health.coverage,
                    "rules_version": card.health.rules_version,
                    "explanation": explanation(card.health),
                }
            )
    work.bulk_insert(HealthSnapshot, rows)
