"""Deals, contracts and revenue: what adding, changing and deleting one of each means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.company import BuyingCentreRow
from kam_desktop.ui.account.commercial_forms import amount_text
from kam_desktop.ui.account.commercial_tables import RecordsCard
from kam_desktop.ui.account.record_form import RecordForm
from kam_desktop.ui.account.revenue_list import open_entry
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord


@dataclass(frozen=True, slots=True)
class PartWords:
    """How the form is headed for a new and a known record, and what each step is called."""

    new: str
    change: str
    add: str
    update: str
    delete: str


class RecordPart(QObject):
    """One kind of record: its card, its form, and the record that is being changed (None: new).

    Who derives from it says how a record fills the form and what of the form is stored. Its kind
    names the use cases: ``add_kind``, ``update_kind``, ``delete_kind``.
    """

    kind = ""

    def __init__(
        self, section: Section, card: RecordsCard, form: RecordForm, words: PartWords
    ) -> None:
        super().__init__(section)
        self.section = section
        self.card = card
        self.form = form
        self.words = words
        self.row: Any = None
        card.add_wanted.connect(self.open_new)
        card.opened.connect(self.open_row)
        card.delete_wanted.connect(self.delete)
        form.submitted.connect(self.save)
        form.closed.connect(card.table.setFocus)

    def shown(self, row: Any) -> dict[str, Any]:
        """The form's values of a record; of a new one without ``row``."""
        raise NotImplementedError

    def stored(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """What the use cases take; None when the form was refused."""
        raise NotImplementedError

    def open_new(self) -> None:
        """Show the form for a new record."""
        self._open(None)

    def open_row(self, row: Any) -> None:
        """Show the form for a record."""
        self._open(row)

    def _open(self, row: Any) -> None:
        self.row = row
        heading = self.words.new if row is None else self.words.change
        self.form.open_with(self.shown(row), heading)

    def save(self, values: dict[str, Any]) -> None:
        """Add or change what the form holds."""
        fields = self.stored(values)
        if fields is None:
            return
        if self.row is None:
            self._store(self.words.add, "add", self.section.account_id, fields)
        else:
            self._store(self.words.update, "update", self.row.id, fields)

    def _store(self, label: str, verb: str, record_id: str, fields: dict[str, Any]) -> None:
        self.section.context.operations.run(
            self.form,
            label,
            self.use_case(verb),
            record_id,
            fields=fields,
            on_done=self.form.accept,
            on_error=self.form.refuse,
        )

    def delete(self, row: Any) -> None:
        """Move a record to the trash."""
        self.section.context.operations.run(
            self.section, self.words.delete, self.use_case("delete"), row.id
        )

    def use_case(self, verb: str) -> Any:
        """The use case of this kind that does ``verb``."""
        from kam_desktop.services import commercial

        return getattr(commercial, f"{verb}_{self.kind}")


class DealsPart(RecordPart):
    """Opportunities, which are also won and lost."""

    kind = "opportunity"

    def __init__(self, section: Section, card: RecordsCard, form: RecordForm) -> None:
        words = PartWords(
            _("New opportunity"),
            _("Change opportunity"),
            _("Add opportunity"),
            _("Change opportunity"),
            _("Delete opportunity"),
        )
        super().__init__(section, card, form, words)

    def shown(self, row: Any) -> dict[str, Any]:
        self._offer_people(row)
        if row is None:
            return {}
        return {
            "name": row.name,
            "stage": row.stage,
            "value": amount_text(row.value_minor, row.currency),
            "probability": "" if row.probability is None else str(row.probability),
            "close_on": row.close_on,
            "person_id": row.person_id,
            "text": row.text,
        }

    def stored(self, values: dict[str, Any]) -> dict[str, Any]:
        return _with_amount(values)

    def _offer_people(self, row: Any) -> None:
        person = self.form.editor("person_id")
        assert isinstance(person, InlineRecord)
        person.picker.ask_with(self.section.account_id)
        person.set_record(*(None, "") if row is None else (row.person_id, row.person_name))

    def win(self) -> None:
        """The chosen opportunity is won."""
        self._close(OpportunityState.WON, _("Win opportunity"))

    def lose(self) -> None:
        """The chosen opportunity is lost."""
        self._close(OpportunityState.LOST, _("Lose opportunity"))

    def _close(self, state: OpportunityState, label: str) -> None:
        row = self.card.chosen()
        if row is not None:
            self.section.context.operations.run(
                self.section, label, self.use_case("close"), row.id, state
            )


class ContractsPart(RecordPart):
    """Contracts."""

    kind = "contract"

    def __init__(self, section: Section, card: RecordsCard, form: RecordForm) -> None:
        words = PartWords(
            _("New contract"),
            _("Change contract"),
            _("Add contract"),
            _("Change contract"),
            _("Delete contract"),
        )
        super().__init__(section, card, form, words)

    def shown(self, row: Any) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "name": row.name,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "notice_on": row.notice_on,
            "value": amount_text(row.value_minor, row.currency),
            "text": row.text,
        }

    def stored(self, values: dict[str, Any]) -> dict[str, Any]:
        return _with_amount(values)


class RevenuePart(RecordPart):
    """Revenue entries; ``centres`` are the buying centres one can belong to."""

    kind = "revenue"

    def __init__(self, section: Section, card: RecordsCard, form: RecordForm) -> None:
        words = PartWords(
            _("New revenue entry"),
            _("Change revenue entry"),
            _("Add revenue"),
            _("Change revenue"),
            _("Delete revenue"),
        )
        super().__init__(section, card, form, words)
        self.centres: tuple[BuyingCentreRow, ...] = ()

    def _open(self, row: Any) -> None:
        self.row = row
        open_entry(self.form, row, self.centres)

    def stored(self, values: dict[str, Any]) -> dict[str, Any] | None:
        amount, currency = values["amount"]
        cost, cost_currency = values["cost"]
        if cost is not None and cost_currency != currency:
            self.form.refuse(UserError(_("Use the currency of the amount."), field="cost"))
            return None
        starts_on = values["starts_on"] or self.section.context.clock.today()
        return {
            "starts_on": starts_on,
            "ends_on": values["ends_on"] or starts_on,
            "amount_minor": amount,
            "cost_minor": cost,
            "currency": currency,
            "number": values["number"],
            "buying_centre_id": values["buying_centre_id"],
        }


def _with_amount(values: dict[str, Any]) -> dict[str, Any]:
    fields = dict(values)
    fields["value_minor"], fields["currency"] = fields.pop("value")
    return fields
