"""The company section: every field of the account, edited in place, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.formatting import money, number
from kam_desktop.services.i18n import _
from kam_desktop.services.queries import choices as choices_of
from kam_desktop.services.queries.company import (
    AccountHead,
    Company,
    Completeness,
    company,
    completeness,
)
from kam_desktop.services.words import choices
from kam_desktop.services.zones import zone_names
from kam_desktop.ui.account.amounts import read_amount
from kam_desktop.ui.account.centres_card import CentresCard
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.our_team_card import OurTeamCard
from kam_desktop.ui.account.overview_cards import share_text
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import (
    Card,
    InlineChoice,
    InlineEditor,
    InlineLine,
    InlineText,
    ProgressBar,
    Scroller,
    text_label,
)

LINE, TEXT, CHOICE, ACCOUNT = "line", "text", "choice", "account"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the account and how it is edited."""

    name: str
    label: str
    kind: str = LINE
    hint: str = ""


def field_specs() -> dict[str, tuple[FieldSpec, ...]]:
    """The parts of the section with their fields, worded."""
    return {
        "company": (
            FieldSpec("name", _("Name")),
            FieldSpec("tier", _("Tier"), CHOICE),
            FieldSpec("owner_id", _("Looked after by"), CHOICE),
            FieldSpec("parent_id", _("Group"), ACCOUNT, _("The company it belongs to")),
            FieldSpec("industry", _("Sector")),
            FieldSpec("kind", _("Kind of company")),
            FieldSpec("number", _("Customer number")),
            FieldSpec("employees", _("Employees"), hint="1200"),
            FieldSpec("annual_revenue", _("Annual revenue"), hint="48,000,000 EUR"),
            FieldSpec("website", _("Website")),
            FieldSpec("phone", _("Phone")),
        ),
        "place": (
            FieldSpec("street", _("Street")),
            FieldSpec("postcode", _("Postcode")),
            FieldSpec("city", _("City")),
            FieldSpec("region", _("Region")),
            FieldSpec("country", _("Country")),
            FieldSpec("time_zone", _("Time zone"), CHOICE),
        ),
        "story": (
            FieldSpec("about", _("About"), TEXT, _("What they make, for whom, in how many plants")),
            FieldSpec(
                "history", _("History"), TEXT, _("What they bought, liked and complained about")
            ),
            FieldSpec("strategy", _("Their plan"), TEXT, _("Next year, and in ten years")),
            FieldSpec("pain_points", _("Pain points"), TEXT, _("What keeps them from reaching it")),
            FieldSpec(
                "competitors",
                _("Our competitors there"),
                TEXT,
                _("Who, and what they are liked for"),
            ),
        ),
    }


