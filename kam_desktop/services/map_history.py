"""What changed on an account's map between two instants."""

from __future__ import annotations

import datetime as dt

from kam_desktop.services.analysis.map_changes import MapChanges, map_changes
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.storage.past import account_as_of
from kam_desktop.services.storage.reader import Reader


def changes_between(
    db: Reader,
    account_id: str,
    since: dt.datetime,
    until: dt.datetime | None = None,
    *,
    today: dt.date,
) -> MapChanges:
    """What is different at ``until`` (now without one) from how it was at ``since``.

    Strengths are those of the two days, by the touches known then. Raises `UserError` when the
    account was not there at one of the instants.
    """
    with account_as_of(db, account_id, since) as then:
        before = map_data(then, account_id, on=since.date())
    if until is None:
        return map_changes(before, map_data(db, account_id, on=today))
    with account_as_of(db, account_id, until) as then:
        return map_changes(before, map_data(then, account_id, on=until.date()))
