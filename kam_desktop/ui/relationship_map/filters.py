"""Whom a map shows: the menu that filters, and the chips that say what is filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kam_desktop.models.vocabulary import DecisionRole, Support, TieKind
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.map_options import MapOptions
from kam_desktop.services.words import word
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout, plain_tip

_LEVELS = (3, 5, 7, 9)


def fill_filter_menu(menu: QMenu, loaded: LoadedMap) -> None:
    """Offer what can be filtered; each action carries the `MapOptions` it leads to."""
    options = loaded.options
    menu.clear()
    _centres(menu, loaded)
    _several(
        menu, _("Decision role"), options, "roles",
        [(str(role), word(role)) for role in DecisionRole],
    )  # fmt: skip
    support = [(int(value), word(value)) for value in Support]
    _several(menu, _("Support"), options, "support", [*support, (None, word(None))])
    _influence(menu, options)
    _several(
        menu, _("Kinds of ties"), options, "ties", [(str(kind), word(kind)) for kind in TieKind]
    )
    menu.addSeparator()
    for field, text in hide_words().items():
        _choice(menu, text, getattr(options, field), _flipped(options, field))
    menu.addSeparator()
    everybody = _choice(menu, _("Show everybody"), False, options.without_filters())
    everybody.setCheckable(False)
    everybody.setEnabled(options != options.without_filters())


def hide_words() -> dict[str, str]:
    """The filters that hide a kind of people, in words."""
    return {
        "hide_left": _("Hide who left"),
        "hide_vacant": _("Hide vacant seats"),
        "hide_external": _("Hide people from outside"),
    }


def _centres(menu: QMenu, loaded: LoadedMap) -> None:
    centres = loaded.everyone.buying_centres
    if centres:
        values = [*centres.items(), ("", _("No buying centre"))]
        _several(menu, _("Buying centre"), loaded.options, "buying_centres", values)


def _several(
    menu: QMenu,
    title: str,
    options: MapOptions,
    field: str,
    values: Iterable[tuple[Any, str]],
) -> None:
    below = menu.addMenu(title)
    chosen: frozenset[Any] = getattr(options, field)
    for value, text in values:
        _choice(below, text, value in chosen, replace(options, **{field: chosen ^ {value}}))


def _influence(menu: QMenu, options: MapOptions) -> None:
    below = menu.addMenu(_("Influence"))
    _choice(below, _("Any"), options.influence_from == 0, replace(options, influence_from=0))
    for least in _LEVELS:
        text = _("{least} or more").format(least=least)
        chosen = options.influence_from == least
        _choice(below, text, chosen, replace(options, influence_from=least))


def _flipped(options: MapOptions, field: str) -> MapOptions:
    return replace(options, **{field: not getattr(options, field)})


def _choice(menu: QMenu, text: str, chosen: bool, leads_to: MapOptions) -> QAction:
    action = menu.addAction(text[:80].replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(chosen)
    action.setData(leads_to)
    return action


def active_filters(loaded: LoadedMap) -> list[tuple[str, MapOptions]]:
    """What is filtered now in words, each with the options without it."""
    options, centres = loaded.options, loaded.everyone.buying_centres
    found: list[tuple[str, MapOptions]] = []
    groups: list[tuple[str, str, Callable[[Any], str]]] = [
        ("buying_centres", _("Buying centre"), lambda one: centres.get(one) or _("none")),
        ("roles", _("Role"), lambda one: word(DecisionRole(one))),
        ("support", _("Support"), lambda one: word(None if one is None else Support(one))),
        ("ties", _("Ties"), lambda one: word(TieKind(one))),
    ]
    for field, title, say in groups:
        if chosen := getattr(options, field):
            values = ", ".join(isolate(text) for text in sorted(map(say, chosen)))
            found.append((f"{title}: {values}", replace(options, **{field: frozenset()})))
    if options.influence_from:
        text = _("Influence: {least} or more").format(least=options.influence_from)
        found.append((text, replace(options, influence_from=0)))
    for field, text in hide_words().items():
        if getattr(options, field):
            found.append((text, _flipped(options, field)))
    return found


class FilterChips(QWidget):
    """One chip per filter; a click takes it away. ``wanted`` carries the `MapOptions` without."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, spacing=theme().px(Space.XS))
        self.chips: list[QToolButton] = []

    def show_loaded(self, loaded: LoadedMap) -> None:
        """Show what is filtered now."""
        found = active_filters(loaded)
        if [text for text, _options in found] != [chip.property("says") for chip in self.chips]:
            self._make([text for text, _options in found])
        for chip, (_text, options) in zip(self.chips, found, strict=True):
            chip.setProperty("leads_to", options)

    def _make(self, texts: list[str]) -> None:
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for text in texts:
            chip = QToolButton(self)
            chip.setProperty("kind", "chip")
            chip.setProperty("says", text)
            chip.setText(f"{text[:60]}  ×".replace("&", "&&"))
            chip.setAccessibleName(_("Take away the filter {text}").format(text=text))
            chip.setToolTip(plain_tip(chip.accessibleName()))
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(self._taken)
            self._row.addWidget(chip)
            chip.show()
            self.chips.append(chip)

    def _taken(self) -> None:
        chip = self.sender()
        if chip is not None:
            self.wanted.emit(chip.property("leads_to"))
