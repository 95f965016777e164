"""A map on its way to paper: preview, other paper, PDF, SVG, printing, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services import people, ties
from kam_desktop.services.accounts import add_account
from kam_desktop.services.handouts.poster.paper import Orientation, PosterOptions
from kam_desktop.services.map_loading import MapWish
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.handouts.pdf_pages import page_sizes
from kam_desktop.ui.relationship_map.map_preview import MapPreview
from kam_desktop.ui.relationship_map.output import MapOutput
from kam_desktop.ui.relationship_map.poster_choices import options_text, read_options
from kam_desktop.ui.shell.context import AppContext
from tests.ui.conftest import flush_deleted

Wait = Callable[[], None]


@pytest.fixture
def account_id(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Make") as work:
        account = add_account(work, name="Aurora Foods")
        ana = people.add_person(work, account_id=account, name="Ana Boss", influence=8, support=1)
        ben = people.add_person(work, account_id=account, name="Ben Doe", support=-1)
        ties.add_tie(work, from_id=ben, to_id=ana, kind=TieKind.REPORTS_TO)
    return account


@pytest.fixture
def preview(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> Iterator[MapPreview]:
    window = QWidget()
    qtbot.addWidget(window)
    output = MapOutput(app_context, window)
    wish = MapWish(account_id, "org", app_context.clock.today())
    opened = output.open(wish)
    assert isinstance(opened, MapPreview)
    settled()
    yield opened
    opened.close()
    settled()
    flush_deleted()


def _text(preview: MapPreview, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(preview._pdf)
    return document[page].get_textpage().get_text_bounded()


def _size(preview: MapPreview) -> tuple[int, int]:
    size = page_sizes(preview._pdf)[0]
    return round(size.width), round(size.height)


def test_the_map_is_shown_as_it_will_be_printed(preview: MapPreview) -> None:
    assert preview.windowTitle() == "Map: Aurora Foods"
    assert preview.save.isEnabled()
    assert preview.save_picture.isEnabled()
    text = _text(preview)
    assert "Ana Boss" in text
    assert "Org chart · 2 people" in text
    assert "Not for the client" in text


def test_every_view_can_be_chosen(preview: MapPreview, settled: Wait) -> None:
    views = preview.chosen.views
    titles = [views.itemText(at) for at in range(views.count())]
    assert titles == [
        "As shown now", "Org chart", "Network of ties", "Power grid", "Coverage matrix",
        "Around one person",
    ]  # fmt: skip
    for at, said in ((2, "Network of ties"), (3, "Power grid"), (4, "Coverage matrix"),
                     (5, "Around Ana Boss")):  # fmt: skip
        views.setCurrentIndex(at)
        settled()
        assert said in _text(preview)
        assert "Ben Doe" in _text(preview)


def test_other_paper_is_made_at_once_and_remembered(
    preview: MapPreview, app_context: AppContext, settled: Wait
) -> None:
    preview.chosen.paper.setCurrentText("A3")
    settled()
    preview.chosen.held.setCurrentIndex(2)
    settled()
    assert _size(preview) == (1191, 842)
    preview.chosen.plain.setChecked(True)
    settled()
    kept = read_options(app_context.preferences.values.poster)
    assert kept == PosterOptions("A3", Orientation.LANDSCAPE, black_and_white=True)


def test_the_last_choice_comes_back(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> None:
    options = PosterOptions("Tabloid", Orientation.PORTRAIT)
    app_context.preferences.update(poster=options_text(options))
    opened = MapPreview(app_context, MapWish(account_id, "org", app_context.clock.today()))
    settled()
    assert opened.chosen.options == options
    assert _size(opened) == (792, 1224)
    opened.close()
    settled()
    flush_deleted()


@pytest.mark.parametrize("text", ["", "A9,portrait,black", "A4,askew,black", "nonsense", ",,"])
def test_a_choice_that_makes_no_sense_is_forgotten(text: str) -> None:
    assert read_options(text) == PosterOptions()


def test_it_is_saved_as_pdf_and_as_svg(preview: MapPreview, settled: Wait, tmp_path: Path) -> None:
    preview.save_to(str(tmp_path / "map.pdf"))
    preview.save_picture_to(str(tmp_path / "map.svg"))
    settled()
    assert (tmp_path / "map.pdf").read_bytes() == preview._pdf
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert "Ana Boss" in "".join(root.itertext())


def test_a_file_is_named_after_account_view_and_day(preview: MapPreview) -> None:
    preview.save_picture.trigger()
    dialog = preview.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Aurora Foods Org chart 2026-11-20.svg"
    dialog.reject()


def test_it_is_printed_on_the_paper_of_its_pages(
    preview: MapPreview, settled: Wait, tmp_path: Path
) -> None:
    preview.chosen.paper.setCurrentText("A3")
    settled()
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_to(printer)
    settled()
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 1
    wide, high = printed[0].get_size()
    shown = page_sizes(preview._pdf)[0]
    assert (wide > high) == (shown.width > shown.height)


def test_a_missing_account_is_said(qtbot: QtBot, app_context: AppContext, settled: Wait) -> None:
    opened = MapPreview(app_context, MapWish("nobody", "org", app_context.clock.today()))
    settled()
    texts = [label.text() for label in opened.findChildren(QLabel)]
    assert any("no longer there" in text for text in texts)
    assert not opened.save.isEnabled()
    assert not opened.save_picture.isEnabled()
    opened.close()
    settled()
    flush_deleted()
