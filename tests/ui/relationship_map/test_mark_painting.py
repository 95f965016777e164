"""Marks on screen: what is painted near and far, with photos, cut names and either direction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from kam_desktop.services.card_marks import Detail
from kam_desktop.services.marks import Disc, Ink, Photo, Rectangle, Side, Stroke, Way, Words
from kam_desktop.ui.relationship_map.card_painting import (
    FAR,
    NEAR,
    CardPainting,
    CardState,
    detail_at,
    paint_tile,
)
from kam_desktop.ui.relationship_map.legend import Legend
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording, reads_leftwards
from kam_desktop.ui.theme import Theme
from tests.services.test_map_marks import card

SIZE = 260


@pytest.fixture
def pens(theme: Theme) -> Iterator[Pens]:
    theme.apply("light")
    yield Pens.of(theme)
    theme.apply()


def painted(*recordings: Recording) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for recording in recordings:
        recording.paint(painter)
    painter.end()
    return image


def painted_card(pens: Pens, state: CardState, detail: Detail, **fields: object) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    CardPainting(card(**fields), pens).paint(painter, state, detail)
    painter.end()
    return image


def test_shapes_are_painted_in_the_theme_s_colours(pens: Pens) -> None:
    image = painted(
        Recording(
            (
                Rectangle(10, 10, 50, 50, Ink.GOOD, None, 4),
                Disc(120, 40, 20, Ink.BAD),
                Way(((10, 100), (60, 100), (60, 150)), None, Ink.ACCENT, closed=True),
                Way(((100, 120), (200, 120)), Stroke(Ink.WARN, 6.0)),
            ),
            pens,
        )
    )
    expected = {(35, 35): "good", (120, 40): "bad", (50, 110): "accent", (150, 120): "warn"}
    for at, ink in expected.items():
        assert image.pixelColor(*at).name().upper() == getattr(pens.colours, ink).upper()


@pytest.mark.parametrize("text", ["Ana Boss", "محمد حسن", "田中 太郎", "W" * 300, "<b>x</b>"])
@pytest.mark.parametrize("side", list(Side))
def test_words_stay_in_their_room(text: str, side: Side, pens: Pens) -> None:
    image = painted(Recording((Words(text, 60, 100, 100, 13, side=side),), pens))
    inked = [
        x for x in range(SIZE) for y in range(80, 120) if image.pixelColor(x, y).lightness() < 200
    ]
    assert inked
    assert min(inked) >= 58
    assert max(inked) <= 162


def test_right_to_left_words_begin_at_the_right(pens: Pens) -> None:
    image = painted(Recording((Words("علي", 20, 100, 200, 13),), pens))
    inked = [x for x in range(SIZE) if image.pixelColor(x, 100).lightness() < 220]
    assert min(inked) > 150
    assert reads_leftwards("علي")
    assert not reads_leftwards("Ali علي")


def test_a_photo_is_cut_to_a_circle_and_missing_ones_are_left_out(theme: Theme) -> None:
    pixmap = QPixmap(40, 40)
    pixmap.fill(QColor("#123456"))
    mark = Photo("f" * 64, 100, 100, 30)
    image = painted(Recording((mark,), Pens(theme, {"f" * 64: pixmap})))
    assert image.pixelColor(100, 100).name() == "#123456"
    assert image.pixelColor(74, 74).name() == "#ffffff"
    assert painted(Recording((mark,), Pens.of(theme))) == painted()


def test_a_card_has_three_levels_of_detail() -> None:
    assert detail_at(1.0) is detail_at(NEAR) is Detail.NEAR
    assert detail_at(0.5) is Detail.HALF_WAY
    assert detail_at(FAR - 0.01) is Detail.FAR


def test_states_and_details_of_a_card_look_different(pens: Pens) -> None:
    states = (
        CardState(), CardState(selected=True), CardState(hovered=True), CardState(target=True),
        CardState(faded=True),
    )  # fmt: skip
    seen = [painted_card(pens, state, Detail.NEAR) for state in states]
    seen += [painted_card(pens, CardState(), detail) for detail in list(Detail)[1:]]
    assert all(one != other for at, one in enumerate(seen) for other in seen[:at])


def test_a_tile_fills_its_box(pens: Pens) -> None:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_tile(painter, QRectF(10, 10, 200, 70), card(), pens, CardState())
    painter.end()
    inked = [
        (x, y) for x in range(SIZE) for y in range(SIZE)
        if image.pixelColor(x, y) != QColor("white")
    ]  # fmt: skip
    assert min(inked)[0] == 10
    assert 208 <= max(inked)[0] <= 210


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_legend_scrolls_where_there_is_little_room(theme: Theme, scale: float) -> None:
    theme.apply("light", scale=scale)
    legend = Legend(theme)
    legend.resize(legend.width(), 200)
    legend.show()
    assert legend.verticalScrollBar().maximum() > 0
    assert legend.horizontalScrollBar().maximum() == 0
    assert "influence unknown" in legend.accessibleDescription()
    legend.close()
    theme.apply()
