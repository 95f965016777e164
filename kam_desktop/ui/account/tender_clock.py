"""The clock of a tender: its gates as marks on a line of time that ends with the award."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kam_desktop.services.formatting import date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.tenders import GateRow, TenderRow
from kam_desktop.ui.theme import TextRole, colours, theme

_HEIGHT = 56
_MARK = 6
_SIDE = 10


class TenderClock(QWidget):
    """Reads without colour: reached gates are discs, missed ones triangles, others rings.

    Today is a line across with its word; the first day and the award stand at the ends.
    """

    def __init__(self, row: TenderRow, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._today = today
        self._first, self._last = span(row, today)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(summary(row, today))
        self.setToolTip(summary(row, today))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_HEIGHT))

    def _x(self, day: dt.date) -> float:
        side = theme().px(_SIDE)
        return side + share(day, self._first, self._last) * (self.width() - 2 * side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() * 0.52
        self._draw_line(painter, middle)
        for gate in self._row.gates:
            self._draw_gate(painter, gate, QPointF(self._x(gate.on), middle))
        self._draw_words(painter)
        painter.end()

    def _draw_line(self, painter: QPainter, middle: float) -> None:
        look, here = colours(), self._x(self._today)
        thick = theme().px(2)
        painter.setPen(QPen(QColor(look.line), thick))
        painter.drawLine(QPointF(self._x(self._first), middle),
                         QPointF(self._x(self._last), middle))  # fmt: skip
        painter.setPen(QPen(QColor(look.text3), thick))
        painter.drawLine(QPointF(self._x(self._first), middle), QPointF(here, middle))
        half = theme().px(_MARK) * 1.9
        painter.setPen(QPen(QColor(look.accent), thick))
        painter.drawLine(QPointF(here, middle - half), QPointF(here, middle + half))

    def _draw_gate(self, painter: QPainter, gate: GateRow, at: QPointF) -> None:
        look, size = colours(), float(theme().px(_MARK))
        if gate.done_on is not None:
            painter.setPen(QPen(QColor(look.surface), 1))
            painter.setBrush(QColor(look.good))
            painter.drawEllipse(at, size, size)
        elif gate.missed(self._today):
            painter.setPen(QPen(QColor(look.surface), 1))
            painter.setBrush(QColor(look.bad))
            up, across = QPointF(0, size * 1.25), QPointF(size * 1.15, size * 0.9)
            corners = [at - up, at + across, at + QPointF(-across.x(), across.y())]
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.setPen(QPen(QColor(look.text2), theme().px(2)))
            painter.setBrush(QColor(look.surface))
            painter.drawEllipse(at, size * 0.85, size * 0.85)

    def _draw_words(self, painter: QPainter) -> None:
        """Today above the line; its ends below it, the award at the right."""
        look = colours()
        painter.setFont(theme().font(TextRole.SMALL))
        above = _("today")
        width = painter.fontMetrics().horizontalAdvance(above)
        left = min(max(0.0, self._x(self._today) - width / 2), float(self.width() - width))
        painter.setPen(QColor(look.accent))
        flags = Qt.AlignmentFlag
        top = QRectF(left, 0, width + 2, painter.fontMetrics().height())
        painter.drawText(top, flags.AlignLeft, above)
        below = QRectF(0, self.height() - painter.fontMetrics().height(), self.width(),
                       painter.fontMetrics().height())  # fmt: skip
        painter.setPen(QColor(look.text2))
        painter.drawText(below, flags.AlignLeft, date(self._first))
        painter.drawText(below, flags.AlignRight, date(self._last))


def span(row: TenderRow, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day the clock shows: of its gates, the award and today."""
    days = [row.award_on, today, *(gate.on for gate in row.gates)]
    return min(days), max(days)


def share(day: dt.date, first: dt.date, last: dt.date) -> float:
    """Where a day stands between two others, 0 … 1; 1 when they are the same."""
    length = (last - first).days
    return min(1.0, max(0.0, (day - first).days / length)) if length else 1.0


def summary(row: TenderRow, today: dt.date) -> str:
    """The clock in words: how many gates are reached and missed, and when the award is."""
    reached = sum(gate.done_on is not None for gate in row.gates)
    text = _("{reached} of {all} gates reached, {missed} missed; award on {day}")
    return text.format(
        reached=reached,
        all=len(row.gates),
        missed=len(row.missed(today)),
        day=date(row.award_on),
    )


def names(gates: Sequence[GateRow]) -> str:
    """Gates with their days, in one sentence."""
    each = (_("{name} ({day})").format(name=gate.name, day=date(gate.on)) for gate in gates)
    return "; ".join(each)
