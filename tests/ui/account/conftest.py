"""An account's dossier, opened section by section."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.services.formatting import set_region
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.shell.context import AppContext
from tests.ui.sample_account import add_sample_account


@pytest.fixture
def account_id(app_context: AppContext) -> str:
    set_region("en_GB")
    with app_context.portfolio.unit_of_work("sample") as work:
        return add_sample_account(work)


@pytest.fixture
def page(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Callable[[], None]
) -> AccountPage:
    made = AccountPage(app_context)
    app_context.bus.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    with qtbot.waitActive(made):
        made.show()
    made.show_with(account_id=account_id)
    settled()
    return made


@pytest.fixture
def opened(
    page: AccountPage, account_id: str, settled: Callable[[], None]
) -> Callable[[str], Section]:
    """Opens a section and waits for what it reads."""

    def open_section(name: str) -> Section:
        page.show_with(account_id=account_id, section=name)
        settled()
        settled()
        return page.section(page._section_name())

    return open_section
