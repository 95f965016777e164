"""Which backups stay: a pure rule, held to its promises by random sets of backups."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.storage.backup_files import (
    BackupInfo,
    BackupReason,
    backup_folder,
    backup_name,
    changed_at,
    is_due,
    keep,
    list_backups,
    read_name,
    stale_notice,
    thinned_out,
)

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
hours_ago = st.integers(-48, 3 * 366 * 24)
backups = st.lists(hours_ago, max_size=200).map(
    lambda ages: [NOW - dt.timedelta(hours=age) for age in ages]
)


def ago(**by: float) -> dt.datetime:
    return (NOW - dt.timedelta(**by)).astimezone(dt.UTC)


def info(taken_at: dt.datetime, reason: BackupReason = BackupReason.AUTOMATIC) -> BackupInfo:
    return BackupInfo(Path(f"{taken_at:%Y%m%d%H}"), taken_at, reason, 1)


@given(backups)
def test_the_newest_and_all_of_today_and_yesterday_stay(taken: list[dt.datetime]) -> None:
    kept = keep(taken, NOW)
    assert kept <= set(taken)
    if taken:
        assert max(taken) in kept
    recent = {at for at in taken if at.date() >= NOW.date() - dt.timedelta(days=1)}
    assert recent <= kept


@given(backups)
def test_every_day_week_and_month_stays_represented(taken: list[dt.datetime]) -> None:
    kept = keep(taken, NOW)
    for at in taken:
        age = NOW - at
        if age <= dt.timedelta(days=13):
            assert any(one.date() == at.date() for one in kept)
        if age <= dt.timedelta(weeks=7):
            assert any(one.isocalendar()[:2] == at.isocalendar()[:2] for one in kept)
        if age <= dt.timedelta(days=700):
            assert any((one.year, one.month) == (at.year, at.month) for one in kept)


@given(backups, st.integers(0, 400 * 24))
def test_thinning_early_takes_nothing_that_thinning_later_would_keep(
    taken: list[dt.datetime], hours: int
) -> None:
    later = NOW + dt.timedelta(hours=hours)
    assert keep(keep(taken, NOW), later) == keep(taken, later)


@given(backups)
def test_thinning_twice_is_thinning_once(taken: list[dt.datetime]) -> None:
    assert keep(keep(taken, NOW), NOW) == keep(taken, NOW)


def test_years_of_hourly_backups_come_down_to_a_few_dozen() -> None:
    taken = [NOW - dt.timedelta(hours=age) for age in range(3 * 365 * 24)]
    kept = keep(taken, NOW)
    assert 33 + 13 + 6 + 20 <= len(kept) <= 33 + 14 + 8 + 25


def test_only_automatic_backups_are_thinned_out() -> None:
    at = ago(days=40)
    made = [
        info(at + dt.timedelta(hours=number), reason)
        for number, reason in enumerate([*BackupReason, BackupReason.AUTOMATIC])
    ]
    gone = thinned_out([*made, info(ago(hours=1))], NOW)
    assert [backup.reason for backup in gone] == [BackupReason.AUTOMATIC]


class TestDue:
    def test_at_first_a_backup_is_due(self) -> None:
        assert is_due([], ago(hours=1), NOW)

    def test_nothing_is_due_without_changes(self) -> None:
        assert not is_due([info(ago(days=30))], ago(days=31), NOW)
        assert not is_due([], None, NOW)

    def test_nothing_is_due_soon_after_the_last(self) -> None:
        assert not is_due([info(ago(hours=1))], ago(minutes=5), NOW)
        assert is_due([info(ago(hours=5))], ago(minutes=5), NOW)

    def test_a_backup_from_the_future_does_not_stop_backups(self) -> None:
        assert is_due([info(ago(days=-300)), info(ago(hours=5))], ago(minutes=5), NOW)


class TestStale:
    def test_changes_without_any_backup_are_said(self) -> None:
        text = stale_notice([], ago(hours=1), NOW)
        assert text is not None
        assert "no backup" in text

    def test_changes_for_more_than_a_week_are_said(self) -> None:
        text = stale_notice([info(ago(days=9))], ago(hours=1), NOW)
        assert text is not None
        assert "9 days" in text

    @pytest.mark.parametrize(("backup_age", "change_age"), [(6, 0), (400, 401), (400, 400.5)])
    def test_otherwise_nothing_is_said(self, backup_age: float, change_age: float) -> None:
        assert stale_notice([info(ago(days=backup_age))], ago(days=change_age), NOW) is None


class TestNames:
    @given(
        at=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2200, 1, 1)),  # noqa: DTZ001
        reason=st.sampled_from(BackupReason),
        stem=st.text("abc. -()äö日", min_size=1).map(lambda text: f"x{text}x"),
    )
    def test_a_name_reads_back(self, at: dt.datetime, reason: BackupReason, stem: str) -> None:
        utc = at.replace(tzinfo=dt.UTC)
        read = read_name(Path(backup_name(Path(f"/a/{stem}.kam"), utc, reason)))
        assert read == (stem, utc.replace(microsecond=at.microsecond // 1000 * 1000), reason)

    @pytest.mark.parametrize(
        "name",
        [
            "x.kam",
            "clients.20261399T000000000Z.manual.kam",
            "clients.1Z.manual.kam",
            "clients.20261120T090000000Z.other.kam",
            "clients.20261120T090000000Z.manual.kam.part",
        ],
    )
    def test_other_files_are_not_backups(self, name: str) -> None:
        assert read_name(Path(name)) is None

    def test_only_backups_of_this_portfolio_are_listed_newest_first(self, tmp_path: Path) -> None:
        mine, other = tmp_path / "mine.kam", tmp_path / "mine too.kam"
        names = [
            backup_name(mine, ago(hours=2), BackupReason.AUTOMATIC),
            backup_name(mine, ago(hours=1), BackupReason.MANUAL),
            backup_name(other, ago(hours=1), BackupReason.MANUAL),
        ]
        for name in [*names, f"{names[0]}.keys", "notes.txt"]:
            (tmp_path / name).write_bytes(b"12345")
        found = list_backups(tmp_path, mine)
        assert [backup.path.name for backup in found] == [names[1], names[0]]
        assert [backup.size for backup in found] == [5, 5]

    def test_a_missing_folder_has_no_backups(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.kam"
        assert list_backups(backup_folder(path), path) == []
        assert changed_at(path) is None
