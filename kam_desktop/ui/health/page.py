"""The health page: which accounts need attention, and why."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QItemSelection, QModelIndex, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.analysis.health import Band
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.health import (
    HealthDetail,
    HealthRow,
    health_detail,
    portfolio_health,
)
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.health.delegate import HealthDelegate
from kam_desktop.ui.health.detail import HealthDetailView
from kam_desktop.ui.health.model import Column, HealthModel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    CalmTable,
    EmptyState,
    ListAndDetail,
    SearchField,
    make_action,
)

LIMIT = 60
_NARROW = 700
_TABLES = (
    "account person role_in_decision interaction interaction_person commitment observation"
    " contract revenue_entry health_snapshot rule_set"
).split()


class HealthPage(Page):
    """Accounts sorted by what needs attention, and the one chosen explained beside them."""

    name: ClassVar[str] = "health"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._search = ""
        self._parted = False
        self._model = HealthModel(self)
        self._make_actions()
        self.search = SearchField(_("Find an account"))
        self.table = self._make_table()
        self.detail = HealthDetailView(context)
        self._none_chosen = EmptyState(
            "heart-pulse",
            _("No account chosen"),
            _("Choose an account to see what its score is made of."),
        )
        self._right = QStackedWidget()
        self._right.addWidget(self._none_chosen)
        self._right.addWidget(self.detail)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_body())
        self._stack.addWidget(self._make_empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect_signals()

    def _make_actions(self) -> None:
        self._measure = make_action(_("Add measurement"), self, shortcut="Ctrl+M")
        self._keep = make_action(_("Keep today's score"), self, shortcut="Ctrl+Shift+K")
        self._open = make_action(_("Open the dossier"), self, shortcut="Ctrl+Return")
        self._rules = make_action(
            _("Health rules"), self, shortcut="Ctrl+Shift+R", icon_name="sliders-horizontal"
        )
        self._import = make_action(_("Import accounts"), self)
        self._portfolio = make_action(_("Go to the portfolio"), self)

    def _make_table(self) -> CalmTable:
        table = CalmTable(_("Health of accounts"))
        table.setModel(self._model)
        table.setItemDelegate(HealthDelegate(table))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setDefaultSectionSize(theme().px(48))
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((Column.TREND, 76), (Column.SCORE, 128)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, theme().px(width))
        return table

    def _make_body(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        self._rules_button = Button("", "quiet", icon_name="sliders-horizontal")
        column.addWidget(self._rules_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._rules_button.follow(self._rules)
        left.setMinimumWidth(theme().px(280))
        left.setFocusProxy(self.table)
        self._splitter = ListAndDetail(left, self._right, _("All accounts"), _NARROW)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._splitter.fit(event.size().width(), event.size().height())
        # The palette and its key still lead to the rules where there is no room for the button.
        self._rules_button.setVisible(self._splitter.is_beside)
        if not self._parted:
            self._parted = True
            left = min(theme().px(390), round(event.size().width() * 0.4))
            self._splitter.setSizes([left, event.size().width() - left])

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "heart-pulse",
            _("Health shows which accounts need you"),
            _(
                "A score from 0 to 100 says how an account does, how much of that is known, and "
                "why. It needs accounts first."
            ),
            [self._import, self._portfolio],
        )

    def _connect_signals(self) -> None:
        self.search.searched.connect(self._look_for)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.opened.connect(self._open_row)
        self.table.clicked.connect(self._splitter.open_detail)
        self._measure.triggered.connect(self._start_measurement)
        self._keep.triggered.connect(self._keep_score)
        self._open.triggered.connect(self._open_chosen)
        self._rules.triggered.connect(self._edit_rules)
        self._import.triggered.connect(self._go_to_import)
        self._portfolio.triggered.connect(self._go_to_portfolio)

    # What the shell asks

    def title(self) -> str:
        return _("Health")

    def head_pills(self) -> list[tuple[str, str]]:
        bad = sum(row.health.band is Band.BAD for row in self._model.rows)
        unknown = sum(row.health.band is Band.UNKNOWN for row in self._model.rows)
        pills = []
        if bad:
            pills.append((ngettext("{n} at risk", "{n} at risk", bad).format(n=bad), "bad"))
        if unknown:
            text = ngettext("{n} with too little data", "{n} with too little data", unknown)
            pills.append((text.format(n=unknown), "plain"))
        return pills

    def head_note(self) -> str:
        if len(self._model.rows) < LIMIT:
            return ""
        return _("The first {n} accounts, key accounts first").format(n=LIMIT)

    def show_with(self, **params: str) -> None:
        self._wanted = params.get("account_id", self._wanted)
        if "account_id" in params:
            self._splitter.open_detail()
        self._load()

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches(*_TABLES):
            self._load()

    def commands(self) -> list[QAction]:
        return [self._measure, self._keep, self._open, self._rules]

    def primary_action(self) -> QAction | None:
        return self._measure if self._model.rows else None

    # Reading

    def _load(self) -> None:
        today = self.context.clock.today()
        self.context.lanes.read(
            self, portfolio_health, today, self._search, LIMIT, on_done=self._show_rows
        )

    def _show_rows(self, rows: list[HealthRow]) -> None:
        self._model.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows or self._search else 1)
        row = max(0, self._model.row_of(self._wanted))
        if rows:
            self.table.selectRow(row)
        else:
            self._right.setCurrentIndex(0)
        for action in (self._measure, self._keep, self._open):
            action.setEnabled(bool(rows))
        self.heading_changed.emit()

    def _look_for(self, text: str) -> None:
        self._search = text
        self._load()

    def _choose(self, _selected: QItemSelection, _before: QItemSelection) -> None:
        account_id = self._chosen_id()
        if not account_id:
            return
        self._wanted = account_id
        self.context.lanes.read(
            self,
            health_detail,
            account_id,
            self.context.clock.today(),
            on_done=self._show_detail,
        )

    def _chosen_id(self) -> str:
        rows = self.table.selectionModel().selectedRows()
        return self._model.rows[rows[0].row()].account_id if rows else ""

    def _show_detail(self, detail: HealthDetail | None) -> None:
        if detail is not None:
            self.detail.show_detail(detail)
        self._right.setCurrentIndex(0 if detail is None else 1)

    # Doing

    def _start_measurement(self) -> None:
        if self._right.currentIndex() == 1:
            self._splitter.open_detail()
            self.detail.ensureWidgetVisible(self.detail.observations)
            self.detail.observations.start()

    def _keep_score(self) -> None:
        from kam_desktop.services import health

        account_id = self._chosen_id()
        if account_id:
            self.context.operations.run(
                self,
                _("Keep today's score"),
                health.take_snapshot,
                account_id,
                on_done=self._kept,
            )

    def _kept(self, _snapshot_id: str) -> None:
        self.context.navigator.notify(_("Today's score is kept."), kind="good")

    def _open_row(self, index: QModelIndex) -> None:
        if self._splitter.one_at_a_time:
            self._splitter.open_detail()
            return
        self.context.navigator.open("account", account_id=self._model.rows[index.row()].account_id)

    def _open_chosen(self) -> None:
        account_id = self._chosen_id()
        if account_id:
            self.context.navigator.open("account", account_id=account_id)

    def _edit_rules(self) -> None:
        from kam_desktop.ui.health.rules_dialog import HealthRulesDialog

        HealthRulesDialog(self.context, self).open()

    def _go_to_import(self) -> None:
        self.context.navigator.open("import")

    def _go_to_portfolio(self) -> None:
        self.context.navigator.open("portfolio")
