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
TEXT_WIDTH = 460
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
        self.show()
        self._place()
        self.raise_()

    def act(self) -> None:
        """Do what the notice offers, and hide it."""
        notice = self._notice
        self.hide()
        if notice is not None and notice.action is not None:
            notice.action()

    def _place(self) -> None:
        """As wide as the text needs within the window, at its foot."""
        area = self._window.rect()
        margin = theme().px(Space.XL)
        width = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2
        around = self._action.sizeHint().width() if self._action.isVisibleTo(self) else 0
        around += self._close.sizeHint().width() + theme().px(2 * Space.XXL)
        room = min(theme().px(TEXT_WIDTH), area.width() - 2 * margin - around)
        self._text.setFixedWidth(max(theme().px(120), min(width, room)))
        self.adjustSize()
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


class NoticeCentre(QObject):
    """The notices of one window: the toast with the newest, and the list of the latest."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.log = NoticeLog()
        self.toast = Toast(window)

    def tell(self, notice: Notice) -> None:
        """Show a notice and keep it in the list."""
        self.log.add(notice)
        self.toast.tell(notice)

    def renew(self) -> None:
        """Make the toast anew, after sizes or what it lies over have changed."""
        old, self.toast = self.toast, Toast(self._window)
        if old.isVisible() and old.notice is not None:
            self.toast.tell(old.notice)
        old.hide()
        old.deleteLater()

    def open_list(self, below: QWidget | None) -> NoticePanel:
        """Show the latest notices below a button."""
        panel = NoticePanel(self.log, self._window)
        panel.adjustSize()
        if below is not None:
            corner = below.mapToGlobal(below.rect().bottomRight())
            panel.move(corner.x() - panel.width(), corner.y() + theme().px(Space.XS))
        panel.show()
        return panel


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
        self._notice = notice
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        tone = notice.kind if notice.kind in {"good", "warn", "bad"} else "text3"
        mark = IconButton(_ICONS.get(notice.kind, "info"), notice.kind, tone=tone)
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(notice.text, wrap=True))
        row.addLayout(words, 1)
        if notice.action is not None:
            act = Button(notice.action_text, "quiet")
            act.clicked.connect(self._act)
            words.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)

    def _act(self) -> None:
        self.window().close()
        if self._notice.action is not None:
            self._notice.action()
