"""What stands in the way of an invoice on its way to KSeF."""

import datetime

import pytest

from countries.pl.issuing import RULES, findings, nip_of
from formats.en16931 import Invoice
from formats.en16931.model import PrecedingInvoiceReference
from formats.en16931.party import Buyer, Seller

TODAY = datetime.date(2026, 11, 22)
SELLER = Seller(vat_identifier="PL5265877635")


def invoice(**changes: object) -> Invoice:
    return Invoice.model_validate(
        {"issue_date": TODAY, "seller": {}, "buyer": {}, "totals": {}, **changes}
    )


@pytest.mark.parametrize(
    ("party", "nip"),
    [
        (SELLER, "5265877635"),
        (Seller(tax_registration_identifier="526-587-76-35"), "5265877635"),
        (Seller(vat_identifier="DE123456789"), None),
        (Seller(), None),
        (Buyer(vat_identifier="PL5260250274"), "5260250274"),
        (Buyer(vat_identifier="PL0260250274"), None),
    ],
)
def test_a_nip_is_ten_digits_with_or_without_its_country(
    party: Seller | Buyer, nip: str | None
) -> None:
    assert nip_of(party) == nip


def test_nothing_stands_in_the_way_of_an_ordinary_invoice() -> None:
    assert findings(invoice(), issuer=SELLER, today=TODAY) == ()


def line(net: str, *, was: bool = False) -> dict[str, object]:
    marked = {"extensions": {"poland": {"stan_przed": "1"}}} if was else {}
    return {"net_amount": net, **marked}


@pytest.mark.parametrize(
    ("code", "lines", "pointers"),
    [
        ("384", [line("100")], ["/lines"]),
        ("384", [line("100"), line("-10")], ["/lines"]),
        ("384", [line("-100", was=True), line("110")], []),
        ("384", [line("-100")], []),
        ("384", [line("-1", was=True), line("100", was=True)], ["/lines/1/net_amount"]),
        ("380", [line("100")], []),
        ("381", [line("100")], []),
    ],
)
def test_a_corrective_invoice_shows_what_was(
    code: str, lines: list[dict[str, object]], pointers: list[str]
) -> None:
    found = findings(invoice(type_code=code, lines=lines), issuer=SELLER, today=TODAY)
    assert [(one.rule, one.pointer) for one in found] == [("PL-33", at) for at in pointers]


def test_what_is_said_to_be_a_correction_is_one_whatever_its_code() -> None:
    said = {"poland": {"fa": {"rodzaj_faktury": "KOR_ZAL"}}}
    found = findings(
        invoice(type_code="386", lines=[line("100")], extensions=said), issuer=SELLER, today=TODAY
    )
    assert [one.rule for one in found] == ["PL-33"]


def test_what_ksef_refused_is_waited_for_by_nobody() -> None:
    named = PrecedingInvoiceReference(reference="A-1")
    (found,) = findings(
        invoice(preceding_invoice_references=[named]),
        issuer=SELLER,
        today=TODAY,
        unnumbered={"A-1"},
        refused={"A-1"},
    )
    assert (found.rule, (found.fix or "").split()[0]) == ("PL-32", "Void")


@pytest.mark.parametrize(
    ("buyer", "pointers"),
    [
        (
            {"legal_registration_identifier": {"value": "7010002139"}},
            ["/buyer/legal_registration_identifier/value"],
        ),
        (
            {"identifier": {"value": "PL7010002139", "scheme_identifier": "9945"}},
            ["/buyer/identifier/value"],
        ),
        (
            {"electronic_address": {"value": "7010002139", "scheme_identifier": "9945"}},
            ["/buyer/electronic_address/value"],
        ),
        ({"identifier": {"value": "7010002139"}}, []),
        ({"legal_registration_identifier": {"value": "7010002130"}}, []),
        ({"legal_registration_identifier": {"value": "0000123456"}}, []),
        ({"vat_identifier": "PL7010002139", "identifier": {"value": "7010002139"}}, []),
    ],
)
def test_a_polish_buyer_is_told_by_his_nip(buyer: dict[str, object], pointers: list[str]) -> None:
    there = {"postal_address": {"country_code": "PL"}}
    found = findings(invoice(buyer=buyer | there), issuer=SELLER, today=TODAY)
    assert [(one.rule, one.pointer) for one in found] == [("PL-34", at) for at in pointers]
    abroad = {"postal_address": {"country_code": "DE"}}
    assert findings(invoice(buyer=buyer | abroad), issuer=SELLER, today=TODAY) == ()


def test_everything_that_does_is_said_at_once() -> None:
    late = PrecedingInvoiceReference(reference="A-1")
    known = PrecedingInvoiceReference(reference="A-2")
    found = findings(
        invoice(
            issue_date=TODAY + datetime.timedelta(days=1),
            preceding_invoice_references=[known, late],
            type_code="384",
            lines=[line("100")],
            buyer={
                "postal_address": {"country_code": "PL"},
                "legal_registration_identifier": {"value": "7010002139"},
            },
        ),
        issuer=Seller(),
        today=TODAY,
        unnumbered={"A-1"},
    )
    assert [(one.rule, one.pointer) for one in found] == [
        ("PL-30", "/seller/vat_identifier"),
        ("PL-31", "/issue_date"),
        ("PL-32", "/preceding_invoice_references/1/reference"),
        ("PL-33", "/lines"),
        ("PL-34", "/buyer/legal_registration_identifier/value"),
    ]
    assert {one.rule for one in found} == set(RULES)
