"""Checklist templates as a file, to hand them to a colleague or take them to another portfolio.

The file is JSON: ``{"kind": "kam-desktop checklists", "format": 1, "templates": [...]}``, each
template with ``key``, ``name``, ``meeting_type`` and ``items``, each item with the members of
`TemplateLine`. Values are those of the vocabulary; what may be missing is in `_line_of`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kam_desktop.models.text import clean_line, is_visible
from kam_desktop.models.vocabulary import ChecklistCondition, MeetingType, TeamRole
from kam_desktop.services.checklists import (
    LINKS,
    MAX_DAYS_BEFORE,
    MAX_ITEMS,
    MAX_TEXT,
    TemplateLine,
    take_template,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.files import write_copy
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import spaced_line
from kam_desktop.services.queries.checklists import TemplateRow, template_items, templates

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

KIND = "kam-desktop checklists"
FORMAT = 1
MAX_BYTES = 4_000_000
MAX_TEMPLATES = 200
MAX_KEY = 80


@dataclass(frozen=True, slots=True)
class FileTemplate:
    """A template as a file has it; the same ``key`` is the same template in every portfolio."""

    key: str
    name: str
    meeting_type: MeetingType | None
    lines: tuple[TemplateLine, ...]


@dataclass(frozen=True, slots=True)
class ImportedTemplates:
    """How many templates were new, got a new version, or were there already just so."""

    new: int
    changed: int
    same: int


def export_templates(db: Reader, keys: Collection[str] | None = None) -> bytes:
    """The current versions of templates as a file; without ``keys`` of all of them."""
    chosen = [row for row in templates(db) if keys is None or row.key in keys]
    body = {
        "kind": KIND,
        "format": FORMAT,
        "templates": [_template_json(db, row) for row in chosen],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _template_json(db: Reader, row: TemplateRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "meeting_type": row.meeting_type,
        "items": [
            {
                "text": item.text,
                "days_before": item.days_before,
                "link": item.link,
                "owner_role": item.owner_role,
                "evidence": item.evidence,
                "condition": item.condition,
            }
            for item in template_items(db, row.id)
        ],
    }


def read_templates(content: bytes) -> list[FileTemplate]:
    """The templates of a file.

    Raises `UserError`, which names template and item, for what is no such file, is of a newer
    program, is larger than anybody needs, or holds something unknown. Then nothing is of use.
    """
    body = _body(content)
    listed = body.get("templates")
    if not isinstance(listed, list) or not listed:
        raise UserError(_("There are no checklists in this file."))
    if len(listed) > MAX_TEMPLATES:
        text = _("The file holds more than {most} checklists.")
        raise UserError(text.format(most=MAX_TEMPLATES))
    found = [_template_of(each, number) for number, each in enumerate(listed, 1)]
    if len({each.key for each in found}) < len(found):
        raise UserError(_("The file holds two checklists with the same key."))
    return found


def read_file(path: Path) -> list[FileTemplate]:
    """As `read_templates`, from a file; `UserError` also when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        text = _("“{name}” could not be read: {reason}. Nothing was imported.")
        raise UserError(text.format(name=path.name, reason=error.strerror)) from error
    return read_templates(content)


def write_file(db: Reader, path: Path, keys: Collection[str] | None = None) -> Path:
    """Write `export_templates` to a file; returns where. Raises `UserError`."""
    return write_copy(path, export_templates(db, keys))


def import_templates(work: UnitOfWork, wanted: Sequence[FileTemplate]) -> ImportedTemplates:
    """Keep the templates of a file; one that is here and differs gets a new version.

    Meetings planned already keep their checklist.
    """
    present = {row.key: row.id for row in templates(work.reader)}
    new = changed = 0
    for each in wanted:
        version_id = take_template(
            work, each.key, name=each.name, meeting_type=each.meeting_type, lines=each.lines
        )
        new += each.key not in present
        changed += each.key in present and version_id != present[each.key]
    return ImportedTemplates(new, changed, len(wanted) - new - changed)


def _body(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        text = _("The file is larger than {most} MB: too large for checklists.")
        raise UserError(text.format(most=MAX_BYTES // 1_000_000))
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or body.get("kind") != KIND:
        raise UserError(_("This is not a file of checklists from KAM Desktop."))
    number = body.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UserError(_("The file does not say which format it has."))
    if number > FORMAT:
        raise UserError(
            _("The file is from a newer KAM Desktop. Update this one, then import it again.")
        )
    return body


def _template_of(said: object, number: int) -> FileTemplate:
    where = _("Checklist {n}").format(n=number)
    if not isinstance(said, dict):
        raise _unreadable(where, _("it has no content"))
    name = _text(said, "name", where)
    where = f"{where} (“{name[:40]}”)"
    key = clean_line(_text(said, "key", where))
    if len(key) > MAX_KEY:
        raise _unreadable(where, _("“{field}” is too long").format(field="key"))
    items = said.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_ITEMS:
        text = _("it needs 1 to {most} items").format(most=MAX_ITEMS)
        raise _unreadable(where, text)
    kind = _one_of(said, "meeting_type", MeetingType, where)
    lines = tuple(_line_of(item, where, at) for at, item in enumerate(items, 1))
    return FileTemplate(key, name, kind, lines)


def _line_of(said: object, where: str, number: int) -> TemplateLine:
    where = _("{checklist}, item {n}").format(checklist=where, n=number)
    if not isinstance(said, dict):
        raise _unreadable(where, _("it has no content"))
    days = said.get("days_before", 1)
    whole = isinstance(days, int) and not isinstance(days, bool)
    if not whole or not 0 <= days <= MAX_DAYS_BEFORE:
        text = _("“days_before” is not a number from 0 to {most}").format(most=MAX_DAYS_BEFORE)
        raise _unreadable(where, text)
    link = said.get("link") or ""
    if link != "" and (not isinstance(link, str) or link not in LINKS):
        raise _unknown(where, "link")
    return TemplateLine(
        text=_text(said, "text", where),
        days_before=days,
        link=link,
        owner_role=_one_of(said, "owner_role", TeamRole, where),
        evidence=_text(said, "evidence", where, needed=False),
        condition=_one_of(said, "condition", ChecklistCondition, where),
    )


def _text(said: dict[str, Any], field: str, where: str, *, needed: bool = True) -> str:
    value = said.get(field)
    if value is None and not needed:
        return ""
    line = spaced_line(value) if isinstance(value, str) else None
    if line is None or (needed and not is_visible(line)):
        raise _unreadable(where, _("“{field}” is missing").format(field=field))
    if len(line) > MAX_TEXT:
        raise _unreadable(where, _("“{field}” is too long").format(field=field))
    return line


_Value = TypeVar("_Value", bound=StrEnum)


def _one_of(said: dict[str, Any], field: str, kind: type[_Value], where: str) -> _Value | None:
    value = said.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or value not in {each.value for each in kind}:
        raise _unknown(where, field)
    return kind(value)


def _unknown(where: str, field: str) -> UserError:
    return _unreadable(where, _("“{field}” has a value not known here").format(field=field))


def _unreadable(where: str, reason: str) -> UserError:
    text = _("{where}: {reason}. Nothing was imported.")
    return UserError(text.format(where=where, reason=reason))
