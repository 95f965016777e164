"""The style sheet, generated from the tokens of the theme in use.

Widgets say what they are through dynamic properties (``role``, ``card``, ``pill``, ``kind``) and
object names; nothing else in the program sets a style sheet.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kam_desktop.services.resources import resource_path
from kam_desktop.ui.theme import CARD_RADIUS, FOCUS_WIDTH, RADIUS, State

if TYPE_CHECKING:
    from kam_desktop.ui.theme import Theme


def mark(widget: QWidget, **properties: object) -> None:
    """Set style properties on ``widget`` and have it drawn accordingly at once."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def style_sheet(theme: Theme) -> str:
    """The program's style sheet for ``theme``."""
    parts = (_BASE, _TEXT, _BUTTONS, _INPUTS, _CHECKS, _VIEWS, _SHELL)
    values = _values(theme)
    return "".join(Template(part).substitute(values) for part in parts) + _pills(theme)


def _values(theme: Theme) -> dict[str, object]:
    colours = theme.colours
    px = theme.px
    values: dict[str, object] = {
        name: getattr(colours, name)
        for name in colours.__slots__
        if name not in {"name", "dark", "series"}
    }
    values |= {f"s{size}": px(size) for size in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 20, 24)}
    values |= {f"t{size}": px(size) for size in (12, 13, 14, 18, 22)}
    values |= {
        "radius": px(RADIUS),
        "card_radius": px(CARD_RADIUS),
        "focus": FOCUS_WIDTH,
        # Where the surface is as dark as what lies around it, the place needs a colour of its own.
        "here": colours.surface if colours.surface != colours.sunken else colours.accent_soft,
        "control": px(20),
        "box": px(14),
        # A corner rounder than half of the box with its line would be drawn square.
        "round": px(14) // 2 + 1,
        "row": theme.row_height,
        "scroll": px(10),
        "handle": px(4),
    }
    for shape in ("check", "partial", "dot", "down", "up"):
        path = resource_path("theme", f"{shape}-{colours.name}.svg")
        values[shape] = f'url("{path.as_posix()}")'
    return values


def _pills(theme: Theme) -> str:
    rules = []
    for state in State:
        text, ground = theme.colours.state(state)
        rules.append(f'QLabel[pill="{state}"] {{ color: {text}; background: {ground}; }}')
        rules.append(f'QLabel[tone="{state}"] {{ color: {text}; }}')
    return "\n".join(rules)


_BASE = """
QMainWindow, QDialog { background: $bg; }
QToolTip { background: $text; color: $bg; border: 0; padding: ${s4}px ${s8}px; }
QScrollArea, QScrollArea > QWidget > QWidget[transparent="true"] {
  background: transparent; border: 0;
}
QFrame[card="true"] {
  background: $surface; border: 1px solid $line; border-radius: ${card_radius}px;
}
QFrame[card="sunken"] { background: $sunken; border: 0; border-radius: ${card_radius}px; }
QFrame[card="choice"] { border: ${focus}px solid transparent; border-radius: ${radius}px; }
QFrame[card="choice"][current="true"] { background: $surface; border-color: $accent; }
QFrame[rule="true"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QProgressBar {
  background: $sunken; border: 0; border-radius: ${s3}px; min-height: ${s6}px; max-height: ${s6}px;
}
QProgressBar::chunk { background: $accent; border-radius: ${s3}px; }
QScrollBar:vertical { background: transparent; width: ${scroll}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: ${handle}px; margin: 1px; }
QScrollBar::handle:vertical { min-height: ${s24}px; }
QScrollBar::handle:horizontal { min-width: ${s24}px; }
QScrollBar::handle:hover { background: $text3; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu {
  background: $surface; color: $text; border: 1px solid $line; padding: ${s4}px;
}
QMenu::item { padding: ${s6}px ${s24}px ${s6}px ${s12}px; border-radius: ${s4}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: ${s8}px; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px ${s8}px; }
QTabWidget::pane { border: 0; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  color: $text2; background: transparent; border: 0; border-bottom: 2px solid transparent;
  padding: ${s6}px ${s2}px; margin-right: ${s16}px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; border-bottom: 2px solid $accent; }
"""

_TEXT = """
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${t22}px; font-weight: 600; }
QLabel[role="section"] { font-size: ${t18}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${t14}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="secondary"] { color: $text2; }
QLabel[role="small"] { color: $text2; font-size: ${t12}px; }
QLabel[role="hint"] { color: $text3; font-size: ${t12}px; }
QLabel[role="error"] { color: $bad; font-size: ${t12}px; }
QLabel[role="key"] {
  color: $text2; background: $sunken; border-radius: ${s4}px; padding: ${s1}px ${s6}px;
  font-size: ${t12}px;
}
QLabel[pill] {
  font-size: ${t12}px; font-weight: 600; border-radius: ${s9}px;
  padding: ${s2}px ${s10}px; min-height: ${box}px;
}
"""

