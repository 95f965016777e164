"""Personal notes: kept with a purpose, changed, deleted, taken back; on no paper."""

from __future__ import annotations

import datetime as dt
import re
import weakref
from collections.abc import Callable

import pytest

from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services import personal
from kam_desktop.services.handouts.brief import brief_content
from kam_desktop.services.queries.personal import PersonalRow, personal_facts
from kam_desktop.services.queries.search import search
from kam_desktop.ui.account.people_section import PeopleSection
from kam_desktop.ui.people.page import PeoplePage
from kam_desktop.ui.personal_notes.dialog import PersonalNotesDialog, open_personal_notes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from tests.conftest import StillClock
from tests.services.meetings.world import World, make_world
from tests.support.documents import ROOT
from tests.ui.conftest import flush_deleted
from tests.ui.meetings_world import make_busy_world

Settled = Callable[[], None]


@pytest.fixture
def world(app_context: AppContext) -> World:
    return make_world(app_context.portfolio)


@pytest.fixture
def dialog(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled
) -> PersonalNotesDialog:
    made = open_personal_notes(app_context, world.elena, "Elena Rossi", window)
    settled()
    return made


def kept(context: AppContext, world: World) -> list[PersonalRow]:
    with context.portfolio.reading() as db:
        return personal_facts(db, world.elena)


def test_a_birthday_needs_no_year(
    dialog: PersonalNotesDialog, app_context: AppContext, world: World, settled: Settled
) -> None:
    assert dialog.table.isHidden()
    dialog.add_note.trigger()
    birthday = dialog.form.day
    birthday.set_value(dt.date(4, 12, 1))
    for year, message in (("27", "not a year"), ("2031", "not a year")):
        birthday.year.setText(year)
        dialog.form.submit()
        assert message in dialog.form.error.text()
    birthday.year.setText("")
    birthday.month.setCurrentIndex(1)
    birthday.day.setCurrentIndex(29)
    dialog.form.submit()
    assert dialog.form.error.text() == "This day does not exist."
    birthday.set_value(dt.date(4, 12, 1))
    dialog.form.submit()
    settled()
    (row,) = kept(app_context, world)
    assert (row.kind, row.day) == (PersonalKind.BIRTHDAY, dt.date(4, 12, 1))
    assert row.purpose == "To wish them well"
    assert row.review_on == dt.date(2026, 11, 20) + personal.REVIEW_AFTER
    assert dialog.rows.index(0, 1).data() == "1 December"
    assert dialog.form.isHidden()


def test_what_has_no_purpose_is_not_kept(
    dialog: PersonalNotesDialog, app_context: AppContext, world: World, settled: Settled
) -> None:
    dialog.add_note.trigger()
    dialog.form.kind.set_value(PersonalKind.INTEREST)
    dialog.form._follow_kind(PersonalKind.INTEREST)
    dialog.form.text.set_value("Sails on the lake")
    dialog.form.purpose.set_value("")
    dialog.form.submit()
    settled()
    assert "what you keep it for" in dialog.form.error.text()
    assert dialog.form.text.value() == "Sails on the lake"
    assert kept(app_context, world) == []
    dialog.form.purpose.set_value("To have something to talk about")
    dialog.form.source.set_value("She said so")
    dialog.form.submit()
    settled()
    (row,) = kept(app_context, world)
    assert (row.text, row.source, row.day) == ("Sails on the lake", "She said so", None)


def test_changing_deleting_and_undo(
    dialog: PersonalNotesDialog, app_context: AppContext, world: World, settled: Settled
) -> None:
    with app_context.portfolio.unit_of_work("Add") as work:
        personal.add_personal_fact(
            work, world.elena, PersonalKind.FAMILY, text="Two daughters", purpose="Small talk"
        )
    dialog._load()
    settled()
    dialog.table.selectRow(0)
    dialog.change.trigger()
    assert dialog.form.text.value() == "Two daughters"
    dialog.form.text.set_value("Three daughters")
    dialog.form.submit()
    settled()
    assert [row.text for row in kept(app_context, world)] == ["Three daughters"]
    dialog.table.selectRow(0)
    dialog.delete.trigger()
    settled()
    assert kept(app_context, world) == []
    assert dialog.nothing.isVisible()
    for expected in ("Three daughters", "Two daughters"):
        app_context.operations.undo()
        settled()
        assert [row.text for row in kept(app_context, world)] == [expected]


def test_it_opens_from_the_people_page_and_from_the_dossier(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled
) -> None:
    app_context.navigator.open("people")
    settled()
    page = window.page
    assert isinstance(page, PeoplePage)
    assert not page._personal.isEnabled()
    assert page.list.select(world.elena)
    page._personal.trigger()
    app_context.navigator.open("account", account_id=world.account, section="people")
    settled()
    (section,) = window.findChildren(PeopleSection)
    section.table.selectRow(0)
    section._personal.trigger()
    settled()
    titles = {dialog.windowTitle() for dialog in window.findChildren(PersonalNotesDialog)}
    assert titles == {"Personal notes: Elena Rossi"}
    assert len(window.findChildren(PersonalNotesDialog)) == 2


def test_the_dialog_is_freed(
    window: MainWindow,
    app_context: AppContext,
    world: World,
    settled: Settled,
    collector_off: None,
) -> None:
    dialog = open_personal_notes(app_context, world.elena, "Elena", window)
    freed = weakref.ref(dialog)
    settled()
    dialog.close()
    del dialog
    flush_deleted()
    assert freed() is None


MAY_READ = {
    "kam_desktop/models/stakeholder.py",
    "kam_desktop/services/personal.py",
    "kam_desktop/services/queries/personal.py",
    "kam_desktop/services/queries/calendar.py",
    "kam_desktop/services/queries/today_ahead.py",
    "kam_desktop/ui/calendar/page.py",
    "kam_desktop/ui/personal_notes/dialog.py",
    "kam_desktop/ui/personal_notes/form.py",
    "kam_desktop/ui/today/page.py",
}
"""Who knows the personal compartment at all, besides what handles every table alike."""
ALIKE = re.compile(
    r"^kam_desktop/(models/(registry|vocabulary|migrations/.*)|services/(words|field_words"
    r"|storage/.*|merging.*|queries/(merging|trash|record_names))|ui/settings/.*)\.py$"
)


def test_no_handout_export_or_search_knows_the_personal_compartment() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kam_desktop").rglob("*.py")
        if re.search(r"personal_fact|PersonalFact", path.read_text("utf-8"))
    }
    knowing = {path for path in knowing if not ALIKE.match(path)}
    assert knowing <= MAY_READ, "it must not reach a handout, an export or a search"
    assert not any("handouts" in path or "exchange" in path for path in knowing)


def test_the_brief_does_not_have_it(app_context: AppContext, clock: StillClock) -> None:
    busy = make_busy_world(app_context.portfolio)
    secret = "Quarrelsome-in-law"
    with app_context.portfolio.unit_of_work("Add") as work:
        personal.add_personal_fact(
            work, busy.world.elena, PersonalKind.FAMILY, text=secret, purpose=secret, source=secret
        )
    with app_context.portfolio.reading() as db:
        content = brief_content(db, busy.world.account, meeting_id=busy.meeting, clock=clock)
        assert "Elena Rossi" in repr(content)
        assert secret not in repr(content)
        assert search(db, secret, 8) == []
