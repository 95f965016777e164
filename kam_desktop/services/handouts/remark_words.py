"""How risks and questions read."""

from __future__ import annotations

import datetime as dt

from kam_desktop.services.formatting import date
from kam_desktop.services.handouts.clean import apart
from kam_desktop.services.handouts.content import Remark, RemarkKind
from kam_desktop.services.i18n import _, ngettext


def remark_text(remark: Remark) -> str:
    """A risk or a question as one sentence; texts of the user stand as they were typed."""
    about = apart(remark.about.strip()) or _("unnamed")
    return _sentence(remark).format(about=about, n=remark.count, day=_day(remark.on))


def _sentence(remark: Remark) -> str:
    count = remark.count
    sentences = {
        RemarkKind.OPPONENT: _("{about} is against us, with influence {n} of 10."),
        RemarkKind.OURS_LATE: ngettext(
            "One of our promises is late.", "{n} of our promises are late.", count
        ),
        RemarkKind.NOTICE_SOON: ngettext(
            "Last day to give notice on {about} in {n} day ({day}).",
            "Last day to give notice on {about} in {n} days ({day}).",
            count,
        ),
        RemarkKind.CONTRACT_ENDED: _("{about} ended on {day}."),
        RemarkKind.DEAL_OVERDUE: _("{about} should have closed by {day}."),
        RemarkKind.SILENCE: _("No contact for {n} days."),
        RemarkKind.NO_ECONOMIC_BUYER: _("Who is the economic buyer?"),
        RemarkKind.NO_CHAMPION: _("Who could speak for us when we are not there?"),
        RemarkKind.SUPPORT_UNKNOWN: _("Where does {about} stand?"),
        RemarkKind.INFLUENCE_UNKNOWN: _("How much influence does {about} have?"),
        RemarkKind.SUPPORT_FADED: _("Has {about}’s view of us changed since {day}?"),
        RemarkKind.INFLUENCE_FADED: _("Does {about} still have as much influence as on {day}?"),
        RemarkKind.LEVEL_FADED: _("What does {about} see in us today? Last judged on {day}."),
        RemarkKind.ROLE_UNKNOWN: _("What part does {about} play in the decision?"),
        RemarkKind.SEAT_VACANT: _("Who will take the vacant seat: {about}?"),
        RemarkKind.THEIRS_LATE: _("They promised, due {day}: {about}. When will it come?"),
        RemarkKind.RENEWAL: _("{about} ends on {day}. Will they renew?"),
        RemarkKind.NOBODY_KNOWN: _("Who decides here? Nobody is on the map yet."),
    }
    return sentences[remark.kind]


def _day(day: dt.date | None) -> str:
    return date(day) if day else ""
