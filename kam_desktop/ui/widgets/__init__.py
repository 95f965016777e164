"""The building blocks of pages."""

from __future__ import annotations

from kam_desktop.ui.widgets.avatar import Avatar
from kam_desktop.ui.widgets.buttons import Button, IconButton, PrimaryButton, make_action
from kam_desktop.ui.widgets.card import Card, EmptyState, Rule, Scroller, clear_layout
from kam_desktop.ui.widgets.date_field import InlineDate, date_text, read_date
from kam_desktop.ui.widgets.fields import (
    InlineChoice,
    InlineEditor,
    InlineLine,
    InlineText,
    QuietCombo,
)
from kam_desktop.ui.widgets.flow import FlowLayout
from kam_desktop.ui.widgets.labels import ElidedLabel, Heading, Pill, plain_tip, text_label
from kam_desktop.ui.widgets.list_and_detail import ListAndDetail
from kam_desktop.ui.widgets.progress import ProgressBar
from kam_desktop.ui.widgets.search_field import SearchField
from kam_desktop.ui.widgets.table import CalmTable

__all__ = [
    "Avatar",
    "Button",
    "CalmTable",
    "Card",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "Heading",
    "IconButton",
    "InlineChoice",
    "InlineDate",
    "InlineEditor",
    "InlineLine",
    "InlineText",
    "ListAndDetail",
    "Pill",
    "PrimaryButton",
    "ProgressBar",
    "QuietCombo",
    "Rule",
    "Scroller",
    "SearchField",
    "clear_layout",
    "date_text",
    "make_action",
    "plain_tip",
    "read_date",
    "text_label",
]
