"""Tenders with their gates, and reviews among ourselves, in the commercial section."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import OpportunityState, Rhythm
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import OpportunityRow
from kam_desktop.services.queries.tenders import GateRow, ReviewRow, TenderRow
from kam_desktop.services.words import choices
from kam_desktop.ui.account import tender_changes as changes
from kam_desktop.ui.account.lines import LineAction, LineActions, LineList
from kam_desktop.ui.account.record_form import Field, RecordForm
from kam_desktop.ui.account.tender_lines import (
    GateContent,
    ReviewContent,
    TenderContent,
    line_name,
)
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Card, InlineChoice, make_action, text_label


class TenderArea(QWidget):
    """The cards of tenders and of recurring reviews, whose lines share their keys."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account_id = ""
        self._edited: Any = None
        self._tenders: Sequence[TenderRow] = ()
        self._toggled: set[str] = set()
        self.lines = LineActions(self, _line_actions())
        self.new_tender = make_action(_("Add a tender"), self)
        self.new_review = make_action(_("Add a recurring review"), self)
        today = context.clock.today()
        self.tenders = LinesCard(_("Tenders"), _tender_hint(), context, self.lines)
        self.reviews = LinesCard(_("Reviews among ourselves"), _review_hint(), context, self.lines)
        self.tender_form = RecordForm(_("New tender"), _tender_fields(), today)
        self.gate_form = RecordForm(_("Gate"), _gate_fields(), today)
        self.review_form = RecordForm(_("New review"), _review_fields(), today)
        for form in self.forms:
            form.setProperty("card", "sunken")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        column.addWidget(self.tenders)
        column.addWidget(self.reviews)
        self._connect_signals()

    @property
    def forms(self) -> tuple[RecordForm, ...]:
        return self.tender_form, self.gate_form, self.review_form

    def _connect_signals(self) -> None:
        self.new_tender.triggered.connect(self.add_tender)
        self.new_review.triggered.connect(self.add_review)
        self.tenders.add_button.clicked.connect(self.add_tender)
        self.reviews.add_button.clicked.connect(self.add_review)
        self.lines.wanted.connect(self._do)
        self.tender_form.submitted.connect(self._save_tender)
        self.gate_form.submitted.connect(self._save_gate)
        self.review_form.submitted.connect(self._save_review)
        self.tender_form.closed.connect(self.tenders.list.end_edit)
        self.gate_form.closed.connect(self.tenders.list.end_edit)
        self.review_form.closed.connect(self.reviews.list.end_edit)

    def commands(self) -> list[QAction]:
        """What can be done here, for the palette."""
        return [self.new_tender, self.new_review, *self.lines.actions]

    # Showing

    def show_records(
        self,
        account_id: str,
        tenders: Sequence[TenderRow],
        reviews: Sequence[ReviewRow],
        deals: Sequence[OpportunityRow],
    ) -> None:
        """Show the tenders and reviews of an account, and offer its deals to link."""
        self._account_id, self._tenders = account_id, tenders
        chooser = self.tender_form.editor("opportunity_id")
        assert isinstance(chooser, InlineChoice)
        linked = {row.opportunity_id for row in tenders}
        offered = [d for d in deals if d.state is OpportunityState.OPEN or d.id in linked]
        chooser.set_choices([(None, _("No opportunity")), *((d.id, d.name) for d in offered)])
        self._show_tenders()
        self.reviews.show_rows(reviews)

    def _show_tenders(self) -> None:
        today = self._context.clock.today()
        rows: list[TenderRow | GateRow] = []
        for tender in self._tenders:
            rows.append(tender)
            # The gates of a tender that is over are out of the way until asked for.
            if (tender.award_on >= today) != (tender.id in self._toggled):
                rows.extend(tender.gates)
        self.tenders.show_rows(rows)

    def leave_account(self) -> None:
        """Another account is about to be shown."""
        for form in self.forms:
            form.close_form()
        self._toggled.clear()
        self.lines.choose(None)

    def commit_drafts(self) -> None:
        """Keep what was typed."""
        for form in self.forms:
            form.commit()

    def target(self, part: str) -> QWidget:
        """Where the keyboard goes when ``tenders`` or ``reviews`` are wanted."""
        card = self.reviews if part == "reviews" else self.tenders
        return card.list.lines[0] if card.list.lines else card.add_button

    # Changing

    def add_tender(self) -> None:
        """Open the form for a new tender."""
        self._open(self.tender_form, self.tenders.list, None, _("New tender"), {})

    def add_review(self) -> None:
        """Open the form for a new recurring review."""
        values = {"rhythm": Rhythm.MONTHLY.value}
        self._open(self.review_form, self.reviews.list, None, _("New review"), values)

    def _open(
        self, form: RecordForm, place: LineList, row: Any, title: str, values: dict[str, Any]
    ) -> None:
        for other in self.forms:
            if other is not form:
                other.close_form()
        place.end_edit()
        self._edited = row
        if row is None or isinstance(row, str):
            place.add(form)
        else:
            place.edit(row.id, form)
        form.open_with(values, title)

    def _do(self, name: str, row: object) -> None:
        if name == "edit":
            self._edit(row)
        elif name == "gates" and isinstance(row, TenderRow):
            self._toggled ^= {row.id}
            self._show_tenders()
        elif name == "gate" and isinstance(row, TenderRow):
            self._open(self.gate_form, self.tenders.list, row.id, _("New gate"), {})
        elif isinstance(row, TenderRow | GateRow | ReviewRow):
            label, use_case = changes.simple_change(name, row)
            self._context.operations.run(self, label, use_case, row.id)

    def _edit(self, row: object) -> None:
        if isinstance(row, TenderRow):
            values = {name: getattr(row, name) for name in ("name", "award_on", "opportunity_id")}
            self._open(self.tender_form, self.tenders.list, row, _("Change tender"), values)
        elif isinstance(row, GateRow):
            values = {"name": row.name, "on": row.on}
            self._open(self.gate_form, self.tenders.list, row, _("Change gate"), values)
        elif isinstance(row, ReviewRow):
            values = {"name": row.name, "rhythm": row.rhythm.value, "next_on": row.next_on}
            self._open(self.review_form, self.reviews.list, row, _("Change review"), values)

    def _save_tender(self, values: dict[str, Any]) -> None:
        if self._edited is None:
            self._save(
                self.tender_form, _("Add a tender"), changes.add_tender, self._account_id, values
            )
        else:
            self._save(
                self.tender_form, _("Change a tender"), changes.change_tender, self._edited.id,
                values,
            )  # fmt: skip

    def _save_gate(self, values: dict[str, Any]) -> None:
        if isinstance(self._edited, str):
            self._save(self.gate_form, _("Add a gate"), changes.add_gate, self._edited, values)
        else:
            self._save(
                self.gate_form, _("Change a gate"), changes.change_gate, self._edited.id, values
            )

    def _save_review(self, values: dict[str, Any]) -> None:
        if self._edited is None:
            label = _("Add a recurring review")
            self._save(self.review_form, label, changes.add_review, self._account_id, values)
        else:
            label = _("Change a recurring review")
            self._save(self.review_form, label, changes.change_review, self._edited.id, values)

    def _save(
        self, form: RecordForm, label: str, use_case: Any, record_id: str, values: dict[str, Any]
    ) -> None:
        self._context.operations.run(
            form, label, use_case, record_id, values, on_done=form.accept, on_error=form.refuse
        )


