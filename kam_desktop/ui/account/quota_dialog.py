"""Which decision roles a buying centre needs, and how many people of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.relationship_rules import MOST_OF_A_ROLE
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_rules import CentreQuota, centre_quota
from kam_desktop.services.words import word
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, PrimaryButton, Scroller, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog
from kam_desktop.ui.widgets.number_fields import NumberField

_AROUND = 180
"""What stands above and below the numbers, in pixels at scale 1."""


class QuotaDialog(CalmDialog):
    """A number for each role, or the numbers the program uses everywhere."""

    def __init__(
        self, context: AppContext, centre_id: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Roles {name} needs").format(name=name), parent, width=480)
        self._context = context
        self._centre_id = centre_id
        self._shown: CentreQuota | None = None
        self.usual = QCheckBox(_("As many as everywhere else"))
        self.counts: dict[DecisionRole, NumberField] = {}
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self.save = PrimaryButton(_("Save"))
        self.cancel = Button(_("Cancel"))
        self._build()
        self.usual.toggled.connect(self._follow_usual)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        context.lanes.read(self, centre_quota, centre_id, on_done=self._show)

    def _build(self) -> None:
        px = theme().px
        numbers = QWidget()
        grid = QGridLayout(numbers)
        grid.setContentsMargins(px(2), px(2), px(Space.S), px(2))
        grid.setHorizontalSpacing(px(Space.M))
        grid.setVerticalSpacing(px(Space.XS))
        for column in (0, 2):
            grid.setColumnStretch(column, 1)
        # Two columns, so that it fits a small screen in large type.
        half = (len(DecisionRole) + 1) // 2
        for at, role in enumerate(DecisionRole):
            count = NumberField()
            count.setRange(0, MOST_OF_A_ROLE)
            count.setAccessibleName(word(role))
            self.counts[role] = count
            label = text_label(word(role))
            label.setBuddy(count)
            column, row = divmod(at, half)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(count, row, 2 * column + 1, Qt.AlignmentFlag.AlignRight)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(Space.S))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.column.addWidget(self.usual)
        # In large type there may not be the height for all of them.
        scroller = Scroller()
        scroller.column.addWidget(numbers)
        room = self.screen().availableSize().height() - px(_AROUND)
        scroller.setFixedHeight(min(numbers.sizeHint().height() + px(Space.XS), room))
        self.column.addWidget(scroller)
        self.column.addWidget(self._error)
        self.column.addLayout(buttons)

    def _show(self, quota: CentreQuota) -> None:
        self._shown = quota
        for role, count in self.counts.items():
            count.setValue(quota.needed.get(role, 0))
        self.usual.setChecked(not quota.own)
        self._follow_usual(not quota.own)
        self.usual.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_usual(self, usual: bool) -> None:
        for role, count in self.counts.items():
            count.setEnabled(not usual)
            if usual and self._shown is not None:
                count.setValue(self._shown.usual.get(role, 0))

    def _save(self) -> None:
        from kam_desktop.services.buying_centres import set_quota

        needed = {role.value: count.value() for role, count in self.counts.items()}
        self._context.operations.run(
            self,
            self.windowTitle(),
            set_quota,
            self._centre_id,
            None if self.usual.isChecked() else needed,
            on_done=self._saved,
            on_error=self._refuse,
        )

    def _saved(self, _result: object) -> None:
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self._error.setText(str(error))
        self._error.show()
