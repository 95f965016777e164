"""What the painted views of the calendar have in common: the cursor, keys, mouse and dragging."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from kam_desktop.services.clock import Clock
from kam_desktop.services.queries.calendar import CalendarSpan
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.calendar.model import CalendarModel, Shown
from kam_desktop.ui.calendar.words import meeting_tip, spoken_day, spoken_meeting
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets import plain_tip

_log = logging.getLogger(__name__)
_EDGE = 28
_INSET = 3
_EDGE_MS = 16


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the user is. ``minute`` of the day matters in the week only."""

    day: dt.date
    minute: int = 10 * 60
    meeting_id: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting and the time it is to have at its place."""

    meeting_id: str
    when: LocalTime


@dataclass(slots=True)
class Drag:
    """A meeting under the mouse: where it was taken hold of, and where it would land."""

    row: MeetingRow
    day: dt.date
    minute: int
    when: LocalTime


@dataclass(frozen=True, slots=True)
class Hit:
    """A meeting that was painted, and where (in the viewport)."""

    rect: QRect
    shown: Shown


class CalendarSurface(QAbstractScrollArea):
    """``opened`` carries a meeting's id, ``planned`` a naive time here for a new one, ``moved`` a
    `Move`, ``cursor_changed`` a `Cursor`, ``more_wanted`` a day of which not all is to be seen.
    ``scrolled`` when other days are to be seen.
    """

    opened = Signal(str)
    planned = Signal(object)
    moved = Signal(object)
    cursor_changed = Signal(object)
    more_wanted = Signal(object)
    scrolled = Signal()

    def __init__(
        self, model: CalendarModel, clock: Clock, cursor: Cursor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.clock = clock
        self.cursor_at = cursor
        self.drag: Drag | None = None
        self._pressed: tuple[QPoint, Hit] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setProperty("card", "true")
        # Inside the round corners of the card.
        self.setViewportMargins(_INSET, _INSET, _INSET, _INSET)
        self._edge = QTimer(self)
        self._edge.setInterval(_EDGE_MS)
        self._edge.timeout.connect(self._scroll_at_edge)
        model.changed.connect(self.contents_changed)
        theme().changed.connect(self.forget_drawings)

    # What each view says

    def hit_at(self, position: QPoint) -> Hit | None:
        """The meeting at a position of the viewport."""
        raise NotImplementedError

    def slot_at(self, position: QPoint) -> tuple[dt.date, int] | None:
        """The day and minute at a position of the viewport."""
        raise NotImplementedError

    def more_at(self, position: QPoint) -> dt.date | None:
        """The day whose “+3” is at a position."""
        raise NotImplementedError

    def landing(self, drag: Drag, day: dt.date, minute: int) -> LocalTime:
        """Where a meeting lands that is dropped there."""
        raise NotImplementedError

    def land_on(self, day: dt.date) -> None:
        """Put the cursor on a day, and on a meeting where it is."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Scroll so that the cursor is to be seen."""
        raise NotImplementedError

    def key(self, event: QKeyEvent) -> bool:
        """Keys of this view's own; whether it was one."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw what is to be seen."""
        raise NotImplementedError

    def forget_drawings(self) -> None:
        """What was drawn ahead does not hold any more."""
        self.viewport().update()

    def seen_days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day to be seen."""
        raise NotImplementedError

    # Times

    @property
    def now_here(self) -> dt.datetime:
        """What the clock shows here (naive)."""
        return local_of(self.clock.now(), self.model.zone)

    @property
    def today(self) -> dt.date:
        return self.now_here.date()

    # The cursor

    def go_to(self, cursor: Cursor, *, reveal: bool = True) -> None:
        """Put the cursor somewhere."""
        changed = cursor != self.cursor_at
        self.cursor_at = cursor
        if reveal:
            self.reveal()
        self.viewport().update()
        if changed:
            self._speak()
            self.cursor_changed.emit(cursor)

    def go_to_day(self, day: dt.date) -> None:
        """Put the cursor on a day and choose its first meeting."""
        shown = self.model.day(day).meetings
        first = shown[0].row.id if shown else ""
        self.go_to(replace(self.cursor_at, day=day, meeting_id=first))

    def next_of_day(self, step: int = 1) -> None:
        """Choose the next meeting of the day."""
        ids = [shown.row.id for shown in self.model.day(self.cursor_at.day).meetings]
        if not ids:
            return
        at = ids.index(self.cursor_at.meeting_id) + step if self.chosen() else 0
        self.go_to(self.cursor_of(self.cursor_at.day, ids[at % len(ids)]))

    def cursor_of(self, day: dt.date, meeting_id: str) -> Cursor:
        """The cursor on a meeting of a day."""
        for shown in self.model.day(day).meetings:
            if shown.row.id == meeting_id:
                return Cursor(day, shown.piece.top, meeting_id)
        return replace(self.cursor_at, day=day, meeting_id="")

    def chosen(self) -> Shown | None:
        """The chosen meeting, when it is on the cursor's day."""
        for shown in self.model.day(self.cursor_at.day).meetings:
            if shown.row.id == self.cursor_at.meeting_id:
                return shown
        return None

    def _speak(self) -> None:
        shown = self.chosen()
        day = self.cursor_at.day
        text = (
            spoken_meeting(shown.row, self.model.zone, self.clock.now())
            if shown
            else spoken_day(day, self.model.day(day))
        )
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

    def contents_changed(self, span: CalendarSpan) -> None:
        """Other meetings are known now of some days."""
        raise NotImplementedError

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.drag is not None and key == Qt.Key.Key_Escape:
            self._end_drag()
        elif self.key(event):
            event.accept()
        elif key == Qt.Key.Key_Home and not event.modifiers():
            self.land_on(self.today)
        elif key == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.next_of_day(-1 if back else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_chosen()
        elif key == Qt.Key.Key_N and not event.modifiers():
            self.plan_here()
        else:
            super().keyPressEvent(event)

    def open_chosen(self) -> None:
        """Open the chosen meeting, else the first of the day."""
        shown = self.chosen()
        found = self.model.day(self.cursor_at.day).meetings
        if shown is None and found:
            shown = found[0]
        if shown is not None:
            self.opened.emit(shown.row.id)

    def plan_here(self) -> None:
        """A new meeting where the cursor is."""
        midnight = dt.datetime.combine(self.cursor_at.day, dt.time())
        self.planned.emit(midnight + dt.timedelta(minutes=self.cursor_at.minute))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        more = self.more_at(position)
        hit = self.hit_at(position)
        slot = self.slot_at(position)
        if more is not None:
            self.more_wanted.emit(more)
        elif hit is not None:
            self._pressed = (position, hit)
            row, piece = hit.shown.row, hit.shown.piece
            self.go_to(Cursor(piece.day, piece.top, row.id), reveal=False)
        elif slot is not None:
            self.go_to(Cursor(slot[0], slot[1] // 30 * 30), reveal=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        if self.drag is None and self._pressed is not None:
            away = (position - self._pressed[0]).manhattanLength()
            if away >= QApplication.startDragDistance():
                self._begin_drag()
        if self.drag is not None:
            self._drag_to(position)
        elif not event.buttons():
            hit = self.hit_at(position) is not None or self.more_at(position) is not None
            shape = Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self.drag
        self._pressed = None
        self._end_drag()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        begins = drag.when.instant()
        if begins != drag.row.starts_at:
            here = local_of(begins, self.model.zone)
            self.go_to(Cursor(here.date(), here.hour * 60 + here.minute, drag.row.id), reveal=False)
            self.moved.emit(Move(drag.row.id, drag.when))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        hit, slot = self.hit_at(position), self.slot_at(position)
        if hit is not None:
            self._pressed = None
            self.opened.emit(hit.shown.row.id)
        elif slot is not None and self.more_at(position) is None:
            self.plan_here()

    def _begin_drag(self) -> None:
        assert self._pressed is not None
        position, hit = self._pressed
        slot = self.slot_at(position)
        if slot is None:
            return
        row = hit.shown.row
        self.drag = Drag(row, slot[0], slot[1], LocalTime.of_instant(row.starts_at, row.zone))
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._edge.start()

    def _drag_to(self, position: QPoint) -> None:
        drag = self.drag
        slot = self.slot_at(position)
        if drag is not None and slot is not None:
            drag.when = self.landing(drag, *slot)
            self.viewport().update()

    def _end_drag(self) -> None:
        self._edge.stop()
        self._pressed = None
        if self.drag is not None:
            self.drag = None
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _scroll_at_edge(self) -> None:
        position = self.viewport().mapFromGlobal(self.cursor().pos())
        area, edge = self.viewport().rect(), theme().px(_EDGE)
        for bar, at, end in (
            (self.verticalScrollBar(), position.y(), area.height()),
            (self.horizontalScrollBar(), position.x(), area.width()),
        ):
            if area.adjusted(-edge, -edge, edge, edge).contains(position):
                step = -1 if at < edge else 1 if at > end - edge else 0
                bar.setValue(bar.value() + step * max(1, edge // 3))
        self._drag_to(position)

    # Painting and the rest

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self.draw(painter)
        except Exception:
            _log.exception("the calendar could not be drawn")
        finally:
            painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.want_seen()
        self.viewport().update()
        self.scrolled.emit()

    def want_seen(self) -> None:
        """Ask for the days to be seen."""
        self.model.want(*self.seen_days())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.forget_drawings()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._speak()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_drag()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.hit_at(event.pos())
            tip = meeting_tip(hit.shown.row, self.model.zone, self.clock.now()) if hit else ""
            tip = tip or self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(tip), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, position: QPoint) -> str:
        """What is said of anything else at a position."""
        del position
        return ""
