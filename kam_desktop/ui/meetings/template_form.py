"""All that a checklist template says about one of its items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.changes import DraftLine
from kam_desktop.ui.meetings.template_lines import MAX_DAYS
from kam_desktop.ui.meetings.template_words import condition_words, place_words, role_words
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import QuietCombo, text_label
from kam_desktop.ui.widgets.number_fields import NumberField

_THREE, _TWO = 540, 340
"""From these widths on (pixels at scale 1) fields stand in so many columns."""
_MOST = 500
_TOP = Qt.AlignmentFlag.AlignTop


class TemplateForm(QWidget):
    """``changed`` carries the item as it is now, at every key pressed."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = DraftLine("")
        self._columns = 0
        self.text = _line_edit(_("What to prepare"))
        self.days = NumberField()
        self.days.setRange(0, MAX_DAYS)
        self.who = Choice(role_words())
        self.place = Choice(place_words())
        self.condition = Choice(condition_words())
        self.evidence = _line_edit(_("What should show that it is done"))
        self.evidence.setPlaceholderText(_("A document, a message, a number"))
        self._fields = [
            _labelled(_("What to prepare"), self.text),
            _labelled(_("Days before"), self.days),
            _labelled(_("Who prepares it"), self.who),
            _labelled(_("Where it is done"), self.place),
            _labelled(_("Ticks itself"), self.condition),
            _labelled(_("What shows it"), self.evidence),
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(Space.M))
        self._grid.setVerticalSpacing(theme().px(Space.S))
        self._arrange(3)
        self._connect_signals()
        self.show_line(None)

    def _connect_signals(self) -> None:
        self.text.textEdited.connect(self._tell)
        self.evidence.textEdited.connect(self._tell)
        self.days.valueChanged.connect(self._tell)
        for combo in (self.who, self.place, self.condition):
            combo.activated.connect(self._tell)

    def show_line(self, line: DraftLine | None) -> None:
        """Show an item, or nothing at all."""
        self.setEnabled(line is not None)
        self._line = line or DraftLine("")
        for field, text in ((self.text, self._line.text), (self.evidence, self._line.evidence)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        with QSignalBlocker(self.days):
            self.days.setValue(self._line.days_before)
        for combo, value in (
            (self.who, self._line.owner_role),
            (self.place, self._line.link),
            (self.condition, self._line.condition),
        ):
            combo.show_value(value)

    def _tell(self, *_edited: object) -> None:
        self._line = replace(
            self._line,
            text=self.text.text(),
            days_before=self.days.value(),
            owner_role=self.who.value(),
            link=self.place.value(self._line.link),
            condition=self.condition.value(),
            evidence=self.evidence.text(),
        )
        self.changed.emit(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px, width = theme().px, event.size().width()
        self._arrange(3 if width >= px(_THREE) else 2 if width >= px(_TWO) else 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the fields one below the other."""
        widest = max(field.minimumSizeHint().width() for field in self._fields)
        return QSize(widest, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        """Put the fields into so many columns; the texts take what the line has left."""
        if columns == self._columns:
            return
        self._columns = columns
        spans = {3: (3, 1, 1, 1, 1, 2), 2: (2, 1, 1, 1, 1, 2), 1: (1,) * 6}[columns]
        at = 0
        for field, span in zip(self._fields, spans, strict=True):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, at // columns, at % columns, 1, span, _TOP)
            at += span
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))


def _line_edit(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setMaxLength(_MOST)
    return line


class Choice(QuietCombo):
    """One of some values, each with its words; as narrow as need be."""

    def __init__(self, words: Mapping[Any, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = list(words)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        for text in words.values():
            self.addItem(text)
            self.setItemData(self.count() - 1, text, Qt.ItemDataRole.ToolTipRole)

    def value(self, otherwise: Any = None) -> Any:
        """What is chosen; ``otherwise`` while nothing that is known here is."""
        at = self.currentIndex()
        return self._values[at] if at >= 0 else otherwise

    def show_value(self, value: object) -> None:
        """Have this chosen."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


def _labelled(text: str, field: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(Space.XS))
    label = text_label(text, "small")
    label.setBuddy(field)
    field.setAccessibleName(text)
    column.addWidget(label)
    column.addWidget(field)
    return holder
