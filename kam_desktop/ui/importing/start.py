"""The import page before a file is chosen: where to drop one, and what was imported earlier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.clock import Clock
from kam_desktop.services.exchange.fields import Kind, kind_label
from kam_desktop.services.formatting import date, number, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.imports import EarlierImport
from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.theme import CARD_RADIUS, Space, colours, theme
from kam_desktop.ui.widgets.card import Card, EmptyState, Scroller
from kam_desktop.ui.widgets.table import CalmTable


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The local files of a drop."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class DropZone(QWidget):
    """A dashed ground that takes files. ``dropped`` carries a list of paths."""

    dropped = Signal(object)

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = False
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                "import",
                _("Bring in your CRM’s data"),
                _(
                    "Drop files here, or choose them: CSV or Excel exports of accounts, people, "
                    "opportunities, revenue or interactions, contacts (vCard), calendars (.ics) "
                    "and e-mails. You see what will change before anything does, and one step "
                    "takes it back."
                ),
                actions,
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = colours()
        pen = QPen(QColor(look.accent if self._over else look.text3), 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(look.accent_soft if self._over else look.surface))
        radius = theme().px(CARD_RADIUS)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()


class EarlierImports(Card):
    """What was imported before, newest first; hidden while there is nothing."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(_("Earlier imports"), parent=parent)
        self._clock = clock
        self.rows: RowsModel[EarlierImport] = RowsModel(
            (
                Column(_("File"), _file, tip=_file),
                Column(_("Kind"), _kind),
                Column(_("When"), self._when, tip=_exact),
                Column(_("New"), _new, number=True),
                Column(_("Changed"), _changed, number=True),
                Column(_("Unchanged"), _unchanged, number=True),
                Column(_("Rejected"), _rejected, number=True),
            ),
            self,
        )
        table = CalmTable(_("Earlier imports"))
        table.setProperty("bare", "true")
        table.setModel(self.rows)
        table.setItemDelegate(TextDelegate(table, quiet=True, figures=True))
        use_delegate(table, 0, TextDelegate(table, strong=True))
        table.remember("imports", [220, 96, 90, 64, 80, 90, 70])
        table.setMinimumHeight(theme().px(120))
        self.add(table, 1)
        self.table = table
        self.hide()

    def show_imports(self, imports: Sequence[EarlierImport]) -> None:
        """Show these."""
        self.rows.set_rows(list(imports))
        self.setVisible(bool(imports))

    def _when(self, row: EarlierImport) -> str:
        return relative_date(row.at.astimezone().date(), self._clock.today())


def _file(row: EarlierImport) -> str:
    return row.file_name


def _kind(row: EarlierImport) -> str:
    return kind_label(Kind(row.kind))


def _exact(row: EarlierImport) -> str:
    local = row.at.astimezone()
    return f"{date(local.date())} {local:%H:%M}"


def _new(row: EarlierImport) -> str:
    return number(row.new)


def _changed(row: EarlierImport) -> str:
    return number(row.changed)


def _unchanged(row: EarlierImport) -> str:
    return number(row.unchanged)


def _rejected(row: EarlierImport) -> str:
    return number(row.rejected)


class StartView(QWidget):
    """The drop zone over the list of earlier imports."""

    def __init__(
        self, actions: Sequence[QAction], clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller()
        scroller.column.setSpacing(theme().px(Space.L))
        outer.addWidget(scroller)
        self.zone = DropZone(actions)
        self.zone.setMinimumHeight(theme().px(250))
        self.earlier = EarlierImports(clock)
        scroller.column.addWidget(self.zone, 3)
        scroller.column.addWidget(self.earlier, 2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
