"""When the next touch of each stakeholder with a cadence is due, kept current by triggers.

The Today page names the people who fade. Finding them among 100,000 people and 1,000,000
interactions by looking would take most of a second, so the date is kept in a derived table. It is
fed by triggers and not by services: imports, undo, trash and restore cannot forget it. It is no
user data and not in the ledger.
"""

from __future__ import annotations

_LAST_TOUCH = """
nullif(max(
  coalesce((SELECT max(i.at) FROM interaction i
            WHERE i.person_id = p.id AND i.deleted_at IS NULL), ''),
  coalesce((SELECT max(i.at) FROM interaction_person x JOIN interaction i ON i.id = x.interaction_id
            WHERE x.person_id = p.id AND x.deleted_at IS NULL AND i.deleted_at IS NULL), '')), '')
"""

_TABLE = """
CREATE TABLE touch_due (
  person_id TEXT PRIMARY KEY,
  influence INTEGER NOT NULL,     -- -1 while unknown
  cadence_days INTEGER NOT NULL,
  last_at TEXT,                   -- NULL while there was no touch
  due_at TEXT NOT NULL            -- '' (due at once) while there was no touch
) WITHOUT ROWID
"""

_INDEX = "CREATE INDEX ix_touch_due_influence ON touch_due (influence, due_at)"


def _due(last: str, cadence: str) -> str:
    """SQL for the instant a cadence after ``last``, in the stored form of instants."""
    shifted = f"strftime('%Y-%m-%dT%H:%M:%f', {last}, '+' || {cadence} || ' days') || '000Z'"
    return f"CASE WHEN {last} IS NULL THEN '' ELSE coalesce({shifted}, '9999') END"


def _refresh(person_ids: str) -> str:
    """Statements that recompute the rows of the people in the sub-select ``person_ids``."""
    return f"""
  DELETE FROM touch_due WHERE person_id IN ({person_ids});
  INSERT INTO touch_due (person_id, influence, cadence_days, last_at, due_at)
  SELECT id, influence, cadence_days, last_at, {_due("last_at", "cadence_days")}
  FROM (SELECT p.id AS id, coalesce(p.influence, -1) AS influence, p.cadence_days AS cadence_days,
               {_LAST_TOUCH} AS last_at
        FROM person p
        WHERE p.id IN ({person_ids}) AND p.cadence_days IS NOT NULL AND p.deleted_at IS NULL
          AND p.placeholder = 0 AND p.left_on IS NULL);"""


def _trigger(name: str, event: str, body: str, when: str = "") -> str:
    condition = f"\n  WHEN {when}" if when else ""
    return f"CREATE TRIGGER touch_due_{name} AFTER {event}{condition} BEGIN {body}\nEND"


def _advance(instant: str, person_id: str) -> str:
    """A new touch can only move the date forward; cheaper than looking at all touches again."""
    return f"""
  UPDATE touch_due SET last_at = {instant}, due_at = {_due(instant, "cadence_days")}
  WHERE person_id = {person_id} AND coalesce(last_at, '') < {instant};"""


_PARTICIPANTS = "SELECT person_id FROM interaction_person WHERE interaction_id"
_PERSON_FIELDS = "cadence_days, influence, placeholder, left_on, deleted_at"

TABLE_STATEMENTS = (_TABLE, _INDEX)
"""The table and its index; executed once, when the portfolio's own tables exist."""

TRIGGER_STATEMENTS = (
    _trigger(
        "interaction_insert",
        "INSERT ON interaction",
        _advance("NEW.at", "NEW.person_id"),
        "NEW.person_id IS NOT NULL AND NEW.deleted_at IS NULL",
    ),
    _trigger(
        "interaction_update",
        "UPDATE OF at, person_id, deleted_at ON interaction",
        _refresh(f"SELECT OLD.person_id UNION SELECT NEW.person_id UNION {_PARTICIPANTS} = NEW.id"),
    ),
    _trigger(
        "interaction_delete",
        "DELETE ON interaction",
        _refresh(f"SELECT OLD.person_id UNION {_PARTICIPANTS} = OLD.id"),
    ),
    _trigger(
        "participant_insert", "INSERT ON interaction_person", _refresh("SELECT NEW.person_id")
    ),
    _trigger(
        "participant_update",
        "UPDATE ON interaction_person",
        _refresh("SELECT OLD.person_id UNION SELECT NEW.person_id"),
    ),
    _trigger(
        "participant_delete", "DELETE ON interaction_person", _refresh("SELECT OLD.person_id")
    ),
    _trigger(
        "person_insert",
        "INSERT ON person",
        _refresh("SELECT NEW.id"),
        "NEW.cadence_days IS NOT NULL",
    ),
    _trigger("person_update", f"UPDATE OF {_PERSON_FIELDS} ON person", _refresh("SELECT NEW.id")),
    _trigger(
        "person_delete",
        "DELETE ON person",
        "DELETE FROM touch_due WHERE person_id = OLD.id;",
    ),
)
"""The triggers; executed whenever the other triggers are."""