_BUTTONS = """
QPushButton {
  background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
  padding: ${s5}px ${s12}px; min-height: ${control}px;
}
QPushButton:hover { background: $sunken; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $text3; background: transparent; }
QPushButton:focus { border: ${focus}px solid $accent; padding: ${s4}px ${s11}px; }
QPushButton[kind="primary"] {
  background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_hover; }
QPushButton[kind="primary"]:disabled {
  background: $sunken; color: $text3; border-color: $line;
}
QPushButton[kind="primary"]:focus { border: ${focus}px solid $text; }
QPushButton[kind="quiet"] {
  background: transparent; border: 1px solid transparent; color: $accent;
}
QPushButton[kind="quiet"]:hover { background: $sunken; }
QPushButton[kind="quiet"]:focus { border: ${focus}px solid $accent; }
QToolButton {
  background: transparent; color: $text2; border: 1px solid transparent;
  border-radius: ${radius}px; padding: ${s4}px;
}
QToolButton:hover { background: $sunken; color: $text; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; color: $text; }
QToolButton:focus { border: ${focus}px solid $accent; padding: ${s3}px; }
QToolButton:disabled { color: $text3; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="text"] { padding: ${s4}px ${s8}px; }
QToolButton[kind="text"]:focus { padding: ${s3}px ${s7}px; }
QToolButton[kind="section"] {
  padding: ${s2}px ${s6}px ${s2}px 0; color: $text; font-size: ${t14}px; font-weight: 600;
}
QToolButton[kind="section"]:checked { background: transparent; }
QToolButton[kind="section"]:hover { background: $sunken; }
QToolButton[kind="section"]:focus { padding: ${s1}px ${s5}px ${s1}px 0; }
QToolButton[kind="chip"] {
  padding: ${s3}px ${s10}px; border: 1px solid $line; border-radius: ${s12}px; color: $text2;
}
QToolButton[kind="chip"]:hover { border-color: $text3; color: $text; }
QToolButton[kind="chip"]:checked {
  background: $accent_soft; border: 1px solid $accent; color: $text;
}
QToolButton[kind="chip"]:focus { border: ${focus}px solid $accent; padding: ${s2}px ${s9}px; }
QToolButton[kind="sign"] { border: 1px solid $line; padding: ${s4}px ${s2}px; }
QToolButton[kind="sign"]:checked { border-color: $accent; }
QToolButton[kind="sign"]:focus { border: ${focus}px solid $accent; padding: ${s3}px ${s1}px; }
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit, QSpinBox,
QDoubleSpinBox {
  background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
  padding: ${s5}px ${s8}px; selection-background-color: $accent;
  selection-color: $on_accent;
}
QLineEdit, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit, QSpinBox, QDoubleSpinBox {
  min-height: ${control}px;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QDateTimeEdit:focus, QTimeEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
  border: ${focus}px solid $accent; padding: ${s4}px ${s7}px;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"],
QDateEdit[wrong="true"] { border-color: $bad; }
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled,
QPlainTextEdit:disabled { color: $text2; background: $bg; }
QPlainTextEdit[role="notes"] { font-size: ${t14}px; }
QLineEdit[quiet="true"], QPlainTextEdit[quiet="true"], QComboBox[quiet="true"],
QDateEdit[quiet="true"] { background: transparent; border-color: transparent; }
QLineEdit[quiet="true"]:hover, QPlainTextEdit[quiet="true"]:hover, QComboBox[quiet="true"]:hover,
QDateEdit[quiet="true"]:hover { border-color: $line; }
QLineEdit[quiet="true"]:focus, QPlainTextEdit[quiet="true"]:focus, QComboBox[quiet="true"]:focus,
QDateEdit[quiet="true"]:focus { background: $surface; border-color: $accent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
  background: transparent; border: 0; border-radius: 0; padding: 0; min-height: 0;
}
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus { border: 0; padding: 0; }
QLineEdit[cell="true"] { border-radius: 0; padding: 0 ${s7}px; min-height: 0; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {
  border: 0; width: ${s24}px;
}
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
  image: $down; width: ${s16}px; height: ${s16}px;
}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button,
QTimeEdit::up-button, QTimeEdit::down-button { border: 0; width: ${s20}px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow {
  image: $up; width: ${s12}px; height: ${s12}px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow {
  image: $down; width: ${s12}px; height: ${s12}px;
}
QComboBox QAbstractItemView {
  background: $surface; color: $text; border: 1px solid $line; outline: 0; padding: ${s4}px;
  selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${s24}px; padding: ${s2}px ${s6}px; }
QSlider::groove:horizontal { background: $line; height: ${s4}px; border-radius: ${s2}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${s2}px; }
QSlider::handle:horizontal {
  background: $accent; width: ${s16}px; margin: -${s6}px 0; border-radius: ${s8}px;
}
QSlider:focus { border: ${focus}px solid $accent; border-radius: ${radius}px; }
QCalendarWidget QWidget { alternate-background-color: $sunken; }
"""

