"""What FURS is told of canonical invoices: categories, credit notes, and what it cannot say."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.en16931 import Invoice
from formats.furs import Identifier, InvoiceRequest, ReferenceInvoice, read_json, write_json
from formats.furs.mapping import Till, fiscal_invoice, local_time
from formats.furs.refusals import RULES, NotFiscalError, unregistered
from tests.formats.furs.samples import HEADER

ISSUED = datetime.datetime(2026, 7, 31, 22, 30, 15, 999, tzinfo=datetime.UTC)  # 1 August there
IDENTIFIER = Identifier(premise="P1", device="D1", number="7")


def till(**others: Any) -> Till:  # noqa: ANN401 - members of a `Till`
    usual: dict[str, Any] = {
        "tax_number": "10000011",
        "numbering": "B",
        "identifier": IDENTIFIER,
        "issued_at": ISSUED,
        "operator": "12345678",
    }
    return Till(**usual | others)


def row(code: str, base: str, tax: str = "0", rate: str = "0", reason: str | None = None) -> Any:  # noqa: ANN401
    return {
        "category_code": code,
        "category_taxable_amount": base,
        "category_tax_amount": tax,
        "category_rate": rate,
        "exemption_reason_code": reason,
    }


def invoice(*rows: Any, **others: Any) -> Invoice:  # noqa: ANN401 - JSON
    given_rows = rows or (row("S", "100", "22", "22"),)
    total = sum(
        Decimal(one["category_taxable_amount"]) + Decimal(one["category_tax_amount"])
        for one in given_rows
    )
    return Invoice.model_validate(
        {
            "number": "P1-D1-7",
            "issue_date": "2026-08-01",
            "type_code": "380",
            "currency_code": "EUR",
            "seller": {"name": "S", "postal_address": {"country_code": "SI"}},
            "buyer": {"name": "B", "postal_address": {"country_code": "SI"}},
            "totals": {"total_with_vat": str(total), "amount_due": str(total)},
            "vat_breakdown": list(given_rows),
        }
        | others
    )


EARLIER = ReferenceInvoice(
    identifier=Identifier(premise="P1", device="D1", number="6"),
    issued_at=datetime.datetime(2026, 7, 30, 9, 0, 0),  # noqa: DTZ001 - local time
)


def test_an_invoice_at_all_rates_is_told_by_rate() -> None:
    told = fiscal_invoice(
        invoice(
            row("S", "10", "0.50", "5"),
            row("S", "100", "22", "22"),
            row("S", "100", "9.50", "9.5"),
            row("S", "1", "0.22", "22.00"),
            row("Z", "3"),
            buyer={
                "name": "B",
                "vat_identifier": "SI12345678",
                "postal_address": {"country_code": "SI"},
            },
        ),
        till(),
    )
    assert [(one.rate, one.taxable, one.tax) for one in told.taxes[0].vat] == [
        (Decimal("22.00"), Decimal(101), Decimal("22.22")),
        (Decimal("9.50"), Decimal(100), Decimal("9.50")),
        (Decimal("5.00"), Decimal(10), Decimal("0.50")),
        (Decimal("0.00"), Decimal(3), Decimal("0.00")),
    ]
    assert (told.amount, told.payment) == (Decimal("246.22"), Decimal("246.22"))
    assert told.customer == "SI12345678"
    assert told.issued_at.isoformat() == "2026-08-01T00:30:15"
    assert told.protected_id is None


def test_each_other_category_has_its_place() -> None:
    rows = (
        row("E", "1"),
        row("G", "2"),
        row("K", "4"),
        row("AE", "8"),
        row("O", "16"),
        row("E", "32", reason="VATEX-EU-D"),
        row("E", "64", reason="vatex-eu-f"),
    )
    (taxes,) = fiscal_invoice(invoice(*rows), till()).taxes
    assert (taxes.exempt, taxes.reverse) == (Decimal(7), Decimal(8))
    assert (taxes.not_taxable, taxes.special) == (Decimal(16), Decimal(96))
    assert (taxes.vat, taxes.other_taxes, taxes.seller) == ((), None, None)


@pytest.mark.parametrize(
    ("number", "country", "abroad"),
    [
        ("DE123456789", "DE", True),
        ("DE123456789", "SI", True),  # by its number it is taxed there
        ("SI10000011", "DE", False),
        (None, "CH", True),
        (None, "SI", False),
    ],
)
def test_a_reverse_charge_is_of_article_76a_only_where_the_buyer_owes_it_here(
    number: str | None, country: str, *, abroad: bool
) -> None:
    buyer = {"name": "B", "vat_identifier": number, "postal_address": {"country_code": country}}
    (taxes,) = fiscal_invoice(invoice(row("AE", "100"), buyer=buyer), till()).taxes
    found = (taxes.reverse, taxes.not_taxable)
    assert found == ((None, Decimal(100)) if abroad else (Decimal(100), None))


def test_a_credit_note_is_told_below_zero_with_what_it_corrects() -> None:
    source = invoice(row("S", "100", "22", "22"), row("AE", "5"), type_code="381")
    told = fiscal_invoice(source, till(references=(EARLIER,), returns=Decimal(2)))
    assert (told.amount, told.returns, told.payment) == (Decimal(-127), Decimal(-2), Decimal(-125))
    assert told.taxes[0].vat[0].taxable == -100
    assert told.taxes[0].vat[0].tax == -22
    assert told.taxes[0].reverse == -5
    assert told.references == (EARLIER,)


def test_what_is_paid_is_the_whole_with_its_rounding_or_what_is_said() -> None:
    rounded = invoice(totals={"total_with_vat": "121.98", "rounding_amount": "0.02"})
    assert fiscal_invoice(rounded, till()).payment == 122
    assert fiscal_invoice(rounded, till(payment=Decimal(50))).payment == 50


def test_flags_are_told_only_where_they_are_true() -> None:
    plain = fiscal_invoice(invoice(), till())
    assert (plain.foreign_operator, plain.subsequent) == (None, None)
    late = fiscal_invoice(invoice(), till(operator=None, foreign_operator=True, subsequent=True))
    assert (late.operator, late.foreign_operator, late.subsequent) == (None, True, True)


@pytest.mark.parametrize(
    ("rule", "pointer", "source", "others"),
    [
        ("SI-03", "/currency_code", {"currency_code": "USD"}, {}),
        ("SI-04", "/vat_breakdown/0/category_code", {"rows": [row("L", "1")]}, {}),
        ("SI-04", "/vat_breakdown/1/category_code", {"rows": [row("S", "1"), row("B", "1")]}, {}),
        ("SI-05", "/number", {"number": "2026-7"}, {}),
        ("SI-06", "/issue_date", {"issue_date": "2026-07-31"}, {}),
        ("SI-07", "/preceding_invoice_references", {"type_code": "381"}, {}),
        ("SI-08", "/totals/total_with_vat", {"totals": {}}, {}),
        (
            "SI-08",
            "/vat_breakdown/0/category_rate",
            {"rows": [row("S", "1") | {"category_rate": None}]},
            {},
        ),
        ("SI-08", None, {"totals": {"total_with_vat": "1.005"}}, {}),
        ("SI-08", None, {}, {"tax_number": "SI10000011"}),
        ("SI-08", None, {}, {"numbering": "A"}),
        ("SI-08", None, {}, {"operator": "1"}),
    ],
)
def test_what_furs_cannot_say_is_found(
    rule: str, pointer: str | None, source: dict[str, Any], others: dict[str, Any]
) -> None:
    rows = source.pop("rows", [])
    with pytest.raises(NotFiscalError) as caught:
        fiscal_invoice(invoice(*rows, **source), till(**others))
    assert [(one.rule, one.pointer) for one in caught.value.findings] == [(rule, pointer)]
    assert rule in RULES


def test_all_findings_come_at_once() -> None:
    source = invoice(row("B", "1"), currency_code="USD", number="1", type_code="381")
    with pytest.raises(NotFiscalError) as caught:
        fiscal_invoice(source, till())
    assert [one.rule for one in caught.value.findings] == ["SI-03", "SI-04", "SI-05", "SI-07"]


def test_summer_and_winter_have_their_own_time() -> None:
    winter = datetime.datetime(2026, 1, 31, 23, 30, tzinfo=datetime.UTC)
    assert local_time(winter).isoformat() == "2026-02-01T00:30:00"
    with pytest.raises(ValueError, match="zone"):
        local_time(datetime.datetime(2026, 1, 31))  # noqa: DTZ001


money = st.decimals(Decimal(0), Decimal("99999999.99"), places=2)


@given(
    st.lists(st.tuples(st.sampled_from(["S", "Z", "AE", "E", "K", "G", "O"]), money), min_size=1)
)
def test_what_is_told_adds_up_to_the_invoice(rows: list[tuple[str, Decimal]]) -> None:
    source = invoice(*(row(code, str(base), rate="22") for code, base in rows))
    told = fiscal_invoice(source, till())
    taxes = told.taxes[0]
    others = (taxes.exempt, taxes.reverse, taxes.not_taxable, taxes.special)
    parts = [one.taxable + one.tax for one in taxes.vat] + [one for one in others if one]
    assert sum(parts) == told.amount == source.totals.total_with_vat
    request = InvoiceRequest(header=HEADER, invoice=told)
    assert read_json(write_json(request)) == request


def test_a_premise_that_furs_does_not_know_is_found_at_the_number() -> None:
    (finding,) = unregistered("P1", "it is not declared").findings
    assert (finding.rule, finding.pointer) == ("SI-09", "/number")
