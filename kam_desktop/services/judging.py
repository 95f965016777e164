"""“How do I judge this?”: the questions in the user's language, and what the answers mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from kam_desktop.models.vocabulary import ClaimField, Support
from kam_desktop.services.analysis.judging import (
    Answer,
    Questionnaire,
    Suggestion,
    parse_questionnaire,
)
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.resources import resource_path
from kam_desktop.services.words import word

GUIDED = (ClaimField.SUPPORT, ClaimField.INFLUENCE)
"""The fields there are questions on."""


def questionnaire(field: ClaimField) -> Questionnaire:
    """The questions on ``field``, worded in the current language."""
    asked = parse_questionnaire(_body(), field)
    worded = tuple(replace(each, text=_(each.text)) for each in asked.questions)
    return replace(asked, questions=worded)


@cache
def _body() -> dict[str, Any]:
    text = resource_path("templates", "judging.json").read_text(encoding="utf-8")
    body: dict[str, Any] = json.loads(text)
    return body


def suggested_words(field: ClaimField, suggestion: Suggestion) -> str:
    """The suggested value in words, e.g. “Supporter, probable” or “7 of 10, unsure”."""
    if suggestion.value is None or suggestion.confidence is None:
        return word(None).capitalize()
    if field is ClaimField.SUPPORT:
        value = word(Support(suggestion.value))
    else:
        value = _("{value} of 10").format(value=suggestion.value)
    return _("{value}, {confidence}").format(
        value=value, confidence=word(suggestion.confidence).lower()
    )


def reasons(suggestion: Suggestion) -> str:
    """Why this is suggested, or what is still missing, in sentences."""
    if suggestion.value is None:
        return ngettext(
            "{answered} of {asked} answered. At least {count} more answer is needed.",
            "{answered} of {asked} answered. At least {count} more answers are needed.",
            suggestion.missing,
        ).format(answered=suggestion.answered, asked=suggestion.asked, count=suggestion.missing)
    parts = [
        _("Signs for it: {seen} of {answered} seen.").format(
            seen=suggestion.signs_for.seen, answered=suggestion.signs_for.answered
        ),
        _("Signs against it: {seen} of {answered} seen.").format(
            seen=suggestion.signs_against.seen, answered=suggestion.signs_against.answered
        ),
        _("{answered} of {asked} answered.").format(
            answered=suggestion.answered, asked=suggestion.asked
        ),
    ]
    if suggestion.mixed:
        parts.append(_("The signs point both ways; ask somebody who knows them."))
    return " ".join(parts)


def answers_note(asked: Questionnaire, answers: Mapping[str, Answer]) -> str:
    """The answers as they are kept with the claim, one to a line, without what is not known."""
    said = {Answer.YES: _("Yes: {question}"), Answer.NO: _("No: {question}")}
    return "\n".join(
        said[answers[each.key]].format(question=each.text)
        for each in asked.questions
        if answers.get(each.key) in said
    )
