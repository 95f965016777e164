"""What is changed of tenders, gates and recurring reviews, each in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kam_desktop.models.vocabulary import Rhythm
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.tenders import GateRow, ReviewRow, TenderRow


def add_tender(work: Any, account_id: str, values: dict[str, Any]) -> str:
    """Add a tender with its gates."""
    from kam_desktop.services import tenders

    return tenders.add_tender(
        work,
        account_id,
        values["name"],
        _day(values["award_on"], "award_on"),
        opportunity_id=values["opportunity_id"],
    )


def change_tender(work: Any, tender_id: str, values: dict[str, Any]) -> None:
    """Change what a tender is called and about; another award moves the gates still ahead."""
    from kam_desktop.services import tenders

    tenders.rename_tender(work, tender_id, values["name"])
    tenders.move_award(work, tender_id, _day(values["award_on"], "award_on"))
    tenders.link_tender(work, tender_id, values["opportunity_id"])


def add_gate(work: Any, tender_id: str, values: dict[str, Any]) -> str:
    """Add a gate to a tender."""
    from kam_desktop.services import tenders

    return tenders.add_gate(work, tender_id, values["name"], _day(values["on"], "on"))


def change_gate(work: Any, gate_id: str, values: dict[str, Any]) -> None:
    """Change what a gate is called, and its day."""
    from kam_desktop.services import tenders

    tenders.set_gate(work, gate_id, name=values["name"], on=_day(values["on"], "on"))


def add_review(work: Any, account_id: str, values: dict[str, Any]) -> str:
    """Add a recurring review."""
    from kam_desktop.services import tenders

    day = _day(values["next_on"], "next_on")
    return tenders.add_internal_review(
        work, account_id, values["name"], Rhythm(values["rhythm"]), day
    )


def change_review(work: Any, review_id: str, values: dict[str, Any]) -> None:
    """Change a recurring review."""
    from kam_desktop.services import tenders

    tenders.change_internal_review(
        work,
        review_id,
        name=values["name"],
        rhythm=Rhythm(values["rhythm"]),
        next_on=_day(values["next_on"], "next_on"),
    )


def simple_change(
    name: str, row: TenderRow | GateRow | ReviewRow
) -> tuple[str, Callable[..., None]]:
    """The label of the undo step and the change that a key on a line makes."""
    if name == "delete":
        if isinstance(row, TenderRow):
            return _("Delete a tender"), _delete_tender
        if isinstance(row, GateRow):
            return _("Delete a gate"), _delete_gate
        return _("Delete a recurring review"), _delete_review
    return {
        "reach": (_("Reach a gate"), _reach),
        "unreach": (_("Take back that a gate was reached"), _unreach),
        "held": (_("Hold a review"), _hold),
    }[name]


def _reach(work: Any, gate_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.pass_gate(work, gate_id)


def _unreach(work: Any, gate_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.pass_gate(work, gate_id, passed=False)


def _hold(work: Any, review_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.hold_internal_review(work, review_id)


def _delete_tender(work: Any, tender_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.delete_tender(work, tender_id)


def _delete_gate(work: Any, gate_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.delete_gate(work, gate_id)


def _delete_review(work: Any, review_id: str) -> None:
    from kam_desktop.services import tenders

    tenders.delete_internal_review(work, review_id)


def _day(day: Any, field: str) -> Any:
    if day is None:
        raise UserError(_("Say on which day."), field=field)
    return day
