"""How the records and fields that the ledger names read on screen."""

from __future__ import annotations

from kam_desktop.services.i18n import _
from kam_desktop.services.words import N_

_RECORDS = {
    "account": N_("Account"),
    "attendee": N_("Attendee"),
    "buying_centre": N_("Buying centre"),
    "checklist_item": N_("Checklist item"),
    "checklist_template": N_("Checklist template"),
    "checklist_template_item": N_("Line of a checklist template"),
    "commitment": N_("Promise"),
    "contract": N_("Contract"),
    "document": N_("Document"),
    "external_ref": N_("Name in another system"),
    "health_snapshot": N_("Kept score"),
    "import_batch": N_("Import"),
    "interaction": N_("Touch"),
    "interaction_person": N_("Participant"),
    "map_position": N_("Place on the map"),
    "meeting": N_("Meeting"),
    "note": N_("Note"),
    "observation": N_("Measurement"),
    "opportunity": N_("Opportunity"),
    "person": N_("Person"),
    "revenue_entry": N_("Revenue"),
    "role_in_decision": N_("Decision role"),
    "rule_set": N_("Rules"),
    "saved_map": N_("Map"),
    "setting": N_("Setting"),
    "team_member": N_("Team member"),
    "tie": N_("Tie"),
}

_FIELDS = {
    "about": N_("about"),
    "account_id": N_("account"),
    "added_at": N_("day added"),
    "address": N_("address"),
    "agenda": N_("agenda"),
    "amount": N_("amount"),
    "annual_revenue": N_("annual revenue"),
    "at": N_("time"),
    "body": N_("numbers"),
    "buying_centre_id": N_("buying centre"),
    "cadence_days": N_("days between contacts"),
    "cancelled": N_("cancelled"),
    "close_on": N_("expected decision"),
    "competitors": N_("our competitors there"),
    "counts": N_("result"),
    "coverage": N_("our contact"),
    "days_before": N_("days before"),
    "deleted": N_("in the trash"),
    "due_on": N_("due date"),
    "email": N_("e-mail"),
    "employees": N_("employees"),
    "ends_on": N_("end"),
    "evidence": N_("evidence"),
    "explanation": N_("explanation"),
    "external": N_("not employed there"),
    "external_key": N_("name in another system"),
    "file_name": N_("file"),
    "from_id": N_("from"),
    "history": N_("history"),
    "industry": N_("sector"),
    "influence": N_("influence"),
    "interaction_id": N_("touch"),
    "is_me": N_("is you"),
    "key": N_("key"),
    "kind": N_("kind"),
    "languages": N_("languages"),
    "left_on": N_("left on"),
    "level": N_("sees us now as"),
    "level_wanted": N_("should see us as"),
    "link": N_("where it is done"),
    "made_on": N_("day it was made"),
    "map_id": N_("map"),
    "mapping": N_("columns"),
    "media_type": N_("kind of file"),
    "meeting_id": N_("meeting"),
    "meeting_type": N_("type of meeting"),
    "minutes": N_("length in minutes"),
    "mobile": N_("mobile"),
    "name": N_("name"),
    "name_parts": N_("given and family name"),
    "next_step": N_("next step"),
    "note": N_("note"),
    "notice_on": N_("last day to give notice"),
    "number": N_("number"),
    "objective_ours": N_("our aim"),
    "objective_theirs": N_("their aim"),
    "on": N_("day"),
    "orientation": N_("argument that works"),
    "outcome": N_("outcome"),
    "owner_id": N_("looked after by"),
    "pain_points": N_("pain points"),
    "parent_id": N_("group"),
    "period": N_("period"),
    "person_id": N_("person"),
    "phone": N_("phone"),
    "pinned": N_("pinned"),
    "place": N_("place"),
    "placeholder": N_("vacant seat"),
    "position": N_("place in the list"),
    "probability": N_("probability"),
    "record_id": N_("record"),
    "record_kind": N_("kind of record"),
    "role": N_("role"),
    "rules_version": N_("version of the rules"),
    "score": N_("score"),
    "sha256": N_("content"),
    "side": N_("side"),
    "size": N_("size"),
    "source": N_("source"),
    "stage": N_("stage"),
    "starts_on": N_("start"),
    "state": N_("state"),
    "strategy": N_("their plan"),
    "strength": N_("strength"),
    "style": N_("personal style"),
    "summary": N_("what it was about"),
    "support": N_("support"),
    "system": N_("other system"),
    "team_member_id": N_("team member"),
    "template_id": N_("checklist template"),
    "template_item_id": N_("line of a template"),
    "text": N_("text"),
    "tier": N_("tier"),
    "time_zone": N_("time zone"),
    "title": N_("title"),
    "to_id": N_("to"),
    "type": N_("type"),
    "valid_from": N_("in force from"),
    "value": N_("value"),
    "version": N_("version"),
    "view": N_("view"),
    "website": N_("website"),
    "when": N_("date and time"),
}
_FIELDS_OF_RECORDS = {
    ("account", "kind"): N_("kind of company"),
    ("account", "number"): N_("customer number"),
    ("checklist_item", "owner_id"): N_("done by"),
    ("contract", "text"): N_("clauses and discounts"),
    ("health_snapshot", "coverage"): N_("share known"),
    ("map_position", "place"): N_("where the card lies"),
    ("person", "about"): N_("notes"),
    ("revenue_entry", "number"): N_("invoice or order number"),
}


def record_word(table: str) -> str:
    """What a table holds, as a noun that can begin a line."""
    text = _RECORDS.get(table)
    return _(text) if text else table.replace("_", " ")


def field_word(table: str, field: str) -> str:
    """A field (or unit of fields) of a table as the ledger names it, in lower case.

    A field that a newer version of the program wrote is shown by its own name.
    """
    text = _FIELDS_OF_RECORDS.get((table, field)) or _FIELDS.get(field)
    return _(text) if text else field.replace("_", " ")


def has_word(table: str, field: str) -> bool:
    """Whether a table and its field have words of their own."""
    return table in _RECORDS and field in _FIELDS
