"""How many promises were kept in time, in words."""

from __future__ import annotations

from kam_desktop.services.analysis.on_time import OnTime
from kam_desktop.services.formatting import joined, number
from kam_desktop.services.i18n import _, ngettext


def on_time_text(found: OnTime) -> str:
    """``8 of 10 in time``; that it is unknown when nothing fell due."""
    if found.ratio is None:
        return _("Unknown: nothing fell due")
    counted = number(found.counted)
    return _("{kept} of {all} in time").format(kept=number(found.in_time), all=counted)


def on_time_rest(found: OnTime) -> str:
    """What became of the others: late, broken, still open, withdrawn, without a date."""
    undated = found.undated_kept + found.undated_broken
    return joined(
        text.format(n=number(count))
        for count, text in (
            (found.late, ngettext("{n} kept late", "{n} kept late", found.late)),
            (found.broken, ngettext("{n} broken", "{n} broken", found.broken)),
            (found.overdue, ngettext("{n} late and open", "{n} late and open", found.overdue)),
            (found.withdrawn, ngettext("{n} withdrawn", "{n} withdrawn", found.withdrawn)),
            (undated, ngettext("{n} without a date", "{n} without a date", undated)),
        )
        if count
    )
