"""Codes of a body are put as their lists spell them; the canonical invoice stays as it is."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

from formats.en16931.determination import NOWHERE, Place
from formats.en16931.model import InvoiceTerms
from formats.json.body import DocumentInput, shaped
from formats.json.codes import LISTS, LISTS_BY_PLACE, VAT_IDENTIFIERS, in_their_lists
from formats.json.document import Surroundings, read_json
from formats.json.names import known_names
from tests.formats.samples import invoice

DAY = datetime.date(2026, 11, 20)


def _place(country: str, _day: datetime.date) -> Place:
    return Place(country, Decimal(22)) if country == "SI" else NOWHERE


AROUND = Surroundings(issue_date=DAY, number="DRAFT", place=_place)


def test_every_code_of_a_body_may_be_written_in_small_letters() -> None:
    written: dict[str, Any] = {
        "type_code": 381,
        "currency": "eur",
        "vat_accounting_currency_code": " sek ",
        "value_added_tax_point_date_code": 35,
        "invoiced_object_identifier": {"value": "a", "scheme_identifier": "aba"},
        "note": {"note": "de", "subject_code": "aai"},
        "customer": {
            "name": "de",
            "vat_id": "fr40303265045",
            "country_code": "de",
            "electronic_address": {"value": "a", "scheme_identifier": "em"},
        },
        "payee": {"identifier": {"value": "a", "scheme_identifier": "sepa"}},
        "seller_tax_representative": {"vat_identifier": " Si12345679\u00a0"},
        "delivery_information": {"deliver_to_address": {"country_code": "fr"}},
        "payment_instructions": {"payment_means_type_code": 30},
        "charges": [{"vat_category_code": "ae", "reason_code": "fc", "amount": "1"}],
        "allowances": [{"reason_code": 95, "amount": "1"}],
        "vat_exemptions": [{"category_code": "ae", "code": "vatex-eu-ae"}],
        "vat_breakdown": [{"category_code": "e", "exemption_reason_code": "vatex-eu-132"}],
        "items": [
            {
                "vat_category_code": "s",
                "item_country_of_origin": "de",
                "item_classification_identifiers": [{"value": "1", "scheme_identifier": "sts"}],
                "charges": [{"reason_code": "fc"}],
            }
        ],
        "metadata": {"country_code": "de"},
    }
    found = shaped(DocumentInput, written).input.model_dump(mode="json", exclude_defaults=True)
    assert found["type_code"] == "381"
    assert (found["currency_code"], found["vat_accounting_currency_code"]) == ("EUR", "SEK")
    assert found["value_added_tax_point_date_code"] == "35"
    assert found["invoiced_object_identifier"]["scheme_identifier"] == "ABA"
    assert found["notes"] == [{"note": "de", "subject_code": "AAI"}]
    buyer = found["buyer"]
    assert (buyer["name"], buyer["vat_identifier"]) == ("de", "FR40303265045")
    assert buyer["postal_address"]["country_code"] == "DE"
    assert buyer["electronic_address"]["scheme_identifier"] == "EM"
    assert found["payee"]["identifier"]["scheme_identifier"] == "SEPA"
    assert found["seller_tax_representative"]["vat_identifier"] == "SI12345679"
    assert found["delivery_information"]["deliver_to_address"]["country_code"] == "FR"
    assert found["payment_instructions"][0]["payment_means_type_code"] == "30"
    (charge,) = found["document_level_charges"]
    assert (charge["vat_category_code"], charge["reason_code"]) == ("AE", "FC")
    assert found["document_level_allowances"][0]["reason_code"] == "95"
    assert found["vat_exemptions"] == [{"category_code": "AE", "code": "VATEX-EU-AE"}]
    assert found["vat_breakdown"][0]["exemption_reason_code"] == "VATEX-EU-132"
    (line,) = found["lines"]
    assert (line["vat_category_code"], line["item_country_of_origin"]) == ("S", "DE")
    assert line["item_classification_identifiers"][0]["scheme_identifier"] == "STS"
    assert line["charges"][0]["reason_code"] == "FC"
    assert found["metadata"] == {"country_code": "de"}


@pytest.mark.parametrize(
    ("body", "same"),
    [
        ({"buyer": {"vat_identifier": "none"}}, True),
        ({"buyer": {"vat_identifier": "be bold"}}, True),
        ({"buyer": {"vat_identifier": "zz12345"}}, True),
        ({"buyer": {"vat_identifier": "nl123456789b01"}}, False),
        ({"currency_code": "euro"}, True),
        ({"currency_code": True}, True),
        ({"type_code": 999999}, True),
        ({"payment_instructions": [{"payment_means_type_code": "zzz"}]}, False),
        ({"extensions": {"type_code": 381}}, True),
    ],
)
def test_what_is_in_no_list_stays(body: dict[str, Any], same: bool) -> None:  # noqa: FBT001
    assert (in_their_lists(body) == body) is same


def test_no_list_has_two_codes_that_differ_in_case_only() -> None:
    for codes in (*LISTS.values(), *LISTS_BY_PLACE.values()):
        assert len({code.casefold() for code in codes}) == len(codes)


def test_the_lists_are_of_fields_that_there_are() -> None:
    for place, name in LISTS_BY_PLACE:
        if not place:
            assert name in InvoiceTerms.model_fields
    assert {"country_code"} <= set(known_names(DocumentInput, ["buyer", "postal_address"]))
    assert set(known_names(DocumentInput, ["buyer"])) >= VAT_IDENTIFIERS


def test_a_lower_case_country_gets_its_vat() -> None:
    body = {
        "seller": {"name": "S", "vat_id": "si12345679", "country_code": "si"},
        "customer": {"name": "B", "country_code": "si"},
        "currency": "eur",
        "items": [{"name": "Work", "quantity": 1, "unit": "hur", "price": "10"}],
    }
    read = read_json(json.dumps(body).encode(), AROUND)
    assert [finding.rule for finding in read.findings] == ["BR-02"]
    (line,) = read.invoice.lines
    assert (line.unit_code, line.vat_category_code, line.vat_rate) == ("HUR", "S", Decimal(22))
    assert read.invoice.totals.total_with_vat == Decimal("12.20")


def test_the_canonical_invoice_keeps_its_codes() -> None:
    document = invoice().model_dump(mode="json", exclude_none=True)
    document["currency_code"] = "eur"
    document["buyer"]["postal_address"]["country_code"] = "de"
    read = read_json(json.dumps(document).encode())
    assert not read.completed
    assert read.invoice.model_dump(mode="json", exclude_none=True) == document
