"""What can be chosen for an item of a checklist, in words."""

from __future__ import annotations

from kam_desktop.models.vocabulary import ChecklistCondition, TeamRole
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word


def place_words() -> dict[str, str]:
    """The places in the program where an item can be done, by the item's link."""
    return {
        "": _("nowhere in particular"),
        "account:company": _("Dossier: company"),
        "account:people": _("Dossier: people"),
        "account:map": _("Dossier: relationship map"),
        "account:promises": _("Dossier: promises"),
        "account:health": _("Dossier: health"),
        "account:documents": _("Dossier: documents"),
        "account:timeline": _("Dossier: timeline"),
        "account:opportunities": _("Dossier: opportunities"),
        "account:contracts": _("Dossier: contracts"),
        "meeting:when": _("Meeting: time and place"),
        "meeting:travel": _("Meeting: the way there"),
        "meeting:attendees": _("Meeting: who comes"),
        "meeting:objectives": _("Meeting: objectives"),
        "meeting:agenda": _("Meeting: agenda"),
        "meeting:questions": _("Meeting: questions"),
        "meeting:objections": _("Meeting: objections"),
        "meeting:documents": _("Meeting: documents"),
        "meeting:previous": _("Meeting: the one before"),
        "meeting:brief": _("Meeting: the brief"),
    }


def role_words() -> dict[TeamRole | None, str]:
    """Who of ours can prepare an item."""
    return {None: _("nobody in particular"), **{role: word(role) for role in TeamRole}}


def condition_words() -> dict[ChecklistCondition | None, str]:
    """The facts by which an item can tick itself."""
    return {None: _("never; by hand only"), **{each: word(each) for each in ChecklistCondition}}
