"""The walk: from the first start to the printed brief, and back through undo and the trash.

Each station brings the program further, checks that it got there, and leaves a picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver, TourError, wait_until
from kam_desktop.tour.files import write_files
from kam_desktop.tour.opening import enter, fill_create, make_sample, opening_of
from kam_desktop.tour.pictures import save_picture
from kam_desktop.tour.screenshots import SIZE
from kam_desktop.tour.stage import running, stage
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.handouts.pdf_pages import pictures
from kam_desktop.ui.handouts.preview import BriefPreview
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.settings.page import SettingsPage
from kam_desktop.ui.settings.trash import TrashSection
from kam_desktop.ui.theme import ThemeChoice

Key = Qt.Key
NEW_PERSON: Final = "Bianca Ferrari"
_DOTS_PER_POINT: Final = 1.6


def take_tour(out: Path) -> list[Path]:
    """Walk through the program; leaves pictures, ``brief.pdf`` and its pages in ``out``.

    Returns the files in the order of the walk. Raises `TourError` when a station cannot be reached
    and ``OSError`` when ``out`` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with stage() as place:
        make_sample(place.home / "Sample portfolio.kam")
        with running(place.app, theme=ThemeChoice.LIGHT) as program:
            program.start([])
            walk = Walk(Driver(program, out), place.home, out)
            walk.all_stations()
            return walk.driver.taken


def try_window() -> None:
    """Start the program without a display, open the sample portfolio and leave again.

    Raises `TourError` when it does not get there. For a process of its own: the place it is shown
    in belongs to the tour.
    """
    with stage() as place:
        make_sample(place.home / "Sample portfolio.kam")
        with running(place.app, theme=ThemeChoice.LIGHT) as program:
            program.start([])
            walk = Walk(Driver(program, place.home), place.home, place.home)
            walk.first_start()
            walk.open_sample()


