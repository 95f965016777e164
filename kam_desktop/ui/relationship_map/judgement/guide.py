"""“How do I judge this?”: questions on what was seen, answered with the keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField, ClaimSource
from kam_desktop.services.analysis.judging import Answer, Question, suggest
from kam_desktop.services.i18n import _
from kam_desktop.services.judging import answers_note, questionnaire, reasons, suggested_words
from kam_desktop.services.words import word
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.stylesheet import mark
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import IconButton, PrimaryButton, Scroller, text_label


def answer_keys() -> dict[Answer, tuple[str, str]]:
    """The key and the word of each answer."""
    return {
        Answer.YES: (_("Y"), _("Yes")),
        Answer.NO: (_("N"), _("No")),
        Answer.UNKNOWN: ("?", _("Don't know")),
    }


class QuestionRow(QFrame):
    """One question. ``answered`` carries its key after a key or a click, ``left`` −1 or +1."""

    answered = Signal(str)
    left = Signal(str, object)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.answer = Answer.UNKNOWN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("card", "choice")
        px = theme().px
        self._chips: dict[Answer, QToolButton] = {}
        line = QVBoxLayout(self)
        line.setContentsMargins(px(Space.S), px(Space.XS), px(Space.S), px(Space.XS))
        line.setSpacing(px(Space.XS))
        line.addWidget(text_label(question.text, wrap=True))
        chips = QHBoxLayout()
        chips.setSpacing(px(Space.XS))
        for answer, (key, name) in answer_keys().items():
            chip = QToolButton()
            chip.setText(name if answer is Answer.UNKNOWN else f"{name} ({key})")
            chip.setProperty("kind", "chip")
            chip.setProperty("answer", answer.value)
            chip.setCheckable(True)
            # The row has the focus: one stop for Tab, and keys for the answers.
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(self._clicked)
            self._chips[answer] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        line.addLayout(chips)
        self._show()

    def set_answer(self, answer: Answer) -> None:
        """Answer it."""
        self.answer = answer
        self._show()
        self.answered.emit(self.question.key)

    def _show(self) -> None:
        for answer, chip in self._chips.items():
            chip.setChecked(answer is self.answer)
        _key, name = answer_keys()[self.answer]
        self.setAccessibleName(f"{self.question.text} {name}")

    def _clicked(self) -> None:
        self.setFocus()
        self.set_answer(Answer(self.sender().property("answer")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().casefold()
        for answer, (key, _name) in answer_keys().items():
            if typed and typed == key.casefold():
                self.set_answer(answer)
                self.left.emit(self.question.key, 1)
                return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.left.emit(self.question.key, step)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        mark(self, current="true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        mark(self, current="false")


class JudgingGuide(QWidget):
    """The questions on one field of a person. ``closed`` when it was used or given up."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id = ""
        self._asked = questionnaire(ClaimField.SUPPORT)
        self.rows: dict[str, QuestionRow] = {}
        self.setAccessibleName(_("How do I judge this?"))
        self._heading = text_label("", "heading", wrap=True)
        self._back = IconButton("arrow-left", _("Back"))
        self.suggestion = text_label("", "section", wrap=True)
        self.reasons = text_label("", "small", wrap=True)
        self.use = PrimaryButton(_("Use it"))
        self._hint = text_label("", "hint", wrap=True)
        self._build()
        self._back.clicked.connect(self.closed)
        self.use.clicked.connect(self._use)

    def _build(self) -> None:
        px = theme().px
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._heading, 1)
        shown = QHBoxLayout()
        shown.setSpacing(px(Space.S))
        shown.addWidget(self.suggestion, 1)
        shown.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        self._scroller = Scroller()
        self._scroller.column.setSpacing(px(Space.XS))
        keys = ", ".join(f"{key}: {name}" for key, name in answer_keys().values())
        self._hint.setText(_("{keys}. Enter uses the suggestion.").format(keys=keys))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(head)
        column.addLayout(shown)
        column.addWidget(self.reasons)
        column.addWidget(self._hint)
        column.addWidget(self._scroller, 1)

    @property
    def field(self) -> ClaimField:
        """What is judged."""
        return self._asked.field

    def start(self, person_id: str, name: str, field: ClaimField) -> None:
        """Ask about a person, from the first question on."""
        self._person_id = person_id
        self._asked = questionnaire(field)
        self._heading.setText(
            _("How do I judge this? {field} of {name}").format(field=word(field), name=name)
        )
        for row in self.rows.values():
            self._scroller.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for at, question in enumerate(self._asked.questions):
            row = QuestionRow(question)
            row.answered.connect(self._show_suggestion)
            row.left.connect(self._go)
            self.rows[question.key] = row
            self._scroller.column.insertWidget(at, row)
            # At once, not with the next layout: the first one is to take the focus.
            row.show()
        self._show_suggestion()
        next(iter(self.rows.values())).setFocus()

    def _answers(self) -> dict[str, Answer]:
        return {key: row.answer for key, row in self.rows.items()}

    def _show_suggestion(self, _key: str = "") -> None:
        found = suggest(self._asked, self._answers())
        self.suggestion.setText(suggested_words(self._asked.field, found))
        self.reasons.setText(reasons(found))
        self.use.setEnabled(found.value is not None)

    def _go(self, key: str, step: int) -> None:
        keys = list(self.rows)
        at = min(len(keys) - 1, max(0, keys.index(key) + step))
        self.rows[keys[at]].setFocus()
        self._scroller.ensureWidgetVisible(self.rows[keys[at]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use()
        else:
            super().keyPressEvent(event)

    def _use(self) -> None:
        from kam_desktop.services.claims import state_claim

        answers = self._answers()
        found = suggest(self._asked, answers)
        if found.value is None or found.confidence is None:
            return
        label = _("{field}: {value}").format(
            field=word(self._asked.field), value=suggested_words(self._asked.field, found)
        )
        state = partial(
            state_claim,
            field=self._asked.field,
            value=found.value,
            source=ClaimSource.SEEN,
            confidence=found.confidence,
            note=answers_note(self._asked, answers),
        )
        self._context.operations.run(self, label, state, self._person_id, on_done=self._used)

    def _used(self, _claim_id: str) -> None:
        self.closed.emit()
