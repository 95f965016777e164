"""The import page with files on the table: files and choices left, columns and preview right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services import formatting
from kam_desktop.services.exchange.plans import Fate, ImportPlan, TablePlan
from kam_desktop.services.exchange.vcard.table import CardTable
from kam_desktop.services.i18n import _
from kam_desktop.ui.importing.choices import OptionsForm, TableChoices
from kam_desktop.ui.importing.columns_table import ColumnsTable, column_rows
from kam_desktop.ui.importing.file_list import FileList
from kam_desktop.ui.importing.files import LoadedTable
from kam_desktop.ui.importing.preview import PreviewTable
from kam_desktop.ui.importing.words import fate_label
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.card import Card, EmptyState, Scroller
from kam_desktop.ui.widgets.labels import text_label
from kam_desktop.ui.widgets.progress import ProgressBar

_SIDE_WIDTH = 240
_NARROW = 620
"""Below this width (pixels at scale 1) files and preview stand below each other."""
_NO_LIMIT = 16_777_215
"""Qt's own largest width of a widget."""


class WorkView(QWidget):
    """Shows one table at a time with its plan; tells nothing itself, the page listens to parts."""

    def __init__(
        self,
        choose: QAction,
        save: QAction,
        cancel: QAction,
        lanes: Lanes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose, self._save, self._cancel = choose, save, cancel
        self.files = FileList()
        self.options = OptionsForm(lanes)
        self.choices = TableChoices()
        self.columns = ColumnsTable()
        self.previews = {fate: PreviewTable(fate, fate_label(fate)) for fate in Fate}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller()
        outer.addWidget(self.scroller)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme().px(Space.M))
        self._side_by_side = self._side()
        self._row.addWidget(self._side_by_side)
        self._row.addWidget(self._main(), 1)
        self.scroller.column.addLayout(self._row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two halves below each other where there is no room beside each other."""
        super().resizeEvent(event)
        px = theme().px
        narrow = event.size().width() < px(_NARROW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)
        self._side_by_side.setMaximumWidth(_NO_LIMIT if narrow else px(_SIDE_WIDTH))

    def _side(self) -> QWidget:
        px = theme().px
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        side.setMaximumWidth(px(_SIDE_WIDTH))
        files = Card(_("Files"))
        files.add(self.files, 1)
        more = Button(kind="quiet")
        more.follow(self._choose)
        files.add(more)
        options = Card(_("What the files do not say"))
        options.add(self.options)
        column.addWidget(files, 1)
        column.addWidget(options)
        _take_what_is_left(self.files, px(110))
        return side

    def _main(self) -> QWidget:
        px = theme().px
        self.card = Card()
        self.notes = text_label("", "small", wrap=True)
        self.refusals = text_label("", "error", wrap=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        _take_what_is_left(self.tabs, px(260))
        self.tabs.addTab(self._with_space(self.columns), _("Columns"))
        self._stacks: dict[Fate, QStackedWidget] = {}
        for fate, table in self.previews.items():
            self.tabs.addTab(self._with_space(self._or_nothing(fate, table)), fate_label(fate))
            table.told.connect(self._tell_row)
        self.detail = text_label("", "small", wrap=True)
        self.detail.hide()
        self.tabs.currentChanged.connect(self._forget_row)
        for widget in (self.refusals, self.choices, self.notes):
            self.card.add(widget)
        self.card.add(self.tabs, 1)
        self.card.add(self.detail)
        self.card.add(self._foot())
        self.card.body.setSpacing(px(Space.M))
        return self.card

    def _or_nothing(self, fate: Fate, table: PreviewTable) -> QWidget:
        stack = QStackedWidget()
        text = {
            Fate.NEW: _("No row of this file brings a new record."),
            Fate.CHANGED: _("No row of this file changes a record."),
            Fate.UNCHANGED: _("No row of this file is already as it is in the portfolio."),
            Fate.REJECTED: _("All rows can be imported."),
        }[fate]
        icon = "circle-check" if fate is Fate.REJECTED else "rows-3"
        stack.addWidget(EmptyState(icon, fate_label(fate), text))
        stack.addWidget(table)
        self._stacks[fate] = stack
        return stack

    def _with_space(self, widget: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme().px(Space.S), 0, 0)
        column.addWidget(widget)
        return holder

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.M))
        self.doing = text_label("", "small")
        self.bar = ProgressBar(None, name=_("Import"))
        self.stop = Button()
        self.stop.follow(self._cancel)
        save = Button(kind="quiet")
        for widget in (self.doing, self.bar, self.stop):
            row.addWidget(widget, 1 if widget is self.bar else 0)
        row.addStretch(0)
        row.addWidget(save, 0, Qt.AlignmentFlag.AlignRight)
        save.follow(self._save)
        self.show_progress("", None)
        return foot

    # What is shown

    def show_table(self, loaded: LoadedTable, plans: Sequence[TablePlan]) -> None:
        """Show one table, with its plan once there is one."""
        table, mapping = loaded.table, loaded.mapping
        self.card.set_title(table.name)
        self.choices.show_table(loaded)
        self.columns.setEnabled(mapping is not None)
        if mapping is not None:
            self.columns.columns.show_rows(mapping.kind, column_rows(table, mapping))
        self.card.set_subtitle(_point(loaded))
        notes = dict.fromkeys([*table.notes, *(note for plan in plans for note in plan.notes)])
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        for number, (fate, preview) in enumerate(self.previews.items(), start=1):
            count = preview.show_plans(plans, fate)
            text = f"{fate_label(fate)}  {formatting.number(count)}" if plans else fate_label(fate)
            self.tabs.setTabText(number, text)
            self._stacks[fate].setCurrentIndex(1 if count else 0)

    def _tell_row(self, text: str) -> None:
        self.detail.setText(text)
        self.detail.setVisible(bool(text))

    def _forget_row(self, _tab: int) -> None:
        self._tell_row("")

    def show_refusals(self, texts: Sequence[str]) -> None:
        """Say which files could not be read."""
        self.refusals.setText("\n".join(texts))
        self.refusals.setVisible(bool(texts))

    def show_progress(self, text: str, share: float | None) -> None:
        """Say that something is under way; an empty text says that nothing is."""
        self.doing.setText(text)
        self.bar.set_share(share if text else 0.0)
        for widget in (self.doing, self.bar):
            widget.setVisible(bool(text))
        self._cancel.setVisible(bool(text))
        self.stop.setVisible(bool(text))


def _take_what_is_left(widget: QWidget, height: int) -> None:
    """Let a widget have any height from ``height`` up, whatever it would like to have."""
    widget.setMinimumHeight(height)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


def _point(loaded: LoadedTable) -> str:
    """What the table is not clear about, or how many columns are used."""
    mapping = loaded.mapping
    if isinstance(loaded.table, CardTable):
        return _("What has no field here is kept with the person and comes out on export.")
    if mapping is None:
        return _("It is not clear what the rows are. Say so to import them.")
    used = sum(map(bool, mapping.columns))
    return _("{used} of {all} columns are used.").format(used=used, all=len(mapping.columns))


def plans_of(loaded: LoadedTable, plan: ImportPlan | None) -> list[TablePlan]:
    """The plans that come from one table."""
    if plan is None:
        return []
    return [one for one in plan.tables if one.table is loaded.table]
