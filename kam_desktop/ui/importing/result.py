"""What an import did, with the ways on from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kam_desktop.services.exchange.fields import Kind, kind_label
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.importing.words import fate_label
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.card import Card, Scroller, clear_layout
from kam_desktop.ui.widgets.flow import FlowLayout
from kam_desktop.ui.widgets.labels import text_label


class ResultView(QWidget):
    """The counts of the import by kind, and buttons for what may come next."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller()
        outer.addWidget(scroller)
        column = scroller.column
        self.card = Card()
        self.card.setMaximumWidth(px(680))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(Space.XL))
        self._grid.setVerticalSpacing(px(Space.S))
        self._grid.setColumnStretch(len(Fate) + 1, 1)
        self.card.body.addSpacing(px(Space.S))
        self.card.body.addLayout(self._grid)
        self.card.body.addSpacing(px(Space.M))
        # Flows onto further lines where the text is large.
        row = FlowLayout(spacing=px(Space.S))
        for action in actions:
            button = Button()
            row.addWidget(button)
            button.follow(action)
        self.card.body.addLayout(row)
        column.addWidget(self.card)
        column.addStretch(1)

    def show_result(self, plan: ImportPlan) -> None:
        """Show what was done."""
        self.card.set_title(_("Done: {label}").format(label=plan.label))
        rejected = plan.counts.total(Fate.REJECTED)
        pills = []
        if rejected:
            text = ngettext("{count} row rejected", "{count} rows rejected", rejected)
            pills.append((text.format(count=number(rejected)), State.WARN))
        self.card.set_pills(pills)
        self.card.set_subtitle(
            _("It is one step: Undo takes all of it back, today or after a restart.")
        )
        self._fill(plan)

    def _fill(self, plan: ImportPlan) -> None:
        clear_layout(self._grid)
        for column, fate in enumerate(Fate, start=1):
            self._grid.addWidget(text_label(fate_label(fate), "small"), 0, column)
        line = 1
        for kind in Kind:
            counts = [plan.counts.of(kind, fate) for fate in Fate]
            if not any(counts):
                continue
            self._grid.addWidget(text_label(kind_label(kind), "strong"), line, 0)
            for column, count in enumerate(counts, start=1):
                role = "body" if count else "hint"
                self._grid.addWidget(text_label(number(count), role), line, column)
            line += 1
