"""What passes the official rules by their slack is shown by ours, and stops nothing."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.cii.profile import EN16931_CII
from formats.en16931.model import Invoice
from formats.findings import Finding, Flag
from formats.profile import Profile
from formats.ubl.profile import EN16931_UBL
from formats.validation.document import Document
from tests.formats.agreement.sides import SIDES, Official, Side
from tests.formats.samples import DRAFT, changed, invoice

pytestmark = pytest.mark.official

_UBL, _CII = (EN16931_UBL, SIDES["EN-UBL"]), (EN16931_CII, SIDES["EN-CII"])
_TAX, _TAXABLE = "category_tax_amount", "category_taxable_amount"
_OFF = ("0.01", "-0.01", "0.50", "0.99", "-0.99")


@pytest.fixture(scope="module")
def rules(official: Path) -> Official:
    return Official(official)


def _of(code: str, rate: str) -> Invoice:
    line = DRAFT["lines"][0] | {"vat_category_code": code, "vat_rate": rate}
    reason = [{"category_code": code, "text": "because"}] if code in {"E", "AE", "G"} else []
    return invoice(lines=[line], vat_exemptions=reason)


def _off(base: Invoice, pointer: str, by: str) -> Invoice:
    """Return an invoice with one amount off, and what follows from it as it follows."""
    place: Any = base.model_dump()
    for step in pointer.strip("/").split("/"):
        place = place[int(step)] if isinstance(place, (list, tuple)) else place[step]
    return changed(base, pointer, f"{place + Decimal(by):f}")


def _judged(
    source: Invoice, how: tuple[Profile, Side], rules: Official
) -> tuple[dict[str, Finding], set[str]]:
    profile, side = how
    ours = {finding.rule: finding for finding in side.check(source)}
    fired = rules.found(side, Document(profile.write(source)))
    return ours, {rule for rule in fired if rule in side.rules}


@pytest.mark.parametrize("by", _OFF)
@pytest.mark.parametrize(("code", "rate"), [("S", "22"), ("L", "7"), ("M", "4")])
@pytest.mark.parametrize("how", [_UBL, _CII], ids=["ubl", "cii"])
def test_a_tax_amount_that_is_off_is_shown(
    how: tuple[Profile, Side], code: str, rate: str, by: str, rules: Official
) -> None:
    source = _off(_of(code, rate), f"/vat_breakdown/0/{_TAX}", by)
    ours, theirs = _judged(source, how, rules)
    assert theirs == {"BR-CO-14"}, "only the total no longer follows from it"
    assert {rule for rule, found in ours.items() if found.flag is Flag.FATAL} == theirs
    shown = ours["GW-11"]
    assert (shown.flag, shown.pointer) == (Flag.WARNING, f"/vat_breakdown/0/{_TAX}")
    assert f"Write {_of(code, rate).vat_breakdown[0].category_tax_amount}," in (shown.fix or "")


@pytest.mark.parametrize("by", _OFF)
@pytest.mark.parametrize(
    ("code", "rate", "how"),
    [
        *(("S", "22", _UBL), ("L", "7", _UBL), ("M", "4", _UBL)),
        *(("Z", "0", _CII), ("E", "0", _CII), ("AE", "0", _CII), ("G", "0", _CII)),
    ],
)
def test_a_taxable_amount_that_is_off_is_shown_where_it_passes(
    how: tuple[Profile, Side], code: str, rate: str, by: str, rules: Official
) -> None:
    source = _off(_of(code, rate), f"/vat_breakdown/0/{_TAXABLE}", by)
    ours, theirs = _judged(source, how, rules)
    assert theirs == set()
    assert [rule for rule, found in ours.items() if found.flag is Flag.FATAL] == []
    assert ours["GW-11"].pointer in {f"/vat_breakdown/0/{_TAXABLE}", f"/vat_breakdown/0/{_TAX}"}


@pytest.mark.parametrize(
    ("code", "rate", "how", "rule"),
    [
        ("S", "22", _CII, "BR-S-08"),
        ("Z", "0", _UBL, "BR-Z-08"),
        ("E", "0", _UBL, "BR-E-08"),
        ("AE", "0", _UBL, "BR-AE-08"),
        ("G", "0", _UBL, "BR-G-08"),
    ],
)
def test_a_taxable_amount_that_must_be_exact_is_refused(
    how: tuple[Profile, Side], code: str, rate: str, rule: str, rules: Official
) -> None:
    ours, theirs = _judged(
        _off(_of(code, rate), f"/vat_breakdown/0/{_TAXABLE}", "0.01"), how, rules
    )
    assert theirs == {rule}
    assert ours[rule].flag is Flag.FATAL
    assert ours[rule].pointer == f"/vat_breakdown/0/{_TAXABLE}"
    assert "GW-11" not in ours


@pytest.mark.parametrize("how", [_UBL, _CII], ids=["ubl", "cii"])
@pytest.mark.parametrize(
    ("field", "broken"),
    [
        ("sum_of_line_net_amounts", {"BR-CO-10", "BR-CO-13"}),
        ("sum_of_allowances", {"BR-CO-11", "BR-CO-13"}),
        ("sum_of_charges", {"BR-CO-12", "BR-CO-13"}),
        ("total_without_vat", {"BR-CO-13", "BR-CO-15"}),
        ("total_vat", {"BR-CO-14", "BR-CO-15"}),
        ("total_with_vat", {"BR-CO-15", "BR-CO-16"}),
        ("amount_due", {"BR-CO-16"}),
    ],
)
def test_sums_have_no_slack(
    how: tuple[Profile, Side], field: str, broken: set[str], rules: Official
) -> None:
    one = {"amount": "1.00", "vat_category_code": "S", "vat_rate": "22", "reason": "x"}
    base = invoice(document_level_allowances=[one], document_level_charges=[one])
    ours, theirs = _judged(_off(base, f"/totals/{field}", "0.01"), how, rules)
    assert set(ours) == theirs == broken


def test_the_amount_of_a_percentage_that_is_off_is_shown() -> None:
    one = {"vat_category_code": "S", "vat_rate": "22", "reason": "x"}
    one |= {"base_amount": "99.90", "percentage": "5"}
    _, side = _UBL
    for amount, shown in (("4.99", False), ("5.00", False), ("5.01", True), ("4.98", True)):
        source = invoice(document_level_allowances=[one | {"amount": amount}])
        found = [each for each in side.check(source) if each.rule == "GW-11"]
        assert [each.pointer for each in found] == ["/document_level_allowances/0/amount"] * shown
