"""What can be chosen for a map on paper, and how the last choice is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kam_desktop.services.handouts.poster.content import VIEWS, view_title
from kam_desktop.services.handouts.poster.paper import PAPERS, Orientation, PosterOptions
from kam_desktop.services.i18n import _
from kam_desktop.services.map_loading import MapWish
from kam_desktop.services.queries.relationship_map import MapName
from kam_desktop.ui.widgets import QuietCombo


class PosterChoices(QObject):
    """Which map, paper, orientation and colours. ``view_chosen`` asks for another map,
    ``look_chosen`` for the same one on other paper."""

    view_chosen = Signal()
    look_chosen = Signal()

    def __init__(self, wish: MapWish, remembered: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = wish
        self._wishes = [wish]
        options = read_options(remembered)
        self.views = _combo(_("Map"), [_("As shown now")])
        self.paper = _combo(_("Paper"), list(PAPERS))
        self.paper.setCurrentText(options.paper)
        self.held = _combo(_("Orientation"), [_("Either way"), _("Portrait"), _("Landscape")])
        self.held.setCurrentIndex(list(Orientation).index(options.orientation))
        self.plain = QCheckBox(_("Black and white"))
        self.plain.setChecked(options.black_and_white)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.views.currentIndexChanged.connect(self._choose_view)
        self.paper.currentIndexChanged.connect(self._choose_look)
        self.held.currentIndexChanged.connect(self._choose_look)
        self.plain.toggled.connect(self._choose_look)

    def widgets(self) -> Sequence[QWidget]:
        """The fields, in the order of the bar."""
        return self.views, self.paper, self.held, self.plain

    @property
    def wish(self) -> MapWish:
        """The map that is chosen."""
        return self._wishes[max(0, self.views.currentIndex())]

    @property
    def options(self) -> PosterOptions:
        """The paper that is chosen."""
        return PosterOptions(
            self.paper.currentText(),
            list(Orientation)[self.held.currentIndex()],
            self.plain.isChecked(),
        )

    def offer(self, maps: Sequence[MapName]) -> None:
        """Offer the account's saved maps, and the views of which none was saved."""
        if len(self._wishes) > 1:
            return
        saved = {one.view for one in maps}
        plain = replace(self._wish, map_id=None, options=None)
        with QSignalBlocker(self.views):
            for one in maps:
                title = _("{title} ({view})").format(title=one.title, view=view_title(one.view))
                self.views.addItem(title)
                self._wishes.append(replace(plain, view=one.view, map_id=one.id))
            for view in VIEWS:
                if view not in saved:
                    self.views.addItem(view_title(view))
                    self._wishes.append(replace(plain, view=view))

    def _choose_view(self, _at: object) -> None:
        self.view_chosen.emit()

    def _choose_look(self, _value: object) -> None:
        self.look_chosen.emit()


def _combo(name: str, texts: list[str]) -> QuietCombo:
    combo = QuietCombo()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.addItems(texts)
    return combo


def read_options(text: str) -> PosterOptions:
    """What `options_text` wrote; the defaults for anything else."""
    paper, _comma, rest = text.partition(",")
    held, _comma, colours = rest.partition(",")
    if paper not in PAPERS or held not in list(Orientation):
        return PosterOptions()
    return PosterOptions(paper, Orientation(held), colours == "black")


def options_text(options: PosterOptions) -> str:
    """The choices as text to keep, e.g. ``A3,landscape,black``."""
    colours = "black" if options.black_and_white else "colour"
    return f"{options.paper},{options.orientation},{colours}"
