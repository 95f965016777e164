"""What the kinds of records are called, by the name of their table."""

from __future__ import annotations

from kam_desktop.services.i18n import _


def kind_name(table: str) -> str:
    """One record of ``table``, e.g. ``Touch``."""
    return {
        "account": _("Account"),
        "buying_centre": _("Buying centre"),
        "person": _("Person"),
        "team_member": _("Team member"),
        "tie": _("Tie"),
        "saved_map": _("Map"),
        "interaction": _("Touch"),
        "note": _("Note"),
        "meeting": _("Meeting"),
        "checklist_template": _("Checklist"),
        "checklist_item": _("Checklist item"),
        "commitment": _("Promise"),
        "opportunity": _("Opportunity"),
        "contract": _("Contract"),
        "revenue_entry": _("Revenue"),
        "observation": _("Observation"),
        "document": _("Document"),
    }.get(table, table)


def kinds_name(table: str) -> str | None:
    """Records of ``table``, e.g. ``Touches``; None for what only serves other records."""
    return {
        "account": _("Accounts"),
        "buying_centre": _("Buying centres"),
        "person": _("People"),
        "team_member": _("Team members"),
        "tie": _("Ties"),
        "saved_map": _("Maps"),
        "interaction": _("Touches"),
        "note": _("Notes"),
        "meeting": _("Meetings"),
        "checklist_template": _("Checklists"),
        "checklist_item": _("Checklist items"),
        "commitment": _("Promises"),
        "opportunity": _("Opportunities"),
        "contract": _("Contracts"),
        "revenue_entry": _("Revenue entries"),
        "observation": _("Observations"),
        "health_snapshot": _("Health scores"),
        "document": _("Documents"),
    }.get(table)
