"""From the map to the wall in the real window: preview, other paper, PDF and SVG, by keyboard."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pypdfium2

from kam_desktop.tour import look
from kam_desktop.ui.handouts.pdf_pages import page_sizes
from kam_desktop.ui.relationship_map.map_preview import MapPreview
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from tests.journeys.desk import CTRL, SHIFT, Desk, Key
from tests.journeys.test_looking_back import open_map


def shown(desk: Desk) -> MapPreview:
    """The preview, once its pages are there."""
    preview = look.find_dialog(MapPreview)
    desk.until(lambda: preview.save.isEnabled() and desk.driver.program.is_idle(), "the pages")
    return preview


def save(desk: Desk, target: Path) -> None:
    """Answer the question where to save, and wait for the file."""
    desk.choose_file(target)
    desk.until(target.exists, "the file")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def open_poster(desk: Desk, view: RelationshipMapView) -> MapPreview:
    view.stage.setFocus()
    desk.driver.press(Key.Key_P, CTRL | SHIFT)
    return shown(desk)


def test_the_map_is_put_on_paper_by_keyboard(desk: Desk, sample: Path, tmp_path: Path) -> None:
    view = open_map(desk, sample)
    preview = open_poster(desk, view)
    names = [card.name for card in view.people if card.name]
    preview.chosen.paper.setCurrentText("A3")
    shown(desk)
    preview.chosen.plain.setChecked(True)
    shown(desk)
    assert {round(page_sizes(preview._pdf)[0].width)} <= {842, 1191}
    preview.save.trigger()
    save(desk, tmp_path / "map.pdf")
    preview.save_picture.trigger()
    save(desk, tmp_path / "map.svg")
    text = text_of((tmp_path / "map.pdf").read_bytes())
    picture = "".join(ElementTree.parse(tmp_path / "map.svg").getroot().itertext())
    for name in names:
        assert name in text
        assert name in picture
    desk.driver.close(preview)
    again = open_poster(desk, view)
    assert again.chosen.options.paper == "A3"
    assert again.chosen.options.black_and_white
    desk.driver.close(again)


def test_every_view_is_shown_as_it_is_seen(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    for name, said in (("network", "Network"), ("grid", "Power grid"),
                       ("coverage", "Coverage matrix"), ("ego", "Around ")):  # fmt: skip
        view.show_view(name)
        desk.driver.settle()
        preview = open_poster(desk, view)
        assert said in text_of(preview._pdf), name
        desk.driver.close(preview)


def test_the_map_of_an_earlier_day_carries_that_day(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    now = text_of(open_poster(desk, view)._pdf)
    desk.driver.close(look.find_dialog(MapPreview))
    view.acts.time.setChecked(True)
    desk.driver.settle()
    bar = view.sides.time_bar
    assert bar is not None
    bar.since_review.click()
    desk.driver.settle()
    then = text_of(open_poster(desk, view)._pdf)
    day = next(line for line in now.splitlines() if "As of" in line)
    assert day not in then
    assert "As of" in then
    desk.driver.close(look.find_dialog(MapPreview))
