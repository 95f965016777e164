"""Column names of real exports say what a table holds and what its columns mean."""

from __future__ import annotations

import pytest

from kam_desktop.services.exchange.columns import (
    ColumnMapping,
    fold_header,
    header_currency,
    recognise,
)
from kam_desktop.services.exchange.fields import FIELDS, Kind


def meaning(header: list[str], kind: Kind | None = None) -> tuple[Kind, str, dict[str, str]]:
    mapping = recognise(header, kind)
    assert mapping is not None
    named = {name: header[at] for at, name in enumerate(mapping.columns) if name}
    return mapping.kind, mapping.system, named


def test_names_are_compared_without_case_accents_and_punctuation() -> None:
    folded = {fold_header(name) for name in ("BillingStreet", "BILLINGSTREET", " Billing Street ")}
    assert folded == {"billingstreet"}
    assert fold_header("Straße") == fold_header("STRASSE")
    assert fold_header("Betrag (EUR)") == fold_header("Betrag")
    assert header_currency("Betrag (EUR)") == "EUR"
    assert header_currency("Umsatz in €") == "EUR"
    assert header_currency("Amount (NET)") == ""


@pytest.mark.parametrize(
    ("header", "kind", "system"),
    [
        (["Kundennr.", "Firma", "Straße", "PLZ", "Ort", "Land"], Kind.ACCOUNTS, "crm"),
        (["Raison sociale", "Secteur", "Ville", "Code postal"], Kind.ACCOUNTS, "crm"),
        (["Razón social", "Ciudad", "Código postal", "Sector"], Kind.ACCOUNTS, "crm"),
        (["Vorname", "Nachname", "E-Mail", "Firma"], Kind.PEOPLE, "crm"),
        (["Prénom", "Nom", "Courriel", "Société"], Kind.PEOPLE, "crm"),
        (["Nombre", "Apellidos", "Correo", "Empresa"], Kind.PEOPLE, "crm"),
        (["Verkaufschance", "Kunde", "Phase", "Abschlussdatum"], Kind.OPPORTUNITIES, "crm"),
        (["Oportunidad", "Cliente", "Etapa", "Fecha de cierre"], Kind.OPPORTUNITIES, "crm"),
        (["Affaire", "Client", "Étape", "Montant", "Date de clôture"], Kind.OPPORTUNITIES, "crm"),
        (["Rechnungsnr.", "Kundennr.", "Rechnungsdatum", "Umsatz"], Kind.REVENUE, "crm"),
        (["Numéro de facture", "Client", "Date de facture", "Montant HT"], Kind.REVENUE, "crm"),
        (["Factura", "Cliente", "Fecha de factura", "Importe"], Kind.REVENUE, "crm"),
        (["Betreff", "Datum", "Kunde", "Ansprechpartner", "Art"], Kind.INTERACTIONS, "crm"),
        (["Activity - Subject", "Activity - Due date", "Organization - Name"],
         Kind.INTERACTIONS, "pipedrive"),
        (["(Do Not Modify) Contact", " Full Name", "Company Name"], Kind.PEOPLE, "dynamics"),
    ],
)  # fmt: skip
def test_recognises_kind_and_system(header: list[str], kind: Kind, system: str) -> None:
    found = recognise(header)
    assert found is not None
    assert (found.kind, found.system, found.missing()) == (kind, system, ())


def test_maps_the_columns_of_a_salesforce_export() -> None:
    kind, system, named = meaning(
        ["ID", "ISDELETED", "NAME", "PARENTID", "BILLINGCITY", "SHIPPINGCITY", "ORACLE_ID__C"]
    )
    assert (kind, system) == (Kind.ACCOUNTS, "salesforce")
    assert named == {
        "key": "ID",
        "deleted": "ISDELETED",
        "name": "NAME",
        "parent_key": "PARENTID",
        "city": "BILLINGCITY",
    }


def test_dates_may_stand_in_several_columns() -> None:
    mapping = recognise(
        ["Deal - Title", "Deal - Won time", "Deal - Lost time", "Organization - Name"]
    )
    assert mapping is not None
    assert mapping.positions("close_on") == (1, 2)


def test_unknown_tables_are_not_guessed() -> None:
    assert recognise(["a", "b", "c"]) is None
    assert recognise(["productID", "productName", "unitPrice"]) is None
    forced = recognise(["a", "b"], Kind.PEOPLE)
    assert forced == ColumnMapping(Kind.PEOPLE, "crm", ("", ""))
    assert set(forced.missing()) == {"name", "account_name"}


def test_a_mapping_can_be_corrected() -> None:
    mapping = ColumnMapping(Kind.ACCOUNTS, "crm", ("", "city"))
    corrected = mapping.with_column(0, "name")
    assert corrected.columns == ("name", "city")
    assert mapping.columns == ("", "city")
    assert mapping.missing() == ("name",)
    assert corrected.missing() == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_listed_name_stands_for_a_field_that_exists(kind: Kind) -> None:
    import json

    from kam_desktop.services.resources import resource_path

    listed = json.loads(resource_path("exchange", "columns.json").read_text("utf-8"))[kind]
    assert set(listed["fields"]) == set(FIELDS[kind])
