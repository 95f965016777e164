"""How those who were there rate a meeting: choose who, then a figure for each criterion."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from kam_desktop.models.vocabulary import RatingCriterion
from kam_desktop.services.formatting import joined, number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meeting_around import MeetingView
from kam_desktop.services.queries.ratings import HIGHEST, LOWEST, MeetingRatings
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import meeting_changes
from kam_desktop.ui.meetings.attendees_card import display_name
from kam_desktop.ui.meetings.folding_card import FoldingCard
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, TextRole, colours, theme
from kam_desktop.ui.widgets import FlowLayout, clear_layout, text_label

_DISC, _GAP = 22, 4


class RatingCard(FoldingCard):
    """Shown once the meeting has begun. Figures are typed: 1 to 5 rate and go on, 0 takes back."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("rating", _("How it went"), parent)
        self._context = context
        self._meeting_id = ""
        self._rater = ""
        self._ratings = MeetingRatings({})
        self._names: tuple[str, ...] = ()
        self._added: list[str] = []
        px = theme().px
        self.chips: dict[str, QToolButton] = {}
        chips = QWidget()
        self._flow = FlowLayout(chips, spacing=px(Space.XS))
        self.add_rater = QLineEdit()
        self.add_rater.setPlaceholderText(_("Who else rates it? Type a name"))
        self.add_rater.setAccessibleName(_("Who else rates the meeting"))
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.add_rater.setCompleter(completer)
        self.rows: dict[RatingCriterion, ScoreRow] = {}
        self._means: dict[RatingCriterion, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.S))
        grid.setVerticalSpacing(px(Space.XS))
        grid.setColumnStretch(0, 1)
        for at, criterion in enumerate(RatingCriterion):
            self._add_row(grid, at, criterion)
        self.content.addWidget(chips)
        self.content.addLayout(grid)
        self.content.addWidget(self.add_rater)
        self.add_rater.returnPressed.connect(self._add_rater)

    def _add_row(self, grid: QGridLayout, at: int, criterion: RatingCriterion) -> None:
        row, mean = ScoreRow(criterion), text_label("", "small")
        mean.setMinimumWidth(theme().px(28))
        mean.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.rows[criterion], self._means[criterion] = row, mean
        grid.addWidget(text_label(word(criterion), wrap=True), at, 0)
        grid.addWidget(row, at, 1)
        grid.addWidget(mean, at, 2)
        row.scored.connect(self._score)
        row.walked.connect(self._walk)

    def show_view(self, view: MeetingView) -> None:
        """Show what a meeting was given; hidden before it begins."""
        row = view.detail.row
        self.setVisible(row.starts_at <= self._context.clock.now() and not row.cancelled)
        if row.id != self._meeting_id:
            self._meeting_id, self._added, self._rater = row.id, [], ""
            self.add_rater.clear()
        self._ratings = view.around.ratings
        self._names = tuple(display_name(each) for each in view.detail.attendees)
        me = (view.around.me,) if view.around.me else self._names[-1:]
        raters = tuple(dict.fromkeys((*me, *self._ratings.scores, *self._added)))
        if self._rater not in raters:
            self._rater = raters[0] if raters else ""
        self._show_chips(raters)
        self._offer([name for name in self._names if name not in raters])
        self._show_scores()

    def _show_chips(self, raters: tuple[str, ...]) -> None:
        if tuple(self.chips) != raters:
            clear_layout(self._flow)
            self.chips = {}
            for name in raters:
                self.chips[name] = self._chip(name)
                self._flow.addWidget(self.chips[name])
        for name, chip in self.chips.items():
            own = MeetingRatings({name: self._ratings.scores.get(name, {})}).overall
            shown = name if own is None else f"{name}  {number(own, 1)}"
            chip.setText(shown.replace("&", "&&"))
            chip.setChecked(name == self._rater)

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setAccessibleName(_("Rating of {name}").format(name=name))
        chip.setObjectName(name)
        chip.clicked.connect(self._choose)
        return chip

    def _offer(self, names: list[str]) -> None:
        self._offered.setStringList(names)

    def _show_scores(self) -> None:
        given: Mapping[RatingCriterion, int] = self._ratings.scores.get(self._rater, {})
        for criterion, row in self.rows.items():
            row.show_score(given.get(criterion))
            row.setEnabled(bool(self._rater))
            mean = self._ratings.mean(criterion)
            self._means[criterion].setText("" if mean is None else number(mean, 1))
            self._means[criterion].setToolTip(_("Mean of all who rated it"))
        raters, overall = len(self._ratings.scores), self._ratings.overall
        count = ngettext("{n} person rated it", "{n} people rated it", raters).format(n=raters)
        mean_text = _("{mean} of 5").format(mean=number(overall or 0, 1))
        self.set_subtitle(joined((mean_text, count)) if raters else _("Nobody rated it yet."))

    def _choose(self) -> None:
        chip = self.sender()
        if isinstance(chip, QToolButton):
            self._rater = chip.objectName()
            self._show_chips(tuple(self.chips))
            self._show_scores()

    def _add_rater(self) -> None:
        name = " ".join(self.add_rater.text().split())
        if not name:
            return
        self.add_rater.clear()
        if name not in self.chips:
            self._added.append(name)
        self._rater = name
        self._show_chips(tuple(dict.fromkeys((*self.chips, name))))
        self._show_scores()
        self.rows[RatingCriterion.PREPARATION].setFocus(Qt.FocusReason.OtherFocusReason)

    def _score(self, score: object) -> None:
        row = self.sender()
        if isinstance(row, ScoreRow) and self._rater:
            self._context.operations.run(
                self, _("Rate a meeting"), meeting_changes.rate,
                self._meeting_id, self._rater, {row.criterion: score},
            )  # fmt: skip

    def _walk(self, step: int) -> None:
        rows, row = list(self.rows.values()), self.sender()
        if isinstance(row, ScoreRow):
            at = rows.index(row) + step
            if 0 <= at < len(rows):
                rows[at].setFocus(Qt.FocusReason.OtherFocusReason)


