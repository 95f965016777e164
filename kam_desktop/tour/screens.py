"""What there is to look at: one function per picture, or per few that follow from each other.

Each brings the program to a state and yields the picture's name and the widget to draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kam_desktop.tour import look
from kam_desktop.tour.day_screens import (
    calendar_screens,
    mail_screens,
    personal_screens,
    promise_screens,
)
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.files import write_files
from kam_desktop.tour.map_screens import (
    crowd_screens,
    map_screens,
    people_screens,
    poster_screens,
    thinking_screens,
)
from kam_desktop.tour.opening import enter, fill_create, opening_of, unlock
from kam_desktop.ui.handouts.preview import BriefPreview
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.widgets import Scroller

Shot = tuple[str, QWidget]
Screen = Callable[[Driver, Path], Iterator[Shot]]
_SHOWN_FOLDER = "~/Documents"
_SHOWN_KEY = "4PX7-K2MD-9QRA-W6TE-H3VN-8CFY-J5GB-ZL21"


def opening_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """First start: welcome, make a portfolio, the recovery key; ends in an empty portfolio."""
    opening = opening_of(driver)
    yield "opening-welcome", opening
    opening.welcome.maker.click()
    fill_create(opening.maker, "Northern portfolio", _SHOWN_FOLDER)
    yield "opening-create", opening
    opening.maker.place.set_value(str(new_folder(home)))
    opening.maker.submit()
    wait_until(lambda: opening.panel is opening.recovery, "the recovery key")
    opening.recovery.key.setText(_SHOWN_KEY)
    yield "opening-recovery-key", opening
    opening.recovery.done.emit()
    driver.window_opens()


def new_folder(home: Path) -> Path:
    """A folder where no portfolio lies yet."""
    count = sum(1 for entry in home.iterdir() if entry.name.startswith("new-"))
    folder = home / f"new-{count + 1}"
    folder.mkdir()
    return folder


def empty_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What each page says while there is nothing in it."""
    del home
    for page in ("today", "portfolio", "account", "people", "meetings", "health"):
        driver.go_to(page)
        yield f"{page}-empty", driver.window
    driver.go_to("settings", section="trash")
    yield "settings-trash-empty", driver.window


def unlock_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """Opening a portfolio with a passphrase; ends in the sample."""
    driver.window.other_wanted.emit()
    wait_until(lambda: driver.program.opening is not None, "the portfolio to close")
    opening = opening_of(driver)
    opening.open_path(home / "Sample portfolio.kam")
    panel = unlock(driver)
    yield "opening-unlock", opening
    panel.passphrase.line.setText("not the passphrase")
    panel.submit()
    wait_until(lambda: bool(panel.passphrase.error_text), "the passphrase to be refused")
    yield "opening-unlock-refused", opening
    enter(driver)


def page_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The pages that are one screen each."""
    del home
    for page in ("today", "portfolio", "people", "health"):
        driver.go_to(page)
        yield page, driver.window


def account_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The dossier, section by section, and an account of which little is known."""
    del home
    hero = look.account_id(driver)
    for section in (
        *(
            "overview",
            "company",
            "people",
            "promises",
            "timeline",
            "commercial",
            "documents",
            "history",
        ),
    ):
        page = driver.go_to("account", account_id=hero, section=section)
        yield f"account-{section}", driver.window
        if section == "overview":
            _scroll_down(page)
            driver.settle()
            yield "account-overview-lower", driver.window
    driver.go_to(
        "account", account_id=look.account_id(driver, "Bora Strumenti"), section="overview"
    )
    yield "account-overview-little-known", driver.window
    driver.go_to("account", account_id=look.account_id(driver, "青空製作所"), section="overview")
    yield "account-overview-japanese", driver.window
    driver.go_to(
        "account", account_id=look.account_id(driver, "شركة الواحة للمياه"), section="people"
    )
    yield "account-people-arabic", driver.window


