"""Two people side by side: who they are, and a choice for each field they differ in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.merging import KEEP, OTHER, MergeSide, MergeView
from kam_desktop.ui.merging.words import field_title, shown_name, side_text, value_text
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import (
    Avatar,
    ElidedLabel,
    Pill,
    clear_layout,
    plain_tip,
    text_label,
)

_LONGEST = 400


class Sides(QWidget):
    """The one who is kept on the left; `choices` are what the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(Space.S))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(1, px(190))
        self._grid.setColumnMinimumWidth(2, px(190))

    def show_view(self, view: MergeView) -> None:
        """Show two people; whose value would be taken is chosen to begin with."""
        self._forget_rows()
        self._grid.addWidget(_head(view.keep, _("Stays"), State.GOOD), 0, 1)
        self._grid.addWidget(_head(view.other, _("Goes into the first"), State.PLAIN), 0, 2)
        for row, field in enumerate(view.differing, start=1):
            self._add_row(row, view, field)
        if not view.differing:
            same = text_label(_("They say the same everywhere."), "hint")
            self._grid.addWidget(same, 1, 1, 1, 2)

    def _forget_rows(self) -> None:
        for group in self._groups.values():
            group.deleteLater()
        self._groups = {}
        clear_layout(self._grid)

    def _add_row(self, row: int, view: MergeView, field: str) -> None:
        group = QButtonGroup(self)
        label = text_label(field_title(field), "secondary", wrap=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, row, 0, middle)
        for column, (whose, side) in enumerate(((KEEP, view.keep), (OTHER, view.other)), start=1):
            text = value_text(field, side.values[field])
            button = ValueButton(text)
            button.setProperty("whose", whose)
            button.setAccessibleName(f"{label.text()}: {text}")
            button.setChecked(view.default[field] == whose)
            group.addButton(button)
            self._grid.addWidget(button, row, column, middle)
        self._groups[field] = group

    def choices(self) -> dict[str, str]:
        """Whose value counts, by field."""
        chosen = {}
        for field, group in self._groups.items():
            button = group.checkedButton()
            if button is not None:
                chosen[field] = str(button.property("whose"))
        return chosen

    def choose(self, field: str, whose: str) -> None:
        """Choose whose value counts in a field."""
        for button in self._groups[field].buttons():
            if button.property("whose") == whose:
                button.setChecked(True)


def _head(side: MergeSide, fate: str, tone: State) -> QWidget:
    """Photo or initials, name, account, and how much hangs on them."""
    head = QWidget()
    column = QVBoxLayout(head)
    column.setContentsMargins(0, 0, 0, theme().px(Space.S))
    column.setSpacing(theme().px(Space.XS))
    face = Avatar(side.name, Space.XXL + Space.L)
    face.set_photo(side.photo)
    column.addWidget(face)
    column.addWidget(ElidedLabel(shown_name(side), "strong"))
    column.addWidget(ElidedLabel(side.account_name, "secondary"))
    column.addWidget(ElidedLabel(side_text(side), "small"))
    column.addWidget(Pill(fate, tone), 0, Qt.AlignmentFlag.AlignLeft)
    return head


class ValueButton(QRadioButton):
    """A value to choose, on one line as long as there is room; the whole of it is in the tip."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = " ".join(text[:_LONGEST].split())
        self.setToolTip(plain_tip(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), super().minimumSizeHint().height())

    def _fit(self) -> None:
        room = max(theme().px(40), self.width() - theme().px(Space.XXL))
        shown = self.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, room)
        # An ampersand would underline the letter after it.
        self.setText(shown.replace("&", "&&"))
