"""Makes one person of two records, after a look at both."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.merging import MergeView, merge_candidates, merge_view, swapped
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.merging.sides import Sides
from kam_desktop.ui.merging.words import shown_name
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, PrimaryButton, Scroller, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog

WIDTH = 660
_HIGHEST = 520


class MergeDialog(CalmDialog):
    """One step of undo. Without a second person it asks whom the first one is the same as.

    ``merged`` carries the id of the person who stays.
    """

    merged = Signal(str)

    def __init__(
        self,
        context: AppContext,
        first_id: str,
        second_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Merge two people"), parent, width=WIDTH)
        self._context = context
        self._first = first_id
        self.view: MergeView | None = None
        self.picker = RecordPicker(context, merge_candidates, _("Name of the other record"))
        self.picker.ask_with(first_id)
        self.sides = Sides()
        self.note = text_label("", "small", wrap=True)
        self.error = text_label("", "error", wrap=True)
        self.swap = Button(_("Keep the other one"), "quiet")
        self.merge = PrimaryButton(_("Merge"))
        self.cancel = Button(_("Cancel"))
        self._build(asks=not second_id)
        self._connect_signals()
        if second_id:
            self._load(second_id)
        else:
            self.picker.setFocus()

    def _build(self, *, asks: bool) -> None:
        self._scroller = Scroller()
        self._scroller.column.addWidget(self.sides)
        self._scroller.column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().px(Space.S))
        buttons.addWidget(self.swap)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.merge)
        self.picker.setVisible(asks)
        for widget in (self.picker, self._scroller, self.note, self.error):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        for hidden in (self._scroller, self.note, self.error, self.swap):
            hidden.hide()
        self.merge.setDefault(True)
        self.merge.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.merge.setEnabled(False)

    def _connect_signals(self) -> None:
        self.picker.picked.connect(self._picked)
        self.swap.clicked.connect(self._swap)
        self.merge.clicked.connect(self._merge)
        self.cancel.clicked.connect(self.reject)

    def _picked(self, choice: Choice) -> None:
        self._load(choice.id)

    def _load(self, second_id: str) -> None:
        self._context.lanes.read(self, merge_view, self._first, second_id, on_done=self._show)

    def _swap(self) -> None:
        if self.view is not None:
            self._context.lanes.read(self, swapped, self.view, on_done=self._show)

    def _show(self, view: MergeView | None) -> None:
        if view is None:
            self._refuse(UserError(_("One of the two is no longer there. Look in the trash.")))
            return
        self.view = view
        self.sides.show_view(view)
        self.note.setText(self._note(view))
        self.note.show()
        self._scroller.show()
        wanted = self.sides.sizeHint().height() + theme().px(Space.M)
        self._scroller.setFixedHeight(min(wanted, theme().px(_HIGHEST)))
        self.swap.show()
        self.merge.setEnabled(True)
        self.merge.setFocus()
        self.adjustSize()

    def _note(self, view: MergeView) -> str:
        text = _(
            "Ties, touches, meetings, notes and all else of both stay. Undo brings both records"
            " back as they are now."
        )
        if view.keep.account_id == view.other.account_id:
            return text
        return "\n".join(
            [
                _("They belong to two accounts. The person will be at {account}.").format(
                    account=view.keep.account_name
                ),
                text,
            ]
        )

    def _merge(self) -> None:
        from kam_desktop.services.merging import merge_people

        if self.view is None:
            return
        self.merge.setEnabled(False)
        label = _("Merge two records of {name}").format(name=shown_name(self.view.keep))
        self._context.operations.run(
            self,
            label,
            merge_people,
            self.view.keep.id,
            self.view.other.id,
            self.sides.choices(),
            on_done=self._done,
            on_error=self._refuse,
        )

    def _done(self, merged: object) -> None:
        from kam_desktop.services.merging import Merged

        assert isinstance(merged, Merged)
        said = _("The two records are one person now.")
        self._context.navigator.notify(
            " ".join([said, *merged.told]),
            kind="good",
            action_text=_("Undo"),
            action=self._context.operations.undo,
        )
        self.merged.emit(merged.person_id)
        self.accept()

    def _refuse(self, error: object) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.merge.setEnabled(self.view is not None)
