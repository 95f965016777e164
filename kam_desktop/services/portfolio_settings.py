"""What a user sets about the portfolio as a whole."""

from __future__ import annotations

from kam_desktop.models.portfolio import Setting
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.queries.portfolio_facts import HOME_CURRENCY, TITLE
from kam_desktop.services.storage.unit_of_work import UnitOfWork

CODE_LENGTH = 3


def rename_portfolio(work: UnitOfWork, title: str) -> None:
    """Give the portfolio a name. Raises ``UserError`` on ``title`` when it is empty."""
    _set(work, TITLE, required_line(title, _("A portfolio needs a name."), field="title"))


def set_home_currency(work: UnitOfWork, code: str) -> None:
    """The currency reports convert into. Raises ``UserError`` when it is no three-letter code."""
    cleaned = code.strip().upper()
    if len(cleaned) != CODE_LENGTH or not (cleaned.isascii() and cleaned.isalpha()):
        raise UserError(_("Write the three letters of a currency, e.g. EUR."), field="currency")
    _set(work, HOME_CURRENCY, cleaned)


def _set(work: UnitOfWork, setting_id: str, text: str) -> None:
    found = work.session.get(Setting, setting_id)
    if found is None:
        work.add(Setting(id=setting_id, value={"text": text}))
    else:
        found.value = {"text": text}
