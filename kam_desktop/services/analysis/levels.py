"""The relationship levels as a way: from where somebody sees us now to where they should.

vendor → credible source → problem solver → trusted adviser (product rules, section 1).
"""

from __future__ import annotations

from kam_desktop.models.vocabulary import RelationshipLevel

_WAY = tuple(RelationshipLevel)


def next_level(
    now: RelationshipLevel | str | None, wanted: RelationshipLevel | str | None
) -> RelationshipLevel | None:
    """The next level on the way; None when it is reached, or where one end is not known."""
    if not now or not wanted:
        return None
    at, goal = _WAY.index(RelationshipLevel(now)), _WAY.index(RelationshipLevel(wanted))
    return _WAY[at + 1] if at < goal else None
