"""Checklist templates as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import ChecklistCondition, MeetingType, TeamRole

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """The current version of one template; ``meeting_type`` None fits any meeting."""

    id: str
    key: str
    version: int
    name: str
    meeting_type: MeetingType | None
    items: int


@dataclass(frozen=True, slots=True)
class TemplateItemRow:
    """One item of a template, in order; as `TemplateLine`."""

    id: str
    text: str
    days_before: int
    link: str
    owner_role: TeamRole | None = None
    evidence: str = ""
    condition: ChecklistCondition | None = None


def templates(db: Reader) -> list[TemplateRow]:
    """All templates in their current version: for any meeting first, then as they were made."""
    rows = db.rows(
        "SELECT t.id, t.key, t.version, t.name, t.meeting_type,"
        " (SELECT count(*) FROM checklist_template_item i"
        "   WHERE i.template_id = t.id AND i.deleted_at IS NULL),"
        " (SELECT min(f.id) FROM checklist_template f WHERE f.key = t.key) AS first"
        " FROM checklist_template t WHERE t.deleted_at IS NULL AND t.version ="
        " (SELECT max(v.version) FROM checklist_template v"
        "   WHERE v.key = t.key AND v.deleted_at IS NULL)"
        " ORDER BY t.meeting_type IS NOT NULL, first"
    )
    return [
        TemplateRow(key, family, version, name, MeetingType(kind) if kind else None, items)
        for key, family, version, name, kind, items, _first in rows
    ]


def template_items(db: Reader, template_id: str) -> list[TemplateItemRow]:
    """The items of one version of a template, in order."""
    rows = db.rows(
        "SELECT id, text, days_before, link, owner_role, evidence, condition"
        " FROM checklist_template_item"
        " WHERE template_id = ? AND deleted_at IS NULL ORDER BY position, id",
        (template_id,),
    )
    return [
        TemplateItemRow(
            key,
            text,
            days,
            link,
            TeamRole(role) if role else None,
            evidence,
            ChecklistCondition(condition) if condition else None,
        )
        for key, text, days, link, role, evidence, condition in rows
    ]
