"""Checklist templates and the checklists of meetings.

A template is kept in versions: rows of `ChecklistTemplate` with one ``key``, of which the highest
version counts. A meeting gets a copy of the items, so a changed template leaves old meetings alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kam_desktop.models.registry import (
    ChecklistItem,
    ChecklistTemplate,
    ChecklistTemplateItem,
    Meeting,
    TeamMember,
)
from kam_desktop.models.text import new_id
from kam_desktop.models.vocabulary import (
    ChecklistCondition,
    ChecklistState,
    MeetingType,
    TeamRole,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line, spaced_line
from kam_desktop.services.resources import resource_path

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_DAYS_BEFORE = 730
MAX_ITEMS = 200
"""Most items of one template."""
MAX_TEXT = 500
"""Longest name, item and evidence of a template, in characters."""
LINKS = frozenset(
    {
        "account:company",
        "account:contracts",
        "account:documents",
        "account:health",
        "account:map",
        "account:opportunities",
        "account:people",
        "account:promises",
        "account:timeline",
        "meeting:agenda",
        "meeting:attendees",
        "meeting:brief",
        "meeting:documents",
        "meeting:objections",
        "meeting:objectives",
        "meeting:previous",
        "meeting:questions",
        "meeting:travel",
        "meeting:when",
    }
)
"""Places where an item can be done: a section of the account's dossier or a part of the meeting."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One item of a template: what to prepare, how many days before, and where it is done.

    ``link`` is ``account:SECTION`` or ``meeting:PART``, a place in the program, or empty.
    ``owner_role`` is who of ours prepares it, ``evidence`` what is to show that it is done, and
    ``condition`` the fact by which it ticks itself. Texts are of one line.
    """

    text: str
    days_before: int = 1
    link: str = ""
    owner_role: TeamRole | None = None
    evidence: str = ""
    condition: ChecklistCondition | None = None


def install_builtin_templates(work: UnitOfWork) -> int:
    """Add the built-in templates a new portfolio starts with, in the current language.

    Templates whose key is there already are left alone. Returns the number added. The texts in
    ``resources/templates/checklists.json`` are collected for translation by
    `kam_desktop.services.template_messages`.
    """
    present = set(work.session.scalars(select(ChecklistTemplate.key)))
    added = 0
    for source in _builtin_templates():
        if source["key"] in present:
            continue
        kind = MeetingType(source["meeting_type"]) if source["meeting_type"] else None
        lines = [builtin_line(item) for item in source["items"]]
        _add_version(work, source["key"], 1, _(source["name"]), kind, lines)
        added += 1
    return added


def builtin_line(item: dict[str, Any]) -> TemplateLine:
    """One item of the built-in templates, in the current language."""
    condition, evidence = item.get("condition"), item.get("evidence")
    return TemplateLine(
        _(item["text"]),
        item["days_before"],
        item["link"],
        evidence=_(evidence) if evidence else "",
        condition=None if condition is None else ChecklistCondition(condition),
    )


def _builtin_templates() -> list[dict[str, Any]]:
    text = resource_path("templates", "checklists.json").read_text(encoding="utf-8")
    templates: list[dict[str, Any]] = json.loads(text)["templates"]
    return templates


def save_template(
    work: UnitOfWork,
    key: str | None,
    *,
    name: str,
    meeting_type: MeetingType | None,
    lines: Sequence[TemplateLine],
) -> str:
    """Keep a template as a new version and return the version's id.

    ``key`` None makes a new template. Nothing is written when nothing changed. Raises `UserError`
    (field ``name``, ``items`` or ``days_before``).
    """
    current = _current_version(work, key) if key else None
    if key and current is None:
        raise UserError(_("This checklist no longer exists."))
    return take_template(work, key or new_id(), name=name, meeting_type=meeting_type, lines=lines)


def take_template(
    work: UnitOfWork,
    key: str,
    *,
    name: str,
    meeting_type: MeetingType | None,
    lines: Sequence[TemplateLine],
) -> str:
    """Keep a template under ``key``, new or not, and return the id of the version that holds it.

    As `save_template`, but a key that is not there, or was deleted, makes a template.
    """
    name = _checked_text(required_line(name, _("Give the checklist a name.")), "name")
    kept = [_checked_line(line) for line in lines if line.text.strip()]
    if not kept:
        raise UserError(_("A checklist needs at least one item."), field="items")
    if len(kept) > MAX_ITEMS:
        text = _("A checklist has at most {most} items.")
        raise UserError(text.format(most=MAX_ITEMS), field="items")
    current = _current_version(work, key)
    if current is not None and _same(work, current, name, meeting_type, kept):
        return current.id
    # Above those in the trash too: brought back, they are older.
    highest = select(func.max(ChecklistTemplate.version)).where(ChecklistTemplate.key == key)
    version = (work.session.scalar(highest) or 0) + 1
    return _add_version(work, key, version, name, meeting_type, kept)


def delete_template(work: UnitOfWork, key: str) -> None:
    """Move a template with all its versions to the trash; meetings keep their items."""
    versions = _versions(work, key)
    if not versions:
        return
    *older, newest = versions
    work.trash(newest)
    for template in older:
        work.trash(template)
        # As one deletion: the trash shows and brings back all versions together.
        for table in (ChecklistTemplate.__tablename__, ChecklistTemplateItem.__tablename__):
            work.execute(
                f'UPDATE "{table}" SET deleted_with = ? WHERE deleted_with = ?',
                (newest.id, template.id),
            )


def templates_for(work: UnitOfWork, meeting_type: MeetingType) -> list[str]:
    """Ids of the current templates for a type of meeting: those for any meeting, then its own."""
    rows = work.session.scalars(
        select(ChecklistTemplate)
        .where(ChecklistTemplate.deleted_at.is_(None))
        .order_by(ChecklistTemplate.version)
    )
    current = {row.key: row for row in rows}
    fitting = [row for row in current.values() if row.meeting_type in (None, meeting_type)]
    fitting.sort(key=lambda row: (row.meeting_type is not None, row.id))
    return [row.id for row in fitting]


def copy_into_meeting(work: UnitOfWork, meeting_id: str, template_ids: Iterable[str]) -> int:
    """Append the items of templates to a meeting's checklist; returns how many.

    An item whose text is on the list already is not added again. Items are in the order in which
    they are due.
    """
    present = {item.text for item in _items(work, meeting_id)}
    start = len(present)
    chosen: list[ChecklistTemplateItem] = []
    for template_id in template_ids:
        for line in _template_lines(work, template_id):
            if line.text not in present:
                present.add(line.text)
                chosen.append(line)
    chosen.sort(key=lambda line: -line.days_before)
    owners = _owners_by_role(work, meeting_id)
    for offset, line in enumerate(chosen):
        work.add(
            ChecklistItem(
                meeting_id=meeting_id,
                position=start + offset,
                text=line.text,
                days_before=line.days_before,
                link=line.link,
                condition=line.condition,
                owner_id=owners.get(line.owner_role) if line.owner_role else None,
                template_item_id=line.id,
            )
        )
    return len(chosen)


def _owners_by_role(work: UnitOfWork, meeting_id: str) -> dict[TeamRole, str]:
    """Who of the account's team has which role; without a team of its own, who of all of ours."""
    account_id = work.get(Meeting, meeting_id).account_id
    rows = work.reader.rows(
        "SELECT a.role, m.id FROM account_team a JOIN team_member m ON m.id = a.member_id"
        " WHERE a.account_id = ? AND a.deleted_at IS NULL AND m.deleted_at IS NULL"
        " ORDER BY a.id DESC",
        (account_id,),
    )
    everybody = work.reader.rows(
        "SELECT role, id FROM team_member WHERE deleted_at IS NULL ORDER BY is_me, id DESC"
    )
    return {TeamRole(role): member_id for role, member_id in (*everybody, *rows)}


