"""How health is coloured; a word or a number always stands beside the colour."""

from __future__ import annotations

from kam_desktop.services.analysis.health import Band
from kam_desktop.ui.theme import State

BAND_STATES = {
    Band.GOOD: State.GOOD,
    Band.WATCH: State.WARN,
    Band.BAD: State.BAD,
    Band.UNKNOWN: State.PLAIN,
}


def score_state(score: float | None) -> State:
    """The colour of one group's or indicator's score, by the usual bands (67 and 34)."""
    if score is None:
        return State.PLAIN
    shown = round(score)
    if shown >= 67:
        return State.GOOD
    return State.WARN if shown >= 34 else State.BAD
