"""What the window shows before calendar files of other programs are imported."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.calendar_files.import_dialog import plan_and_names
from kam_desktop.ui.calendar_files.reading import load_calendars
from kam_desktop.ui.calendar_files.rows import columns, preview_rows
from kam_desktop.ui.shell.tasks import TaskToken
from tests.services.meetings.world import make_world


def test_every_file_has_a_preview_or_a_reason(shared_data: Path, portfolio: Portfolio) -> None:
    world = make_world(portfolio)
    token = TaskToken("Reading")
    shown = 0
    refused: set[str] = set()
    for path in sorted((shared_data / "ical").glob("*.ics")):
        # Each around its own time: the files are from 1998 to 2024.
        for year in (2001, 2006, 2012, 2018, 2024):
            now = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
            loaded = load_calendars([path], "Europe/Rome", now, token)
            if loaded.refusals:
                refused.add(path.name)
            with portfolio.reading() as db:
                plan, names = plan_and_names(db, loaded.events, {})
                chosen = {each.event.key: world.account for each in plan}
                again, _names = plan_and_names(db, loaded.events, chosen)
            assert not any(each.fate is Fate.CHANGED for each in again)
            rows = preview_rows(plan, loaded.problems, names, now.date())
            shown += len(rows)
            for row in rows:
                assert all(isinstance(column.text(row), str) for column in columns())
                assert columns()[0].text(row)
                assert row.fate is not Fate.REJECTED or row.reason
            assert len({row.id for row in rows}) == len(rows)
    assert sorted(refused) == ["boeing.ics", "overlaps.ics"]
    assert shown > 100
