"""Files that hold no people or tables: told by what is in them, with what can be done instead."""

from __future__ import annotations

import re

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

_NOT_TABLES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3\0": "SQLite",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
}
_BOMS = (b"\xef\xbb\xbf",)
_CALENDAR = re.compile(rb"\s*BEGIN:V(?:CALENDAR|EVENT|TODO|JOURNAL|FREEBUSY)\b", re.IGNORECASE)
_MAIL = re.compile(rb"\s*(?:From \S|[A-Za-z][\w-]*[ \t]*:)")
_MAIL_ENDINGS = (".eml", ".mbox", ".emlx")
_OUTLOOK_PART = "__substg1.0_".encode("utf-16-le")
_COMPOUND = b"\xd0\xcf\x11\xe0"


def refuse_foreign(name: str, data: bytes) -> None:
    """Raise `UserError` for a picture, a calendar, an e-mail and the like; ``name`` is the file's.

    An e-mail is one by its name and its first line together: a table may begin with *From*.
    """
    for magic, kind in _NOT_TABLES.items():
        if data.startswith(magic):
            raise UserError(
                _(
                    "“{name}” is a {kind} file and holds no table. "
                    "Export a CSV or Excel file from your CRM and choose that."
                ).format(name=name, kind=kind)
            )
    if _CALENDAR.match(_without_bom(data)):
        raise UserError(
            _("“{name}” is a calendar. {what}").format(name=name, what=_what_can_be_imported())
        )
    if _is_mail(name, data):
        raise UserError(
            _("“{name}” is an e-mail. {what}").format(name=name, what=_what_can_be_imported())
        )


def _is_mail(name: str, data: bytes) -> bool:
    if data.startswith(_COMPOUND):
        return _OUTLOOK_PART in data
    return name.lower().endswith(_MAIL_ENDINGS) and bool(_MAIL.match(_without_bom(data)))


def _without_bom(data: bytes) -> bytes:
    for bom in _BOMS:
        if data.startswith(bom):
            return data[len(bom) : len(bom) + 4_096]
    return data[:4_096]


def _what_can_be_imported() -> str:
    return _(
        "Calendars and e-mails cannot be imported yet. Tables (CSV, Excel) and people (vCard) can. "
        "Nothing was changed."
    )
