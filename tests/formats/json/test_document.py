"""A file holds the canonical invoice, which stays as it is, or a body, which is completed."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

from formats.en16931.determination import NOWHERE, Place
from formats.findings import Flag
from formats.json.body import BodyRefusedError
from formats.json.document import JsonReading, Surroundings, read_json
from formats.json.parsing import MalformedJsonError
from tests.formats.samples import SELLER, invoice

DAY = datetime.date(2026, 11, 20)
BODY: dict[str, Any] = {
    "seller": {"name": "Seller d.o.o.", "vat_id": "SI12345679", "country_code": "SI"},
    "customer": {"name": "Buyer", "country_code": "SI"},
    "items": [{"name": "Work", "quantity": 1.50, "unit": "hours", "price": "10.01"}],
}


def _place(country: str, day: datetime.date) -> Place:
    return Place(country, Decimal(22)) if (country, day) == ("SI", DAY) else NOWHERE


AROUND = Surroundings(issue_date=DAY, number="DRAFT", place=_place, currency={"SI": "EUR"}.get)


def _read(around: Surroundings | None = AROUND, **changes: object) -> JsonReading:
    return read_json(json.dumps(BODY | changes).encode(), around)


def test_a_body_with_its_seller_is_completed() -> None:
    read = _read()
    found, (line,) = read.invoice, read.invoice.lines
    assert (read.completed, read.profile) == (True, None)
    assert [(item.rule, item.flag) for item in read.findings] == [("BR-02", Flag.WARNING)]
    assert "DRAFT" in read.findings[0].message
    assert (found.number, found.issue_date, found.type_code) == ("DRAFT", DAY, "380")
    assert (found.seller.vat_identifier, found.currency_code) == ("SI12345679", "EUR")
    assert (line.unit_code, line.vat_category_code) == ("HUR", "S")
    assert line.vat_rate == Decimal(22)
    assert (line.identifier, line.net_amount) == ("1", Decimal("15.02"))  # 15.015
    assert found.totals.amount_due == Decimal("18.32")


def test_what_the_body_says_wins_over_its_surroundings() -> None:
    read = _read(number="7", issue_date="2026-01-02", type_code="381", currency="SEK", profile="x")
    found = read.invoice
    assert (found.number, found.issue_date) == ("7", datetime.date(2026, 1, 2))
    assert (found.type_code, found.currency_code, read.profile) == ("381", "SEK", "x")
    assert [finding.rule for finding in read.findings] == ["GW-01"]  # no rate of that day
    assert read.pointers.as_sent(read.findings[0].pointer or "") == "/items/0/vat_category_code"


def test_nothing_is_made_up_without_surroundings() -> None:
    found = _read(None).invoice
    assert (found.number, found.issue_date, found.currency_code) == (None, None, None)


def test_names_of_totals_notes_and_document_level_amounts_have_a_short_form() -> None:
    found = _read(
        notes=["One", {"note": "Two", "subject_code": "AAI"}],
        charges=[{"amount": "1.00", "reason": "Post"}],
        allowances=[{"percentage": 10, "reason": "Friend"}],
        paid_amount="5",
        rounding_amount="-0.01",
        vat_accounting_currency_code="SEK",
        exchange_rate="11.50",
    ).invoice
    assert [(note.subject_code, note.note) for note in found.notes] == [
        (None, "One"),
        ("AAI", "Two"),
    ]
    # 15.02 + 1.00 - 1.50 = 14.52, VAT 3.19
    assert found.totals.total_with_vat == Decimal("17.71")
    assert found.totals.amount_due == Decimal("12.70")
    assert found.totals.total_vat_in_accounting_currency == Decimal("36.69")  # 36.685


def test_the_canonical_invoice_stays_as_it_is() -> None:
    odd = invoice(notes=[{"note": "#AAI#stays"}]).model_dump(mode="json", exclude_none=True)
    odd["notes"] = [{"note": "#AAI#stays"}]
    odd["totals"]["amount_due"] = "1.00"
    read = read_json(json.dumps(odd).encode(), AROUND)
    assert (read.completed, read.findings) == (False, ())
    assert read.invoice.model_dump(mode="json", exclude_none=True) == odd


def test_an_invoice_without_lines_has_nothing_to_compute_from() -> None:
    document = invoice().model_dump(mode="json", exclude_none=True)
    del document["lines"], document["vat_breakdown"], document["totals"]["sum_of_line_net_amounts"]
    read = read_json(json.dumps(document).encode())
    assert (read.completed, read.findings) == (False, ())
    assert read.invoice.totals.sum_of_line_net_amounts is None


def test_an_invoice_without_totals_is_completed() -> None:
    document = invoice().model_dump(mode="json", exclude_none=True)
    del document["totals"], document["vat_breakdown"]
    read = read_json(json.dumps(document).encode())
    assert read.completed
    assert read.invoice == invoice()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"seller": None}, "/seller"),
        ({"seller": {"vat_id": "SI1", "vat_identifier": "SI1"}}, "/seller/vat_id"),
        ({"seller": {"colour": "red"}}, "/seller/colour"),
        ({"items": [{"price": "x"}]}, "/items/0/price"),
        ({"notes": [7]}, "/notes/0"),
        ({"notes": ["\u0000"]}, "/notes/0"),
    ],
)
def test_another_shape_is_refused_at_its_place(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BodyRefusedError) as caught:
        _read(**changes)
    assert pointer in [place for place, _ in caught.value.parts]


def test_a_body_without_seller_is_refused() -> None:
    body = {name: value for name, value in BODY.items() if name != "seller"}
    with pytest.raises(BodyRefusedError) as caught:
        read_json(json.dumps(body).encode(), AROUND)
    assert caught.value.parts == [("/seller", "is required")]


@pytest.mark.parametrize("content", [b"", b"[]", b'"x"'])
def test_what_is_no_object_is_refused(content: bytes) -> None:
    with pytest.raises((BodyRefusedError, MalformedJsonError)):
        read_json(content)


def test_malformed_json_says_where() -> None:
    with pytest.raises(MalformedJsonError) as caught:
        read_json(b'{"a": 1,\n "a": 2}')
    assert (caught.value.line, caught.value.column, caught.value.offset) == (2, 2, 10)


def test_the_seller_of_the_samples_is_one_of_a_body_too() -> None:
    assert _read(seller=SELLER).invoice.seller.electronic_address is not None
