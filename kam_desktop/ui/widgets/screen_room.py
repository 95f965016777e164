"""Windows that open no larger than the screen they are on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kam_desktop.ui.theme import Space, theme


def resize_within_screen(window: QWidget, width: float, height: float) -> None:
    """Give ``window`` a size (pixels at scale 1), or what the screen has of it."""
    px = theme().px
    room = window.screen().availableSize() - QSize(1, 1) * px(Space.XXL)
    window.resize(QSize(px(width), px(height)).boundedTo(room))
