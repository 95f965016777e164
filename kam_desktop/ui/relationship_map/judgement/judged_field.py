"""A judged value with how fresh it is, and ways to its sources and to help with judging."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.analysis.claims import Freshness
from kam_desktop.services.claim_words import contradiction_words, freshness_words
from kam_desktop.services.i18n import _
from kam_desktop.services.judging import GUIDED
from kam_desktop.services.queries.claims import Judged
from kam_desktop.services.words import word
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import FlowLayout, IconButton, InlineEditor, Pill, text_label

_STATES = {
    Freshness.FRESH: State.GOOD,
    Freshness.FADING: State.WARN,
    Freshness.FADED: State.BAD,
    Freshness.UNDATED: State.PLAIN,
}


class JudgedField(QWidget):
    """One field. ``sources_wanted`` and ``guide_wanted`` carry its `ClaimField`.

    What opens below it (its claims) goes into ``below``.
    """

    sources_wanted = Signal(object)
    guide_wanted = Signal(object)

    def __init__(
        self, field: ClaimField, editor: InlineEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor
        px = theme().px
        self.pill = Pill()
        self._against = text_label("", "error", wrap=True)
        self._against.hide()
        name = word(field)
        self.sources = IconButton(
            "history", _("Where this comes from: {field}").format(field=name), parent=self
        )
        self.guide = IconButton(
            "circle-help", _("How do I judge this? {field}").format(field=name), parent=self
        )
        if field not in GUIDED:
            self.guide.hide()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(Space.XS))
        # Where it is narrow, the pill goes below the name.
        said = QWidget()
        flow = FlowLayout(said, spacing=px(Space.S))
        label = text_label(name, "small")
        label.setMinimumHeight(self.pill.sizeHint().height())
        flow.addWidget(label)
        flow.addWidget(self.pill)
        head.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.guide)
        head.addWidget(self.sources)
        self.below = QVBoxLayout()
        self.below.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._against)
        column.addLayout(self.below)
        self.sources.clicked.connect(self._want_sources)
        self.guide.clicked.connect(self._want_guide)

    def show_judged(self, judged: Judged, today: dt.date, *, known: bool) -> None:
        """Show how fresh the value is; ``known`` tells whether there is one."""
        # A value nobody knows and nobody claimed has nothing to be fresh or faded.
        told = known or judged.believed is not None
        words = freshness_words(judged, today)
        self.pill.show_state(words if told else "", _STATES[judged.freshness])
        self.pill.setVisible(told)
        self._against.setText(contradiction_words(judged))
        self._against.setVisible(judged.against is not None)
        (self.editor.focusProxy() or self.editor).setAccessibleDescription(words if told else "")

    def _want_sources(self) -> None:
        self.sources_wanted.emit(self.field)

    def _want_guide(self) -> None:
        self.guide_wanted.emit(self.field)
