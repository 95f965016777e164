"""Search as you type over accounts, people, meetings, promises and notes."""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.words_of_text import match_expression

SNIPPET = 120
"""Characters of a note shown as a hit's title."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``kind`` is account, person, meeting, commitment, note or interaction."""

    kind: str
    id: str
    account_id: str
    title: str
    subtitle: str


_ACCOUNTS = """
SELECT 'account', a.id, a.id, a.name,
       a.city || CASE WHEN a.city <> '' AND a.country <> '' THEN ', ' ELSE '' END || a.country
FROM account a WHERE a.rowid IN
  (SELECT rowid FROM account_words WHERE account_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY a.rowid DESC"""
_PEOPLE = """
SELECT 'person', p.id, p.account_id, CASE WHEN p.name = '' THEN p.title ELSE p.name END,
       CASE WHEN p.name = '' OR p.title = '' THEN a.name ELSE p.title || ' · ' || a.name END
FROM person p JOIN account a ON a.id = p.account_id WHERE p.rowid IN
  (SELECT rowid FROM person_words WHERE person_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY p.rowid DESC"""
_MEETINGS = """
SELECT 'meeting', m.id, m.account_id, m.title, substr(m.starts_at, 1, 10) || ' · ' || a.name
FROM meeting m JOIN account a ON a.id = m.account_id WHERE m.rowid IN
  (SELECT rowid FROM meeting_words WHERE meeting_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY m.rowid DESC"""
_NOTES = f"""
SELECT 'note', n.id, n.account_id, substr(n.text, 1, {SNIPPET}), substr(n.at, 1, 10)||' · '||a.name
FROM note n JOIN account a ON a.id = n.account_id WHERE n.rowid IN
  (SELECT rowid FROM note_words WHERE note_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY n.rowid DESC"""
_COMMITMENTS = f"""
SELECT 'commitment', c.id, c.account_id, substr(c.text, 1, {SNIPPET}),
       CASE WHEN c.due_on IS NULL THEN '' ELSE c.due_on || ' · ' END || a.name
FROM commitment c JOIN account a ON a.id = c.account_id WHERE c.rowid IN
  (SELECT rowid FROM commitment_words WHERE commitment_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY c.rowid DESC"""
_INTERACTIONS = f"""
SELECT 'interaction', i.id, i.account_id,
       substr(CASE WHEN i.summary = '' THEN i.text ELSE i.summary END, 1, {SNIPPET}),
       substr(i.at, 1, 10) || ' · ' || a.name
FROM interaction i JOIN account a ON a.id = i.account_id WHERE i.rowid IN
  (SELECT rowid FROM interaction_words WHERE interaction_words MATCH ? ORDER BY rowid DESC LIMIT ?)
ORDER BY i.rowid DESC"""

_NAMED = ((_ACCOUNTS, "name"), (_PEOPLE, "name"), (_MEETINGS, "title"))


def search(db: Reader, text: str, limit: int = 8) -> list[SearchHit]:
    """Up to ``limit`` hits of each kind, names first, then newest first. Never counts everything.

    Every typed word must occur as the beginning of a word; scripts without spaces match anywhere.
    """
    expression = match_expression(text)
    if not expression:
        return []
    hits: dict[str, SearchHit] = {}
    for sql, name in _NAMED:
        found = _hits(db, sql, f"{name} : ({expression})", limit)
        if len(found) < limit:
            found += _hits(db, sql, expression, limit)
        hits.update({hit.id: hit for hit in _unique(found)[:limit]})
    for sql in (_COMMITMENTS, _NOTES, _INTERACTIONS):
        hits.update({hit.id: hit for hit in _hits(db, sql, expression, limit)})
    return list(hits.values())


def _hits(db: Reader, sql: str, expression: str, limit: int) -> list[SearchHit]:
    return [SearchHit(*row) for row in db.rows(sql, (expression, limit))]


def _unique(hits: list[SearchHit]) -> list[SearchHit]:
    return list({hit.id: hit for hit in hits}.values())
