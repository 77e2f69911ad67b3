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


def test_everything_that_does_is_said_at_once() -> None:
    late = PrecedingInvoiceReference(reference="A-1")
    known = PrecedingInvoiceReference(reference="A-2")
    found = findings(
        invoice(
            issue_date=TODAY + datetime.timedelta(days=1),
            preceding_invoice_references=[known, late],
        ),
        issuer=Seller(),
        today=TODAY,
        unnumbered={"A-1"},
    )
    assert [(one.rule, one.pointer) for one in found] == [
        ("PL-30", "/seller/vat_identifier"),
        ("PL-31", "/issue_date"),
        ("PL-32", "/preceding_invoice_references/1/reference"),
    ]
    assert {one.rule for one in found} == set(RULES)
