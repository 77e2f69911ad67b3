"""What CIS is told of canonical invoices: categories, credit notes, and what it cannot be told."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.en16931 import Invoice
from formats.hr_cis import InvoiceRequest, Number, read_request, write_request
from formats.hr_cis.mapping import (
    RULES,
    NotFiscalError,
    Till,
    fiscal_invoice,
    local_time,
    misnumbered,
)
from formats.xml import parse
from tests.formats.hr_cis.samples import HEADER, OIB

ISSUED = datetime.datetime(2026, 7, 31, 22, 30, 15, 999, tzinfo=datetime.UTC)  # 1 August there
BUYER = "79517545745"
CASH = [{"payment_means_type_code": "10"}]


def till(**others: Any) -> Till:  # noqa: ANN401 - members of a `Till`
    usual: dict[str, Any] = {
        "numbering": "N",
        "number": Number(sequence="7", premise="P1", device="1"),
        "issued_at": ISSUED,
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
    given_rows = rows or (row("S", "100", "25", "25"),)
    total = sum(
        Decimal(one["category_taxable_amount"]) + Decimal(one["category_tax_amount"])
        for one in given_rows
    )
    return Invoice.model_validate(
        {
            "number": "7/P1/1",
            "issue_date": "2026-08-01",
            "type_code": "380",
            "currency_code": "EUR",
            "seller": {"vat_identifier": f"HR{OIB}", "postal_address": {"country_code": "HR"}},
            "buyer": {"name": "B", "postal_address": {"country_code": "HR"}},
            "totals": {"total_with_vat": str(total), "amount_due": str(total)},
            "vat_breakdown": list(given_rows),
            "payment_instructions": CASH,
        }
        | others
    )


def test_an_invoice_at_all_rates_is_told_by_rate() -> None:
    told = fiscal_invoice(
        invoice(
            row("S", "10", "0.50", "5"),
            row("S", "100", "25", "25"),
            row("S", "100", "13", "13"),
            row("S", "1", "0.25", "25.00"),
            row("Z", "3"),
        ),
        till(operator=BUYER),
    )
    assert [(one.rate, one.base, one.amount) for one in told.vat] == [
        (Decimal(25), Decimal(101), Decimal("25.25")),
        (Decimal(13), Decimal(100), Decimal(13)),
        (Decimal(5), Decimal(10), Decimal("0.50")),
        (Decimal(0), Decimal(3), Decimal(0)),
    ]
    assert (told.total, told.oib, told.in_vat) == (Decimal("252.75"), OIB, True)
    assert (told.operator, told.payment, told.recipient) == (BUYER, "G", None)
    assert told.issued_at.isoformat() == "2026-08-01T00:30:15"
    assert told.zki is None
    assert told.late is False


def test_each_other_category_has_its_place() -> None:
    rows = (
        row("E", "1"),
        row("G", "2"),
        row("K", "4"),
        row("O", "16"),
        row("E", "32", reason="VATEX-EU-D"),
        row("E", "64", reason="vatex-eu-f"),
    )
    told = fiscal_invoice(invoice(*rows), till())
    assert (told.exempt, told.margin, told.not_taxable) == (Decimal(7), Decimal(96), Decimal(16))
    assert told.vat == ()


def test_a_credit_note_is_told_below_zero() -> None:
    told = fiscal_invoice(
        invoice(row("S", "100", "25", "25"), row("O", "5"), row("Z", "0"), type_code="381"), till()
    )
    assert told.total == -130
    assert [one.base for one in told.vat] == [-100, 0]
    assert [one.amount for one in told.vat] == [-25, 0]
    assert told.not_taxable == -5


def test_of_who_is_not_in_the_vat_system_the_total_is_told_alone() -> None:
    seller = {"tax_registration_identifier": OIB, "postal_address": {"country_code": "HR"}}
    told = fiscal_invoice(invoice(row("O", "100"), seller=seller), till())
    assert (told.in_vat, told.oib, told.total) == (False, OIB, Decimal(100))
    assert (told.vat, told.exempt, told.not_taxable) == ((), None, None)


@pytest.mark.parametrize(("code", "rate"), [("S", "25"), ("G", "0"), ("K", "0")])
def test_who_is_not_in_the_vat_system_charges_none(code: str, rate: str) -> None:
    seller = {"tax_registration_identifier": OIB, "postal_address": {"country_code": "HR"}}
    with pytest.raises(NotFiscalError) as caught:
        fiscal_invoice(invoice(row(code, "100", "25", rate), seller=seller), till())
    (found,) = caught.value.findings
    assert (found.rule, found.term) == ("HR-08", "BT-31")
    assert found.pointer == "/vat_breakdown/0/category_code"


@pytest.mark.parametrize(
    ("codes", "way"),
    [
        (["10"], "G"),
        (["48"], "K"),
        (["54"], "K"),
        (["55"], "K"),
        (["30"], "T"),
        (["58"], "T"),
        (["20"], "O"),
        (["ZZZ"], "O"),
        (["10", "48"], "O"),
        (["54", "55"], "K"),
    ],
)
def test_how_it_is_paid_is_told(codes: list[str], way: str) -> None:
    paid = [{"payment_means_type_code": code} for code in codes]
    buyer = {"vat_identifier": f"HR{BUYER}", "postal_address": {"country_code": "HR"}}
    told = fiscal_invoice(invoice(payment_instructions=paid, buyer=buyer), till())
    assert told.payment == way
    assert told.recipient == (None if way == "T" else BUYER)


@pytest.mark.parametrize(
    ("rule", "pointer", "source", "others"),
    [
        ("HR-03", "/currency_code", {"currency_code": "USD"}, {}),
        ("HR-04", "/vat_breakdown/0/category_code", {"rows": [row("AE", "1")]}, {}),
        ("HR-04", "/vat_breakdown/1/category_code", {"rows": [row("S", "1"), row("B", "1")]}, {}),
        ("HR-05", "/number", {"number": "P1-1-7"}, {}),
        ("HR-06", "/issue_date", {"issue_date": "2026-07-31"}, {}),
        ("HR-07", "/payment_instructions", {"payment_instructions": []}, {}),
        ("HR-08", "/totals/total_with_vat", {"totals": {}}, {}),
        (
            "HR-08",
            "/vat_breakdown/0/category_rate",
            {"rows": [row("S", "1") | {"category_rate": None}]},
            {},
        ),
        ("HR-08", None, {"totals": {"total_with_vat": "1.005"}}, {}),
        ("HR-08", None, {"seller": {"vat_identifier": "HR1"}}, {}),
        ("HR-08", None, {}, {"numbering": "A"}),
        ("HR-08", None, {}, {"operator": "1"}),
    ],
)
def test_what_cis_cannot_be_told_is_found(
    rule: str, pointer: str | None, source: dict[str, Any], others: dict[str, Any]
) -> None:
    source = dict(source)
    rows = source.pop("rows", [])
    with pytest.raises(NotFiscalError) as caught:
        fiscal_invoice(invoice(*rows, **source), till(**others))
    assert [(one.rule, one.pointer) for one in caught.value.findings] == [(rule, pointer)]
    assert rule in RULES


def test_all_findings_come_at_once() -> None:
    source = invoice(row("B", "1"), currency_code="USD", number="1", payment_instructions=[])
    with pytest.raises(NotFiscalError) as caught:
        fiscal_invoice(source, till())
    assert [one.rule for one in caught.value.findings] == ["HR-03", "HR-04", "HR-05", "HR-07"]
    assert [one.rule for one in misnumbered(None, "none").findings] == ["HR-05"]


def test_summer_and_winter_have_their_own_time() -> None:
    winter = datetime.datetime(2026, 1, 31, 23, 30, tzinfo=datetime.UTC)
    assert local_time(winter).isoformat() == "2026-02-01T00:30:00"
    with pytest.raises(ValueError, match="zone"):
        local_time(datetime.datetime(2026, 1, 31))  # noqa: DTZ001


money = st.decimals(Decimal(0), Decimal("99999999.99"), places=2)


@given(st.lists(st.tuples(st.sampled_from(["S", "Z", "E", "K", "G", "O"]), money), min_size=1))
def test_what_is_told_adds_up_to_the_invoice(rows: list[tuple[str, Decimal]]) -> None:
    """The authority's own check v166."""
    source = invoice(*(row(code, str(base), rate="25") for code, base in rows))
    told = fiscal_invoice(source, till())
    others = (told.exempt, told.not_taxable)
    parts = [one.base + one.amount for one in told.vat] + [one for one in others if one]
    assert sum(parts) == told.total == source.totals.total_with_vat
    with_mark = InvoiceRequest(header=HEADER, invoice=told)
    assert "ZastKod" not in write_request(with_mark)
    marked = write_request(with_mark).replace("<tns:NakDost>", MARK)
    assert read_request(parse(marked.encode())).invoice.total == told.total


MARK = f"<tns:ZastKod>{'0' * 32}</tns:ZastKod><tns:NakDost>"
