"""What a column of a table shows of a record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from kam_desktop.ui.widgets.labels import plain_tip

_log = logging.getLogger(__name__)

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The state of a pill (good, warn, bad, accent, plain) for `delegates.PillDelegate`."""
VALUE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The value itself, for delegates that draw it (support, influence)."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 3
"""The record."""

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``sort`` is the query's name for sorting by it, empty when it cannot.

    ``text`` says what a cell shows; ``tip`` what it says on hover (e.g. the exact date), ``state``
    the state of its pill, ``value`` what a delegate draws. ``number`` aligns to the right.
    """

    title: str
    text: Callable[[Any], str]
    sort: str = ""
    tip: Callable[[Any], str] | None = None
    state: Callable[[Any], str] | None = None
    value: Callable[[Any], Any] | None = None
    number: bool = False


def cell_data(column: Column, row: Any, role: int) -> Any:
    """What ``column`` gives for ``role``; never raises, as it is called from within Qt."""
    try:
        return _cell_data(column, row, role)
    except Exception:
        _log.exception("the column %s could not show a record", column.title)
        return "?" if role == Qt.ItemDataRole.DisplayRole else None


def _cell_data(column: Column, row: Any, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return plain_tip(column.tip(row)) if column.tip is not None else None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if column.number else _LEFT
    if role == STATE_ROLE:
        return column.state(row) if column.state is not None else None
    if role == VALUE_ROLE:
        return column.value(row) if column.value is not None else None
    return row if role == ROW_ROLE else None


def header_data(
    columns: Sequence[Column], section: int, orientation: Qt.Orientation, role: int
) -> Any:
    """What the header shows for a column."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return columns[section].title
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if columns[section].number else _LEFT
    return None