class LinesCard(Card):
    """A card of lines with a button to add one and a hint while there is none."""

    def __init__(
        self,
        title: str,
        hint: str,
        context: AppContext,
        actions: LineActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self._nothing = text_label(hint, "hint", wrap=True)
        self.list = LineList(partial(_content, context, actions), partial(_name, context), actions)
        self.add(self._nothing)
        self.add(self.list)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these records."""
        self.list.show_rows(rows)
        self._nothing.setVisible(not rows)


def _content(context: AppContext, actions: LineActions, row: Any) -> QWidget:
    today = context.clock.today()
    if isinstance(row, TenderRow):
        return TenderContent(row, today)
    if isinstance(row, GateRow):
        return GateContent(row, today, actions)
    return ReviewContent(row, today)


def _name(context: AppContext, row: Any) -> str:
    return line_name(row, context.clock.today())


def _tender_hint() -> str:
    return _(
        "A tender has gates counted back from its award, nine months ahead. Add one as soon as "
        "you hear of it."
    )


def _review_hint() -> str:
    return _("Talks among ourselves that come back every week, month or quarter.")


def _line_actions() -> list[LineAction]:
    return [
        LineAction("edit", _("Change"), "pencil", "Return"),
        LineAction("reach", _("Gate reached"), "check", "R", applies=_is_ahead),
        LineAction("unreach", _("Gate not reached yet"), "rotate-ccw", "O", applies=_is_reached),
        LineAction("gates", _("Show or hide the gates"), "list-checks", "G", applies=_is_tender),
        LineAction("gate", _("Add a gate"), "plus", "N", applies=_is_tender),
        LineAction("held", _("Review held"), "check", "H", applies=_is_review),
        LineAction("delete", _("Delete"), "trash-2", "Del"),
    ]


def _is_tender(row: Any) -> bool:
    return isinstance(row, TenderRow)


def _is_review(row: Any) -> bool:
    return isinstance(row, ReviewRow)


def _is_ahead(row: Any) -> bool:
    return isinstance(row, GateRow) and row.done_on is None


def _is_reached(row: Any) -> bool:
    return isinstance(row, GateRow) and row.done_on is not None


def _tender_fields() -> list[Field]:
    return [
        Field("name", _("What is tendered")),
        Field("award_on", _("Day of the award"), "date"),
        Field("opportunity_id", _("Opportunity"), "choice", ((None, _("No opportunity")),)),
    ]


def _gate_fields() -> list[Field]:
    return [
        Field("name", _("What must be reached"), wide=True),
        Field("on", _("Until"), "date"),
    ]


def _review_fields() -> list[Field]:
    return [
        Field("name", _("What is reviewed")),
        Field("rhythm", _("How often"), "choice", tuple(choices(Rhythm))),
        Field("next_on", _("Next on"), "date"),
    ]