class Walk:
    """The stations in their order; ``driver.taken`` are the files they left."""

    def __init__(self, driver: Driver, home: Path, out: Path) -> None:
        self.driver = driver
        self._home = home
        self._out = out
        self._count = 0

    def all_stations(self) -> None:
        """Walk from the first station to the last."""
        self.first_start()
        self.open_sample()
        self.import_files()
        self.find_account()
        self.draw_map()
        self.prepare_meeting()
        self.look_at_health()
        self.print_brief()
        self.undo_and_redo()
        self.delete_and_restore()

    def _picture(self, name: str) -> None:
        self._count += 1
        self.driver.window.resize(SIZE)
        self.driver.picture(f"{self._count:02}-{name}")

    def _expect(self, truth: bool, what: str) -> None:
        if not truth:
            raise TourError(f"did not come about: {what}")

    # Stations

    def first_start(self) -> None:
        """Make a portfolio of one's own."""
        opening = opening_of(self.driver)
        fill_create(opening.maker, "Northern portfolio", str(self._home))
        opening.welcome.maker.click()
        self._count += 1
        self.driver.picture(f"{self._count:02}-first-start", opening)
        opening.maker.submit()
        wait_until(lambda: opening.panel is opening.recovery, "the recovery key")
        opening.recovery.done.emit()
        self.driver.window_opens()
        self._picture("empty-portfolio")

    def open_sample(self) -> None:
        """Open the sample portfolio with its passphrase."""
        self.driver.run("open_portfolio")
        wait_until(lambda: self.driver.program.opening is not None, "the portfolio to close")
        opening_of(self.driver).open_path(self._home / "Sample portfolio.kam")
        enter(self.driver)
        self._picture("today")

    def import_files(self) -> None:
        """Import two small files after a look at what they would change."""
        page = self.driver.go_to("import")
        assert isinstance(page, ImportPage)
        page.open_files(write_files(self._home / "files"))
        wait_until(lambda: page.plan is not None and self.driver.program.is_idle(), "the preview")
        self._picture("import-preview")
        self.driver.control(Key.Key_Return)
        wait_until(lambda: page.views.currentWidget() is page.result, "the import")
        self._expect("Import" in self.driver.undo_text(), "an import that can be undone")
        self._picture("import-done")

    def find_account(self) -> None:
        """Find an account by typing and open its dossier."""
        self.driver.control(Key.Key_K)
        palette = self.driver.window.palette_panel
        assert palette is not None
        self.driver.type("aurora f")
        wait_until(lambda: look.shows(palette.model, look.HERO), "the search to answer")
        self._picture("search")
        self.driver.press(Key.Key_Return)
        wait_until(lambda: self.driver.window.head.title_text == look.HERO, "the dossier")
        self._picture("dossier")

    def draw_map(self) -> None:
        """Add a person to the map and tie her to another."""
        page = self.driver.page
        assert isinstance(page, AccountPage)
        page.tabs.setCurrentIndex(1)
        self.driver.settle()
        section = page.section("map")
        assert isinstance(section, MapSection)
        view = section.map
        view.acts.add.trigger()
        self.driver.type(NEW_PERSON)
        self.driver.press(Key.Key_Return)
        wait_until(lambda: NEW_PERSON in look.names(view), "the new person on the map")
        self.driver.press(Key.Key_L)
        self.driver.type("simone g")
        wait_until(lambda: look.offers(view.link_form.found, "Simone Galli"), "whom to link with")
        self.driver.press(Key.Key_Return)
        view.acts.fit.trigger()
        self._picture("map")

    def prepare_meeting(self) -> None:
        """Tick an item of the next meeting's checklist."""
        page = self.driver.go_to("meetings")
        assert isinstance(page, MeetingsPage)
        card = page.panel.checklist
        before = sum(row.state is ChecklistState.DONE for row in card.model.rows)
        first_open = next(
            n for n, row in enumerate(card.model.rows) if row.state is ChecklistState.OPEN
        )
        card.view.setCurrentIndex(card.model.index(first_open))
        card.view.setFocus()
        self.driver.press(Key.Key_Space)
        self._expect(
            sum(row.state is ChecklistState.DONE for row in card.model.rows) == before + 1,
            "a ticked item",
        )
        self._picture("meeting")

    def look_at_health(self) -> None:
        """See which account needs attention and why."""
        self.driver.go_to("health")
        self._picture("health")

    def print_brief(self) -> None:
        """Look at the brief and save it."""
        self.driver.go_to("account", account_id=look.account_id(self.driver), section="overview")
        look.command(self.driver.page, "Print brief")
        preview = look.find_dialog(BriefPreview)
        wait_until(
            lambda: preview.save.isEnabled() and self.driver.program.is_idle(), "the brief's pages"
        )
        self._count += 1
        self.driver.picture(f"{self._count:02}-brief-preview", preview)
        brief = self._out / "brief.pdf"
        brief.unlink(missing_ok=True)
        preview.save_to(str(brief))
        wait_until(brief.exists, "the brief to be saved")
        self.driver.close(preview)
        self.driver.taken.append(brief)
        pages = pictures(brief.read_bytes(), 0, _DOTS_PER_POINT).pages
        for number, page in enumerate(pages, start=1):
            path = self._out / f"brief-{number}.png"
            save_picture(page, path)
            self.driver.taken.append(path)

    def undo_and_redo(self) -> None:
        """Take back the last step and do it again."""
        last = self.driver.undo_text()
        self.driver.control(Key.Key_Z)
        self._expect(self.driver.undo_text() != last, "a step taken back")
        self._picture("undone")
        self.driver.control(Key.Key_Y)
        self._expect(self.driver.undo_text() == last, "the step done again")

    def delete_and_restore(self) -> None:
        """Delete an account, find it in the trash, bring it back."""
        page = self.driver.go_to("portfolio")
        look.delete_account_of(page, "Borea Pumps")
        self.driver.settle()
        page = self.driver.go_to("settings", section="trash")
        assert isinstance(page, SettingsPage)
        trash = page.section
        assert isinstance(trash, TrashSection)
        trash.card.table.selectRow(0)
        self._picture("trash")
        trash.restore_action.trigger()
        self.driver.settle()
        self.driver.go_to("portfolio")
        self._expect(bool(look.account_id(self.driver, "Borea Pumps")), "the account restored")
        self._picture("restored")
