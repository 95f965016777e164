"""Looking for people on the map while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.map_search import matching
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import IconButton, SearchField, text_label


class Finder(QWidget):
    """``found`` carries a frozenset of ids while one types, ``stepped`` the id to go to.

    ``closed`` when looking is over: by Escape, or by the button.
    """

    found = Signal(object)
    stepped = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._loaded: LoadedMap | None = None
        self._matches: tuple[str, ...] = ()
        self._at = -1
        self.field = SearchField(_("Find on the map: name, title or role"))
        self.field.installEventFilter(self)
        self._count = text_label("", "hint")
        self._before = IconButton("chevron-up", _("Previous match"))
        self._after = IconButton("chevron-down", _("Next match"))
        self._close = IconButton("x", _("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        row.addWidget(self.field, 1)
        for widget in (self._count, self._before, self._after, self._close):
            row.addWidget(widget)
        self._connect_signals()
        self.hide()

    def _connect_signals(self) -> None:
        self.field.textChanged.connect(self._look)
        self._before.clicked.connect(self.step_back)
        self._after.clicked.connect(self.step)
        self._close.clicked.connect(self.close_finder)

    def open_finder(self) -> None:
        """Begin to look, with what was looked for last to be typed over."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def close_finder(self) -> None:
        """Be done with looking."""
        if not self.isHidden():
            self.hide()
            self.found.emit(frozenset())
            self.closed.emit()

    def follow(self, loaded: LoadedMap) -> None:
        """Look among other people from now on."""
        self._loaded = loaded
        if not self.isHidden():
            self._look()

    def step(self) -> None:
        """Go to the next one found."""
        self._step(1)

    def step_back(self) -> None:
        """Go to the one found before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if self._matches:
            before = self._at if self._at >= 0 or way > 0 else 0
            self._at = (before + way) % len(self._matches)
            self.stepped.emit(self._matches[self._at])
            self._say()

    def _look(self) -> None:
        if self._loaded is None or self.isHidden():
            return
        matches = matching(self._loaded.data, self.field.text())
        if matches != self._matches:
            self._matches, self._at = matches, -1
        self._say()
        self.found.emit(frozenset(self._matches))

    def _say(self) -> None:
        count = len(self._matches)
        if not self.field.text().strip():
            text = ""
        elif count and self._at >= 0:
            text = _("{at} of {count}").format(at=self._at + 1, count=count)
        else:
            text = ngettext("{count} person", "{count} people", count).format(count=count)
            text += self._elsewhere()
        self._count.setText(text)
        for button in (self._before, self._after):
            button.setEnabled(count > 0)

    def _elsewhere(self) -> str:
        """How many more there are among those that are not shown now."""
        assert self._loaded is not None
        more = len(matching(self._loaded.everyone, self.field.text())) - len(self._matches)
        return "" if more <= 0 else _(", {count} more not shown").format(count=more)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._step(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_finder()
                return True
        return super().eventFilter(watched, event)
