"""Every extension term has one place in the model, and is kept by the syntaxes that have it."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from formats import cii, ubl
from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import Invoice
from tests.formats.cii.judges import D22B
from tests.formats.cii.judges import violations as cii_violations
from tests.formats.en16931.norm.dialects import DIALECTS
from tests.formats.en16931.norm.model import COMPOSITES, fields, groups
from tests.formats.en16931.norm.samples import ExtensionTerm, extension_terms, only, said
from tests.formats.samples import DAY, DRAFT, PROCESS, SELLER
from tests.formats.ubl.judges import violations as ubl_violations

FIELDS = tuple(fields(Invoice, extensions=True))
TERMS = tuple(extension_terms())

_IN_UBL = ("EXT-FR", "HR-", "IBT", "BTAE", "BTOM", "BT-DEX", "UBL-")
_IN_CII = ("BT-X-", "BT-1", "BT-2")

UBL_HAS_NONE = {
    "/payee/extensions/trading_name": "PartyName is BT-59",
    "/lines/extensions/amount_with_vat": "its element came with UBL 2.2",
    "/lines/extensions/item_price_taxes/": "the taxes of a price are Factur-X's",
}
"""Terms that a dialect in UBL has by name, and where UBL 2.1 has no place for them."""

CII_HAS_NONE = {
    "/extensions/payment_terms/description": "the text of the first terms is BT-20",
    "/lines/extensions/additional_item_price_discounts/tax_type_code": "a discount is no tax",
}

_SHIPMENT = {"/delivery_information/extensions/shipment_identifier": "S1"}
_CONSIGNMENT = {"/delivery_information/extensions/consignment_identifier": "C1"} | _SHIPMENT
_FREIGHT = {
    "/delivery_information/extensions/freight_charges/0/is_charge": True,
    "/delivery_information/extensions/freight_charges/0/amount": "2.5",
}
_EXCHANGE = {
    "/extensions/exchange_source_currency_code": "EUR",
    "/extensions/exchange_target_currency_code": "CHF",
    "/extensions/exchange_rate": "0.95",
}
_ACCOUNTING = {
    "/vat_accounting_currency_code": "CHF",
    "/totals/total_vat_in_accounting_currency": "3",
    "/extensions/accounting_vat_breakdown/0/category_tax_amount": "3",
    "/extensions/accounting_vat_breakdown/0/category_code": "S",
}
_PAYABLE = {
    "/lines/0/extensions/payable_amount": "9",
    "/lines/0/extensions/payable_currency_code": "EUR",
}
_STATUS = {"/lines/0/extensions/status_reason_code": "DETAIL"}
_DOCUMENT = {
    "/lines/0/extensions/documents/0/reference": "D1",
    "/lines/0/extensions/documents/0/type_code": "916",
}

COMPANIONS: dict[str, dict[str, Any]] = {
    "base_quantity_unit_code": {"base_quantity": "2"},
    "measure_unit_code": {"measure": "2"},
    "quantity_unit_code": {"quantity": "2"},
    "charge_free_quantity_unit_code": {"charge_free_quantity": "2"},
    "package_quantity_unit_code": {"package_quantity": "2"},
    "units_per_package_unit_code": {"units_per_package": "2"},
    "item_gross_price_base_quantity_unit_code": {"item_gross_price_base_quantity": "2"},
    "basis_period_unit_code": {"basis_period": "2"},
    "terms_scheme_identifier": {"terms_code": "DAP"},
    "industry_classification_name": {"industry_classification_code": "62010"},
    "unit_code": {"units": "2"},
}
"""What a term cannot be said without, by the last names of both; and by place below."""

PLACES: dict[str, dict[str, Any]] = {
    "/delivery_information/extensions/consignment_identifier": _SHIPMENT,
    "/delivery_information/extensions/consignment_terms_code": _CONSIGNMENT,
    "/delivery_information/extensions/import_date": _SHIPMENT,
    "/delivery_information/extensions/freight_charges/": _SHIPMENT | _FREIGHT,
    "/lines/extensions/parent_line_identifier": _STATUS,
    "/lines/extensions/additional_item_identifiers/": {
        "/lines/0/extensions/additional_item_identifiers/0/value": "1"
    },
    "/lines/extensions/item_specifications/": {
        "/lines/0/extensions/item_specifications/0/identifier": "1"
    },
    "/lines/extensions/item_classification_names": {
        "/lines/0/item_classification_identifiers": [{"value": "1", "scheme_identifier": "STI"}]
    },
    "/lines/extensions/documents/": _DOCUMENT,
    "/lines/extensions/sales_order_reference": {
        "/lines/0/extensions/purchase_order_reference": "P1"
    },
    "/lines/extensions/preceding_invoice_": {
        "/lines/0/extensions/preceding_invoice_reference": "R1"
    },
    "/lines/extensions/payable_": _PAYABLE,
    "/lines/extensions/vat_amount_in_accounting_currency": {
        "/vat_accounting_currency_code": "CHF"
    },
    "/lines/extensions/taxes/": {
        "/lines/0/extensions/vat_amount": "2",
        "/lines/0/extensions/taxes/0/amount": "2",
    },
    "/lines/extensions/additional_notes/": {
        "/lines/0/extensions/additional_notes/0/subject_code": "AAI"
    },
    "/lines/extensions/additional_buyer_accounting_references/": {
        "/lines/0/extensions/additional_buyer_accounting_references/0/reference": "1"
    },
    "/extensions/additional_buyer_accounting_references/": {
        "/extensions/additional_buyer_accounting_references/0/reference": "1"
    },
    "/extensions/advance_payments/": {"/extensions/advance_payments/0/amount": "5"},
    "/extensions/further_tax_totals/": {"/extensions/further_tax_totals/0/amount": "5"},
    "/payment_instructions/payment_card_information/extensions/network": {
        "/payment_instructions/0/payment_card_information/primary_account_number": "1234"
    },
    "/extensions/credit_reason_code": {"/type_code": "381"},
    "/extensions/exchange_": _EXCHANGE,
    "/extensions/accounting_vat_breakdown/": _ACCOUNTING,
    "/vat_breakdown/extensions/other_": {
        "/vat_breakdown/0/category_code": None,
        "/vat_breakdown/0/category_rate": None,
        "/vat_breakdown/0/exemption_reason_code": None,
        "/vat_breakdown/0/exemption_reason_text": None,
        "/vat_breakdown/0/extensions/other_tax_scheme": "GST",
    },
    "/document_level_charges/extensions/tax_type_code": {
        "/document_level_charges/0/reason_code": None
    },
    "/lines/charges/extensions/tax_type_code": {"/lines/0/charges/0/reason_code": None},
}

VALUES = {
    "/lines/extensions/status_reason_code": "GROUP",
    "/extensions/document_name": "CreditNote",
}
"""Samples where not any text will do."""


def with_companions(term: ExtensionTerm) -> Invoice:
    holder, _, name = term.pointer.rpartition("/")
    wanted = {f"{holder}/{near}": value for near, value in COMPANIONS.get(name, {}).items()}
    for place, companions in PLACES.items():
        if term.place == place or (place[-1] in "/_" and term.place.startswith(place)):
            wanted |= companions
    if term.place in VALUES:
        wanted[term.pointer] = VALUES[term.place]
    return only(
        term,
        {
            pointer: value
            for pointer, value in wanted.items()
            if pointer != term.pointer or term.place in VALUES
        },
    )


def tried(prefixes: tuple[str, ...], without: dict[str, str]) -> list[ExtensionTerm]:
    return [
        term
        for term in TERMS
        if any(name.startswith(prefixes) for name in term.ids)
        and not any(term.place.startswith(place) for place in without)
    ]


@pytest.mark.official
@pytest.mark.parametrize("term", tried(_IN_UBL, UBL_HAS_NONE), ids=lambda term: term.place)
def test_ubl_keeps_every_term_that_a_dialect_in_ubl_defines(
    official: Path, term: ExtensionTerm
) -> None:
    check(term, ubl.write, ubl.read)
    assert ubl_violations(official, ubl.write(with_companions(term))) == []


@pytest.mark.official
@pytest.mark.parametrize("term", tried(_IN_CII, CII_HAS_NONE), ids=lambda term: term.place)
def test_cii_keeps_every_term_of_factur_x(official: Path, term: ExtensionTerm) -> None:
    check(term, cii.write, cii.read)
    assert cii_violations(official, cii.write(with_companions(term)), D22B) == []


def check(term: ExtensionTerm, write: Any, read: Any) -> None:  # noqa: ANN401 - of either syntax
    invoice = with_companions(term)
    written = write(invoice)
    again = read(written)
    assert said(again, term.pointer) == said(invoice, term.pointer) is not None
    assert write(again) == written


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_term_of_a_dialect_has_a_field(dialect: str) -> None:
    assert sorted(DIALECTS[dialect] - names()) == []


def test_every_identifier_is_defined_by_a_dialect() -> None:
    known = frozenset().union(*DIALECTS.values())
    others = {
        name
        for name in names() - known
        if not name.startswith(("UBL-", "CII-", "FA-", "ES-", "FE-", "NBT-", "SLOG-"))
        and re.sub("(-[0-9]{1,2})$", "", name) not in known  # a part of a term
        and not re.fullmatch("B[TG]-[0-9]+(-[0-9]+)?", name)  # the norm's, once more
    }
    assert others == set()


def names() -> set[str]:
    found = set()
    for field in FIELDS:
        term = field.terms[0]
        found |= {*term.ids, *(name for _, ids in term.parts for name in ids)}
        found |= {term.group} if term.group else set()
    return found


def test_every_field_of_the_extensions_has_one_term() -> None:
    assert [field.name for field in FIELDS if len(field.terms) != 1] == []


def test_no_identifier_means_two_things() -> None:
    count: Counter[str] = Counter()
    for field in FIELDS:
        term = field.terms[0]
        if not term.repeats:
            count.update({*term.ids, *(name for _, ids in term.parts for name in ids)})
    assert {name for name, times in count.items() if times > 1} == set()


def test_parts_name_fields_that_a_composite_has() -> None:
    for field in FIELDS:
        composites = [each for each in groups(field.annotation) if each in COMPOSITES]
        for path, _ in field.terms[0].parts:
            inside = composites
            for step in filter(None, path.split(".")):
                assert [step in each.model_fields for each in inside] == [True], (field, path)
                inside = list(groups(inside[0].model_fields[step].annotation))


def test_an_invoice_needs_no_extensions() -> None:
    invoice = Invoice.model_validate(
        {"seller": SELLER, "buyer": {}, "totals": {}}  # as before there were any
    )
    assert invoice.extensions is None
    assert "extensions" not in invoice.model_dump_json(exclude_none=True)


def test_completing_a_draft_keeps_what_extensions_say() -> None:
    line = DRAFT["lines"][0] | {
        "extensions": {"status_reason_code": "GROUP", "sub_lines": [{"identifier": "1.1"}]}
    }
    draft = InvoiceDraft.model_validate(
        DRAFT
        | {
            "lines": [line],
            "extensions": {"issue_time": "12:30:00Z", "sales_agent": {"name": "Agent"}},
            "buyer": DRAFT["buyer"] | {"extensions": {"role_code": "BY"}},
        }
    )
    invoice = complete(
        draft,
        seller=Invoice.model_fields["seller"].annotation.model_validate(  # type: ignore[union-attr]
            SELLER | {"extensions": {"operator_name": "Ana"}}
        ),
        number="1",
        issue_date=DAY,
        type_code="380",
        process_control=PROCESS,
    ).invoice
    assert said(invoice, "/extensions/issue_time") == "12:30:00Z"
    assert said(invoice, "/extensions/sales_agent/name") == "Agent"
    assert said(invoice, "/buyer/extensions/role_code") == "BY"
    assert said(invoice, "/seller/extensions/operator_name") == "Ana"
    assert said(invoice, "/lines/0/extensions/sub_lines/0/identifier") == "1.1"


@pytest.mark.parametrize("time", ["12:30", "24:0:00", "12:30:00 Z", "noon"])
def test_a_time_is_written_as_xml_schema_has_it(time: str) -> None:
    with pytest.raises(ValueError, match="hh:mm:ss"):
        only(ExtensionTerm(("IBT-168",), "/extensions/issue_time", time), {})
