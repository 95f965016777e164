"""“How do I judge this?”: what was seen leads to a value, or honestly to none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import ClaimField, Confidence
from kam_desktop.services import judging
from kam_desktop.services.analysis.judging import Answer, Question, Questionnaire, Sign, suggest
from kam_desktop.services.resources import resource_path
from kam_desktop.services.template_messages import extract

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SUPPORT, INFLUENCE = ClaimField.SUPPORT, ClaimField.INFLUENCE


def answers(field: ClaimField, **said: Answer) -> dict[str, Answer]:
    """Everything *no* but what is said."""
    return {each.key: said.get(each.key, NO) for each in judging.questionnaire(field).questions}


def four(field: ClaimField) -> Questionnaire:
    """Two signs for and two against, of 3 points and 1 each."""
    return Questionnaire(
        field,
        (
            Question("a", Sign.FOR, 3, "A?"),
            Question("b", Sign.FOR, 1, "B?"),
            Question("c", Sign.AGAINST, 3, "C?"),
            Question("d", Sign.AGAINST, 1, "D?"),
        ),
        enough=0.5,
        probable=0.75,
        sure=1.0,
    )


# Worked examples of the formulas in analysis/judging (our own): support 2·(f − a), influence
# 10·f·(1 − a/2), f and a the shares of points of answered signs.
@pytest.mark.parametrize(
    ("said", "support", "influence"),
    [
        ("yynn", 2, 10),  # f = 1, a = 0
        ("nnyy", -2, 0),  # f = 0, a = 1
        ("nnnn", 0, 0),  # no sign either way is known to be none
        ("yyyy", 0, 5),  # f = a = 1: 10 · 1 · ½
        ("ynnn", 1, 7),  # f = ¾: 1.5 and 7.5, the half goes to the lesser
        ("nynn", 0, 2),  # f = ¼: 0.5 and 2.5
        ("ynny", 1, 7),  # f = ¾, a = ¼: 1.0 and 6.5625
        ("nyyn", -1, 2),  # f = ¼, a = ¾: −1.0 and 1.5625
        ("y?n?", 2, 10),  # f = 3/3, a = 0/3
    ],
)
def test_worked_examples(said: str, support: int, influence: int) -> None:
    meaning = {"y": YES, "n": NO, "?": UNKNOWN}
    given_ = {key: meaning[each] for key, each in zip("abcd", said, strict=True)}
    assert suggest(four(SUPPORT), given_).value == support
    assert suggest(four(INFLUENCE), given_).value == influence


@pytest.mark.parametrize(
    ("known", "confidence", "missing"),
    [
        ("", None, 2),
        ("bd", None, 1),  # 2 of 8 points
        ("a", None, 1),
        ("ab", Confidence.LOW, 0),  # 4 of 8
        ("ac", Confidence.MEDIUM, 0),  # 6 of 8
        ("abcd", Confidence.HIGH, 0),
    ],
)
def test_confidence_comes_from_the_share_answered_and_too_little_is_unknown(
    known: str, confidence: Confidence | None, missing: int
) -> None:
    found = suggest(four(SUPPORT), {key: YES if key in "ab" else NO for key in known})
    assert (found.confidence, found.missing) == (confidence, missing)
    assert (found.value is None) == (confidence is None)


def test_signs_on_both_sides_are_said_and_trusted_less() -> None:
    found = suggest(four(SUPPORT), dict.fromkeys("abcd", YES))
    assert found.mixed
    assert found.confidence is Confidence.LOW
    assert "both ways" in judging.reasons(found)


def test_a_mentor_an_opponent_and_somebody_we_know_nothing_of() -> None:
    asked = judging.questionnaire(SUPPORT)
    mentor = answers(SUPPORT, defends=YES, warns=YES, opens_doors=YES, shares=YES, makes_time=YES)
    opponent = answers(SUPPORT, blocks=YES, speaks_against=YES, prefers_other=YES, withholds=YES)
    assert suggest(asked, mentor).value == 2
    assert suggest(asked, opponent).value == -2
    polite = answers(SUPPORT, makes_time=YES, shares=YES)
    assert suggest(asked, polite).value == 0
    nothing = suggest(asked, {})
    assert nothing.value is None
    assert judging.suggested_words(SUPPORT, nothing) == "Unknown"
    assert judging.reasons(nothing).startswith("0 of 9 answered. At least 3 more")


def test_a_title_is_not_a_say() -> None:
    asked = judging.questionnaire(INFLUENCE)
    real = answers(INFLUENCE, holds_budget=YES, can_veto=YES, followed=YES, asked_early=YES)
    signs = answers(INFLUENCE, holds_budget=YES, title_only=YES, overruled=YES, sent_ahead=YES)
    strong, weak = suggest(asked, real).value, suggest(asked, signs).value
    assert strong == 8  # 10 of 13 points: 7.7
    assert weak == 1  # 3 of 13, halved: 1.15
    assert judging.suggested_words(INFLUENCE, suggest(asked, real)) == "8 of 10, sure"


def test_the_answers_are_kept_in_words() -> None:
    asked = four(SUPPORT)
    assert judging.answers_note(asked, {"a": YES, "c": NO, "d": UNKNOWN}) == "Yes: A?\nNo: C?"


@given(
    st.sampled_from([SUPPORT, INFLUENCE]),
    st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=9, max_size=9),
)
def test_any_answers_give_a_value_of_the_scale_or_none(
    field: ClaimField, said: list[Answer]
) -> None:
    asked = judging.questionnaire(field)
    given_ = {each.key: answer for each, answer in zip(asked.questions, said, strict=True)}
    found = suggest(asked, given_)
    low, high = (-2, 2) if field is SUPPORT else (0, 10)
    assert found.value is None or low <= found.value <= high
    assert (found.value is None) == (found.missing > 0)
    # One more sign for it never lowers the value.
    for each in asked.questions:
        if each.sign is Sign.FOR and given_[each.key] is NO and found.value is not None:
            more = suggest(asked, {**given_, each.key: YES}).value
            assert more is not None
            assert more >= found.value


def test_every_question_has_its_key_and_is_collected_for_translation() -> None:
    keys = [each.key for field in judging.GUIDED for each in judging.questionnaire(field).questions]
    assert len(keys) == len(set(keys))
    path = resource_path("templates", "judging.json")
    with path.open("rb") as source:
        collected = {
            message for _line, _function, message, _comments in extract(source, [], [], {})
        }
    body = json.loads(path.read_text(encoding="utf-8"))
    assert collected == {each["text"] for field in judging.GUIDED for each in body[field.value]}


def test_questions_come_in_the_language_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_", lambda text: f"<{text}>")
    assert judging.questionnaire(SUPPORT).questions[0].text.startswith("<Do they speak")
