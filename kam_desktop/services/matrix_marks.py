"""The coverage matrix as marks: signs for the screen, and the whole table for paper."""

from __future__ import annotations

from kam_desktop.models.vocabulary import TeamContactState
from kam_desktop.services.contact_matrix import (
    CellSpec,
    ColumnSpec,
    GroupSpec,
    MatrixScene,
    RowSpec,
    state_letter,
)
from kam_desktop.services.i18n import _
from kam_desktop.services.map_signs import support_sign
from kam_desktop.services.marks import (
    Disc,
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

ROW_HEIGHT, HEAD_HEIGHT, GROUP_HEIGHT = 26.0, 96.0, 26.0
NAMES_WIDTH, COLUMN_WIDTH, KNOWN_WIDTH = 260.0, 92.0, 76.0
_SIGN = 9.0

_INKS = {
    TeamContactState.GOOD.value: (Ink.GOOD, Ink.GOOD_SOFT),
    TeamContactState.WORKING.value: (Ink.WARN, Ink.WARN_SOFT),
    TeamContactState.BAD.value: (Ink.BAD, Ink.BAD_SOFT),
    TeamContactState.NONE.value: (Ink.TEXT2, Ink.SUNKEN),
}


def contact_sign(state: str, x: float, y: float, size: float = _SIGN) -> tuple[Mark, ...]:
    """The sign of a state around (``x``, ``y``).

    Full disc good, half disc working on it, cross bad, empty ring none.
    """
    radius, (ink, _soft) = size / 2, _INKS[state]
    ring = Disc(x, y, radius - 0.6, None, Stroke(ink, 1.2))
    if state == TeamContactState.GOOD:
        return (Disc(x, y, radius, ink),)
    if state == TeamContactState.WORKING:
        corners = [(0.0, -1.0), (-0.5, -0.87), (-0.87, -0.5), (-1.0, 0.0)]
        left = [*corners, *((dx, -dy) for dx, dy in reversed(corners))]
        half = tuple((x + dx * radius, y + dy * radius) for dx, dy in left)
        return Way(half, None, ink, closed=True), ring
    if state == TeamContactState.BAD:
        reach, stroke = radius * 0.8, Stroke(ink, 1.6, round=True)
        return (
            Way(((x - reach, y - reach), (x + reach, y + reach)), stroke),
            Way(((x + reach, y - reach), (x - reach, y + reach)), stroke),
        )
    return (ring,)


def cell_marks(cell: CellSpec, width: float, height: float, scale: float = 1.0) -> tuple[Mark, ...]:
    """A cell with its corner at 0, 0: state by sign, letter and ground, touches as a bar below.

    Unknown is a question mark; a suggestion is an outline of dashes with its letter and “?”.
    """
    across, middle = width / 2, height / 2
    marks: list[Mark] = []
    if cell.state is not None:
        ink, soft = _INKS[cell.state]
        pill = 44 * scale
        marks.append(
            Rectangle(
                across - pill / 2, middle - 9 * scale, pill, 18 * scale, soft, None, 9 * scale
            )
        )
        marks += contact_sign(cell.state, across - 8 * scale, middle, _SIGN * scale)
        marks.append(
            _word(state_letter(cell.state), across + 9 * scale, middle, scale, ink, bold=True)
        )
    elif cell.suggestion is not None:
        pill = 44 * scale
        marks.append(
            Rectangle(
                across - pill / 2, middle - 8.5 * scale, pill, 17 * scale, None,
                Stroke(Ink.TEXT3, 1.0, (3.0, 3.0)), 8.5 * scale,
            )
        )  # fmt: skip
        text = _("{letter}?").format(letter=state_letter(cell.suggestion))
        marks.append(_word(text, across, middle, scale, Ink.TEXT3))
    else:
        marks.append(_word("?", across, middle, scale, Ink.TEXT3))
    strength = cell.contact.strength
    if strength > 0:
        marks.append(
            Rectangle(across - 22 * scale, height - 3.5, 44 * scale * strength, 2.5, Ink.ACCENT)
        )
    return tuple(marks)


def _word(text: str, x: float, y: float, scale: float, ink: Ink, *, bold: bool = False) -> Words:
    room = 36 * scale
    return Words(text, x - room / 2, y, room, 12 * scale, ink, bold, Side.MIDDLE)


def matrix_drawing(scene: MatrixScene) -> Drawing:
    """The whole matrix as on paper: names at the left, ours above, who is known by nobody."""
    width = NAMES_WIDTH + KNOWN_WIDTH + COLUMN_WIDTH * len(scene.columns)
    groups = [Group(_head(scene, width), 0, 0, width, HEAD_HEIGHT, _("Our team"))]
    y = HEAD_HEIGHT
    for group in scene.groups:
        groups.append(Group(_heading(group, y, width), 0, y, width, y + GROUP_HEIGHT, group.title))
        y += GROUP_HEIGHT
        for row in group.rows:
            marks = _row(row, y, width)
            groups.append(Group(marks, 0, y, width, y + ROW_HEIGHT, row.name, row.description))
            y += ROW_HEIGHT
    return Drawing(tuple(groups), 0, 0, width, y)


def _head(scene: MatrixScene, width: float) -> tuple[Mark, ...]:
    marks: list[Mark] = [
        Words(
            _("Known by"),
            NAMES_WIDTH,
            HEAD_HEIGHT - 14,
            KNOWN_WIDTH - 8,
            11,
            Ink.TEXT2,
            side=Side.END,
        )
    ]
    for at, column in enumerate(scene.columns):
        marks += _column(column, NAMES_WIDTH + KNOWN_WIDTH + at * COLUMN_WIDTH)
    line = Stroke(Ink.TEXT3, 1.0)
    marks.append(Way(((0, HEAD_HEIGHT), (width, HEAD_HEIGHT)), line))
    return tuple(marks)


def _column(column: ColumnSpec, x: float) -> list[Mark]:
    room, middle = COLUMN_WIDTH - 8, x + 4
    lines = wrapped_name(column.name)
    top = HEAD_HEIGHT - 22 - 16 * (len(lines) + 1)
    ink = Ink.TEXT3 if column.left else Ink.TEXT
    marks: list[Mark] = [
        Words(text, middle, top + 16 * at, room, 12, ink, True, Side.MIDDLE)
        for at, text in enumerate(lines)
    ]
    marks.append(
        Words(column.role, middle, HEAD_HEIGHT - 32, room, 11, Ink.TEXT2, side=Side.MIDDLE)
    )
    marks.append(
        Words(summary_text(column), middle, HEAD_HEIGHT - 14, room, 11, Ink.TEXT2, side=Side.MIDDLE)
    )
    return marks


def wrapped_name(name: str) -> list[str]:
    """A name on at most two lines, broken before its last word that helps."""
    words = name.split()
    if len(words) < 2 or len(name) <= 12:
        return [name]
    break_at = min(
        range(1, len(words)),
        key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))),
    )
    return [" ".join(words[:break_at]), " ".join(words[break_at:])]


