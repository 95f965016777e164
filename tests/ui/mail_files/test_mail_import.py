"""E-mails in the window: looked at, given an account, imported once, kept with their files."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Person
from kam_desktop.services import accounts
from kam_desktop.services.files import write_copies
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.interactions import timeline
from kam_desktop.ui.account.timeline import TimelineSection
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.mail_files.import_dialog import MailImportDialog, open_mail_import
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from tests.services.meetings.world import World, make_world

Settled = Callable[[], None]


@pytest.fixture
def world(app_context: AppContext) -> World:
    made = make_world(app_context.portfolio)
    with app_context.portfolio.unit_of_work("Give addresses") as work:
        work.get(Person, made.elena).email = "elena@aurora.example"
    return made


def write_mail(
    folder: Path,
    name: str,
    sender: str = "Elena Rossi <elena@aurora.example>",
    day: str = "Tue, 3 Nov 2026 10:00:00 +0100",
    text: str = "They arrived.",
) -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "me@us.example", f"About {name}"
    mail["Date"], mail["Message-ID"] = day, f"<{name}@x>"
    mail.set_content(text)
    mail.add_attachment(b"a;b", maintype="text", subtype="csv", filename="list.csv")
    path = folder / f"{name}.eml"
    path.write_bytes(mail.as_bytes())
    return path


def shown(dialog: MailImportDialog) -> list[tuple[str, str, str]]:
    rows = dialog.rows
    return [
        tuple(str(rows.index(row, column).data()) for column in (0, 2, 3))  # type: ignore[misc]
        for row in range(rows.rowCount())
    ]


def open_on(
    window: MainWindow, context: AppContext, settled: Settled, *paths: Path
) -> MailImportDialog:
    dialog = open_mail_import(context, paths, window)
    settled()
    settled()
    return dialog


def count_touches(context: AppContext) -> int:
    with context.portfolio.reading() as db:
        return len(timeline(db).rows)


def test_a_mail_is_looked_at_before_anything_changes(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled, tmp_path: Path
) -> None:
    text = "Ciao.\n<img src='http://tracker.example/x.png'>"
    path = write_mail(tmp_path, "samples", text=text)
    dialog = open_on(window, app_context, settled, path)
    assert shown(dialog) == [("New", "About samples", "Aurora Foods")]
    assert dialog.rows.index(0, 4).data() == "Elena Rossi"
    assert dialog.rows.index(0, 6).data() == "list.csv"
    assert count_touches(app_context) == 0
    dialog.table.selectRow(0)
    dialog.table.setCurrentIndex(dialog.rows.index(0, 0))
    assert dialog.excerpt.text() == text
    assert dialog.excerpt.textFormat() is Qt.TextFormat.PlainText


def test_the_same_again_is_nothing_and_undo_takes_all_back(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled, tmp_path: Path
) -> None:
    paths = [write_mail(tmp_path, name) for name in ("one", "two")]
    dialog = open_on(window, app_context, settled, *paths)
    assert dialog.take.text() == "Import 2 e-mails"
    dialog.take.click()
    settled()
    assert count_touches(app_context) == 2
    again = open_on(window, app_context, settled, *paths)
    assert {row[0] for row in shown(again)} == {"Here already"}
    assert not again.take.isEnabled()
    again.reject()
    app_context.operations.undo()
    settled()
    assert count_touches(app_context) == 0


def test_two_previews_of_one_mail_make_one_touch(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled, tmp_path: Path
) -> None:
    path = write_mail(tmp_path, "twice")
    dialogs = [open_on(window, app_context, settled, path) for _time in range(2)]
    for dialog in dialogs:
        dialog.run_import()
        settled()
    assert count_touches(app_context) == 1


def test_an_account_is_chosen_for_mails_of_unknown_people(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled, tmp_path: Path
) -> None:
    known = write_mail(tmp_path, "known")
    unknown = write_mail(tmp_path, "unknown", sender="x@nowhere.example")
    future = write_mail(tmp_path, "future", day="Tue, 3 Nov 2037 10:00:00 +0100")
    broken = tmp_path / "broken.eml"
    broken.write_bytes(b"")
    with app_context.portfolio.unit_of_work("Add") as work:
        boreal = accounts.add_account(work, name="Boreal")
    dialog = open_on(window, app_context, settled, known, unknown, future, broken)
    assert shown(dialog) == [
        ("New", "About known", "Aurora Foods"),
        ("Needs an account", "About unknown", ""),
        ("Left out", "About future", "Aurora Foods"),
    ]
    assert dialog.account.isVisible()
    assert "broken.eml" in dialog.refusals.text()
    dialog.account.picked.emit(Choice("account", boreal, boreal, "Boreal", ""))
    settled()
    assert ("New", "About unknown", "Boreal") in shown(dialog)
    assert dialog.take.text() == "Import 2 e-mails"


def drop(widget: object, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, none))  # type: ignore[attr-defined]


def open_dialogs() -> list[MailImportDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, MailImportDialog) and widget.isVisible()
    ]


def test_mails_dropped_on_the_touches_go_to_that_account_and_keep_their_files(
    window: MainWindow,
    app_context: AppContext,
    world: World,
    settled: Settled,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    section = TimelineSection(app_context)
    qtbot.addWidget(section)
    section.show_account(world.account)
    section.show()
    settled()
    drop(section.touches, [write_mail(tmp_path, "offer", sender="x@nowhere.example")])
    settled()
    settled()
    (dialog,) = open_dialogs()
    assert shown(dialog) == [("New", "About offer", "Aurora Foods")]
    dialog.take.click()
    settled()
    section.load()
    settled()
    (line,) = section.touches.list.lines
    assert line.row.attachments == ("list.csv",)
    assert "Attached: list.csv" in {label.text() for label in line.findChildren(QLabel)}
    folder = tmp_path / "out"
    folder.mkdir()
    for _time in range(2):
        section.touches.save_attachments_to(line.row.id, folder)
        settled()
        settled()
    assert sorted(path.name for path in folder.iterdir()) == ["list (2).csv", "list.csv"]
    assert (folder / "list.csv").read_bytes() == b"a;b"


def test_the_import_page_takes_mails_apart_from_tables(
    window: MainWindow, app_context: AppContext, world: World, settled: Settled, tmp_path: Path
) -> None:
    app_context.navigator.open("import")
    settled()
    page = window.page
    assert isinstance(page, ImportPage)
    table = tmp_path / "accounts.csv"
    table.write_text("Account name,City\nBoreal,Oslo\n", "utf-8")
    page.open_files([table, write_mail(tmp_path, "samples")])
    settled()
    settled()
    (dialog,) = open_dialogs()
    assert shown(dialog) == [("New", "About samples", "Aurora Foods")]
    assert [loaded.path for loaded in page.tables] == [table]
    dialog.reject()


def test_names_of_attachments_lead_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    names = ("../../etc/passwd", "C:\\temp\\x.txt", "", "..", ".profile")
    written = write_copies(folder, [(name, b"x") for name in names])
    assert {path.parent for path in written} == {folder}
    assert [path.name for path in written] == [
        "passwd",
        "x.txt",
        "attachment",
        "attachment (2)",
        "profile",
    ]
    assert list(tmp_path.iterdir()) == [folder]
