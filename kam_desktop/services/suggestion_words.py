"""Suggestions in words: what, why, and what confirming does."""

from __future__ import annotations

from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT
from kam_desktop.services.analysis.suggestions import Suggestion, SuggestionKind
from kam_desktop.services.formatting import date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.insight_lines import centre_name, inline
from kam_desktop.services.queries.map_analysis import AccountThinking
from kam_desktop.services.words import word

CHANGES = frozenset(
    {
        SuggestionKind.TIE_BY_TITLE,
        SuggestionKind.TIE_BY_TOUCHES,
        SuggestionKind.MISSING_ROLE,
        SuggestionKind.LEFT_WITH_ROLE,
    }
)
"""Kinds whose confirmation changes the map; the others lead to the place where one answers."""


def suggestion_text(thinking: AccountThinking, suggestion: Suggestion) -> str:
    """What is suggested."""
    called = [inline(thinking.name_of(each)) for each in suggestion.people]
    one = called[0] if called else ""
    other = called[1] if len(called) > 1 else ""
    kind = suggestion.kind
    if kind is SuggestionKind.MISSING_ROLE:
        return _missing(thinking, suggestion)
    return {
        SuggestionKind.LEFT_WITH_ROLE: _("{one} has left but still holds decision roles"),
        SuggestionKind.NO_SPONSOR: _("Nobody of ours is the account’s executive sponsor"),
        SuggestionKind.UNKNOWN_INFLUENCE: _("How much influence has {one}?"),
        SuggestionKind.UNKNOWN_SUPPORT: _("How does {one} stand to us?"),
        SuggestionKind.CADENCE_OVERDUE: _("A contact with {one} is due"),
        SuggestionKind.FADED: _("Is this still true of {one}?"),
        SuggestionKind.TIE_BY_TITLE: _("{one} seems to report to {other}"),
        SuggestionKind.TIE_BY_TOUCHES: _("{one} and {other} seem to know each other"),
    }[kind].format(one=one, other=other)


def _missing(thinking: AccountThinking, suggestion: Suggestion) -> str:
    assert suggestion.role is not None, "a missing role has one"
    if suggestion.centre_id == WHOLE_ACCOUNT:
        return _("Who is the {role}?").format(role=word(suggestion.role).lower())
    where = inline(centre_name(thinking, suggestion.centre_id))
    text = _("Who is the {role} in {where}?")
    return text.format(role=word(suggestion.role).lower(), where=where)


def suggestion_reason(suggestion: Suggestion) -> str:
    """Why it is suggested."""
    return _REASONS[suggestion.kind](suggestion)


def confirm_text(suggestion: Suggestion) -> str:
    """What the button says that confirms it."""
    return {
        SuggestionKind.LEFT_WITH_ROLE: _("Take the roles away"),
        SuggestionKind.MISSING_ROLE: _("Add a vacant seat"),
        SuggestionKind.NO_SPONSOR: _("Choose one"),
        SuggestionKind.UNKNOWN_INFLUENCE: _("Judge"),
        SuggestionKind.UNKNOWN_SUPPORT: _("Judge"),
        SuggestionKind.CADENCE_OVERDUE: _("Open"),
        SuggestionKind.FADED: _("Look again"),
        SuggestionKind.TIE_BY_TITLE: _("Add the tie"),
        SuggestionKind.TIE_BY_TOUCHES: _("Add the tie"),
    }[suggestion.kind]


def tie_note(suggestion: Suggestion) -> str:
    """The note kept with a tie that was suggested."""
    return suggestion_reason(suggestion)


def _left(suggestion: Suggestion) -> str:
    if suggestion.on is None:
        return _("Somebody else plays them now.")
    return _("Left on {day}.").format(day=date(suggestion.on))


def _role_open(suggestion: Suggestion) -> str:
    text = ngettext(
        "{n} is needed and not known. A vacant seat keeps the question in sight.",
        "{n} are needed and not known. A vacant seat keeps the question in sight.",
        suggestion.count,
    )
    return text.format(n=suggestion.count)


def _no_sponsor(_suggestion: Suggestion) -> str:
    return _("Somebody of our management should be there for their management.")


def _unknown_influence(_suggestion: Suggestion) -> str:
    return _("Plays a deciding role; without it coverage leaves them out.")


def _unknown_support(_suggestion: Suggestion) -> str:
    return _("Much hangs on them, and nobody said how they stand.")


def _overdue(suggestion: Suggestion) -> str:
    if suggestion.on is None:
        return _("A rhythm is agreed, and no contact is recorded yet.")
    text = ngettext(
        "{n} day over the agreed rhythm.", "{n} days over the agreed rhythm.", suggestion.count
    )
    return text.format(n=suggestion.count)


def _faded(suggestion: Suggestion) -> str:
    assert suggestion.field is not None, "a faded judgement is of a field"
    assert suggestion.on is not None, "a faded judgement has a day"
    text = _("{what} was last judged on {day}, too long ago to rely on.")
    return text.format(what=word(suggestion.field), day=date(suggestion.on))


def _title_names(_suggestion: Suggestion) -> str:
    return _("The title names them.")


def _met(suggestion: Suggestion) -> str:
    together = suggestion.together
    assert together is not None, "a tie by touches has the occasions"
    day = date(together.last)
    talks = ngettext("{n} meeting or talk", "{n} meetings or talks", together.talks)
    mails = ngettext("{n} e-mail", "{n} e-mails", together.mails)
    both = _("{talks} and {mails}") if together.talks and together.mails else "{talks}{mails}"
    what = both.format(
        talks=talks.format(n=together.talks) if together.talks else "",
        mails=mails.format(n=together.mails) if together.mails else "",
    )
    return _("Together in {what}, last on {day}.").format(what=what, day=day)


_REASONS = {
    SuggestionKind.LEFT_WITH_ROLE: _left,
    SuggestionKind.MISSING_ROLE: _role_open,
    SuggestionKind.NO_SPONSOR: _no_sponsor,
    SuggestionKind.UNKNOWN_INFLUENCE: _unknown_influence,
    SuggestionKind.UNKNOWN_SUPPORT: _unknown_support,
    SuggestionKind.CADENCE_OVERDUE: _overdue,
    SuggestionKind.FADED: _faded,
    SuggestionKind.TIE_BY_TITLE: _title_names,
    SuggestionKind.TIE_BY_TOUCHES: _met,
}
