"""The mistakes that platforms make: their developers are told where, which rule, what to do."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formats.explain import json_patch
from formats.findings import Finding
from formats.validation.rules import CompiledRules
from gateway.compliance.validation import Validator
from gateway.explanations.service import mend, opened
from gateway.validations.judged import Asked, Judged
from gateway.validations.service import judge
from schemas import Catalog
from tests.kept_rules import store

pytestmark = pytest.mark.official

ASKED = Asked(datetime.date(2026, 11, 21))

PARTY = {
    "vat_id": "DE123456788",
    "address": "Hauptstr. 1",
    "city": "Berlin",
    "post_code": "10115",
    "country_code": "DE",
    "electronic_address": {"value": "DE123456788", "scheme_identifier": "9930"},
}

ROW = {
    "category_code": "S",
    "category_rate": "19",
    "category_taxable_amount": "120.00",
    "category_tax_amount": "22.80",
}

BODY: dict[str, Any] = {
    "number": "R-1",
    "issue_date": "2026-11-20",
    "due_date": "2026-12-20",
    "currency": "EUR",
    "buyer_reference": "04011000-12345-03",
    "seller": {
        **PARTY,
        "name": "Verkauf GmbH",
        "contact_name": "Anna",
        "phone": "+49 30 1234567",
        "email": "a@verkauf.example",
    },
    "customer": {**PARTY, "name": "Kauf GmbH"},
    "items": [
        {"name": "Stuhl", "quantity": 2, "unit": "C62", "price": "10.00", "vat_rate": "19"},
        {"name": "Tisch", "quantity": 1, "unit": "C62", "price": "100.00", "vat_rate": "19"},
    ],
    "payment_instructions": {
        "payment_means_type_code": "58",
        "credit_transfers": [{"payment_account_identifier": "DE02120300000000202051"}],
    },
    "vat_breakdown": [ROW],
    "totals": {
        "sum_of_line_net_amounts": "120.00",
        "total_without_vat": "120.00",
        "total_vat": "22.80",
        "total_with_vat": "142.80",
        "amount_due": "142.80",
    },
    "delivery_date": "2026-11-19",
}

XRECHNUNG = ("/profile", "xrechnung-ubl")
EXEMPT: tuple[tuple[str, Any], ...] = (
    ("/vat_breakdown", None),
    ("/totals", None),
    ("/items/0/vat_category_code", "E"),
    ("/items/0/vat_rate", "0"),
)


@dataclass(frozen=True)
class Mistake:
    """What is wrong: places with their values, None for what is left out."""

    values: tuple[tuple[str, Any], ...]
    rule: str
    pointer: str
    mended: bool = False
    fatal: bool = True

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON
        """The body with the mistake in it."""
        body: Any = BODY
        for path, value in self.values:
            operation = {"op": "add", "path": path, "value": value}
            if value is None:
                operation = {"op": "remove", "path": path}
            body = json_patch.apply(body, [operation])
        return body


MISTAKES = {
    "no buyer reference": Mistake(
        (XRECHNUNG, ("/buyer_reference", None)), "BR-DE-15", "/buyer_reference"
    ),
    "no seller VAT identifier": Mistake((("/seller/vat_id", None),), "BR-S-02", "/seller/vat_id"),
    "a cent in the total": Mistake(
        (("/totals/total_with_vat", "142.81"),), "BR-CO-15", "/totals/total_with_vat", mended=True
    ),
    "a cent in the VAT": Mistake(
        (("/totals/total_vat", "22.81"),), "BR-CO-14", "/totals/total_vat", mended=True
    ),
    "rate 0 of category S": Mistake(
        (("/items/0/vat_category_code", "S"), ("/items/0/vat_rate", "0")),
        "BR-S-05",
        "/items/0/vat_rate",
        mended=True,
    ),
    "country by another name": Mistake(
        (("/customer/country_code", "DEU"),), "BR-CL-14", "/customer/country_code", mended=True
    ),
    "no such country": Mistake(
        (("/customer/country_code", "XX"),), "BR-CL-14", "/customer/country_code"
    ),
    "no endpoint": Mistake(
        (("/customer/electronic_address", None),),
        "PEPPOL-EN16931-R010",
        "/customer/electronic_address",
    ),
    "no such unit": Mistake((("/items/0/unit", "XYZ1"),), "BR-CL-23", "/items/0/unit"),
    "currency by its name": Mistake(
        (("/currency", "EURO"),), "BR-CL-04", "/currency", mended=True
    ),
    "no such currency": Mistake((("/currency", "EUX"),), "BR-CL-04", "/currency"),
    "nothing says when to pay": Mistake(
        (("/due_date", None),), "BR-CO-25", "/due_date", fatal=False
    ),
    "a line is not quantity times price": Mistake(
        (("/items/0/net_amount", "21.00"), ("/items/1/net_amount", "100.00")),
        "PEPPOL-EN16931-R120",
        "/items/0/net_amount",
        mended=True,
    ),
    "the sum is not that of the lines": Mistake(
        (("/totals/sum_of_line_net_amounts", "121.00"),),
        "BR-CO-10",
        "/totals/sum_of_line_net_amounts",
        mended=True,
    ),
    "what was paid is still due": Mistake(
        (("/totals/paid_amount", "42.80"),), "BR-CO-16", "/totals/amount_due"
    ),
    "no reason for the exemption": Mistake(EXEMPT, "BR-E-10", "/vat_exemptions"),
    "a wrong IBAN": Mistake(
        (("/payment_instructions/credit_transfers/0/payment_account_identifier", "DE0212030"),),
        "DE-R-019",
        "/payment_instructions/credit_transfers/0/payment_account_identifier",
        fatal=False,
    ),
    "a row of the breakdown twice": Mistake(
        (("/vat_breakdown/-", ROW),), "BR-CO-14", "/totals/total_vat", mended=True
    ),
    "a correction of nothing": Mistake(
        (XRECHNUNG, ("/type_code", "384")),
        "BR-DE-26",
        "/preceding_invoice_references",
        fatal=False,
    ),
    "a negative price": Mistake((("/items/0/price", "-10.00"),), "BR-27", "/items/0/price"),
    "three decimals": Mistake(
        (("/totals/amount_due", "142.801"),), "BR-DEC-18", "/totals/amount_due", mended=True
    ),
    "no such scheme": Mistake(
        (("/seller/electronic_address/scheme_identifier", "9999"),),
        "BR-CL-25",
        "/seller/electronic_address/scheme_identifier",
    ),
    "a date as people write it": Mistake(
        (("/issue_date", "20.11.2026"),), "BODY-VALUE", "/issue_date", mended=True
    ),
    "an amount with a comma": Mistake(
        (("/items/0/price", "10,00"),), "BODY-VALUE", "/items/0/price", mended=True
    ),
    "no line": Mistake((("/items", []),), "BR-16", "/items"),
}


@pytest.fixture(scope="module")
def validator(official: Path) -> Validator:
    return Validator(Catalog((official,)), CompiledRules(store()))


def _judged(body: object, validator: Validator) -> Judged:
    return judge(json.dumps(body).encode(), ASKED, validator)


def test_without_a_mistake_it_is_valid(validator: Validator) -> None:
    assert _judged(BODY, validator).report.findings == ()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_body_is_told_field_rule_and_remedy(validator: Validator, name: str) -> None:
    mistake = MISTAKES[name]
    judged = _judged(mistake.body, validator)
    assert bool(judged.report.fatal) is mistake.fatal
    assert mistake.pointer in {
        found.pointer for found in judged.report.findings if found.rule == mistake.rule
    }
    for found in judged.report.findings:
        assert found.fix, found
        assert found.pointer is not None, found
        assert found.pointer or found.rule.startswith("XSD-"), found
    mended = mend(opened(json.dumps(mistake.body).encode(), ASKED, validator), ASKED, validator)
    assert (mended is not None) is mistake.mended
    assert mended is None or mended.judged.valid


@pytest.mark.parametrize(
    "name", [name for name, mistake in MISTAKES.items() if mistake.rule != "BODY-VALUE"]
)
def test_xml_is_told_term_line_rule_and_remedy(validator: Validator, name: str) -> None:
    mistake = MISTAKES[name]
    written = _judged(mistake.body, validator).xml
    assert written is not None
    judged = judge(written, ASKED, validator)
    assert bool(judged.report.fatal) is mistake.fatal
    for found in judged.report.findings:
        assert found.fix, found
        assert found.term or found.rule.startswith("XSD-"), found
        assert found.pointer or _has_place(found), found
    assert any(map(_has_place, judged.report.findings)) or not mistake.fatal


def _has_place(finding: Finding) -> bool:
    return finding.location is not None and finding.line is not None
