"""The saved maps of an account: choosing one, and making, naming and deleting them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_map import MapName
from kam_desktop.services.words import map_view
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, PrimaryButton, text_label


def fill_maps_menu(menu: QMenu, maps: tuple[MapName, ...], shown: MapName | None) -> None:
    """List the saved maps by view; each action carries its `MapName`, others a word."""
    menu.clear()
    for saved in sorted(maps, key=lambda one: (one.view, one.id)):
        view = map_view(saved.view)
        text = saved.title if saved.title == view else f"{saved.title} ({view})"
        action = menu.addAction(text[:80].replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(saved == shown)
        action.setData(saved)
    menu.addSeparator()
    menu.addAction(_("New map from this …")).setData("new")
    for word, text in (
        ("rename", _("Rename this map …")),
        ("duplicate", _("Duplicate this map")),
        ("delete", _("Delete this map")),
    ):
        action = menu.addAction(text)
        action.setData(word)
        action.setEnabled(shown is not None)


class NameBar(QWidget):
    """Asks for the name of a map. ``named`` carries it; ``closed`` when it was given or not."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text_label("", "body")
        self.field = QLineEdit()
        self.field.setMaxLength(120)
        self.field.installEventFilter(self)
        self._error = text_label("", "error")
        self._save = PrimaryButton(_("Save"))
        self._cancel = Button(_("Cancel"), "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self._label)
        row.addWidget(self.field, 1)
        for widget in (self._error, self._save, self._cancel):
            row.addWidget(widget)
        self._connect_signals()
        self.hide()

    def _connect_signals(self) -> None:
        self.field.returnPressed.connect(self._submit)
        self._save.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.close_bar)

    def ask(self, question: str, text: str) -> None:
        """Ask for a name, with one to begin with."""
        self._label.setText(question)
        self.field.setAccessibleName(question)
        self.field.setText(text)
        self._error.setText("")
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def refuse(self, error: BaseException) -> None:
        """Say why the name cannot be."""
        self._error.setText(str(error))

    def close_bar(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _submit(self) -> None:
        self.named.emit(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close_bar()
            return True
        return super().eventFilter(watched, event)
