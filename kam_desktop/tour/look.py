"""Finding things in the program as it is shown now."""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QApplication, QDialog, QListWidget

from kam_desktop.services.accounts import delete_account
from kam_desktop.services.i18n import _
from kam_desktop.tour.driver import Driver, TourError
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.page import Page

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
    """Run the page's command of this name."""
    for action in page.commands():
        if action.text().replace("&", "") == text:
            action.trigger()
            return
    raise TourError(f"the page has no command “{text}”")


def find_dialog(kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, kind) and widget.isVisible():
            return widget
    raise TourError("no dialog is open")