def summary_text(column: ColumnSpec) -> str:
    """How many contacts are good and how many are being worked on: “12 G  3 W”."""
    parts = [
        f"{column.states[state]} {state_letter(state)}"
        for state in ("good", "working")
        if column.states[state]
    ]
    return "  ".join(parts) or "–"


def _heading(group: GroupSpec, y: float, width: float) -> tuple[Mark, ...]:
    middle = y + GROUP_HEIGHT / 2
    return (
        Rectangle(0, y, width, GROUP_HEIGHT, Ink.SUNKEN),
        Words(group.title, 8, middle, NAMES_WIDTH, 12, Ink.TEXT2, True),
    )


def _row(row: RowSpec, y: float, width: float) -> tuple[Mark, ...]:
    middle = y + ROW_HEIGHT / 2
    influence = "?" if row.influence is None else str(row.influence)
    ink = Ink.TEXT3 if row.left else Ink.TEXT
    marks: list[Mark] = [
        *support_sign(row.support, 19, middle, 10),
        Words(row.name, 36, middle, NAMES_WIDTH - 66, 12, ink),
        Words(influence, NAMES_WIDTH - 26, middle, 18, 12, Ink.TEXT2, side=Side.END),
        *_known(row, middle),
    ]
    for at, cell in enumerate(row.cells):
        left = NAMES_WIDTH + KNOWN_WIDTH + at * COLUMN_WIDTH
        marks += all_moved(cell_marks(cell, COLUMN_WIDTH, ROW_HEIGHT), left, y)
    marks.append(Way(((0, y + ROW_HEIGHT), (width, y + ROW_HEIGHT)), Stroke(Ink.LINE, 1.0)))
    return tuple(marks)


def _known(row: RowSpec, middle: float) -> tuple[Mark, ...]:
    room = KNOWN_WIDTH - 8
    if row.known_by_nobody:
        return (Words(_("nobody"), NAMES_WIDTH, middle, room, 12, Ink.BAD, True, Side.END),)
    text = "–" if row.left else str(row.known_by)
    return (Words(text, NAMES_WIDTH, middle, room, 12, Ink.TEXT2, side=Side.END),)