_CHECKS = """
QCheckBox, QRadioButton { spacing: ${s8}px; padding: ${s2}px; border: 2px solid transparent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: ${box}px; height: ${box}px; border: 1px solid $text3; background: $surface;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: ${s3}px; }
QRadioButton::indicator { border-radius: ${round}px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: $check;
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: $partial;
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: $dot; }
QCheckBox::indicator:disabled { border-color: $line; background: $sunken; }
QCheckBox:focus, QRadioButton:focus { border: ${focus}px solid $accent; border-radius: ${s4}px; }
"""

_VIEWS = """
QTableView, QTreeView, QListView {
  background: $surface; alternate-background-color: $surface; color: $text;
  border: 1px solid $line; border-radius: ${card_radius}px; outline: 0; gridline-color: $line;
  selection-background-color: $accent_soft; selection-color: $text;
}
QTableView[bare="true"], QTreeView[bare="true"], QListView[bare="true"] {
  border: 0; border-radius: 0; background: transparent;
}
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView::item, QTreeView::item, QListView::item { border: 0; padding: 0 ${s8}px; }
QListView::item { min-height: ${row}px; }
QListView[bare="true"]::item { border-radius: ${radius}px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
  background: $accent_soft; color: $text;
}
QHeaderView { background: transparent; border: 0; }
QHeaderView::section {
  background: $surface; color: $text2; border: 0; border-bottom: 1px solid $line;
  padding: ${s6}px ${s8}px; font-size: ${t12}px; font-weight: 600;
}
QHeaderView::section:hover { color: $text; }
QHeaderView::section:first { border-top-left-radius: ${card_radius}px; }
QHeaderView::section:last { border-top-right-radius: ${card_radius}px; }
QHeaderView::up-arrow { image: $up; width: ${s12}px; height: ${s12}px; }
QHeaderView::down-arrow { image: $down; width: ${s12}px; height: ${s12}px; }
QTableCornerButton::section { background: $surface; border: 0; }
"""

_SHELL = """
QWidget#navigation { background: $sunken; border: 0; border-right: 1px solid $line; }
QWidget#navigation QPushButton {
  background: transparent; border: 2px solid transparent; color: $text2; text-align: left;
  padding: ${s4}px ${s10}px; font-weight: 400; min-height: ${control}px;
}
QWidget#navigation QPushButton:hover { color: $text; background: $bg; }
QWidget#navigation QPushButton:checked { color: $text; background: $here; font-weight: 600; }
QWidget#navigation QPushButton:focus { border: ${focus}px solid $accent; }
QPushButton#searchbutton {
  text-align: left; color: $text3; font-weight: 400; padding-left: ${s10}px;
}
QWidget#topbar, QWidget#pagehead { background: transparent; }
QMenuBar { background: $sunken; color: $text2; border-bottom: 1px solid $line; padding: ${s2}px; }
QMenuBar::item { background: transparent; padding: ${s3}px ${s8}px; border-radius: ${s4}px; }
QMenuBar::item:selected { background: $surface; color: $text; }
QFrame#toast { background: $text; border: 0; border-radius: ${card_radius}px; }
QFrame#toast QLabel { color: $bg; }
QFrame#toast QPushButton {
  background: transparent; border: 1px solid transparent; color: $bg; font-weight: 600;
  text-decoration: underline;
}
QFrame#toast QPushButton:focus { border: ${focus}px solid $bg; }
QFrame#palette { background: $surface; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame#palette QLineEdit { border: 0; background: transparent; font-size: ${t14}px; }
QFrame#palette QLineEdit:focus { border: 0; padding: ${s5}px ${s8}px; }
QFrame#palette QListView { border: 0; border-radius: 0; border-top: 1px solid $line; }
"""
