"""A small form above a list, for making a record without leaving the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.card import Card
from kam_desktop.ui.widgets.fields import InlineEditor


class QuickForm(Card):
    """Fields side by side with *Add* and *Cancel*. ``submitted`` when Add or Enter was used.

    `refuse` puts the error beside the field it names; what was typed stays.
    """

    submitted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        px = theme().px
        self._fields: dict[str, InlineEditor] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(px(Space.M))
        self.body.addLayout(self._row)
        self._add = Button(_("Add"))
        self._cancel = Button(_("Cancel"), "quiet")
        self._add.clicked.connect(self.submitted)
        self._cancel.clicked.connect(self.hide)

    def add_field(self, name: str, editor: InlineEditor, stretch: int = 1) -> None:
        """Append a field; ``name`` is what errors call it."""
        self._fields[name] = editor
        self._row.addWidget(editor, stretch, Qt.AlignmentFlag.AlignTop)
        (editor.focusProxy() or editor).installEventFilter(self)

    def finish(self) -> None:
        """Append the buttons, after the last field."""
        column = QHBoxLayout()
        # In line with the fields, which have a label above.
        column.setContentsMargins(0, theme().px(Space.L + Space.XS), 0, 0)
        column.addWidget(self._add)
        column.addWidget(self._cancel)
        self._row.addLayout(column)
        self._row.setAlignment(column, Qt.AlignmentFlag.AlignTop)

    def open_form(self) -> None:
        """Show it with the keyboard in its first field."""
        self.show()
        next(iter(self._fields.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, error: UserError) -> None:
        """Say what was wrong beside the field it concerns."""
        field = self._fields.get(error.field or "") or next(iter(self._fields.values()))
        field.refuse(error)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty all fields."""
        for field in self._fields.values():
            field.revert()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.submitted.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
        return super().eventFilter(watched, event)
