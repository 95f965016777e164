"""Editors that keep a draft and commit it when editing is finished.

The flow: the page gives the stored value with `set_value`; the user types; on Enter or when the
focus leaves, ``committed`` carries the new value; the page runs an operation and passes its error
to `refuse`, which shows the text beside the field and keeps the draft. A refresh that arrives while
a draft is open never overwrites it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kam_desktop.ui.stylesheet import mark
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.labels import text_label


class InlineEditor(QWidget):
    """Base of the inline editors: ``committed`` carries the value that was typed.

    ``entered`` is emitted after Enter ended the editing, whether or not anything was changed.
    """

    committed = Signal(object)
    entered = Signal()

    def __init__(
        self, label: str, *, show_label: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stored: Any = None
        self._offered: Any = _NOTHING
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        self.label = text_label(label, "small")
        if not show_label:
            # Never setVisible(True) here: without a parent yet, it would be a window of its own.
            self.label.hide()
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self._editor = self._make_editor()
        self._editor.setAccessibleName(label)
        self._editor.installEventFilter(self)
        self.label.setBuddy(self._editor)
        self.setFocusProxy(self._editor)
        column.addWidget(self.label)
        column.addWidget(self._editor)
        column.addWidget(self._error)

    # What each kind of editor provides

    def _make_editor(self) -> QWidget:
        raise NotImplementedError

    def _draft(self) -> Any:
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    # For the page

    def value(self) -> Any:
        """What is in the editor now, stored or not.

        Raises ``ValueError`` while it cannot be read (a half-typed date).
        """
        return self._draft()

    def set_value(self, value: Any) -> None:
        """The stored value. An open draft stays unless it says the same."""
        drafting = self.has_draft
        self._stored = value
        if not drafting:
            self._show(value)
            self.clear_error()
        elif not self.has_draft:
            self.clear_error()

    @property
    def has_draft(self) -> bool:
        """Whether the editor holds something that is not stored."""
        try:
            return bool(self._draft() != self._stored)
        except ValueError:
            return True

    @property
    def error_text(self) -> str:
        return "" if self._error.isHidden() else self._error.text()

    def commit(self) -> None:
        """Offer the draft now, if there is one that was not offered already."""
        try:
            draft = self._draft()
        except ValueError as error:
            self.refuse(error)
            return
        if draft == self._stored:
            self.clear_error()
        elif draft != self._offered:
            self._offered = draft
            self.committed.emit(draft)

    def revert(self) -> None:
        """Give up the draft."""
        self._show(self._stored)
        self._offered = _NOTHING
        self.clear_error()

    def refuse(self, error: object) -> None:
        """Say beside the field why the draft was not stored; the draft stays."""
        self._error.setText(str(error))
        self._error.show()
        self._editor.setAccessibleDescription(str(error))
        mark(self._editor, wrong="true")

    def clear_error(self) -> None:
        """The draft is fine."""
        if not self._error.isHidden():
            self._error.hide()
            self._editor.setAccessibleDescription("")
            mark(self._editor, wrong="false")

    def set_quiet(self) -> None:
        """Draw the frame only under the pointer and the focus, for text that is mostly read."""
        mark(self._editor, quiet="true")

    def _edited(self) -> None:
        self._offered = _NOTHING

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.has_draft:
                self.revert()
                return True
            if self._ends_editing(event):
                self._offered = _NOTHING
                self.commit()
                self.entered.emit()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def _ends_editing(self, event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


_NOTHING = object()


class InlineLine(InlineEditor):
    """One line of text; the value is a ``str`` without outer space."""

    def _make_editor(self) -> QWidget:
        self.line = QLineEdit()
        self.line.textEdited.connect(self._edited)
        self._stored = ""
        return self.line

    def _draft(self) -> str:
        return self.line.text().strip()

    def _show(self, value: Any) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)

    def set_placeholder(self, text: str) -> None:
        """A grey example inside the empty field."""
        self.line.setPlaceholderText(text)


class InlineText(InlineEditor):
    """Several lines of text; Ctrl+Enter or leaving the field commits."""

    def _make_editor(self) -> QWidget:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._edited)
        self._stored = ""
        self.set_lines(4)
        return self.text

    def set_lines(self, count: int) -> None:
        """The height, in lines."""
        self.text.setMinimumHeight(theme().px(18 * count + 16))

    def set_placeholder(self, text: str) -> None:
        """A grey example inside the empty field."""
        self.text.setPlaceholderText(text)

    def _draft(self) -> str:
        return self.text.toPlainText().strip()

    def _show(self, value: Any) -> None:
        if self.text.toPlainText() != (value or ""):
            self.text.setPlainText(value or "")

    def _ends_editing(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return control and super()._ends_editing(event)


class InlineChoice(InlineEditor):
    """One of several values; commits at once when chosen."""

    def _make_editor(self) -> QWidget:
        self.combo = QuietCombo()
        self.combo.activated.connect(self._chosen)
        self._values: list[Any] = []
        return self.combo

    def set_choices(self, choices: list[tuple[Any, str]]) -> None:
        """The values with their wording; the one shown stays if it is still there."""
        shown = self._draft() if self._values else self._stored
        self.combo.clear()
        self._values = [value for value, _text in choices]
        for _value, text in choices:
            self.combo.addItem(text)
        self._show(shown)

    def _draft(self) -> Any:
        index = self.combo.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def _show(self, value: Any) -> None:
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def _chosen(self, _index: int) -> None:
        self._offered = _NOTHING
        self.commit()

    def _ends_editing(self, _event: QKeyEvent) -> bool:
        return False


class QuietCombo(QComboBox):
    """A drop-down that ignores the wheel until it has the focus, so scrolling changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().event(event)
