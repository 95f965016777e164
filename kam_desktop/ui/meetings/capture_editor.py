"""The text field for notes: quick marks are offered, coloured and explained beside their lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kam_desktop.services.analysis.capture import QuickMark, bare_mark, marked_lines
from kam_desktop.services.analysis.capture_offers import Offer, offers
from kam_desktop.services.analysis.capture_states import Known, StatedLine, stated_lines
from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings.capture_popup import OfferList
from kam_desktop.ui.meetings.capture_words import Remark, remark_of, remark_of_bare
from kam_desktop.ui.theme import Space, State, TextRole, theme

MARGIN = 216
MARGIN_FROM = 430
MARGIN_SHARE = 0.36
UNDERSTAND_MS = 120
MAX_CHARACTERS = 1_000_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaptureEditor(QPlainTextEdit):
    """``understood`` when lines were read anew, ``left`` when the keyboard went elsewhere.

    ``refused`` carries why something was not pasted.
    """

    understood = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known, self._names = Known(), ()  # type: tuple[Known, tuple[str, ...]]
        self._today = dt.date.min
        self._stated: tuple[StatedLine, ...] = ()
        self._remarks: dict[int, Remark] = {}
        self._dismissed = -1
        self.setAccessibleName(_("Notes"))
        self.setPlaceholderText(
            _("Type what is said. A line that begins with / becomes a promise, an action …")
        )
        self.setTabChangesFocus(True)
        self.setProperty("role", "notes")
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._colours = _MarkColours(self.document())
        self._margin = _Margin(self)
        self.offer_list = OfferList(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(UNDERSTAND_MS)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.offer_list.chosen.connect(self.complete)
        self.textChanged.connect(self._pause.start)
        self.cursorPositionChanged.connect(self._moved)
        self._pause.timeout.connect(self.understand)
        self.updateRequest.connect(self._follow)
        theme().changed.connect(self._recolour)

    # The text

    def show_text(self, text: str) -> None:
        """Show another text; what was typed before cannot be undone into it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.understand()

    def replace_text(self, text: str) -> None:
        """Show what the text has become elsewhere; Ctrl+Z brings back what stood here."""
        at = self.textCursor().position()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)
        self.understand()

    @property
    def selected_text(self) -> str:
        """What is selected, in one line."""
        return " ".join(self.textCursor().selection().toPlainText().split())

    # Understanding

    def read_with(self, known: Known, names: Sequence[str], today: dt.date) -> None:
        """What lines are understood with: what there is already, and the day that counts."""
        self._known, self._names, self._today = known, tuple(names), today
        self.understand()

    @property
    def stated(self) -> tuple[StatedLine, ...]:
        """The marked lines and what becomes of them."""
        return self._stated

    @property
    def today(self) -> dt.date:
        """The day from which days in the notes count."""
        return self._today

    def remark(self, line: int) -> Remark | None:
        """What is said of a line."""
        return self._remarks.get(line)

    def understand(self) -> None:
        """Read the marked lines now."""
        self._pause.stop()
        text = self.toPlainText()
        self._stated = tuple(stated_lines(marked_lines(text, self._today), self._known))
        self._remarks = {each.line.line: remark_of(each, self._today) for each in self._stated}
        for at, line in enumerate(text.split("\n")):
            if line.lstrip().startswith("/") and (mark := bare_mark(line)) is not None:
                self._remarks[at] = remark_of_bare(mark)
        self._margin.update()
        self.understood.emit()

    # Completing

    def complete(self, offer: Offer) -> None:
        """Write a completion in the place of what was typed of it."""
        cursor = self.textCursor()
        block = cursor.block()
        cursor.setPosition(block.position() + offer.start)
        cursor.setPosition(self.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        self.setTextCursor(cursor)
        self._offer()

    def _moved(self) -> None:
        if self.textCursor().blockNumber() != self._dismissed:
            self._dismissed = -1
        if self.offer_list.isVisible():
            self._offer()

    def _offer(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found: Sequence[Offer] = ()
        if before.lstrip().startswith("/") and self._dismissed != cursor.blockNumber():
            found = offers(before, self._names) if not cursor.hasSelection() else ()
        # Who is new may be called like the beginning of somebody known.
        sure = bool(found) and (
            found[0].mark is not None or (found[0].support is None and not _is_person(before))
        )
        place = self.cursorRect().translated(self.viewport().pos())
        self.offer_list.offer(found, first=sure, below=place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.offer_list.isVisible() and self._steers(event):
            return
        super().keyPressEvent(event)
        if event.text().strip() or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Backspace):
            self._offer()
        elif self.offer_list.isVisible() and event.key() in _ENTER:
            self.offer_list.hide()

    def _steers(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for the list of completions."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.offer_list.move(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self._dismissed = self.textCursor().blockNumber()
            self.offer_list.hide()
            return True
        if key == Qt.Key.Key_Tab:
            return self.offer_list.choose(any_of_them=True)
        return key in _ENTER and not event.modifiers() and self.offer_list.choose()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab takes a completion while one is offered.
        if forward and self.offer_list.isVisible() and self.offer_list.choose(any_of_them=True):
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.offer_list.hide()
        self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        added = len(source.text()) - len(self.textCursor().selectedText())
        if self.document().characterCount() + added > MAX_CHARACTERS:
            self.refused.emit(_("This is longer than the notes of a meeting can hold."))
            return
        super().insertFromMimeData(source)

    # Drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= theme().px(MARGIN_FROM)
        margin = min(theme().px(MARGIN), round(self.width() * MARGIN_SHARE)) if wide else 0
        if self.viewportMargins().right() != margin:
            self.setViewportMargins(0, 0, margin, 0)
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self._margin.setGeometry(QRect(area.right() + 1, area.top(), margin, area.height()))
        self._margin.setVisible(wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        for block, area in self._visible_blocks(self.viewport().width()):
            remark = self._remarks.get(block.blockNumber())
            if remark is not None:
                painter.fillRect(area, QColor(theme().colours.state(remark.state)[1]))
        painter.end()
        super().paintEvent(event)

    def _visible_blocks(self, width: int) -> list[tuple[QTextBlock, QRectF]]:
        found = []
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > bottom:
                break
            found.append((block, QRectF(0, area.top(), width, area.height())))
            block = block.next()
        return found

    def paint_margin(self, margin: QWidget) -> None:
        """Draw what is said of the lines in view."""
        painter = QPainter(margin)
        painter.setFont(theme().font(TextRole.SMALL))
        pad, line = theme().px(Space.S), painter.fontMetrics().lineSpacing()
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for block, area in self._visible_blocks(margin.width()):
            remark = self._remarks.get(block.blockNumber())
            if remark is None:
                continue
            ink, ground = theme().colours.state(remark.state)
            painter.fillRect(area, QColor(ground))
            painter.setPen(QColor(ink))
            room = area.adjusted(pad, (min(area.height(), line * 1.4) - line) / 2, -pad, 0)
            lines = max(1, int(room.height() // line))
            text = remark.text
            if lines == 1:
                text = painter.fontMetrics().elidedText(
                    text, Qt.TextElideMode.ElideRight, int(room.width())
                )
            wrap = int(Qt.TextFlag.TextWordWrap) if lines > 1 else 0
            painter.drawText(room, flags | wrap, text)
        painter.end()

    def _follow(self, _area: QRect, moved: int) -> None:
        if moved:
            self.offer_list.hide()
        self._margin.update()

    def _recolour(self) -> None:
        self._colours.rehighlight()
        self._margin.update()


def _is_person(before: str) -> bool:
    found = marked_lines(f"{before.rstrip()} x", dt.date.min)
    return bool(found) and found[0].mark is QuickMark.PERSON


class _Margin(QWidget):
    """Beside the text; says what was understood of each line."""

    def __init__(self, editor: CaptureEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._editor.paint_margin(self)


class _MarkColours(QSyntaxHighlighter):
    """Sets the quick mark of a line apart from what is said."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        start = text.find("/")
        if start < 0 or text[:start].strip():
            return
        end = next((at for at in range(start, len(text)) if text[at].isspace()), len(text))
        if bare_mark(text[start:end]) is not None:
            look = QTextCharFormat()
            look.setForeground(QColor(theme().colours.state(State.ACCENT)[0]))
            look.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(start, end - start, look)
