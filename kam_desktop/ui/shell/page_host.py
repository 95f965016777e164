"""Makes pages at their first visit, shows one, and tells each what it missed."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Place
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.shell.pages import FailedPage, PageEntry, make_page
from kam_desktop.ui.widgets.fields import InlineEditor

_log = logging.getLogger(__name__)


class PageHost(QObject):
    """``heading_changed`` is emitted when the page shown has another heading."""

    heading_changed = Signal()

    def __init__(
        self, entries: tuple[PageEntry, ...], context: AppContext, stack: QStackedWidget
    ) -> None:
        super().__init__(stack)
        self._entries = {entry.name: entry for entry in entries}
        self._context = context
        self._stack = stack
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._shown = ""

    @property
    def current(self) -> Page | None:
        return self._pages.get(self._shown)

    def show_place(self, place: Place) -> None:
        """Show a page with its parameters; a page that fails is replaced by one that says so."""
        leaving = self.current
        if leaving is not None and place.page != self._shown:
            self._commit(leaving)
        page = self._page(place.page)
        self._shown = place.page
        if leaving is not None and leaving is not page and _has_focus_in(leaving):
            # Or else the stack would light up whatever comes first on the new page.
            self._stack.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)
        try:
            page.show_with(**place.parameters)
            if place.page in self._stale:
                page.refresh(None)
        except Exception:
            _log.exception("the page %s could not be shown", place.page)
            self._replace(place.page, page)
        self._stale.discard(place.page)
        self._take_focus()

    def _take_focus(self) -> None:
        """Put the keyboard on the page unless it is somewhere on purpose."""
        page, focused = self.current, QApplication.focusWidget()
        window = self._stack.window()
        if page is None or not window.isActiveWindow():
            return
        # On what the page lies in, the page's own keys would not work.
        if focused is None or focused.isAncestorOf(page) or not focused.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh the page shown; remember that the others missed something."""
        self._stale.update(name for name in self._pages if name != self._shown)
        page = self.current
        if page is not None:
            page.refresh(changes)

    def commit_drafts(self) -> None:
        """Commit what was typed on any page."""
        for page in self._pages.values():
            self._commit(page)

    def refused_draft(self) -> str:
        """What is typed somewhere and was refused, as a sentence; empty when nothing is."""
        for page in self._pages.values():
            for editor in page.findChildren(InlineEditor):
                if editor.error_text and editor.has_draft:
                    return _("“{field}” could not be saved: {reason}").format(
                        field=editor.label.text(), reason=editor.error_text
                    )
        return ""

    def command(self, name: str) -> QAction | None:
        """The command of the page shown whose object name is ``name``, if it has one."""
        page = self.current
        actions = page.commands() if page is not None else []
        return next((action for action in actions if action.objectName() == name), None)

    def _page(self, name: str) -> Page:
        page = self._pages.get(name)
        if page is None:
            entry = self._entries.get(name)
            page = make_page(entry, self._context) if entry else FailedPage(self._context, name)
            self._keep(name, page)
        return page

    def _keep(self, name: str, page: Page) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)
        page.heading_changed.connect(self._heading_of_some_page)

    def _replace(self, name: str, broken: Page) -> None:
        title = self._entries[name].title if name in self._entries else name
        self._stack.removeWidget(broken)
        broken.deleteLater()
        self._keep(name, FailedPage(self._context, title))
        self._stack.setCurrentWidget(self._pages[name])

    def _heading_of_some_page(self) -> None:
        if self.sender() is self.current:
            self.heading_changed.emit()

    def _commit(self, page: Page) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and page.isAncestorOf(focused):
            focused.editingFinished.emit()
        for editor in page.findChildren(InlineEditor):
            if editor.has_draft:
                editor.commit()
        try:
            page.commit_drafts()
        except Exception:
            _log.exception("drafts of a page could not be committed")


def _has_focus_in(page: Page) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is page or page.isAncestorOf(focused))
