"""Theme, size of text, height of rows, language."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.preferences import Preferences
from kam_desktop.ui.theme import Density, ThemeChoice
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineChoice

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class AppearanceSection(Section):
    """Each choice is used at once and kept for this laptop."""

    name: ClassVar[str] = "appearance"
    icon: ClassVar[str] = "palette"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.theme_choice = _choice(
            _("Theme"),
            [
                (ThemeChoice.SYSTEM, _("As the system")),
                (ThemeChoice.LIGHT, _("Light")),
                (ThemeChoice.DARK, _("Dark")),
                (ThemeChoice.HIGH_CONTRAST, _("High contrast")),
            ],
        )
        self.scale = _choice(
            _("Size of text"), [(scale, f"{round(scale * 100)} %") for scale in SCALES]
        )
        self.density = _choice(
            _("Rows of tables"),
            [(Density.COMFORTABLE, _("Comfortable")), (Density.COMPACT, _("Compact"))],
        )
        self.language = _choice(_("Language"), [("", _("As the system")), ("en", "English")])
        card = Card(_("Appearance"), _("For this computer; used at once."))
        rows = (
            SettingRow(_("Theme"), "", self.theme_choice),
            SettingRow(_("Size of text"), _("Also Ctrl + and Ctrl −"), self.scale),
            SettingRow(_("Rows of tables"), _("How many fit on the screen"), self.density),
            SettingRow(_("Language"), _("Used after the next start"), self.language),
        )
        for number, row in enumerate(rows):
            if number:
                card.add(Rule())
            card.add(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.theme_choice.committed.connect(self._set_theme)
        self.scale.committed.connect(self._set_scale)
        self.density.committed.connect(self._set_density)
        self.language.committed.connect(self._set_language)
        context.preferences.changed.connect(self._show)

    @staticmethod
    def heading() -> str:
        return _("Appearance")

    def load(self) -> None:
        self._show(self.context.preferences.values)

    def _show(self, values: Preferences) -> None:
        nearest = min(SCALES, key=lambda scale: abs(scale - values.font_scale))
        self.theme_choice.set_value(values.theme)
        self.scale.set_value(nearest)
        self.density.set_value(values.density)
        self.language.set_value(values.language)

    def _set_theme(self, value: ThemeChoice) -> None:
        self.context.preferences.update(theme=value)

    def _set_scale(self, value: float) -> None:
        self.context.preferences.update(font_scale=value)

    def _set_density(self, value: Density) -> None:
        self.context.preferences.update(density=value)

    def _set_language(self, value: str) -> None:
        self.context.preferences.update(language=value)


def _choice(label: str, values: list[tuple[object, str]]) -> InlineChoice:
    choice = InlineChoice(label, show_label=False)
    choice.set_choices(list(values))
    return choice
