"""Settings: how it looks, the portfolio, its safety, backups, trash, history, our team."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.icons import icon
from kam_desktop.ui.settings.appearance import AppearanceSection
from kam_desktop.ui.settings.backups import BackupsSection
from kam_desktop.ui.settings.history import HistorySection
from kam_desktop.ui.settings.portfolio import PortfolioSection
from kam_desktop.ui.settings.reminders import RemindersSection
from kam_desktop.ui.settings.section import Section
from kam_desktop.ui.settings.security import SecuritySection
from kam_desktop.ui.settings.team import TeamSection
from kam_desktop.ui.settings.trash import TrashSection
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import ICON_SIZE, make_action
from kam_desktop.ui.widgets.fields import QuietCombo

_SECTIONS: tuple[type[Section], ...] = (
    AppearanceSection,
    RemindersSection,
    PortfolioSection,
    TeamSection,
    SecuritySection,
    BackupsSection,
    TrashSection,
    HistorySection,
)

NARROW = 560


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right.

    ``show_with(section=…)`` opens one: appearance, reminders, portfolio, team, security, backups,
    trash, history.
    """

    name: ClassVar[str] = "settings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        px = theme().px
        self.list = QListWidget()
        self.list.setProperty("bare", "true")
        self.list.setAccessibleName(_("Sections of the settings"))
        self.list.setFixedWidth(px(124) + 56)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(px(ICON_SIZE + 2), px(ICON_SIZE)))
        self._stack = QStackedWidget()
        self._sections: dict[str, Section] = {}
        self._actions: list[QAction] = []
        self.choice = QuietCombo()
        self.choice.setAccessibleName(_("Sections of the settings"))
        self.choice.hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self.list)
        self._row.addSpacing(px(Space.M))
        self._row.addWidget(self._stack, 1)
        for kind in _SECTIONS:
            item = QListWidgetItem(icon(kind.icon), kind.heading())
            item.setSizeHint(QSize(0, px(Space.XXL + 2)))
            self.list.addItem(item)
            self.choice.addItem(kind.heading())
            action = make_action(
                _("Settings: {section}").format(section=kind.heading()), self, icon_name=kind.icon
            )
            action.setData(kind.name)
            action.triggered.connect(self._open_from_action)
            self._actions.append(action)
        self.list.currentRowChanged.connect(self._open_row)
        self.choice.activated.connect(self.list.setCurrentRow)
        self.list.setCurrentRow(0)

    def title(self) -> str:
        return _("Settings")

    def show_with(self, **params: str) -> None:
        names = [kind.name for kind in _SECTIONS]
        if params.get("section") in names:
            self.list.setCurrentRow(names.index(params["section"]))
            if self.section is not None and params.get("part"):
                self.section.show_part(params["part"])

    def refresh(self, changes: ChangeSet | None) -> None:
        for section in self._sections.values():
            section.refresh(changes)

    def commands(self) -> list[QAction]:
        section = self._stack.currentWidget()
        return [*self._actions, *(section.actions() if section is not None else [])]

    @property
    def section(self) -> Section | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Section) else None

    def _open_row(self, row: int) -> None:
        if not 0 <= row < len(_SECTIONS):
            return
        kind = _SECTIONS[row]
        section = self._sections.get(kind.name)
        if section is None:
            section = self._sections[kind.name] = kind(self.context)
            self._stack.addWidget(section)
        self._stack.setCurrentWidget(section)
        self.choice.setCurrentIndex(row)
        section.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the sections are in a drop-down above."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme().px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self.choice.setVisible(narrow)
        self.list.setVisible(not narrow)

    def _open_from_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_with(section=str(action.data()))