class CompanySection(Section):
    """Commits each field when its editing is finished; a refused draft stays with the reason."""

    tables: ClassVar[tuple[str, ...]] = (
        "account", "buying_centre", "team_member", "account_team", "team_contact", "person",
    )  # fmt: skip

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._head: AccountHead | None = None
        self._editors: dict[str, InlineEditor] = {}
        self._specs = {spec.name: spec for part in field_specs().values() for spec in part}
        titles = {"company": _("Company"), "place": _("Place"), "story": _("Story")}
        self._cards = {part: PartCard(titles[part]) for part in field_specs()}
        self.centres = CentresCard(context)
        self.our_team = OurTeamCard(context)
        self._lay_out()

    def _lay_out(self) -> None:
        gap = theme().px(Space.M)
        for part, specs in field_specs().items():
            grid = QGridLayout()
            grid.setHorizontalSpacing(gap)
            grid.setVerticalSpacing(gap)
            columns = 1 if part == "story" else 2
            for at, spec in enumerate(specs):
                editor = self._make_editor(spec)
                grid.addWidget(editor, at // columns, at % columns)
            for column in range(columns):
                grid.setColumnStretch(column, 1)
            self._cards[part].body.addLayout(grid)
        cards = self._cards
        self.columns = Columns(
            ((cards["company"], cards["place"]), 1),
            ((self.our_team, self.centres, cards["story"]), 1),
        )
        scroller = Scroller()
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.column.addWidget(self.columns)
        scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.columns.fit(event.size().width())
        super().resizeEvent(event)

    def _make_editor(self, spec: FieldSpec) -> InlineEditor:
        editor = self._record_field(spec) if spec.kind == ACCOUNT else _editor(spec)
        editor.setProperty("field", spec.name)
        editor.committed.connect(self._commit)
        self._editors[spec.name] = editor
        return editor

    def _record_field(self, spec: FieldSpec) -> InlineEditor:
        return InlineRecord(spec.label, self.context, choices_of.accounts, spec.hint)

    def editor(self, name: str) -> InlineEditor:
        """The editor of a field."""
        return self._editors[name]

    def start_editing(self) -> None:
        """Put the focus on the first field."""
        self._editors["name"].setFocus()

    def load(self) -> None:
        self.context.lanes.read(self, company, self.account_id, on_done=self._show)
        self.our_team.load(self.account_id)

    def leave_account(self) -> None:
        self._head = None

    def _show(self, found: Company | None) -> None:
        if found is None or found.head.id != self.account_id:
            return
        head = found.head
        fresh = self._head is None or self._head.id != head.id
        self._head = head
        self._offer_owners_and_group(found)
        self.centres.show_centres(head.id, found.centres)
        for name, editor in self._editors.items():
            editor.set_value(_shown(head, name))
            if fresh:
                editor.revert()
        for part, share in completeness(head).items():
            self._cards[part].show_completeness(share, self._label)

    def _offer_owners_and_group(self, found: Company) -> None:
        owner, group = self._editors["owner_id"], self._editors["parent_id"]
        if isinstance(owner, InlineChoice):
            owner.set_choices([(None, _("Nobody yet")), *found.team])
        if isinstance(group, InlineRecord):
            group.set_record(found.head.parent_id, found.head.parent_name)

    def _label(self, name: str) -> str:
        return self._specs[name].label.lower()

    def commit_drafts(self) -> None:
        if self._head is None:
            return
        for editor in self._editors.values():
            editor.commit()
        self.centres.commit_drafts()

    def _commit(self, draft: Any) -> None:
        editor = self.sender()
        if not isinstance(editor, InlineEditor) or not self.account_id:
            return
        name = str(editor.property("field"))
        try:
            fields = _fields(name, draft)
        except ValueError as error:
            editor.refuse(error)
            return
        label = _("Change {field}").format(field=self._label(name))
        self.context.operations.run(
            self,
            label,
            _update,
            self.account_id,
            fields,
            on_error=editor.refuse,
            coalesce=f"account:{self.account_id}:{name}",
        )


class PartCard(Card):
    """One part of the section, with how much of it is filled in and what is not."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._bar = ProgressBar(name=title)
        self._missing = text_label("", "hint", wrap=True)
        self.add(self._bar)
        self.add(self._missing)

    def show_completeness(self, found: Completeness, label: Callable[[str], str]) -> None:
        """Say how complete this part is."""
        state = State.GOOD if found.share == 1 else State.PLAIN
        self.set_pills([(share_text(found.share), state)])
        self._bar.set_share(found.share)
        names = ", ".join(label(name) for name in found.missing)
        self._missing.setText(_("Missing: {names}").format(names=names) if names else "")
        self._missing.setVisible(bool(names))


def _update(work: Any, account_id: str, fields: dict[str, object]) -> None:
    from kam_desktop.services.accounts import update_account

    update_account(work, account_id, **fields)


def _editor(spec: FieldSpec) -> InlineEditor:
    if spec.kind == TEXT:
        text = InlineText(spec.label)
        text.set_lines(4)
        text.text.setMaximumHeight(theme().px(108))
        text.set_placeholder(spec.hint)
        return text
    if spec.kind == CHOICE:
        choice = InlineChoice(spec.label)
        if spec.name == "tier":
            choice.set_choices(list(choices(Tier)))
        else:
            choice.set_choices([("", _("not known")), *((zone, zone) for zone in zone_names())])
            choice.combo.setMinimumContentsLength(12)
        return choice
    line = InlineLine(spec.label)
    line.set_placeholder(spec.hint)
    return line


def _shown(head: AccountHead, name: str) -> Any:
    if name == "employees":
        return "" if head.employees is None else number(head.employees)
    if name == "annual_revenue":
        minor = head.annual_revenue_minor
        return "" if minor is None else money(minor, head.annual_revenue_currency)
    return getattr(head, name)


def _fields(name: str, draft: Any) -> dict[str, object]:
    """The stored fields of what was typed. Raises ``ValueError`` with a message for the user."""
    if name == "employees":
        return {name: _whole(draft) if draft else None}
    if name == "annual_revenue":
        return _money_fields(draft)
    return {name: draft}


def _whole(text: str) -> int:
    digits = "".join(char for char in text if char.isdigit())
    if not digits or any(char.isalpha() for char in text):
        raise ValueError(_("Enter a whole number."))
    return int(digits)


def _money_fields(text: str) -> dict[str, object]:
    if not text:
        return {"annual_revenue_minor": None, "annual_revenue_currency": ""}
    amount, currency = read_amount(text)
    return {"annual_revenue_minor": amount, "annual_revenue_currency": currency}
