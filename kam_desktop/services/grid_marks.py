"""The power grid as marks: a chip for the screen, and the whole grid for paper."""

from __future__ import annotations

from kam_desktop.services.formatting import number
from kam_desktop.services.grid_scene import AxisLabel, ChipSpec, GridScene
from kam_desktop.services.i18n import _
from kam_desktop.services.map_signs import sign_width, support_sign
from kam_desktop.services.marks import (
    Drawing,
    Group,
    Ink,
    Mark,
    Rectangle,
    Side,
    Stroke,
    Way,
    Words,
    all_moved,
)

AXIS_WIDTH, AXIS_HEIGHT = 64.0, 30.0
CHIP_RADIUS = 5.0
_DASHES = (4.0, 3.0)
_FIGURE_FROM, _TITLE_FROM = 148.0, 210.0
"""From what width on a chip has room for the figure of influence, and for the title."""


def chip_surface(
    spec: ChipSpec, *, marked: bool = False, hovered: bool = False
) -> tuple[Mark, ...]:
    """The outline of a chip with its corner at 0, 0: dashes for a vacant seat, double for people
    from outside."""
    width, height = spec.place.width, spec.place.height
    quiet = Ink.TEXT3 if spec.vacant or hovered else Ink.LINE
    line, pen = Ink.ACCENT if marked else quiet, 2.0 if marked else 1.0
    stroke = Stroke(line, pen, _DASHES if spec.vacant else ())
    fill = Ink.ACCENT_SOFT if marked else Ink.SURFACE
    outline = Rectangle(pen / 2, pen / 2, width - pen, height - pen, fill, stroke, CHIP_RADIUS)
    if not spec.outside or spec.vacant:
        return (outline,)
    inner = Rectangle(3, 3, width - 6, height - 6, None, Stroke(Ink.TEXT3, 1.0), CHIP_RADIUS - 2)
    return outline, inner


def chip_content(spec: ChipSpec, scale: float = 1.0) -> tuple[Mark, ...]:
    """Sign of support, name, title and influence of a chip, as much as it has room for."""
    width, middle = spec.place.width, spec.place.height / 2
    left, right = 35 * scale, width - 8 * scale
    marks: list[Mark] = [
        *support_sign(spec.support, 19 * scale, middle, 10 * scale, faded=spec.support_faded)
    ]
    if width >= _FIGURE_FROM * scale:
        marks += _influence(spec, right, middle, scale)
        right -= 22 * scale
    room = right - left
    ink = Ink.TEXT2 if spec.vacant else Ink.TEXT
    if spec.title and width >= _TITLE_FROM * scale:
        share = room * 0.56
        marks.append(
            Words(
                spec.title, left + share + 6 * scale, middle, room - share - 6 * scale,
                12 * scale, Ink.TEXT2,
            )
        )  # fmt: skip
        room = share
    marks.append(Words(spec.name, left, middle, room, 13 * scale, ink))
    return tuple(marks)


def _influence(spec: ChipSpec, right: float, middle: float, scale: float) -> list[Mark]:
    """The figure at the right; one that is too old to rely on has points below it."""
    text = "?" if spec.influence is None else str(spec.influence)
    width = 20 * scale
    marks: list[Mark] = [
        Words(text, right - width, middle, width, 12 * scale, Ink.TEXT2, side=Side.END)
    ]
    if spec.influence_faded:
        under = middle + 8 * scale
        stroke = Stroke(Ink.TEXT2, 1.2, (1.2, 2.4))
        marks.append(Way(((right - 14 * scale, under), (right, under)), stroke))
    return marks


def grid_drawing(scene: GridScene) -> Drawing:
    """The whole grid as on paper, with its scales above and at the left."""
    width, height = AXIS_WIDTH + scene.width, AXIS_HEIGHT + scene.height
    groups = [Group(_ground(scene), 0, 0, width, height, _("Power grid"))]
    for chip in scene.chips:
        place = chip.place
        left, top = AXIS_WIDTH + place.x, AXIS_HEIGHT + place.y
        marks = all_moved((*chip_surface(chip), *chip_content(chip)), left, top)
        groups.append(
            Group(
                marks, left, top, left + place.width, top + place.height, chip.name,
                chip.description,
            )
        )  # fmt: skip
    for more in scene.more:
        x, y = AXIS_WIDTH + more.place.x, AXIS_HEIGHT + more.place.y
        right, bottom = x + more.place.width, y + more.place.height
        words = Words(
            more.text, x, (y + bottom) / 2, more.place.width, 12, Ink.TEXT2, side=Side.MIDDLE
        )
        groups.append(Group((words,), x, y, right, bottom, more.text))
    return Drawing(tuple(groups), 0, 0, width, height)


def _ground(scene: GridScene) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for cell in scene.cells:
        unknown = None in cell.cell
        stroke = Stroke(Ink.LINE, 1.0, _DASHES if unknown else ())
        fill = Ink.SUNKEN if unknown else Ink.SURFACE
        marks.append(Rectangle(cell.x, cell.y, cell.width, cell.height, fill, stroke))
    for zone in scene.zones:
        middle = zone.y + scene.strip / 2
        marks.append(Words(zone.text, zone.x + 2, middle, zone.width - 4, 12, Ink.TEXT2))
    marks = list(all_moved(marks, AXIS_WIDTH, AXIS_HEIGHT))
    marks.append(Words(_("Influence"), 0, AXIS_HEIGHT / 2, AXIS_WIDTH - 8, 12, Ink.TEXT2))
    for column in scene.columns:
        marks += all_moved(column_label(column), AXIS_WIDTH + column.start, 0)
    for row in scene.rows:
        middle = AXIS_HEIGHT + row.start + row.length / 2
        marks.append(Words(row.text, 0, middle, AXIS_WIDTH - 8, 12, side=Side.END))
        if row.value:
            long = 28.0 * row.value / 10
            marks.append(Rectangle(34 - long, middle - 2, long, 4, Ink.TEXT3, None, 2))
    return tuple(marks)


def column_label(label: AxisLabel, scale: float = 1.0) -> tuple[Mark, ...]:
    """Sign, word and number of people of a column, from its left edge on."""
    middle, size = AXIS_HEIGHT * scale / 2, 11 * scale
    sign = sign_width(label.value, size)
    text = f"{label.text}  {number(label.count)}"
    left = 4 + sign + 8 * scale
    return (
        *support_sign(label.value, 4 + sign / 2, middle, size),
        Words(text, left, middle, max(0.0, label.length - left - 2), 12 * scale, bold=True),
    )
