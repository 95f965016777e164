"""The headers of the matrix: their people at the left, ours above, both always in sight."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from kam_desktop.services.contact_matrix import ColumnSpec, GroupSpec, RowSpec
from kam_desktop.services.i18n import _
from kam_desktop.services.map_signs import support_sign
from kam_desktop.services.matrix_marks import summary_text, wrapped_name
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.relationship_map.matrix.model import MatrixModel
from kam_desktop.ui.theme import Space, TextRole, theme

KNOWN_WIDTH, COLUMN_WIDTH, WIDE_COLUMN = 70, 96, 150
NAMES_WIDTHS = ((900, 370), (620, 250), (0, 160))
"""From how wide a table on names may take how much."""

LOW, VERY_LOW = 300, 160
"""A table lower than this has room for the names of ours alone above it, or for one line."""

_TITLE_FROM = 60
"""From so much room after a name on, the title is written there."""


class _Type:
    """Fonts and signs of the look in use, made once: headers are painted while they scroll."""

    def __init__(self) -> None:
        look = theme()
        self.body: QFont = look.font()
        self.small: QFont = look.font(TextRole.SMALL)
        self.strong: QFont = look.font(TextRole.SMALL, bold=True)
        self.figures: QFont = look.figures(TextRole.SMALL)
        pens, size = Pens.of(look), 10 * look.scale
        self.signs = {
            support: Recording(support_sign(support, 0, 0, size), pens)
            for support in (-2, -1, 0, 1, 2, None)
        }


class PeopleHeader(QHeaderView):
    """Their people down the left side; it stays in sight. The last part says who is known."""

    def __init__(self, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._model = model
        self.lit: frozenset[str] = frozenset()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Their people"))
        self._type = _Type()

    def restyle(self) -> None:
        """Draw in the look of now."""
        self._type = _Type()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = theme().px
        table = self.parentWidget()
        room = 0 if table is None else table.width()
        names = next(width for least, width in NAMES_WIDTHS if room >= px(least) or not least)
        return QSize(px(names + KNOWN_WIDTH), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        line = self._model.line(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, GroupSpec):
            self._group(painter, rect, line)
        elif line is not None:
            self._person(painter, rect, line, section)
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, group: GroupSpec) -> None:
        look, px = theme(), theme().px
        painter.fillRect(rect, QColor(look.colours.sunken))
        painter.setFont(self._type.strong)
        painter.setPen(QColor(look.colours.text2))
        _line_of_text(painter, rect.adjusted(px(Space.S), 0, 0, 0), group.title)

    def _person(self, painter: QPainter, rect: QRect, row: RowSpec, section: int) -> None:
        px, colours = theme().px, theme().colours
        met = self.selectionModel().currentIndex().row() == section
        painter.fillRect(rect, QColor(colours.accent_soft if met else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if self.lit and row.id not in self.lit:
            painter.setOpacity(0.35)
        middle = rect.center().y() + 1
        painter.translate(rect.left() + px(20), middle)
        self._type.signs[row.support].paint(painter)
        painter.translate(-rect.left() - px(20), -middle)
        known = QRect(
            rect.right() - px(KNOWN_WIDTH), rect.top(), px(KNOWN_WIDTH - 8), rect.height()
        )
        influence = QRect(known.left() - px(30), rect.top(), px(24), rect.height())
        painter.setFont(self._type.figures)
        painter.setPen(QColor(colours.text2))
        figure = "?" if row.influence is None else str(row.influence)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(influence, right, figure)
        self._known(painter, known, row)
        name = QRect(rect.left() + px(38), rect.top(), 0, rect.height())
        name.setRight(influence.left() - px(Space.XS))
        painter.setFont(self._type.body)
        painter.setPen(QColor(colours.text3 if row.left else colours.text))
        used = _line_of_text(painter, name, row.name) + px(Space.S)
        if name.width() - used >= px(_TITLE_FROM):
            painter.setFont(self._type.small)
            painter.setPen(QColor(colours.text2))
            _line_of_text(painter, name.adjusted(used, 0, 0, 0), row.title)

    def _known(self, painter: QPainter, area: QRect, row: RowSpec) -> None:
        look = theme()
        nobody = row.known_by_nobody
        painter.setFont(self._type.strong if nobody else self._type.small)
        painter.setPen(QColor(look.colours.bad if nobody else look.colours.text2))
        text = _("nobody") if nobody else _("left") if row.left else str(row.known_by)
        _line_of_text(painter, area, text, right=True)


class OursHeader(QHeaderView):
    """Our members above, each with role and how many they know; it stays in sight."""

    def __init__(self, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Our team"))
        self._type = _Type()

    def restyle(self) -> None:
        """Draw in the look of now."""
        self._type = _Type()
        self.updateGeometry()

    @property
    def low(self) -> bool:
        """Whether names alone are shown, to leave the room to people."""
        table = self.parentWidget()
        return table is not None and table.height() < theme().px(LOW)

    def sizeHint(self) -> QSize:
        px, table = theme().px, self.parentWidget()
        if table is not None and table.height() < px(VERY_LOW):
            return QSize(0, px(30))
        return QSize(0, px(50 if self.low else 92))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column = self._model.column(section)
        if column is None:
            return
        px, colours = theme().px, theme().colours
        painter.save()
        met = self.selectionModel().currentIndex().column() == section
        painter.fillRect(rect, QColor(colours.accent_soft if met else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(px(Space.XS), px(Space.S), -px(Space.XS), -px(Space.S))
        step = px(17)
        top = area.bottom() - step
        if not self.low:
            for text in (summary_text(column), column.role):
                self._words(painter, area, top, text, colours.text2)
                top -= step
            top -= px(2)
        ink = colours.text3 if column.left else colours.text
        one_line = rect.height() < 2 * step
        lines = [column.name] if one_line else wrapped_name(column.name)
        for text in reversed(lines):
            self._words(painter, area, top, text, ink, bold=True)
            top -= step
        if column.only:
            self._risk(painter, rect, column)
        painter.restore()

    def _words(
        self, painter: QPainter, area: QRect, top: int, text: str, ink: str, *, bold: bool = False
    ) -> None:
        painter.setFont(self._type.strong if bold else self._type.small)
        painter.setPen(QColor(ink))
        line = QRect(area.left(), top, area.width(), theme().px(17))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)

    def _risk(self, painter: QPainter, rect: QRect, column: ColumnSpec) -> None:
        """A bar along the lower edge, as long as what would be lost with this member."""
        known = max(1, column.states["good"] + column.states["working"])
        width = (rect.width() - 8) * min(1.0, column.only / known)
        bar = QRectF(rect.left() + 4, rect.bottom() - 3, width, 3)
        painter.fillRect(bar, QColor(theme().colours.warn))


class Corner(QWidget):
    """What the figures beside the names are, in the corner between the headers."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.colours.surface))
        painter.setPen(QColor(look.colours.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.setFont(look.font(TextRole.SMALL))
        painter.setPen(QColor(look.colours.text2))
        line = QRect(0, self.height() - px(25), self.width() - px(Space.S), px(17))
        _line_of_text(painter, line, _("Known by"), right=True)
        line.setRight(self.width() - px(KNOWN_WIDTH + 6))
        _line_of_text(painter, line, _("Influence"), right=True)
        painter.end()


def _line_of_text(painter: QPainter, area: QRect, text: str, *, right: bool = False) -> int:
    """One line, cut to its room; returns how wide it is."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, flags, shown)
    return metrics.horizontalAdvance(shown)
