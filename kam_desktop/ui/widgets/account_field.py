"""Choosing an account by typing the beginning of its name."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from kam_desktop.services.queries.accounts import AccountRow, first_account_page
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.widgets.fields import InlineEditor

OFFERED = 8


class AccountField(InlineEditor):
    """The value is the id of an account, or empty while none is chosen."""

    def __init__(
        self, label: str, lanes: Lanes, *, show_label: bool = True, parent: QWidget | None = None
    ) -> None:
        self._lanes = lanes
        self._ids: dict[str, str] = {}
        super().__init__(label, show_label=show_label, parent=parent)

    def _make_editor(self) -> QWidget:
        self.line = QLineEdit()
        self._stored = ""
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        # The query has matched already, in any script and anywhere in the name.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._look_up)
        return self.line

    def set_account(self, account_id: str, name: str) -> None:
        """Choose an account whose name is known."""
        self._ids[name] = account_id
        self.line.setText(name)

    def _draft(self) -> str:
        return self._ids.get(self.line.text().strip(), "")

    def _show(self, value: Any) -> None:
        if not value:
            self.line.clear()

    def _look_up(self, text: str) -> None:
        self._edited()
        if text.strip():
            self._lanes.read(
                self,
                first_account_page,
                on_done=self._offer,
                options={"text": text.strip(), "limit": OFFERED},
            )

    def _offer(self, rows: list[AccountRow]) -> None:
        names: list[str] = []
        for row in rows[:OFFERED]:
            name = row.name if row.name not in names else f"{row.name}, {row.city}"
            self._ids[name] = row.id
            names.append(name)
        if names != self._names.stringList():
            self._names.setStringList(names)
            if self.line.hasFocus() and names:
                self.line.completer().complete()
