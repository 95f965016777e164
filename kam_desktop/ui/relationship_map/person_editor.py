"""Everything about one person, edited in place. Used beside the map and on other pages."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.judging import GUIDED
from kam_desktop.services.queries.person_detail import PersonDetail, person_detail
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.relationship_map.judgement.claim_panel import ClaimPanel
from kam_desktop.ui.relationship_map.judgement.guide import JudgingGuide
from kam_desktop.ui.relationship_map.person_form import PersonForm
from kam_desktop.ui.relationship_map.person_head import PersonHead
from kam_desktop.ui.relationship_map.role_chips import Roles
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import make_action

SHOWS = (
    "person", "tie", "role_in_decision", "buying_centre", "team_member", "account", "claim",
    "rule_set",
)  # fmt: skip


class PersonEditor(QWidget):
    """One person's fields, judgements, roles and ties; every change is one undoable step.

    ``person_wanted`` carries the id of somebody tied to this person, ``link_wanted`` this person's
    id, ``closed`` is emitted by the close button and when the person is gone.
    """

    person_wanted = Signal(str)
    link_wanted = Signal(str)
    closed = Signal()

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, closable: bool = True
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id = ""
        self._detail: PersonDetail | None = None
        self.setAccessibleName(_("Person"))
        # Each part is made where it belongs: moving a form into its place styles it all over again.
        self._page = QWidget(self)
        self.head = PersonHead(context, self._page, closable=closable)
        self.form = PersonForm(context, self._page)
        self.fields, self.roles, self.ties = self.form.fields, self.form.roles, self.form.ties
        self.claims = ClaimPanel(context, self.form)
        self.claims.hide()
        self.guide = JudgingGuide(context, self)
        self.act_guide = make_action(
            _("How do I judge this?"), self, shortcut="Ctrl+J", icon_name="circle-help"
        )
        self.act_sources = make_action(
            _("Where a judgement comes from"), self, shortcut="Ctrl+Shift+J", icon_name="history"
        )
        self._build()
        self._connect_signals()

    def commands(self) -> list[QAction]:
        """What works on the judged field that has the focus, else on support."""
        return [self.act_guide, self.act_sources]

    def _build(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addWidget(self.head)
        column.addWidget(self.form, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._page)
        self._pages.addWidget(self.guide)

    def _connect_signals(self) -> None:
        form = self.form
        for editor in self.fields.values():
            editor.committed.connect(self._commit_field)
        for judged in form.judged.values():
            judged.sources_wanted.connect(self.toggle_sources)
            judged.guide_wanted.connect(self.open_guide)
        self.claims.closed.connect(self._close_sources)
        self.guide.closed.connect(self._close_guide)
        self.act_guide.triggered.connect(self._guide_here)
        self.act_sources.triggered.connect(self._sources_here)
        self.roles.changed.connect(self._commit_roles)
        form.external.clicked.connect(self._commit_external)
        form.left.clicked.connect(self._toggle_left)
        form.vacate.clicked.connect(self._vacate_seat)
        form.delete.clicked.connect(self._delete_person)
        form.link.clicked.connect(self._want_link)
        self.head.closed.connect(self.closed)
        self.ties.person_wanted.connect(self.person_wanted)
        self.ties.delete_wanted.connect(self._delete_tie)
        self.ties.turn_wanted.connect(self._turn_tie)
        self._context.bus.changed.connect(self._data_changed)

    # Showing

    @property
    def person_id(self) -> str:
        """The person shown, or ''."""
        return self._person_id

    def show_person(self, person_id: str) -> None:
        """Show a person; drafts about the one shown before are committed first."""
        if person_id != self._person_id:
            self.commit_drafts()
            self._person_id = person_id
            self._detail = None
            self.head.forget()
            self._hide_sources()
            self._pages.setCurrentWidget(self._page)
        self._load()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        if self._detail is not None:
            for editor in self.fields.values():
                editor.commit()
            self.ties.commit_drafts()

    def edit_name(self) -> None:
        """Put the cursor into the name."""
        self.form.who.set_open(True)
        self.fields["name"].setFocus()

    def _load(self) -> None:
        if self._person_id:
            self._context.lanes.read(
                self,
                person_detail,
                self._person_id,
                self._context.clock.today(),
                on_done=self._loaded,
            )

    def _loaded(self, detail: PersonDetail | None) -> None:
        if detail is None:
            self._person_id = ""
            self._detail = None
            self.closed.emit()
            return
        if detail.id != self._person_id:
            return
        if self._detail is None:
            for editor in self.fields.values():
                editor.revert()
        self._detail = detail
        today = self._context.clock.today()
        self.head.show_detail(detail)
        self.form.show_detail(detail, today)
        if self.claims.field is not None and not self.claims.isHidden():
            self.claims.show_judged(detail.id, detail.judged[self.claims.field])
        self._warn_about_email(detail.email)

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._person_id and changes.touches(*SHOWS):
            self._load()

    def _warn_about_email(self, address: str) -> None:
        if not address:
            self.form.email_hint.hide()
            return
        from kam_desktop.services.people import email_warning

        warning = email_warning(address)
        self.form.email_hint.setText(warning)
        self.form.email_hint.setVisible(bool(warning))

    # Judging

    def _field_here(self) -> ClaimField:
        """The judged field that has the focus; support when none has."""
        focus = self.focusWidget()
        for field, judged in self.form.judged.items():
            if focus is not None and judged.isAncestorOf(focus):
                return field
        return ClaimField.SUPPORT

    def _guide_here(self) -> None:
        field = self._field_here()
        self.open_guide(field if field in GUIDED else ClaimField.SUPPORT)

    def _sources_here(self) -> None:
        self.toggle_sources(self._field_here())

    def open_guide(self, field: ClaimField) -> None:
        """Ask the questions that help to judge a field."""
        if self._detail is not None:
            self._pages.setCurrentWidget(self.guide)
            self.guide.start(self._person_id, self._called(), field)

    def _close_guide(self) -> None:
        field = self.guide.field
        self._pages.setCurrentWidget(self._page)
        self.form.judged[field].editor.setFocus()

    def toggle_sources(self, field: ClaimField) -> None:
        """Open what is known about where a value comes from, or close it when it is open."""
        if self._detail is None:
            return
        closing = not self.claims.isHidden() and self.claims.field is field
        self._hide_sources()
        if closing:
            self.form.judged[field].sources.setFocus()
            return
        self.form.standing.set_open(True)
        self.claims.show_judged(self._person_id, self._detail.judged[field])
        self.form.judged[field].below.addWidget(self.claims)
        self.claims.show()
        self.claims.add.setFocus()

    def _close_sources(self) -> None:
        field = self.claims.field
        self._hide_sources()
        if field is not None:
            self.form.judged[field].editor.setFocus()

    def _hide_sources(self) -> None:
        self.claims.hide()
        for judged in self.form.judged.values():
            judged.below.removeWidget(self.claims)

    # Changing

    def _called(self) -> str:
        detail = self._detail
        return "" if detail is None else detail.name or detail.title

    def _run(self, label: str, use_case: Any, *args: Any, coalesce: str | None = None) -> None:
        label = label.format(name=self._called())
        self._context.operations.run(
            self, label, use_case, *args, on_error=self._refused, coalesce=coalesce
        )

    def _commit_field(self, value: object) -> None:
        if not self._person_id:
            # The window commits every editor it has when it is left; nobody is shown here yet.
            return
        from kam_desktop.services.people import update_person

        field = str(self.sender().property("field"))
        fields: dict[str, Any] = {field: value}
        change = partial(update_person, **fields)
        self._run(_("Change {name}"), change, self._person_id)

    def _refused(self, error: UserError) -> None:
        editor = self.fields.get(error.field or "")
        if editor is not None:
            for section in self.form.sections():
                if section.isAncestorOf(editor):
                    section.set_open(True)
            editor.refuse(error)
        else:
            self._context.navigator.notify(str(error), kind="warn")
            self._load()

    def _commit_roles(self, roles: Roles) -> None:
        from kam_desktop.services.people import set_decision_roles

        self._run(_("Change roles of {name}"), set_decision_roles, self._person_id, roles)

    def _commit_external(self, external: bool) -> None:
        from kam_desktop.services.people import update_person

        change = partial(update_person, external=external)
        self._run(_("Change {name}"), change, self._person_id)

    def _toggle_left(self) -> None:
        from kam_desktop.services.leaving import mark_returned

        if self._detail is None:
            return
        if self._detail.left_on is not None:
            self._run(_("{name} is back"), mark_returned, self._person_id)
            return
        from kam_desktop.ui.relationship_map.leaving_dialog import LeavingDialog

        LeavingDialog(self._context, self._detail, self.window()).open()

    def _vacate_seat(self) -> None:
        from kam_desktop.services.leaving import vacate_seat

        self._run(_("{name} has left a vacant seat"), vacate_seat, self._person_id)

    def _delete_person(self) -> None:
        from kam_desktop.services.people import delete_person

        self._run(_("Delete {name}"), delete_person, self._person_id)

    def _want_link(self) -> None:
        self.link_wanted.emit(self._person_id)

    def _delete_tie(self, tie_id: str) -> None:
        from kam_desktop.services.ties import delete_tie

        self._run(_("Remove tie of {name}"), delete_tie, tie_id)

    def _turn_tie(self, tie_id: str) -> None:
        from kam_desktop.services.ties import turn_tie

        self._run(_("Turn tie of {name} round"), turn_tie, tie_id)
