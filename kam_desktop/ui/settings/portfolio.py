"""The portfolio's name, home currency and place."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.places import shown_path
from kam_desktop.services.queries.portfolio_facts import PortfolioFacts, portfolio_facts
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineLine
from kam_desktop.ui.widgets.labels import text_label


class PortfolioSection(Section):
    """What is set for the portfolio as a whole; undoable like any other change."""

    name: ClassVar[str] = "portfolio"
    icon: ClassVar[str] = "briefcase"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title_field = InlineLine(_("Name"), show_label=False)
        self.title_field.setMinimumWidth(theme().px(180))
        self.title_field.setMaximumWidth(theme().px(280))
        self.currency = InlineLine(_("Home currency"), show_label=False)
        self.currency.setFixedWidth(theme().px(90))
        self.currency.line.setMaxLength(3)
        self._other = Button(_("Open another"), icon_name="folder-open")
        card = Card(_("Portfolio"))
        card.add(SettingRow(_("Name"), "", self.title_field))
        card.add(Rule())
        card.add(
            SettingRow(_("Home currency"), _("What reports convert amounts into"), self.currency)
        )
        card.add(Rule())
        place = SettingRow(_("File"), shown_path(context.portfolio.path), self._other)
        card.add(place)
        self.column.addWidget(card)
        self.column.addWidget(
            text_label(
                _("The file is encrypted. Move it only while the program is closed."),
                "hint",
                wrap=True,
            )
        )
        self.column.addStretch(1)
        self.title_field.committed.connect(self._rename)
        self.currency.committed.connect(self._set_currency)
        self._other.clicked.connect(self._open_other)

    @staticmethod
    def heading() -> str:
        return _("Portfolio")

    def load(self) -> None:
        self.context.lanes.read(self, portfolio_facts, on_done=self._show)

    def refresh(self, changes: ChangeSet | None) -> None:
        if changes is None or changes.touches("setting"):
            self.load()

    def _show(self, facts: PortfolioFacts) -> None:
        self.title_field.set_value(facts.title)
        self.currency.set_value(facts.home_currency)

    def _rename(self, title: str) -> None:
        from kam_desktop.services.portfolio_settings import rename_portfolio

        self.context.operations.run(
            self,
            _("Rename the portfolio"),
            rename_portfolio,
            title,
            on_error=self.title_field.refuse,
        )

    def _set_currency(self, code: str) -> None:
        from kam_desktop.services.portfolio_settings import set_home_currency

        self.context.operations.run(
            self,
            _("Change the home currency"),
            set_home_currency,
            code,
            on_error=self.currency.refuse,
        )

    def _open_other(self) -> None:
        self.context.navigator.run_command("open_portfolio")
