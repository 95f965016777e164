"""Everything about one person, edited in place. Used beside the map and on other pages."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import PersonDetail, person_detail
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.relationship_map.person_fields import make_editors, show_detail
from kam_desktop.ui.relationship_map.role_chips import RoleChips, Roles
from kam_desktop.ui.relationship_map.tie_list import TieList
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Avatar,
    Button,
    ElidedLabel,
    IconButton,
    Rule,
    Scroller,
    text_label,
)

SHOWS = (
    "person", "tie", "role_in_decision", "buying_centre", "team_member", "account",
)  # fmt: skip

_TWO_COLUMNS = (
    ("support",),
    ("influence", "coverage"),
    ("level", "level_wanted"),
    ("orientation", "cadence_days"),
    ("owner_id",),
    ("email",),
    ("phone", "mobile"),
    ("languages", "style"),
    ("about",),
)


class PersonEditor(QWidget):
    """One person's fields, roles and ties; every change is one undoable step.

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
        self.fields = make_editors()
        self._avatar = Avatar("")
        self._heading = ElidedLabel("", "heading")
        self._where = ElidedLabel("", "small")
        self._close = IconButton("x", _("Close"))
        if not closable:
            self._close.hide()
        self._email_hint = text_label("", "hint", wrap=True)
        self._email_hint.hide()
        self.roles = RoleChips()
        self.ties = TieList(context)
        self._external = QCheckBox(_("Not employed here (adviser, partner)"))
        self._left = Button(_("Has left the company"), icon_name="log-out")
        self._vacate = Button(_("Leave the seat vacant"), icon_name="user-x")
        self._delete = Button(_("Delete"), icon_name="trash-2")
        self._link = Button(_("Add a tie"), "quiet", icon_name="link")
        self._build()
        self._connect_signals()

    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(Space.S))
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._heading)
        names.addWidget(self._where)
        head.addWidget(self._avatar)
        head.addLayout(names, 1)
        head.addWidget(self._close)
        outer.addLayout(head)
        scroller = Scroller()
        outer.addWidget(scroller, 1)
        column = scroller.column
        column.setSpacing(px(Space.M))
        column.setContentsMargins(px(2), px(2), px(Space.S), px(Space.S))
        for field in ("name", "title", "buying_centre_id"):
            column.addWidget(self.fields[field])
        column.addWidget(self.roles)
        column.addLayout(self._grid())
        column.addWidget(self._external)
        column.addWidget(Rule())
        ties_head = QHBoxLayout()
        ties_head.addWidget(text_label(_("Ties"), "heading"), 1)
        ties_head.addWidget(self._link)
        column.addLayout(ties_head)
        column.addWidget(self.ties)
        column.addWidget(Rule())
        for button in (self._left, self._vacate, self._delete):
            column.addWidget(button)
        column.addStretch(1)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.S))
        grid.setVerticalSpacing(theme().px(Space.M))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = 0
        for names in _TWO_COLUMNS:
            for at, name in enumerate(names):
                grid.addWidget(self.fields[name], line, at, 1, 2 if len(names) == 1 else 1)
            line += 1
            if names == ("email",):
                grid.addWidget(self._email_hint, line, 0, 1, 2)
                line += 1
        return grid

    def _connect_signals(self) -> None:
        for editor in self.fields.values():
            editor.committed.connect(self._commit_field)
        self.roles.changed.connect(self._commit_roles)
        self._external.clicked.connect(self._commit_external)
        self._left.clicked.connect(self._toggle_left)
        self._vacate.clicked.connect(self._vacate_seat)
        self._delete.clicked.connect(self._delete_person)
        self._link.clicked.connect(self._want_link)
        self._close.clicked.connect(self.closed)
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
        self._load()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        if self._detail is not None:
            for editor in self.fields.values():
                editor.commit()
            self.ties.commit_drafts()

    def edit_name(self) -> None:
        """Put the cursor into the name."""
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
        self._avatar.set_name(detail.name)
        self._heading.setText(detail.name or _("Vacant seat"))
        self._where.setText(detail.account_name)
        show_detail(self.fields, detail)
        self.roles.show_detail(detail)
        self.ties.show_ties(detail.ties)
        self._external.setChecked(detail.external)
        gone = detail.left_on is not None
        self._left.setText(_("Is back") if gone else _("Has left the company"))
        self._left.setVisible(not detail.vacant)
        self._vacate.setVisible(not detail.vacant and not gone and bool(detail.title))
        self._warn_about_email(detail.email)

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._person_id and changes.touches(*SHOWS):
            self._load()

    def _warn_about_email(self, address: str) -> None:
        if not address:
            self._email_hint.hide()
            return
        from kam_desktop.services.people import email_warning

        warning = email_warning(address)
        self._email_hint.setText(warning)
        self._email_hint.setVisible(bool(warning))

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
        from kam_desktop.services.leaving import mark_left, mark_returned

        if self._detail is not None and self._detail.left_on is not None:
            self._run(_("{name} is back"), mark_returned, self._person_id)
        else:
            self._run(_("{name} has left"), mark_left, self._person_id)

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