def copy_own_items(work: UnitOfWork, from_meeting: str, to_meeting: str) -> int:
    """Take over, open again, a meeting's items that are of no template; returns how many."""
    present = {item.text for item in _items(work, to_meeting)}
    count = 0
    for item in _items(work, from_meeting):
        if item.template_item_id is None and item.text not in present:
            add_item(work, to_meeting, item.text, days_before=item.days_before, link=item.link)
            work.flush()
            count += 1
    return count


def add_item(
    work: UnitOfWork, meeting_id: str, text: str, *, days_before: int = 1, link: str = ""
) -> str:
    """Append an item of one's own to a meeting's checklist and return its id.

    Raises `UserError` (field ``text`` or ``days_before``).
    """
    work.get(Meeting, meeting_id)
    _check_text(text)
    _check_days(days_before)
    items = _items(work, meeting_id)
    item = ChecklistItem(
        meeting_id=meeting_id,
        position=items[-1].position + 1 if items else 0,
        text=text.strip(),
        days_before=days_before,
        link=link,
    )
    work.add(item)
    return item.id


def set_item_text(work: UnitOfWork, item_id: str, text: str) -> None:
    """Reword an item. Raises `UserError` (field ``text``) for an empty text."""
    _check_text(text)
    work.get(ChecklistItem, item_id).text = text.strip()


def set_item_days_before(work: UnitOfWork, item_id: str, days_before: int) -> None:
    """Set how many days before the meeting an item is due (field ``days_before`` on error)."""
    _check_days(days_before)
    work.get(ChecklistItem, item_id).days_before = days_before


def set_item_evidence(work: UnitOfWork, item_id: str, evidence: str) -> None:
    """Keep what shows that an item was done."""
    work.get(ChecklistItem, item_id).evidence = evidence.strip()


