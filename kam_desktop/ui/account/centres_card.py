"""The units of the account that decide on their own, each edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.company import BuyingCentreRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Card, IconButton, InlineEditor, InlineLine, text_label


class CentresCard(Card):
    """Rename in place, add with a name and Enter, delete with the button of the line."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Buying centres"), parent=parent)
        self._context = context
        self._account_id = ""
        self._lines: dict[str, CentreLine] = {}
        self._nothing = text_label(
            _("Divisions, plants or countries that decide on their own."), "hint", wrap=True
        )
        self.add(self._nothing)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.S))
        self.body.addLayout(self._column)
        self.new_name = InlineLine(_("New buying centre"), show_label=False)
        self.new_name.set_placeholder(_("Name of another one"))
        self.add_button = Button(_("Add"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.new_name, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.new_name.committed.connect(self._add)
        self.add_button.clicked.connect(self.new_name.commit)

    def show_centres(self, account_id: str, rows: Sequence[BuyingCentreRow]) -> None:
        """Show the units of an account; drafts stay."""
        if account_id != self._account_id:
            self._account_id = account_id
            self.new_name.revert()
        for centre_id in self._lines.keys() - {row.id for row in rows}:
            line = self._lines.pop(centre_id)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for at, row in enumerate(rows):
            line = self._lines.get(row.id) or self._new_line(row.id)
            self._column.insertWidget(at, line)
            line.show_row(row)
        self._nothing.setVisible(not rows)

    def line(self, centre_id: str) -> CentreLine:
        """The line of one of them."""
        return self._lines[centre_id]

    def commit_drafts(self) -> None:
        """Keep what was typed."""
        self.new_name.commit()
        for line in self._lines.values():
            line.name.commit()
            line.place.commit()

    def _new_line(self, centre_id: str) -> CentreLine:
        line = CentreLine(centre_id)
        line.changed.connect(self._change)
        line.quota_wanted.connect(self._ask_quota)
        line.removed.connect(self._remove)
        self._lines[centre_id] = line
        return line

    def _add(self, name: str) -> None:
        from kam_desktop.services.buying_centres import add_buying_centre

        if self._account_id:
            self._context.operations.run(
                self, _("Add a buying centre"), add_buying_centre, self._account_id, name,
                on_done=self._added, on_error=self.new_name.refuse,
            )  # fmt: skip

    def _added(self, _centre_id: str) -> None:
        self.new_name.revert()

    def _change(self, centre_id: str, field: str, value: str, editor: InlineEditor) -> None:
        self._context.operations.run(
            self, _("Change a buying centre"), _change, centre_id, field, value,
            on_error=editor.refuse, coalesce=f"buying_centre:{centre_id}:{field}",
        )  # fmt: skip

    def _ask_quota(self, centre_id: str) -> None:
        from kam_desktop.ui.account.quota_dialog import QuotaDialog

        name = str(self._lines[centre_id].name.value())
        QuotaDialog(self._context, centre_id, name, self.window()).open()

    def _remove(self, centre_id: str) -> None:
        from kam_desktop.services.buying_centres import delete_buying_centre

        self._context.operations.run(
            self, _("Delete a buying centre"), delete_buying_centre, centre_id
        )


class CentreLine(QWidget):
    """Name and place. ``changed`` carries id, field, value and editor; the others the id."""

    changed = Signal(str, str, str, object)
    quota_wanted = Signal(str)
    removed = Signal(str)

    def __init__(self, centre_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = centre_id
        self.name = InlineLine(_("Buying centre"), show_label=False)
        self.place = InlineLine(_("Place"), show_label=False)
        self.place.set_placeholder(_("Place"))
        self.quota = IconButton("users-round", _("Roles this buying centre needs"))
        self.remove = IconButton("trash-2", _("Delete this buying centre"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.name, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.place, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.quota, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.name.committed.connect(self._rename)
        self.place.committed.connect(self._move)
        self.quota.clicked.connect(self._want_quota)
        self.remove.clicked.connect(self._remove)

    def show_row(self, row: BuyingCentreRow) -> None:
        """Show what is stored; drafts stay."""
        self.name.set_value(row.name)
        self.place.set_value(row.place)
        self.remove.setAccessibleName(_("Delete {name}").format(name=row.name))
        self.quota.setAccessibleName(_("Roles {name} needs").format(name=row.name))

    def _rename(self, name: str) -> None:
        self.changed.emit(self._id, "name", name, self.name)

    def _move(self, place: str) -> None:
        self.changed.emit(self._id, "place", place, self.place)

    def _want_quota(self) -> None:
        self.quota_wanted.emit(self._id)

    def _remove(self) -> None:
        self.removed.emit(self._id)


def _change(work: Any, centre_id: str, field: str, value: str) -> None:
    from kam_desktop.services import buying_centres

    change = {"name": buying_centres.rename_buying_centre, "place": buying_centres.set_place}
    change[field](work, centre_id, value)
