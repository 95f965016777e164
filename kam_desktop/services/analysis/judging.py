"""Judging support and influence by what was seen, not by a feeling.

Each question is about behaviour and is a sign *for* or *against*. With ``f`` and ``a`` the shares
of the points of answered signs that were seen, 0 … 1:

- support = 2 · (f − a), −2 … +2
- influence = 10 · f · (1 − a/2), 0 … 10: signs of little say halve it at most

both rounded to the step that claims less. The confidence follows from the share of all points that
was answered; below ``enough`` nothing is suggested, since what is not known is not neutral. The
questions, their points and these two formulas are our own defaults.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kam_desktop.models.vocabulary import ClaimField, Confidence

_MIXED = 0.5
"""When at least this share of the signs of both sides was seen, they point both ways."""


class Answer(StrEnum):
    """What the user saw."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What a *yes* speaks for."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about behaviour; ``points`` say how telling it is."""

    key: str
    sign: Sign
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions on one field, and the shares of points from which an answer is given.

    ``enough`` ≤ ``probable`` ≤ ``sure``, each 0 … 1.
    """

    field: ClaimField
    questions: tuple[Question, ...]
    enough: float
    probable: float
    sure: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """How many signs of one side were seen, of how many that were answered; ``share`` by points."""

    seen: int
    answered: int
    share: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the answers suggest. ``value`` and ``confidence`` are None while too little is known.

    ``missing`` is how many more answers would be enough at least, 0 when there are enough;
    ``mixed`` when signs were seen on both sides, which lowers the confidence.
    """

    value: int | None
    confidence: Confidence | None
    answered: int
    asked: int
    missing: int
    signs_for: Weighing
    signs_against: Weighing
    mixed: bool


def parse_questionnaire(body: Mapping[str, Any], field: ClaimField) -> Questionnaire:
    """The questions on ``field`` in ``resources/templates/judging.json``."""
    return Questionnaire(
        field,
        tuple(
            Question(entry["key"], Sign(entry["sign"]), float(entry["points"]), entry["text"])
            for entry in body[field.value]
        ),
        float(body["enough"]),
        float(body["probable"]),
        float(body["sure"]),
    )


def suggest(asked: Questionnaire, answers: Mapping[str, Answer]) -> Suggestion:
    """What ``answers``, by key of question, suggest; a question without one is not known."""
    known = [each for each in asked.questions if answers.get(each.key) in (Answer.YES, Answer.NO)]
    signs_for = _weigh(known, answers, Sign.FOR)
    signs_against = _weigh(known, answers, Sign.AGAINST)
    mixed = min(signs_for.share, signs_against.share) >= _MIXED
    share = _points(known) / _points(asked.questions)
    enough = share >= asked.enough
    return Suggestion(
        _value(asked.field, signs_for.share, signs_against.share) if enough else None,
        _confidence(asked, share, mixed=mixed) if enough else None,
        len(known),
        len(asked.questions),
        _missing(asked, known),
        signs_for,
        signs_against,
        mixed,
    )


def _weigh(known: Sequence[Question], answers: Mapping[str, Answer], sign: Sign) -> Weighing:
    side = [each for each in known if each.sign is sign]
    seen = [each for each in side if answers[each.key] is Answer.YES]
    return Weighing(len(seen), len(side), _points(seen) / _points(side) if side else 0.0)


def _points(questions: Sequence[Question]) -> float:
    return sum(each.points for each in questions)


def _value(field: ClaimField, seen_for: float, seen_against: float) -> int:
    if field is ClaimField.SUPPORT:
        return _towards_zero(2 * (seen_for - seen_against))
    return _towards_zero(10 * seen_for * (1 - seen_against / 2))


def _towards_zero(value: float) -> int:
    """The nearest whole number; a half goes to the one that claims less."""
    # Nine digits are kept, so that a share such as 0.1 + 0.2 does not tip a half over.
    return int(math.copysign(math.ceil(round(abs(value), 9) - 0.5), value))


def _confidence(asked: Questionnaire, share: float, *, mixed: bool) -> Confidence:
    if mixed or share < asked.probable:
        return Confidence.LOW
    return Confidence.HIGH if share >= asked.sure else Confidence.MEDIUM


def _missing(asked: Questionnaire, known: Sequence[Question]) -> int:
    """The least number of further answers that is enough."""
    needed = asked.enough * _points(asked.questions) - _points(known)
    open_points = sorted(
        (each.points for each in asked.questions if each not in known), reverse=True
    )
    count = 0
    while needed > 1e-9 and count < len(open_points):
        needed -= open_points[count]
        count += 1
    return count