class ScoreRow(QWidget):
    """Five figures in discs, filled up to the score. ``scored`` carries 1 … 5, or None when it was
    taken back; ``walked`` -1 or +1 to the row above or below."""

    scored = Signal(object)
    walked = Signal(object)

    def __init__(self, criterion: RatingCriterion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self.score: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("Keys 1 to 5 rate, 0 takes it back"))
        self.show_score(None)

    def show_score(self, score: int | None) -> None:
        """Show a score; None when none was given."""
        self.score = score
        said = _("not rated") if score is None else _("{score} of 5").format(score=score)
        self.setAccessibleName(f"{word(self.criterion)}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        around = 2 * px(Space.XS)
        return QSize(HIGHEST * px(_DISC) + (HIGHEST - 1) * px(_GAP) + around, px(_DISC) + around)

    def disc(self, score: int) -> QRect:
        """Where the disc of a score is."""
        px = theme().px
        left = px(Space.XS) + (score - LOWEST) * (px(_DISC) + px(_GAP))
        if self.isRightToLeft():
            left = self.width() - left - px(_DISC)
        return QRect(QPoint(left, px(Space.XS)), QSize(px(_DISC), px(_DISC)))

    def _give(self, score: int | None) -> None:
        if score != self.score:
            self.show_score(score)
            self.scored.emit(score)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self._give(key - Qt.Key.Key_0)
            self.walked.emit(1)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._give(None)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._give(min(HIGHEST, max(LOWEST, (self.score or 0) + step)))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for score in range(LOWEST, HIGHEST + 1):
            if self.disc(score).contains(at):
                self._give(None if score == self.score else score)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, in_use = theme(), colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(TextRole.SMALL))
        for score in range(LOWEST, HIGHEST + 1):
            full = self.score is not None and score <= self.score
            painter.setPen(QPen(QColor(in_use.accent if full else in_use.line), 1))
            painter.setBrush(QColor(in_use.accent if full else in_use.surface))
            area = QRectF(self.disc(score)).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawEllipse(area)
            painter.setPen(QColor(in_use.on_accent if full else in_use.text3))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(score))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(in_use.accent), FOCUS_WIDTH))
            ring = FOCUS_WIDTH / 2
            around = QRectF(self.rect()).adjusted(ring, ring, -ring, -ring)
            painter.drawRoundedRect(around, look.px(6), look.px(6))
        painter.end()
