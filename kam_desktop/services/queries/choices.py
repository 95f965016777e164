"""What a field that chooses an account or a person by typing offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import sort_key
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.words_of_text import match_expression

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

OFFERED = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """An account (``kind`` account) or a person (``kind`` person) to choose.

    ``title`` is what it is called, ``subtitle`` what tells it from others. A vacant seat is called
    ``(vacant) · Head of quality``.
    """

    kind: str
    id: str
    account_id: str
    title: str
    subtitle: str


_ACCOUNTS = """
SELECT 'account', a.id, a.id, a.name, a.city FROM account a
WHERE a.deleted_at IS NULL {words} ORDER BY a.tier <> 'key', a.name_key, a.id LIMIT :limit"""
_PEOPLE = """
SELECT p.id, p.account_id, p.name, p.title, {account}, coalesce(c.name, ''), p.email
FROM person p JOIN account a ON a.id = p.account_id
  LEFT JOIN buying_centre c ON c.id = p.buying_centre_id AND c.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.left_on IS NULL {words} {of}
ORDER BY {order} p.name_key, p.id LIMIT :limit"""
_MATCHING = "AND {table}.rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH :words LIMIT 200)"


def accounts(db: Reader, text: str) -> list[Choice]:
    """Accounts whose words begin as typed; the first ones by name while nothing is typed."""
    words = match_expression(text)
    if words:
        sql = _ACCOUNTS.format(words=_MATCHING.format(table="a", index="account_words"))
    elif text.strip():
        return []
    else:
        sql = _ACCOUNTS.format(words="").replace("a.tier <> 'key', ", "")
    return _choices(db, sql, {"words": f"{{name}} : ({words})", "limit": OFFERED})


def people_of(db: Reader, text: str, account_id: str) -> list[Choice]:
    """People of one account, the most influential first; also outsiders once something is typed."""
    words = match_expression(text)
    if text.strip() and not words:
        return []
    matching = _MATCHING.format(table="p", index="person_words") if words else ""
    sql = _PEOPLE.format(
        account="CASE WHEN p.account_id = :account THEN '' ELSE a.name END",
        words=matching,
        of="" if words else "AND p.account_id = :account",
        order="p.account_id <> :account, p.influence IS NULL, p.influence DESC,",
    )
    parameters = {"words": words, "account": account_id, "limit": OFFERED}
    return _people(db.rows(sql, parameters))


def people_and_accounts(db: Reader, text: str) -> list[Choice]:
    """People first, then accounts, whose words begin as typed; nothing while nothing is typed."""
    words = match_expression(text)
    if not words:
        return []
    sql = _PEOPLE.format(
        account="a.name",
        words=_MATCHING.format(table="p", index="person_words"),
        of="",
        order="a.tier <> 'key',",
    )
    found = db.rows(sql, {"words": f"{{name}} : ({words})", "limit": OFFERED})
    return [*_people(found), *accounts(db, text)][: OFFERED + 2]


def account_choice(db: Reader, account_id: str) -> Choice | None:
    """One account as a choice."""
    found = db.row(
        "SELECT 'account', id, id, name, city FROM account WHERE id = ? AND deleted_at IS NULL",
        (account_id,),
    )
    return None if found is None else Choice(*found)


def person_choice(db: Reader, person_id: str) -> Choice | None:
    """One person as a choice."""
    found = db.row(
        "SELECT p.id, p.account_id, p.name, p.title, a.name"
        " FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.id = ? AND p.deleted_at IS NULL",
        (person_id,),
    )
    return None if found is None else _person(*found)


def _people(rows: Sequence[tuple[Any, ...]]) -> list[Choice]:
    """People to choose from; buying centre and e-mail tell those of one name and title apart."""
    seen = Counter(row[2:5] for row in rows)
    found = []
    for row in rows:
        choice = _person(*row[:5])
        if seen[row[2:5]] > 1:
            choice = replace(choice, subtitle=joined((choice.subtitle, *row[5:])))
        found.append(choice)
    return found


def _person(key: str, account_id: str, name: str, title: str, account_name: str) -> Choice:
    if not name:
        return Choice("person", key, account_id, joined((_("(vacant)"), title)), account_name)
    return Choice("person", key, account_id, name, joined((title, account_name)))


def team(db: Reader, text: str) -> list[Choice]:
    """People of ours whose name holds what was typed, me first."""
    sql = (
        "SELECT 'team', id, '', name, '' FROM team_member WHERE deleted_at IS NULL"
        " ORDER BY is_me DESC, name, id LIMIT 500"
    )
    typed = sort_key(text)
    return [row for row in _choices(db, sql, {}) if typed in sort_key(row.title)][:OFFERED]


def our_members(db: Reader) -> list[Choice]:
    """All of ours who have not left, me first; the subtitle says which one is me."""
    sql = (
        "SELECT 'team', id, '', name, CASE WHEN is_me THEN :you ELSE '' END FROM team_member"
        " WHERE deleted_at IS NULL AND left_on IS NULL"
        " ORDER BY is_me DESC, name COLLATE NOCASE, id LIMIT 500"
    )
    return _choices(db, sql, {"you": _("you")})


def _choices(db: Reader, sql: str, parameters: dict[str, Any]) -> list[Choice]:
    return [Choice(*row) for row in db.rows(sql, parameters)]
