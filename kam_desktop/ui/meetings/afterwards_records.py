"""The recognised lines of the notes as a list to tick, made into records in one step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.analysis.capture import MarkedLine
from kam_desktop.services.analysis.capture_states import UNREADABLE, LineState, StatedLine
from kam_desktop.services.capture_words import made_text, trouble_text
from kam_desktop.services.formatting import isolate, joined
from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.capture_editor import CaptureEditor
from kam_desktop.ui.meetings.capture_words import meaning
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import Card, clear_layout, text_label

MOST = 200
_SIGN = 24


class RecordsCard(Card):
    """``changed`` when other lines are ticked."""

    changed = Signal()

    def __init__(self, editor: CaptureEditor, parent: QWidget | None = None) -> None:
        super().__init__(_("Recognised in the notes"), parent=parent)
        self._editor = editor
        self._shown: tuple[StatedLine, ...] | None = None
        self._unticked: set[tuple[str, str]] = set()
        self.boxes: list[tuple[QCheckBox, StatedLine]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.S))
        self.result = text_label("", "small", wrap=True)
        self.result.hide()
        self.body.addLayout(self._column)
        self.add(self.result)
        editor.understood.connect(self._understood)
        self._understood()

    @property
    def chosen(self) -> tuple[MarkedLine, ...]:
        """The new lines that are ticked."""
        return tuple(each.line for box, each in self.boxes if box.isChecked())

    def say(self, text: str) -> None:
        """Say what became of the lines."""
        self.result.setText(text)
        self.result.setVisible(bool(text))

    def forget(self) -> None:
        """Another meeting is shown."""
        self._unticked.clear()
        self.say("")

    def _understood(self) -> None:
        stated = self._editor.stated
        if stated == self._shown:
            return
        self._shown = stated
        clear_layout(self._column)
        self.boxes = []
        for each in stated[:MOST]:
            self._column.addWidget(self._row(each))
        if len(stated) > MOST:
            more = _("{n} further lines follow once these are made.").format(n=len(stated) - MOST)
            self._column.addWidget(text_label(more, "small", wrap=True))
        if not stated:
            self._column.addWidget(
                text_label(
                    _("No line begins with a quick mark. Select text and press a button above it."),
                    "secondary",
                    wrap=True,
                )
            )
        self.set_subtitle(made_text(stated))
        self.changed.emit()

    def _row(self, stated: StatedLine) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(Space.XS))
        unreadable = stated.state in UNREADABLE
        what = _("Cannot be read") if unreadable else meaning(stated, self._editor.today)
        sign = self._sign(stated, joined((what, stated.line.text)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(what, "body" if _is_new(stated) else "secondary", wrap=True))
        words.addWidget(text_label(_detail(stated), "small", wrap=True))
        sign.setFixedWidth(theme().px(_SIGN))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row

    def _sign(self, stated: StatedLine, name: str) -> QWidget:
        """A box to tick for what is new; a sign for what is there or cannot be read."""
        if not _is_new(stated):
            known = stated.state in (LineState.KNOWN, LineState.OVERRULED)
            sign = text_label("✓" if known else "!", "strong")
            sign.setProperty("tone", str(State.GOOD if known else State.WARN))
            sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            return sign
        box = QCheckBox()
        box.setAccessibleName(name)
        box.setChecked(_key(stated) not in self._unticked)
        box.toggled.connect(self._toggled)
        self.boxes.append((box, stated))
        return box

    def _toggled(self, on: bool) -> None:
        box = self.sender()
        for each, stated in self.boxes:
            if each is box:
                (self._unticked.discard if on else self._unticked.add)(_key(stated))
        self.changed.emit()


def _is_new(stated: StatedLine) -> bool:
    return stated.state is LineState.NEW


def _key(stated: StatedLine) -> tuple[str, str]:
    return stated.line.mark.value, stated.line.text


def _detail(stated: StatedLine) -> str:
    text = isolate(stated.line.text)
    if stated.state in UNREADABLE:
        return trouble_text(stated)
    if stated.state is LineState.KNOWN:
        return _("{text} (there already)").format(text=text)
    if stated.state is LineState.OVERRULED:
        return _("{text} (judged again below)").format(text=text)
    return text
