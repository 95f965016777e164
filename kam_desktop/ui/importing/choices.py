"""What the user decides: about one table (kind, encoding), and about the whole import."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kam_desktop.services.exchange.encodings import CHOICES, shown_name
from kam_desktop.services.exchange.fields import Kind, kind_label
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.vcard.table import CardTable
from kam_desktop.services.i18n import _
from kam_desktop.ui.importing.files import LoadedTable
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.account_field import AccountField
from kam_desktop.ui.widgets.fields import InlineChoice, InlineLine
from kam_desktop.ui.widgets.flow import FlowLayout

LEFT_OUT = ""


class TableChoices(QWidget):
    """Kind and encoding of the table looked at.

    ``kind_chosen`` carries a kind or an empty text (leave out), ``encoding_chosen`` a codec or an
    empty text (recognise it).
    """

    kind_chosen = Signal(object)
    encoding_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Flows onto a second line where the text is large.
        row = FlowLayout(self, spacing=theme().px(Space.M))
        self.kind = InlineChoice(_("The rows are"))
        self.kind.set_choices(
            [*((str(kind), kind_label(kind)) for kind in Kind), (LEFT_OUT, _("Leave out"))]
        )
        self.encoding = InlineChoice(_("Encoding"))
        row.addWidget(self.kind)
        row.addWidget(self.encoding)
        self.kind.committed.connect(self.kind_chosen)
        self.encoding.committed.connect(self.encoding_chosen)

    def show_table(self, loaded: LoadedTable) -> None:
        """Show the choices made for a table."""
        kind = str(loaded.mapping.kind) if loaded.mapping else LEFT_OUT
        self.kind.set_value(kind)
        contacts = isinstance(loaded.table, CardTable)
        self.kind.setVisible(not contacts)
        # A spreadsheet says itself how its text is encoded.
        self.encoding.setVisible(bool(loaded.table.delimiter) or contacts)
        recognised = _("{encoding}, recognised").format(encoding=loaded.table.encoding)
        choices: list[tuple[Any, str]] = [(codec, shown_name(codec)) for codec in CHOICES]
        first = recognised if not loaded.encoding else _("Recognise it")
        self.encoding.set_choices([("", first), *choices])
        self.encoding.set_value(loaded.encoding)


class OptionsForm(QWidget):
    """What the files do not say. ``changed`` carries the new `ImportOptions`."""

    changed = Signal(object)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = ImportOptions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        self.currency = InlineLine(_("Currency of amounts without one"))
        self.dates = InlineChoice(_("Dates such as 03/04/2026"))
        self.dates.set_choices(
            [(None, _("Go by the file")), (True, _("3 April: day first")),
             (False, _("4 March: month first"))]
        )  # fmt: skip
        self.numbers = InlineChoice(_("Numbers such as 1.234"))
        self.numbers.set_choices(
            [(None, _("Go by the file")), (",", _("Decimal comma: 1.234,50")),
             (".", _("Decimal point: 1,234.50"))]
        )  # fmt: skip
        self.make_accounts = QCheckBox(_("Make missing accounts"))
        self.make_accounts.setToolTip(
            _("People, deals and orders that name an account you do not have yet bring it along.")
        )
        self.account = AccountField(_("Account of the contacts"), lanes)
        self.account.line.setPlaceholderText(_("By their organisation"))
        self.make_from_cards = QCheckBox(_("Make their accounts"))
        self.make_from_cards.setToolTip(
            _("Contacts whose organisation is no account yet bring it along.")
        )
        for widget in (
            self.account, self.make_from_cards, self.currency, self.dates, self.numbers,
            self.make_accounts,
        ):  # fmt: skip
            column.addWidget(widget)
        self.currency.committed.connect(self._set_currency)
        self.dates.committed.connect(self._set_dates)
        self.numbers.committed.connect(self._set_numbers)
        self.make_accounts.toggled.connect(self._set_create)
        self.account.committed.connect(self._set_account)
        self.account.line.editingFinished.connect(self._account_emptied)
        self.make_from_cards.toggled.connect(self._set_create_from_cards)
        self.show_options(self.options)

    def show_options(self, options: ImportOptions) -> None:
        """Show what is in force."""
        self.options = options
        self.currency.set_value(options.currency)
        self.dates.set_value(options.day_first)
        self.numbers.set_value(options.decimal)
        self.make_accounts.setChecked(options.create_accounts)
        self.account.set_value(options.account_id)
        self.make_from_cards.setChecked(options.create_from_cards)
        self.make_from_cards.setEnabled(not options.account_id)

    def show_for(self, *, contacts: bool, tables: bool) -> None:
        """Ask only what the files on the table leave open."""
        for widget in (self.account, self.make_from_cards):
            widget.setVisible(contacts)
        for other in (self.currency, self.dates, self.numbers, self.make_accounts):
            other.setVisible(tables)

    def _use(self, **values: Any) -> None:
        options = replace(self.options, **values)
        if options != self.options:
            self.show_options(options)
            self.changed.emit(options)

    def _set_currency(self, text: str) -> None:
        from kam_desktop.services.exchange.money import parse_currency
        from kam_desktop.services.exchange.values import CellError

        try:
            code = parse_currency(text) if text.strip() else ""
        except CellError as error:
            self.currency.refuse(error)
            return
        if not code:
            self.currency.refuse(_("Write the three letters of a currency, e.g. EUR."))
            return
        self._use(currency=code)

    def _set_dates(self, day_first: bool | None) -> None:
        self._use(day_first=day_first)

    def _set_numbers(self, decimal: str | None) -> None:
        self._use(decimal=decimal)

    def _set_create(self, create: bool) -> None:
        self._use(create_accounts=create)

    def _set_account(self, account_id: str) -> None:
        self._use(account_id=account_id)

    def _account_emptied(self) -> None:
        if not self.account.line.text().strip():
            self._use(account_id="")

    def _set_create_from_cards(self, create: bool) -> None:
        self._use(create_from_cards=create)