def _scroll_down(page: QWidget) -> None:
    """Show the end of what is scrolled on a page."""
    for area in page.findChildren(Scroller):
        if area.isVisible():
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def meeting_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The next meeting, one to plan, and the checklist templates."""
    del home
    page = driver.go_to("meetings")
    assert isinstance(page, MeetingsPage)
    yield "meetings", driver.window
    page.agenda.opened.emit()
    page.panel.verticalScrollBar().setValue(page.panel.verticalScrollBar().maximum())
    yield "meetings-afterwards", driver.window
    driver.go_to("meetings", new="1", account_id=look.account_id(driver))
    yield "meetings-new", driver.window
    page.plan.cancelled.emit()
    look.command(page, "Checklist templates")
    yield from look.dialog_shot(driver, "meetings-templates")


_NOTES = """They liked the pilot; two batches came late
/commit we send the price list by friday
/commit they visit our plant on 9 Dec
/action ask the laboratory about the licence in 2 weeks
/objection too dear = total cost is lower over ten years
/support Nobody +1
The CFO joins the next call because of the budget"""


def notes_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """Notes of the next meeting, the work afterwards, follow-up and minutes."""
    del home
    page = driver.go_to("notes")
    assert isinstance(page, NotesPage)
    if not page.editor.toPlainText():
        page.editor.insertPlainText(_NOTES)
    page.editor.understand()
    yield "notes", driver.window
    page.show_after.trigger()
    driver.settle()
    yield "notes-afterwards", driver.window
    look.command(page, "Start follow-up…")
    yield from look.dialog_shot(driver, "notes-follow-up")
    look.command(page, "Minutes…")
    yield from look.dialog_shot(driver, "notes-minutes")


def import_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """Import: before, with files and their preview, afterwards."""
    page = driver.go_to("import")
    assert isinstance(page, ImportPage)
    yield "import", driver.window
    page.open_files(write_files(home / "files"))
    wait_until(lambda: page.plan is not None and driver.program.is_idle(), "the preview")
    yield "import-preview", driver.window
    page.run_import()
    wait_until(lambda: page.views.currentWidget() is page.result, "the import")
    yield "import-result", driver.window
    driver.run("undo")
    driver.window.toast.hide()
    page.begin_anew()


def settings_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """Each section of the settings."""
    del home
    for section in (*("appearance", "portfolio", "team", "security", "backups", "history"),):
        driver.go_to("settings", section=section)
        yield f"settings-{section}", driver.window


def trash_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The trash with an account in it; the account is brought back."""
    del home
    page = driver.go_to("portfolio")
    look.delete_account_of(page, "Borea Pumps")
    driver.settle()
    driver.go_to("settings", section="trash")
    yield "settings-trash", driver.window
    driver.run("undo")
    driver.window.toast.hide()


def shell_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What opens over any page: the palette, the shortcuts, a touch to log, a notice."""
    del home
    driver.go_to("today")
    driver.window.open_palette()
    palette = driver.window.palette_panel
    assert palette is not None
    yield "palette", driver.window
    palette.field.setText("")
    driver.type("aur")
    wait_until(lambda: look.shows(palette.model, look.HERO), "the search to answer")
    yield "palette-search", driver.window
    palette.close_palette()
    driver.run("shortcuts")
    yield from look.dialog_shot(driver, "shortcuts")
    page = driver.go_to("account", account_id=look.account_id(driver), section="overview")
    look.command(page, "Log a touch")
    yield from look.dialog_shot(driver, "log-touch")
    driver.page.context.navigator.notify("Undone: Import of 3 accounts", action_text="Redo")
    yield "notice", driver.window


def brief_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The brief of the next meeting as it will be on paper, and its lines beside it."""
    del home
    page = driver.go_to("account", account_id=look.account_id(driver), section="overview")
    look.command(page, "Print brief")
    preview = look.find_dialog(BriefPreview)
    wait_until(
        lambda: preview.save.isEnabled() and driver.program.is_idle(), "the pages of the brief"
    )
    yield "brief-preview", preview
    preview.edit.trigger()
    driver.settle()
    preview.resize(driver.window.size())
    look.choose_row(preview.editor.list, "Where does")
    yield "brief-lines", preview
    preview.edit.trigger()
    driver.close(preview)


FIRST_START: tuple[Screen, ...] = (opening_screens, empty_screens, unlock_screens)
IN_THE_SAMPLE: tuple[Screen, ...] = (
    page_screens,
    account_screens,
    map_screens,
    thinking_screens,
    poster_screens,
    people_screens,
    meeting_screens,
    notes_screens,
    calendar_screens,
    promise_screens,
    mail_screens,
    personal_screens,
    import_screens,
    settings_screens,
    trash_screens,
    shell_screens,
    brief_screens,
    crowd_screens,
)