def set_item_owner(work: UnitOfWork, item_id: str, team_member_id: str | None) -> None:
    """Say which of ours prepares an item; None when nobody does yet."""
    if team_member_id is not None:
        work.get(TeamMember, team_member_id)
    work.get(ChecklistItem, item_id).owner_id = team_member_id


def set_item_state(
    work: UnitOfWork, item_id: str, state: ChecklistState, *, reason: str = ""
) -> None:
    """Mark an item open, done or not applicable.

    Raises `UserError` (field ``reason``) when it is not applicable and no reason is given.
    """
    item = work.get(ChecklistItem, item_id)
    not_applicable = state is ChecklistState.NOT_APPLICABLE
    if not_applicable and not reason.strip():
        raise UserError(_("Say why this item does not apply."), field="reason")
    item.state = state
    item.reason = reason.strip() if not_applicable else ""


def move_item(work: UnitOfWork, item_id: str, to_index: int) -> None:
    """Put an item at a place in its list, counted from 0; places beyond the ends are the ends."""
    item = work.get(ChecklistItem, item_id)
    others = [other for other in _items(work, item.meeting_id) if other.id != item_id]
    others.insert(max(0, to_index), item)
    for position, other in enumerate(others):
        if other.position != position:
            other.position = position


def remove_item(work: UnitOfWork, item_id: str) -> None:
    """Move an item of a meeting's checklist to the trash."""
    work.trash(work.get(ChecklistItem, item_id))


def _items(work: UnitOfWork, meeting_id: str) -> list[ChecklistItem]:
    work.flush()
    return list(
        work.session.scalars(
            select(ChecklistItem)
            .where(ChecklistItem.meeting_id == meeting_id, ChecklistItem.deleted_at.is_(None))
            .order_by(ChecklistItem.position, ChecklistItem.id)
        )
    )


def _template_lines(work: UnitOfWork, template_id: str) -> list[ChecklistTemplateItem]:
    work.flush()
    return list(
        work.session.scalars(
            select(ChecklistTemplateItem)
            .where(
                ChecklistTemplateItem.template_id == template_id,
                ChecklistTemplateItem.deleted_at.is_(None),
            )
            .order_by(ChecklistTemplateItem.position)
        )
    )


def _versions(work: UnitOfWork, key: str) -> list[ChecklistTemplate]:
    work.flush()
    return list(
        work.session.scalars(
            select(ChecklistTemplate)
            .where(ChecklistTemplate.key == key, ChecklistTemplate.deleted_at.is_(None))
            .order_by(ChecklistTemplate.version)
        )
    )


def _current_version(work: UnitOfWork, key: str) -> ChecklistTemplate | None:
    versions = _versions(work, key)
    return versions[-1] if versions else None


def _same(
    work: UnitOfWork,
    current: ChecklistTemplate,
    name: str,
    meeting_type: MeetingType | None,
    lines: Sequence[TemplateLine],
) -> bool:
    before = [_line_of(row) for row in _template_lines(work, current.id)]
    return (current.name, current.meeting_type, before) == (name, meeting_type, list(lines))


def _line_of(row: ChecklistTemplateItem) -> TemplateLine:
    return TemplateLine(
        row.text, row.days_before, row.link, row.owner_role, row.evidence, row.condition
    )


def _add_version(
    work: UnitOfWork,
    key: str,
    version: int,
    name: str,
    meeting_type: MeetingType | None,
    lines: Sequence[TemplateLine],
) -> str:
    template = ChecklistTemplate(name=name, meeting_type=meeting_type, version=version, key=key)
    work.add(template)
    work.flush()
    for position, line in enumerate(lines):
        work.add(
            ChecklistTemplateItem(
                template_id=template.id,
                position=position,
                text=line.text,
                days_before=line.days_before,
                link=line.link,
                owner_role=line.owner_role,
                evidence=line.evidence,
                condition=line.condition,
            )
        )
    return template.id


def _checked_line(line: TemplateLine) -> TemplateLine:
    _check_days(line.days_before)
    text = required_line(line.text, _("Say what is to be prepared."), field="items")
    return replace(
        line,
        text=_checked_text(text, "items"),
        evidence=_checked_text(spaced_line(line.evidence), "items"),
    )


def _checked_text(text: str, field: str) -> str:
    if len(text) > MAX_TEXT:
        said = _("“{start}…” is longer than {most} characters. Put it in fewer words.")
        raise UserError(said.format(start=text[:40], most=MAX_TEXT), field=field)
    return text


def _check_text(text: str) -> None:
    if not text.strip():
        raise UserError(_("Say what is to be prepared."), field="text")


def _check_days(days_before: int) -> None:
    if not 0 <= days_before <= MAX_DAYS_BEFORE:
        text = _("Choose between 0 and {most} days before the meeting.")
        raise UserError(text.format(most=MAX_DAYS_BEFORE), field="days_before")
