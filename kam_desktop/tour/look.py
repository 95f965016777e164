"""Finding things in the program as it is shown now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QListWidget, QWidget

from kam_desktop.services.accounts import delete_account
from kam_desktop.services.i18n import _
from kam_desktop.tour.driver import Driver, TourError
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.widgets import CalmTable

HERO: Final = "Aurora Foods"
"""The account of the sample that shows everything."""
D = TypeVar("D", bound=QDialog)


def account_id(driver: Driver, name: str = HERO) -> str:
    """The id of an account of the sample; `TourError` when there is none (any more)."""
    with driver.page.context.portfolio.reading() as db:
        found = db.value("SELECT id FROM account WHERE name = ? AND deleted_at IS NULL", (name,))
    if found is None:
        raise TourError(f"there is no account {name}")
    return str(found)


def delete_account_of(page: Page, name: str) -> None:
    """Delete an account as the page of all accounts does."""
    with page.context.portfolio.reading() as db:
        found = db.value("SELECT id FROM account WHERE name = ?", (name,))
    page.context.operations.run(
        page, _("Delete {name}").format(name=name), delete_account, str(found)
    )


def shows(model: QAbstractItemModel, text: str) -> bool:
    """Whether some row of a list says ``text``."""
    return any(model.index(row, 0).data() == text for row in range(model.rowCount()))


def offers(found: QListWidget, text: str) -> bool:
    """Whether the first row of what was found begins with ``text``."""
    first = found.item(0)
    return first is not None and first.text().startswith(text)


def names(view: RelationshipMapView) -> set[str]:
    """Who is on the map."""
    return {card.spec.name for card in view.scene.cards.values()}


def command(page: Page, text: str) -> None:
    """Run the page's command whose name begins so."""
    command_of(page.commands(), text)


def command_of(actions: Sequence[QAction], text: str) -> None:
    """Run the first of some actions whose name begins so."""
    for action in actions:
        if action.text().replace("&", "").startswith(text):
            action.trigger()
            return
    raise TourError(f"there is no command “{text}”")


def person_id(driver: Driver, name: str = "Simone Galli") -> str:
    """The id of somebody of the sample, by default of one about whom much is known."""
    with driver.page.context.portfolio.reading() as db:
        found = db.value("SELECT id FROM person WHERE name = ? AND deleted_at IS NULL", (name,))
    if found is None:
        raise TourError(f"nobody is called {name}")
    return str(found)


def select_rows(page: Page, count: int) -> None:
    """Select the first rows of the page's list."""
    table = next(table for table in page.findChildren(CalmTable) if table.isVisible())
    table.clearSelection()
    model = table.model()
    last = model.index(count - 1, model.columnCount() - 1)
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(
        QItemSelection(model.index(0, 0), last), flags.ClearAndSelect | flags.Rows
    )


def choose_row(view: QAbstractItemView, text: str) -> None:
    """Go to the first row that begins so; `TourError` when none does."""
    model = view.model()
    for at in range(model.rowCount()):
        if str(model.index(at, 0).data()).startswith(text):
            view.setCurrentIndex(model.index(at, 0))
            return
    raise TourError(f"no row begins with “{text}”")


def find_dialog(kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, kind) and widget.isVisible():
            return widget
    raise TourError("no dialog is open")


def dialog_shot(driver: Driver, name: str) -> Iterator[tuple[str, QWidget]]:
    """A picture of the dialog that is open, which is closed after it."""
    driver.settle()
    dialog = find_dialog(QDialog)
    yield name, dialog
    driver.close(dialog)
