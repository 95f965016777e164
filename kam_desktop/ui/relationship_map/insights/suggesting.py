"""Suggestions, each with its reason: confirmed or put away by the user, never applied by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.analysis.suggestions import Suggestion
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.map_analysis import AccountThinking
from kam_desktop.services.suggestion_words import (
    confirm_text,
    suggestion_reason,
    suggestion_text,
)
from kam_desktop.ui.relationship_map.insights.lines import breakable
from kam_desktop.ui.relationship_map.insights.sections import InsightSection
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, FlowLayout, clear_layout, text_label

_FIRST = 3
_MORE = 20


class SuggestionRow(QWidget):
    """One suggestion; ``confirmed`` and ``dismissed`` carry it."""

    confirmed = Signal(object)
    dismissed = Signal(object)

    def __init__(
        self,
        thinking: AccountThinking,
        suggestion: Suggestion,
        *,
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        px = theme().px
        text, reason = suggestion_text(thinking, suggestion), suggestion_reason(suggestion)
        self.setAccessibleName(f"{text}. {reason}")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.XS), px(Space.XS), px(Space.XS), px(Space.S))
        column.setSpacing(px(2))
        column.addWidget(text_label(breakable(text), wrap=True))
        column.addWidget(text_label(breakable(reason), "small", wrap=True))
        self.confirm = Button(confirm_text(suggestion))
        self.dismiss = Button(_("Not now"), "quiet")
        self.confirm.setAccessibleName(f"{confirm_text(suggestion)}: {text}")
        self.dismiss.setAccessibleName(_("Not now: {text}").format(text=text))
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=px(Space.S))
        for button in (self.confirm, self.dismiss):
            flow.addWidget(button)
        column.addSpacing(px(2))
        column.addWidget(buttons)
        buttons.setVisible(editable)
        self.confirm.clicked.connect(self._confirm)
        self.dismiss.clicked.connect(self._dismiss)

    def _confirm(self) -> None:
        self.confirmed.emit(self.suggestion)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.suggestion)


class SuggestionSection(InsightSection):
    """The first few suggestions; more on demand. Signals as of `SuggestionRow`.

    ``recall_wanted`` when what was put away is wanted back.
    """

    confirmed = Signal(object)
    dismissed = Signal(object)
    recall_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Suggestions"))
        self.rows: list[SuggestionRow] = []
        self._shown: tuple[Suggestion, ...] = ()
        self._count = _FIRST
        self._focus_at = -1
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.XS))
        self.body.addLayout(self._column)
        foot = QHBoxLayout()
        self.more = Button("", "quiet")
        self.recall = Button(_("Bring back what was put away"), "quiet")
        foot.addWidget(self.more)
        foot.addWidget(self.recall)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._thinking: AccountThinking | None = None
        self._editable = True
        self.more.clicked.connect(self._show_more)
        self.recall.clicked.connect(self.recall_wanted)

    def show_suggestions(self, thinking: AccountThinking, *, editable: bool) -> None:
        """Show what an account's map suggests; only to read unless ``editable``."""
        unchanged = thinking.suggestions == self._shown and editable == self._editable
        self._thinking, self._editable = thinking, editable
        self.recall.setVisible(editable and thinking.dismissed > 0)
        if unchanged and (self.rows or not self._shown):
            self._say(len(self._shown))
            return
        self._focus_at = next((n for n, row in enumerate(self.rows) if _has_focus(row)), -1)
        self._shown = thinking.suggestions
        self._fill()

    def _say(self, count: int) -> None:
        text = ngettext("{n} suggestion.", "{n} suggestions.", count).format(n=count)
        self.say(text if count else _("Nothing to suggest now."))

    def _fill(self) -> None:
        thinking = self._thinking
        assert thinking is not None, "filled with what was shown"
        clear_layout(self._column)
        few = self._shown[: self._count]
        self.rows = [SuggestionRow(thinking, each, editable=self._editable) for each in few]
        for row in self.rows:
            row.confirmed.connect(self.confirmed)
            row.dismissed.connect(self.dismissed)
            self._column.addWidget(row)
        rest = len(self._shown) - len(few)
        self.more.setText(_("Show {n} more").format(n=min(rest, _MORE)))
        self.more.setVisible(rest > 0)
        self._say(len(self._shown))
        if self.rows and self._focus_at >= 0:
            at = min(self._focus_at, len(self.rows) - 1)
            self.rows[at].confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        self._count += _MORE
        self._focus_at = len(self.rows)
        self._fill()


def _has_focus(row: SuggestionRow) -> bool:
    return row.confirm.hasFocus() or row.dismiss.hasFocus()
