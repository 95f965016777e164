"""How much of each section is shown; the brief is set again with less until it fits two pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Most rows of each list (promises and questions: of each group), most lines of one text."""

    people: int
    promises: int
    remarks: int
    changes: int
    side: int
    lines: int


STEPS = (
    Limits(people=24, promises=12, remarks=10, changes=14, side=6, lines=3),
    Limits(people=14, promises=8, remarks=8, changes=10, side=5, lines=2),
    Limits(people=10, promises=5, remarks=6, changes=6, side=3, lines=2),
    Limits(people=8, promises=3, remarks=5, changes=4, side=2, lines=1),
)
"""From all to least; the last fits two pages of either paper whatever the content."""
