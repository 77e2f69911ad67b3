"""Rules of XRechnung that one syntax alone has: sub lines and third parties, prices in CII."""

from pathlib import Path

import pytest

from formats.findings import Flag
from formats.registry import PROFILES
from formats.xrechnung import rules
from tests.formats.rule_sets import Break, Judge, disagreements, specified
from tests.formats.samples import DRAFT, SELLER, completed
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

_LINE = "/lines/0"
_EXTENSIONS = f"{_LINE}/extensions"
_SUB_LINE: dict[str, object] = {
    "identifier": "1.1",
    "invoiced_quantity": "3",
    "unit_code": "HUR",
    "net_amount": "100.05",
    "item_net_price": "33.35",
    "item_name": "Consulting",
    "vat_category_code": "S",
    "vat_rate": "22",
}
_THIRD = {"identifier": "toll", "amount": "1.00", "instruction": "road toll"}
_UNTAXED: dict[str, object] = {"vat_category_code": None, "vat_rate": None}


def _third(**changes: object) -> dict[str, object]:
    return {
        "/extensions": {"prepayments": [_THIRD | changes]},
        "/totals/amount_due": "122.06" if changes.get("amount", 1) is None else "123.06",
    }


def _sub_lines(*lines: dict[str, object]) -> dict[str, object]:
    return {_EXTENSIONS: {"sub_lines": list(lines)}}


_DEEPER: dict[str, object] = _SUB_LINE | {
    "extensions": {"sub_lines": [_SUB_LINE | {"net_amount": "1.00"}]}
}

_UBL = (
    Break("BR-DEX-09", {"/totals/amount_due": "1.00"}, "/totals/amount_due"),
    Break("BR-DEX-09", {"/totals/paid_amount": "1.00"}),
    Break("", _third()),
    Break("BR-DEX-09", _third() | {"/totals/amount_due": "122.06"}),
    Break("BR-DEX-10", _third(identifier=None), "/extensions/prepayments/0/identifier"),
    Break("BR-DEX-11", _third(amount=None), "/extensions/prepayments/0/amount"),
    Break("BR-DEX-12", _third(instruction=None)),
    Break("BR-DEX-13", _third(amount="1.000")),
    Break("", _sub_lines(_SUB_LINE)),
    Break("BR-DEX-02", _sub_lines(_SUB_LINE, _SUB_LINE), "/lines/0/net_amount"),
    Break("BR-DEX-02", _sub_lines(_DEEPER), "/lines/0/extensions/sub_lines/0/net_amount"),
    Break(
        "BR-DEX-03",
        _sub_lines(_SUB_LINE | _UNTAXED),
        "/lines/0/extensions/sub_lines/0/vat_category_code",
    ),
)
_BASE, _GROSS_BASE = f"{_LINE}/item_price_base_quantity", "item_gross_price_base_quantity"
_GROSS = {f"{_LINE}/item_gross_price": "33.35", _BASE: "1"}
_CII = (
    Break("", {f"{_LINE}/item_gross_price": "33.35"}),
    Break("PEPPOL-EN16931-R046", {f"{_LINE}/item_gross_price": "33.36"}),
    Break("", _GROSS | {_EXTENSIONS: {_GROSS_BASE: "1"}}),
    Break(
        "BR-TMP-3",
        _GROSS | {_EXTENSIONS: {_GROSS_BASE: "2"}},
        f"/lines/0/extensions/{_GROSS_BASE}",
    ),
    Break(
        "BR-DEX-15",
        {_EXTENSIONS: {"parent_line_identifier": "9"}},
        "/lines/0/extensions/parent_line_identifier",
    ),
)


@pytest.mark.parametrize(
    ("profile_id", "breaks"),
    [("xrechnung-extension-ubl", _UBL), ("xrechnung-extension-cii", _CII)],
)
def test_a_broken_invoice_breaks_the_same_rule_for_both(
    profile_id: str, breaks: tuple[Break, ...], official: Path, saxon: SaxonOracle
) -> None:
    profile = PROFILES[profile_id]
    contact = {"point": "Ana", "telephone_number": "+386 1 234", "email_address": "a@example.org"}
    address = {"city": "Bonn", "post_code": "53111", "country_code": "DE"}
    base = completed(
        seller=SELLER | {"contact": contact},
        buyer=DRAFT["buyer"] | {"postal_address": address},
        delivery_information={"actual_delivery_date": "2026-11-19"},
    ).invoice
    judge = Judge(profile, profile.rules[-1], rules.RULES, profile.rule_sets[-1], official, saxon)
    assert list(disagreements(judge, specified(base, profile), breaks)) == []


def test_when_it_was_delivered_is_only_mentioned() -> None:
    base = completed(delivery_information={"invoicing_period": {}}).invoice
    found = {finding.rule: finding for finding in rules.check(base)}
    assert found["BR-DE-TMP-32"].flag is Flag.INFORMATION
    assert found["BR-DE-TMP-32"].pointer == "/delivery_information/actual_delivery_date"
