"""What the program says without interrupting: a toast, and the list of the latest."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.navigator import Notice
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, IconButton
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.labels import text_label

KEPT = 50
SHOWN_MS = 6_000
SHOWN_WITH_ACTION_MS = 12_000
_ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class Toast(QFrame):
    """The newest notice at the foot of the window; it goes by itself, never while pointed at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("toast")
        self.setAccessibleName(_("Notice"))
        self._notice: Notice | None = None
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(Space.L), px(Space.S), px(Space.S), px(Space.S))
        row.setSpacing(px(Space.M))
        self._text = text_label(wrap=True)
        self._text.setMaximumWidth(px(460))
        self._action = Button()
        self._close = IconButton("x", _("Hide this notice"), tone="bg")
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._action.clicked.connect(self.act)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        return self._notice

    def tell(self, notice: Notice) -> None:
        """Show a notice in place of the one shown."""
        self._notice = notice
        self._text.setText(notice.text)
        self._action.setText(notice.action_text)
        self._action.setVisible(bool(notice.action_text))
        self._timer.start(SHOWN_WITH_ACTION_MS if notice.action else SHOWN_MS)
        width = self._text.fontMetrics().horizontalAdvance(notice.text)
        self._text.setMinimumWidth(min(width + 2, self._text.maximumWidth()))
        self.show()
        self.adjustSize()
        self._place()
        self.raise_()

    def act(self) -> None:
        """Do what the notice offers, and hide it."""
        notice = self._notice
        self.hide()
        if notice is not None and notice.action is not None:
            notice.action()

    def _place(self) -> None:
        area = self._window.rect()
        margin = theme().px(Space.XL)
        self.move((area.width() - self.width()) // 2, area.height() - self.height() - margin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(SHOWN_MS)
        super().leaveEvent(event)


class NoticeLog:
    """The latest notices, newest first."""

    def __init__(self) -> None:
        self._notices: deque[Notice] = deque(maxlen=KEPT)

    def add(self, notice: Notice) -> None:
        self._notices.appendleft(notice)

    @property
    def notices(self) -> list[Notice]:
        return list(self._notices)


class NoticePanel(QFrame):
    """The list of the latest notices, closed by Escape or a click elsewhere."""

    def __init__(self, log: NoticeLog, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", "true")
        px = theme().px
        self.setFixedWidth(px(380))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        column.setSpacing(px(Space.S))
        column.addWidget(text_label(_("Notices"), "heading"))
        for notice in log.notices[:12]:
            column.addWidget(_NoticeLine(notice))
        if not log.notices:
            column.addWidget(
                EmptyState("bell", _("Nothing to report"), _("Notices of this session stay here."))
            )


class _NoticeLine(QWidget):
    def __init__(self, notice: Notice) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        tone = notice.kind if notice.kind in {"good", "warn", "bad"} else "text3"
        mark = IconButton(_ICONS.get(notice.kind, "info"), notice.kind, tone=tone)
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label(notice.text, wrap=True), 1)
