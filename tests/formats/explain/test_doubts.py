"""Amounts that have another reading as good get no patch, and the fix names that reading.

One line of 299.70 at 19 %: VAT 56.94, total 356.64.
"""

from typing import Any

import pytest

from formats.en16931.model import Invoice
from formats.explain.repair import with_repairs
from formats.explain.repair.engine import judge_of
from formats.findings import Finding
from tests.formats.explain.sources import PEPPOL
from tests.formats.samples import changed, invoice

_LINE = {
    "invoiced_quantity": "3",
    "unit_code": "C62",
    "item_net_price": "99.90",
    "vat_category_code": "S",
    "vat_rate": "19",
    "item_name": "Screws",
}


def _invoice(rate: str = "19", **values: str) -> Invoice:
    made = invoice(lines=[_LINE | {"vat_rate": rate}])
    for name, value in values.items():
        place = f"/vat_breakdown/0/{name}" if name.startswith("category") else f"/totals/{name}"
        made = changed(made, place, value)
    return made


def _found(wrong: Invoice, rule: str, language: str = "en") -> Finding:
    found = with_repairs(judge_of(PEPPOL)(wrong), wrong, profile=PEPPOL, language=language)
    assert not any(one.patch for one in found if one.rule.startswith("BR-")), found
    return next(one for one in found if one.rule == rule)


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "es", "sl"])
@pytest.mark.parametrize(
    ("values", "rule", "says"),
    [
        (  # the amounts are those of 19 %, the rate is not
            {
                "rate": "20",
                "category_tax_amount": "56.94",
                "total_vat": "56.94",
                "total_with_vat": "356.64",
                "amount_due": "356.64",
            },
            "BR-CO-17",
            "19",
        ),
        ({"amount_due": "357.00"}, "BR-CO-16", "0.36"),
        ({"amount_due": "356.65"}, "BR-CO-16", "0.01"),
        ({"amount_due": "356.60"}, "BR-CO-16", "-0.04"),
        ({"amount_due": "356.50"}, "BR-CO-16", "-0.14"),
        (
            {
                "total_without_vat": "304.70",
                "total_with_vat": "361.64",
                "amount_due": "361.64",
            },
            "BR-CO-13",
            "+5.00",
        ),
        ({"total_with_vat": "345.94", "amount_due": "345.94"}, "BR-CO-15", "-10.70"),
        ({"amount_due": "345.94"}, "BR-CO-16", "10.70"),
        ({"paid_amount": "356.64", "amount_due": "356.64"}, "BR-CO-16", "356.64"),
        ({"amount_due": "360.97"}, "BR-CO-16", "+4.33"),
    ],
)
def test_another_reading_is_named_and_nothing_is_patched(
    values: dict[str, Any], rule: str, says: str, language: str
) -> None:
    fix = _found(_invoice(**values), rule, language).fix
    assert fix is not None
    assert f" {says}" in fix


def test_vat_of_a_category_without_vat_is_not_taken_off() -> None:
    wrong = invoice(
        lines=[_LINE, _LINE | {"vat_category_code": "AE", "vat_rate": "0"}],
        vat_exemptions=[{"category_code": "AE", "code": "VATEX-EU-AE"}],
    )
    at = next(n for n, row in enumerate(wrong.vat_breakdown) if row.category_code == "AE")
    wrong = changed(wrong, f"/vat_breakdown/{at}/category_tax_amount", "20.98")
    for name, value in (("total_vat", "77.92"), ("total_with_vat", "677.32")):
        wrong = changed(wrong, f"/totals/{name}", value)
    wrong = changed(wrong, "/totals/amount_due", "677.32")
    assert " 7 % " in (_found(wrong, "BR-AE-09").fix or "")


@pytest.mark.parametrize("tax", ["0.00", "56.94"])
def test_a_row_that_contradicts_the_lines_gets_no_reason(tax: str) -> None:
    wrong = _invoice(category_code="AE", category_rate="0", category_tax_amount=tax)
    assert _found(wrong, "BR-AE-10").patch == ()


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"amount_due": "356.63"}, "/totals/amount_due"),
        ({"total_with_vat": "361.64"}, "/totals/total_with_vat"),
        ({"total_with_vat": "356.63", "amount_due": "356.63"}, "/totals/total_with_vat"),
        ({"category_tax_amount": "55.94"}, "/vat_breakdown/0/category_tax_amount"),
    ],
)
def test_one_amount_against_the_others_is_still_mended(values: dict[str, str], path: str) -> None:
    wrong = _invoice(**values)
    found = with_repairs(judge_of(PEPPOL)(wrong), wrong, profile=PEPPOL)
    changes = [change for one in found for change in one.patch if change["op"] == "replace"]
    assert path in {change["path"] for change in changes}
    for one in found:  # the words do what the patch does, whatever the rule would have said
        for change in one.patch:
            if change["op"] == "replace":
                assert str(change["value"]) in (one.fix or "").replace(",", "").split(" ") or (
                    f"{change['value']}." in (one.fix or "")
                )
