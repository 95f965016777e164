"""The preview of the brief: pages come, are leafed through, zoomed, saved and printed."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kam_desktop.services.handouts.pdf import render_brief
from kam_desktop.ui.handouts.pdf_pages import page_sizes, pictures
from kam_desktop.ui.handouts.preview import BriefPreview, open_brief_preview
from kam_desktop.ui.handouts.printing import prepared_printer, print_pictures, wanted_pages
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Notice
from tests.services.handouts.contents import full_brief
from tests.ui.conftest import flush_deleted

Wait = Callable[[], None]


@pytest.fixture
def preview(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> Iterator[BriefPreview]:
    """The preview of the account's brief, with its pages drawn."""
    opened = open_brief_preview(app_context, account_id)
    qtbot.waitExposed(opened)
    settled()
    yield opened
    opened.close()
    settled()
    flush_deleted()


def notices(context: AppContext) -> list[Notice]:
    """What the user is told from now on."""
    told: list[Notice] = []
    context.navigator.noticed.connect(told.append)
    return told


def test_it_shows_the_pages_of_the_brief(preview: BriefPreview) -> None:
    assert preview.windowTitle() == "Brief: Aurora Foods"
    assert preview.save.isEnabled()
    assert preview.print_pages.isEnabled()
    picture = preview.grab().toImage()
    shown = {
        picture.pixelColor(QPoint(x, y)).name()
        for x in range(0, picture.width(), 3)
        for y in range(picture.height() // 3, picture.height(), 3)
    }
    assert "#ffffff" in shown
    assert any(QColor(name).lightness() < 80 for name in shown), "nothing is printed on the page"


def test_nothing_can_be_saved_before_there_is_something(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> None:
    opened = open_brief_preview(app_context, account_id)
    assert not opened.save.isEnabled()
    assert not opened.print_pages.isEnabled()
    settled()
    assert opened.save.isEnabled()
    opened.close()
    flush_deleted()


def test_a_missing_account_is_said(app_context: AppContext, settled: Wait, qtbot: QtBot) -> None:
    opened = open_brief_preview(app_context, "nobody")
    settled()
    texts = [label.text() for label in opened.findChildren(QLabel)]
    assert "This account is no longer here. Nothing was printed." in texts
    assert not opened.save.isEnabled()
    opened.close()
    flush_deleted()


def test_it_is_saved_as_it_is_shown(
    preview: BriefPreview, app_context: AppContext, settled: Wait, tmp_path: Path
) -> None:
    told = notices(app_context)
    preview.save_to(str(tmp_path / "brief.pdf"))
    settled()
    text = pypdfium2.PdfDocument(tmp_path / "brief.pdf")[0].get_textpage().get_text_bounded()
    assert "Aurora Foods" in text
    assert "Send the pilot report" in text
    assert [notice.text for notice in told] == ["Saved as brief.pdf."]


def test_a_failed_save_is_said_and_can_be_tried_again(
    preview: BriefPreview, app_context: AppContext, settled: Wait, tmp_path: Path
) -> None:
    told = notices(app_context)
    preview.save_to(str(tmp_path / "gone" / "brief.pdf"))
    settled()
    assert "is not there any more" in told[0].text
    assert preview.save.isEnabled()


def test_the_file_is_named_after_the_account_and_the_day(
    preview: BriefPreview, settled: Wait
) -> None:
    preview.save.trigger()
    dialog = preview.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Aurora Foods 2026-11-20.pdf"
    dialog.reject()


def test_another_paper_makes_other_pages(preview: BriefPreview, settled: Wait) -> None:
    before = page_sizes(preview._pdf)[0]
    preview.paper.setCurrentText("Letter")
    settled()
    after = page_sizes(preview._pdf)[0]
    assert (round(before.width), round(before.height)) == (595, 842)
    assert (round(after.width), round(after.height)) == (612, 792)


def test_zooming_and_fitting(preview: BriefPreview, settled: Wait) -> None:
    fitted = preview._browser.scale
    preview.bigger.trigger()
    assert preview._browser.scale == pytest.approx(fitted * 1.25)
    preview.smaller.trigger()
    preview.smaller.trigger()
    assert preview._browser.scale == pytest.approx(fitted / 1.25)
    preview.fit.trigger()
    assert preview._browser.scale == pytest.approx(fitted, rel=0.05)
    settled()


def test_leafing_from_page_to_page(
    preview: BriefPreview, app_context: AppContext, settled: Wait
) -> None:
    pdf = render_brief(full_brief())
    preview._browser.show_sizes(page_sizes(pdf))
    preview._tell_page()
    assert preview._browser.pages == 2
    assert preview._browser.page == 0
    preview.next_page.trigger()
    assert preview._browser.page == 1
    assert not preview.next_page.isEnabled()
    preview.previous_page.trigger()
    assert preview._browser.page == 0
    settled()


def test_printing_to_a_file(
    preview: BriefPreview, app_context: AppContext, settled: Wait, tmp_path: Path
) -> None:
    told = notices(app_context)
    printer = prepared_printer("A4", "Brief", 1)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_to(printer)
    settled()
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == preview._browser.pages
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    image = printed[0].render(scale=0.5).to_numpy()
    assert image.min() < 60, "the page is blank"
    assert [notice.kind for notice in told] == ["good"]


def test_the_print_dialog_opens_without_blocking(preview: BriefPreview, qtbot: QtBot) -> None:
    preview.print_pages.trigger()
    dialogs = [each for each in preview.findChildren(QDialog) if each.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()
    flush_deleted()


def test_only_the_pages_asked_for_are_printed(tmp_path: Path, qtbot: QtBot) -> None:
    printer = prepared_printer("A4", "Brief", 2)
    assert wanted_pages(printer, 2) == (0, 1)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert wanted_pages(printer, 2) == (1,)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_the_job_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    from kam_desktop.services.errors import UserError

    printer = prepared_printer("A4", "Brief", 1)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
    made = pictures(render_brief(full_brief()), 1, 0.5, [0])
    with pytest.raises(UserError, match="did not take"):
        print_pictures(printer, made.pages)


def test_pictures_have_the_size_asked_for(qtbot: QtBot) -> None:
    made = pictures(render_brief(full_brief()), 7, 2.0)
    assert made.request == 7
    assert [(image.width(), image.height()) for image in made.pages] == [(1191, 1684)] * 2


def test_it_is_freed_when_closed(
    app_context: AppContext, account_id: str, settled: Wait, collector_off: None, qtbot: QtBot
) -> None:
    opened = open_brief_preview(app_context, account_id)
    settled()
    reference = weakref.ref(opened)
    opened.close()
    flush_deleted()
    assert not isValid(opened)
    del opened
    assert reference() is None


def test_closing_while_it_is_being_made_is_harmless(
    app_context: AppContext, account_id: str, settled: Wait, qtbot: QtBot
) -> None:
    opened = open_brief_preview(app_context, account_id)
    opened.close()
    flush_deleted()
    settled()
