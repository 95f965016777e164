"""What changed between the moment that is shown and another one, as a list to go through."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services import formatting
from kam_desktop.services.analysis.map_changes import MapChanges
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_change_words import change_text
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import ElidedLabel, plain_tip, text_label

_PERSON = Qt.ItemDataRole.UserRole
_MOST_MOMENTS = 60
_ROWS_SEEN = 4


class ChangeList(QWidget):
    """The differences as lines; ``person_wanted`` when one is clicked or Enter is pressed on it.

    ``until_changed`` carries the later instant to compare with, None for now.
    """

    person_wanted = Signal(str)
    until_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        self._title = ElidedLabel("", "strong")
        self._until = QComboBox()
        self._until.setAccessibleName(_("Compare with"))
        self._until.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head.addWidget(self._title, 1)
        head.addWidget(text_label(_("until"), "small"))
        head.addWidget(self._until)
        self.lines = QListWidget()
        self.lines.setWordWrap(True)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addLayout(head)
        column.addWidget(self.lines)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._until.activated.connect(self._until_chosen)
        self.lines.itemActivated.connect(self._go)
        self.lines.itemClicked.connect(self._go)

    @property
    def until(self) -> dt.datetime | None:
        """The later instant; None is now."""
        chosen: dt.datetime | None = self._until.currentData()
        return chosen

    def offer(self, later: list[dt.datetime]) -> None:
        """Offer to compare with now or with one of the moments after the one that is shown."""
        kept = self.until
        self._until.clear()
        self._until.addItem(_("now"), None)
        for at in reversed(later[:_MOST_MOMENTS]):
            self._until.addItem(formatting.date(at.date()), at)
            if at == kept:
                self._until.setCurrentIndex(self._until.count() - 1)

    def wait(self, since: dt.datetime) -> None:
        """Say what is being looked for; the old lines stay until there are new ones."""
        self._title.setText(
            _("What changed since {date}").format(date=formatting.date(since.date()))
        )
        self.lines.setAccessibleName(self._title.text())

    def show_changes(self, since: dt.datetime, changes: MapChanges) -> None:
        """List the differences."""
        self.wait(since)
        self.lines.clear()
        for change in changes.changes:
            item = QListWidgetItem(change_text(change))
            item.setData(_PERSON, change.who.id)
            item.setToolTip(plain_tip(item.text()))
            self.lines.addItem(item)
        count = len(changes.changes)
        if not count:
            self._say(_("Nothing changed between these two days."))
        self._fit_height()
        self.setAccessibleDescription(
            ngettext("{n} difference", "{n} differences", count).format(n=count)
        )

    def show_error(self, text: str) -> None:
        """Say why there is nothing to compare."""
        self.lines.clear()
        self._say(text)
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as the lines need, up to some, and less in a low window: the map comes first."""
        row, frame = max(1, self.lines.sizeHintForRow(0)), 2 * self.lines.frameWidth()
        rows = max(1, min(self.lines.count(), _ROWS_SEEN))
        self.lines.setMinimumHeight(row + frame)
        self.lines.setMaximumHeight(rows * row + frame + theme().px(Space.XS))

    def _say(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.lines.addItem(item)

    def _until_chosen(self, _index: int) -> None:
        self.until_changed.emit(self.until)

    def _go(self, item: QListWidgetItem) -> None:
        person_id = item.data(_PERSON)
        if person_id:
            self.person_wanted.emit(person_id)
