"""What is written fits the schema, whatever the invoice says beside what Facturae needs."""

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from formats.en16931.comparison import differences
from formats.en16931.model import Invoice
from formats.facturae import read, write
from formats.facturae.rules import RULES, check
from tests.formats.facturae.spanish import violations
from tests.formats.samples import any_invoices

pytestmark = pytest.mark.official

_LINE = {"invoiced_quantity": "1", "net_amount": "5", "vat_category_code": "S", "vat_rate": "21"}
_ROW = {"category_taxable_amount": "5", "category_tax_amount": "1.05", "category_code": "S"}


def _with_what_is_needed(invoice: Invoice) -> Invoice:
    said = invoice.model_dump()
    said["number"] = (said["number"] or "").strip() or "1"
    said["issue_date"] = said["issue_date"] or datetime.date(2026, 1, 2)
    said |= {"currency_code": "EUR", "vat_accounting_currency_code": None}
    said["lines"] = said["lines"] or [_LINE]
    said["vat_breakdown"] = said["vat_breakdown"] or [_ROW]
    for name, number, country in (("seller", "ESB12345674", "ES"), ("buyer", "FR12345678", "FR")):
        said[name]["vat_identifier"] = number
        if said[name]["postal_address"]:
            said[name]["postal_address"]["country_code"] = country
    if said["extensions"]:
        said["extensions"]["facturae"] = None
    for line in said["lines"]:
        if line.get("extensions"):
            line["extensions"]["facturae"] = None
    return Invoice.model_validate(said)


@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(any_invoices)
def test_whatever_the_invoice_says_the_document_is_valid(official: Path, invoice: Invoice) -> None:
    for one in (invoice, _with_what_is_needed(invoice)):
        content = write(one)
        rules = {finding.rule for finding in check(one)}
        assert rules <= RULES.keys()
        if violations(official, content):
            assert "ES-20" in rules
            assert one is invoice
        elif not rules:
            assert differences(one, read(content)) == ()
