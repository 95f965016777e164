"""A field that chooses an account or a person by typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from kam_desktop.services.queries.choices import Choice
from kam_desktop.ui.shell.context import AppContext

_PAUSE_MS = 40
Index = QModelIndex | QPersistentModelIndex


class RecordPicker(QLineEdit):
    """``picked`` carries the `Choice` that was chosen from the list under the field.

    ``query(db, text, *arguments)`` runs on a read lane and returns the choices. With ``clears`` the
    field is empty again after each choice, to add several. With ``takes_first`` Enter takes the
    first choice also while the choices are still being looked up.
    """

    picked = Signal(object)

    def __init__(
        self,
        context: AppContext,
        query: Callable[..., list[Choice]],
        placeholder: str,
        *,
        clears: bool = False,
        takes_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._query = query
        self._arguments: tuple[Any, ...] = ()
        self._clears = clears
        self._choice: Choice | None = None
        self._takes_first = takes_first
        self._eager = False
        self._choices = _ChoiceModel(self)
        self._offer = QCompleter(self._choices, self)
        self._offer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offer.setCompletionRole(Qt.ItemDataRole.EditRole)
        self._popup = QListView()
        self._offer.setPopup(self._popup)
        self._offer.setWidget(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.textEdited.connect(self._typed)
        self._pause.timeout.connect(self.ask)
        self._offer.activated[QModelIndex].connect(self._take)  # type: ignore[index]

    @property
    def choice(self) -> Choice | None:
        """What is chosen now."""
        return self._choice

    def ask_with(self, *arguments: Any) -> None:
        """Further arguments of the query, e.g. whose people to offer."""
        self._arguments = arguments

    def set_choice(self, choice: Choice | None) -> None:
        """Choose without asking; None empties the field."""
        self._choice = choice
        self.setText("" if choice is None or self._clears else choice.title)

    def ask(self) -> None:
        """Look up what fits the text and offer it."""
        self._context.lanes.read(
            self, self._query, self.text(), *self._arguments, on_done=self._offer_choices
        )

    def _typed(self, _text: str) -> None:
        self._choice = None
        self._eager = False
        self._pause.start()

    def _offer_choices(self, found: list[Choice]) -> None:
        self._choices.show(found)
        eager, self._eager = self._eager, False
        if not self.hasFocus():
            return
        if eager and found:
            self._take(self._choices.index(0, 0))
            return
        if found:
            self._offer.complete()
            self._popup.setCurrentIndex(self._offer.completionModel().index(0, 0))
        else:
            self._popup.hide()

    def _take(self, index: QModelIndex) -> None:
        choice = self._choices.choice_at(index.row())
        if choice is not None:
            self.set_choice(choice)
            self.picked.emit(choice)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._choice is None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.ask()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        looking = self._takes_first and not self._popup.isVisible()
        if enter and looking and self._choice is None:
            # Typed faster than the answer came: the first of it is meant.
            self._eager = True
            self.ask()
            event.accept()
            return
        super().keyPressEvent(event)


class _ChoiceModel(QAbstractListModel):
    """The choices that are offered now."""

    def __init__(self, parent: RecordPicker) -> None:
        super().__init__(parent)
        self._rows: list[Choice] = []

    def show(self, rows: list[Choice]) -> None:
        """Offer these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def choice_at(self, row: int) -> Choice | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choice_at(index.row())
        if choice is None:
            return None
        if role == Qt.ItemDataRole.EditRole:
            return choice.title
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{choice.title}  —  {choice.subtitle}" if choice.subtitle else choice.title
        return None
