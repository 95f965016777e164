"""Pictures of what a working day has: the calendar, promises and what is to do, e-mails, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services.analysis.birthdays import UNKNOWN_YEAR
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.files import write_calendar, write_mails
from kam_desktop.ui.calendar.page import CalendarPage
from kam_desktop.ui.handouts.promises_preview import PromisesPreview
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.personal_notes.dialog import PersonalNotesDialog, keep_fact, open_personal_notes
from kam_desktop.ui.personal_notes.form import PersonalDraft

Shot = tuple[str, QWidget]
_WHO: Final = "Simone Galli"


def calendar_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The calendar by month, by week and as a list, and calendar files going in and out."""
    page = driver.go_to("calendar", view="month")
    assert isinstance(page, CalendarPage)
    for view in ("month", "week", "agenda"):
        page.view_actions[view].trigger()
        driver.settle()
        if view == "week":
            # The next meeting is in the next one.
            look.command(page, "Later")
            driver.settle()
        yield f"calendar-{view}", driver.window
    page.open_files([write_calendar(home / "files")])
    yield from look.dialog_shot(driver, "calendar-import")
    look.command(page, "Save")
    yield from look.dialog_shot(driver, "calendar-save")
    page.view_actions["month"].trigger()


def promise_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What ours are to do, a tender with its gates, and the page of promises for the client."""
    del home
    hero = look.account_id(driver)
    driver.go_to("account", account_id=hero, section="actions")
    yield "account-actions", driver.window
    tendering = look.account_id(driver, "Ήλιος Ενέργεια")
    driver.go_to("account", account_id=tendering, section="tenders")
    yield "account-tenders", driver.window
    page = driver.go_to("account", account_id=hero, section="promises")
    look.command(page, "Print promises")
    preview = look.find_dialog(PromisesPreview)
    wait_until(
        lambda: preview.save.isEnabled() and driver.program.is_idle(), "the page of promises"
    )
    yield "promises-preview", preview
    driver.close(preview)


def mail_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What importing e-mails would do."""
    page = driver.go_to("import")
    assert isinstance(page, ImportPage)
    page.open_files(write_mails(home / "files"))
    yield from look.dialog_shot(driver, "mail-import")


def personal_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What is kept about somebody in private, and its form; what was added is taken away again."""
    del home
    driver.go_to("people")
    context = driver.page.context
    person = look.person_id(driver, _WHO)
    drafts = _personal_drafts(context.clock.today())
    for draft in drafts:
        context.operations.run(driver.window, "Add a personal note", keep_fact, person, draft)
        driver.settle()
    dialog: PersonalNotesDialog = open_personal_notes(context, person, _WHO, driver.window)
    driver.settle()
    yield "personal-notes", dialog
    dialog.add_note.trigger()
    yield "personal-notes-new", dialog
    driver.close(dialog)
    for _draft in drafts:
        driver.run("undo")
    driver.window.toast.hide()


def _personal_drafts(today: dt.date) -> tuple[PersonalDraft, ...]:
    """A birthday, something to come back to, and something that is due to be looked at again."""
    return (
        PersonalDraft(
            id="", kind=PersonalKind.BIRTHDAY, text="", day=dt.date(UNKNOWN_YEAR, 12, 3),
            purpose="A card in time", source="Told us", review_on=today + dt.timedelta(days=700),
        ),
        PersonalDraft(
            id="", kind=PersonalKind.INTEREST, text="Sails on Lake Como at weekends", day=None,
            purpose="Something to talk about", source="Visit", review_on=today,
        ),
    )  # fmt: skip
