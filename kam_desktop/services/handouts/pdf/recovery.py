"""The recovery sheet: the key on paper, for the day when the password is forgotten."""

from __future__ import annotations

import datetime as dt
import re

from kam_desktop.services.formatting import date
from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.pdf.lines import Type, set_lines
from kam_desktop.services.handouts.pdf.parts import subheading
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    EYEBROW,
    INK,
    LINE,
    PAPERS,
    SECONDARY,
    SMALL_STRONG,
    SUNKEN,
    TITLE,
    Grid,
)
from kam_desktop.services.i18n import _

_KEY = Type(15, 26, bold=True)
_TEXT = Type(10, 14.5)
_LABEL = Type(8.4, 12, colour=SECONDARY)
_BOX_LABEL = Type(8.4, 12, bold=True, colour=ACCENT)
_MOST_GROUPS = 24
_IN_A_ROW = 4
_ROW_HEIGHT = 44.0
_PAD = 20.0


def render_recovery_sheet(
    portfolio_name: str, recovery_key_text: str, created_on: dt.date, *, paper: str = "A4"
) -> bytes:
    """One page with the recovery key, what it is for and how to use it.

    ``recovery_key_text`` is groups of letters and digits with spaces or hyphens between.
    """
    grid = Grid(*PAPERS[paper], margin=64)
    title = _("Recovery sheet: {portfolio}").format(portfolio=one_line(portfolio_name, 200))
    pen = Pen(grid.width, grid.height, title=title, subject=_("Secret: keep under lock"))
    x, width = grid.margin, grid.right - grid.margin
    y = grid.margin
    pen.text(_("Recovery sheet").upper(), EYEBROW, x, y, width)
    y += 12
    y += pen.lines(set_lines(portfolio_name, TITLE, width, 2), TITLE, x, y, width) + 4
    pen.text(_("Made on {day}").format(day=date(created_on)), _LABEL, x, y, width)
    y = _key_box(pen, recovery_key_text, x, y + 28, width) + 24
    for heading, text in _explanations():
        block = subheading(heading, width)
        block.draw(pen, x, y)
        y += block.height + 2
        y += pen.paragraph(text, _TEXT, x, y, width, 6) + 14
    foot = grid.height - grid.margin
    pen.rule(x, foot - 14, width, LINE)
    pen.text(_("Secret. Keep under lock; never photograph or e-mail it."), SMALL_STRONG, x,
             foot - 9, width - 80)  # fmt: skip
    pen.text_right(_("Page {page} of {pages}").format(page=1, pages=1), SMALL_STRONG, grid.right,
                   foot - 9, 70)  # fmt: skip
    pen.next_page()
    return pen.finish()


def _key_box(pen: Pen, key: str, x: float, y: float, width: float) -> float:
    """The groups of the key in rows of four, each under its number."""
    groups = re.split(r"[\s-]+", key.strip())[:_MOST_GROUPS]
    rows = -(-len(groups) // _IN_A_ROW)
    height = rows * _ROW_HEIGHT + 2 * _PAD + 14
    pen.box(x, y, width, height, fill=SUNKEN, stroke=INK, thickness=1.2, radius=6)
    pen.text(_("Recovery key"), _BOX_LABEL, x + _PAD, y + 14, width)
    cell = (width - 2 * _PAD) / _IN_A_ROW
    for index, group in enumerate(groups):
        row, column = divmod(index, _IN_A_ROW)
        left, top = x + _PAD + column * cell, y + _PAD + 18 + row * _ROW_HEIGHT
        pen.text(str(index + 1), _LABEL, left, top, cell)
        pen.text(group, _KEY, left, top + 10, cell - 6)
    return y + height


def _explanations() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("What it is for"),
            _(
                "This key opens the portfolio when the passphrase is forgotten or the laptop no"
                " longer keeps the key. Nobody else has a copy: without passphrase, laptop and this"
                " sheet the data cannot be read by anyone."
            ),
        ),
        (
            _("How to use it"),
            _(
                "Open the portfolio's file, choose “Use the recovery key” and type the groups"
                " in the order of their numbers. Spaces, hyphens and small letters make no"
                " difference."
            ),
        ),
        (
            _("Where to keep it"),
            _(
                "In a safe or with your company's security office, away from the laptop. Whoever"
                " has this sheet and the file can read everything. When it is lost, make a new one"
                " in Settings: the old key then stops working."
            ),
        ),
    )
