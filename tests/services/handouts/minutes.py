"""Minutes to try the paper and the e-mail with."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.vocabulary import Side, TeamRole
from kam_desktop.services.handouts.audience import ClientSafe
from kam_desktop.services.handouts.minutes import MinutesContent, NextStep, Occasion
from kam_desktop.services.queries.minutes import Agreed, FollowingMeeting, Present

STARTS = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def minutes_of(
    *,
    title: str = "Oil proposal",
    agreed: str = "The pilot goes on until March.\nBoth sides name one person for questions.",
    promise: str = "Send the price list",
    person: str = "Elena Rossi",
    email: str = "elena@aurora.example",
) -> MinutesContent:
    """Minutes with something in every part."""
    return MinutesContent(
        made_on=ClientSafe(dt.date(2026, 11, 24)),
        occasion=ClientSafe(
            Occasion("Aurora Foods", title, STARTS, "Europe/Rome", 60, "Milan, room 4")
        ),
        present=ClientSafe(
            (
                Present(person, "Head of purchasing", Side.THEIRS, email),
                Present("Kenji Mori", "", Side.THEIRS, ""),
                Present("Ana Pop", "", Side.OURS, "ana@northern.example", TeamRole.KAM, True),
                Present("Ben Li", "", Side.OURS, "ben@northern.example", TeamRole.EXPERT),
            )
        ),
        agenda=ClientSafe(("Welcome", "Pilot results")),
        agreed=ClientSafe(agreed),
        promises=ClientSafe(
            (
                Agreed(Side.OURS, promise, "", dt.date(2026, 11, 27)),
                Agreed(Side.THEIRS, "Name the buyer", person, None),
            )
        ),
        next_step=ClientSafe(
            NextStep(
                "Visit the plant",
                dt.date(2026, 12, 4),
                FollowingMeeting(
                    "Plant visit", dt.datetime(2026, 12, 9, 8, 0, tzinfo=dt.UTC), "Europe/Rome"
                ),
            )
        ),
    )


def empty_minutes() -> MinutesContent:
    """A meeting of which nothing was written down."""
    return MinutesContent(
        made_on=ClientSafe(dt.date(2026, 11, 24)),
        occasion=ClientSafe(Occasion("Aurora Foods", "Talk", STARTS, "UTC", 30, "")),
        present=ClientSafe(()),
        agenda=ClientSafe(()),
        agreed=ClientSafe(""),
        promises=ClientSafe(()),
        next_step=ClientSafe(NextStep("", None, None)),
    )
