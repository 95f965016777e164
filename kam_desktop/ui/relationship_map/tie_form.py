"""The form beside the map for the tie that is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import DIRECTED_TIES
from kam_desktop.services.i18n import _
from kam_desktop.services.map_scene import MapScene
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.ui.relationship_map.add_forms import SideForm
from kam_desktop.ui.relationship_map.tie_fields import TieFields
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Button


class TieForm(SideForm):
    """Who is tied to whom, the tie's fields, and ways to turn it round or remove it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_("Tie"))
        self.fields = TieFields(context)
        self._turn = Button(_("Turn round"), icon_name="refresh-cw")
        self._remove = Button(_("Remove tie"), icon_name="trash-2")
        self.column.addWidget(self.fields)
        self.column.addWidget(self.error)
        for button in (self._turn, self._remove):
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._turn.clicked.connect(self._turn_round)
        self._remove.clicked.connect(self._remove_tie)

    @property
    def tie_id(self) -> str:
        """The tie that is shown, or ''."""
        return self.fields.tie_id

    def show_tie(self, tie_id: str, data: MapData, scene: MapScene) -> bool:
        """Show a tie of the map; False when it is no longer there."""
        tie = next((tie for tie in data.ties if tie.id == tie_id), None)
        spec = next((spec for spec in scene.ties if spec.id == tie_id), None)
        if tie is None or spec is None:
            return False
        if tie_id != self.tie_id:
            self.error.hide()
        self.heading.setText(spec.description.split("\n")[0])
        self.fields.show_tie(tie)
        self._turn.setVisible(tie.kind in {str(kind) for kind in DIRECTED_TIES})
        return True

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        self.fields.commit_drafts()

    def _turn_round(self) -> None:
        from kam_desktop.services.ties import turn_tie

        self._context.operations.run(
            self, _("Turn a tie round"), turn_tie, self.tie_id, on_error=self.refuse
        )

    def _remove_tie(self) -> None:
        from kam_desktop.services.ties import delete_tie

        self._context.operations.run(
            self, _("Remove tie"), delete_tie, self.tie_id, on_error=self.refuse
        )
