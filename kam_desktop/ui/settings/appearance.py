"""Theme, size of text, height of rows, language."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _, languages
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.preferences import Preferences
from kam_desktop.ui.theme import Density, ThemeChoice
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineChoice

REGIONS = (
    "da_DK", "de_AT", "de_CH", "de_DE", "el_GR", "en_AU", "en_CA", "en_GB", "en_IE", "en_IN",
    "en_US", "en_ZA", "es_ES", "es_MX", "fi_FI", "fr_BE", "fr_CA", "fr_CH", "fr_FR", "it_CH",
    "it_IT", "ja_JP", "ko_KR", "nb_NO", "nl_BE", "nl_NL", "pl_PL", "pt_BR", "pt_PT", "sv_SE",
    "tr_TR", "zh_CN",
)  # fmt: skip
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
        system = ("", _("As the system"))
        self.language = _choice(
            _("Language"), [system, *((code, _own_name(code)) for code in languages())]
        )
        self.region = _choice(_("Region"), [system, *((code, _own_name(code)) for code in REGIONS)])
        card = Card(_("Appearance"), _("For this computer; used at once."))
        rows = (
            SettingRow(_("Theme"), "", self.theme_choice),
            SettingRow(_("Size of text"), _("Also Ctrl + and Ctrl −"), self.scale),
            SettingRow(_("Rows of tables"), _("How many fit on the screen"), self.density),
            SettingRow(_("Language"), _("Used after the next start"), self.language),
            SettingRow(
                _("Region"),
                _("How dates, times and numbers are written; used after the next start"),
                self.region,
            ),
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
        self.region.committed.connect(self._set_region)
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
        self.region.set_value(values.region)

    def _set_theme(self, value: ThemeChoice) -> None:
        self.context.preferences.update(theme=value)

    def _set_scale(self, value: float) -> None:
        self.context.preferences.update(font_scale=value)

    def _set_density(self, value: Density) -> None:
        self.context.preferences.update(density=value)

    def _set_language(self, value: str) -> None:
        self.context.preferences.update(language=value)

    def _set_region(self, value: str) -> None:
        self.context.preferences.update(region=value)


def _own_name(code: str) -> str:
    """A language or region as its own people write it, e.g. ``Deutsch (Österreich)``."""
    locale = QLocale(code)
    name = locale.nativeLanguageName().capitalize()
    return f"{name} ({locale.nativeTerritoryName()})" if "_" in code else name


def _choice(label: str, values: list[tuple[object, str]]) -> InlineChoice:
    choice = InlineChoice(label, show_label=False)
    choice.set_choices(list(values))
    return choice
