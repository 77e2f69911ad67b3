"""A clash is two demands without a common value; it names both, and the values of each side."""

from decimal import Decimal

import pytest

from formats.en16931.clash import Clash, Demand
from formats.findings import Flag
from tests.formats.samples import completed


def _clash(wanted: str, *prevailing: str) -> Clash:
    return Clash(
        rule="GW-07",
        flag=Flag.FATAL,
        pointer="/lines/0",
        term="BT-116",
        wanted=Demand("A", "one thing", (Decimal(wanted),)),
        prevailing=Demand("B", "another", tuple(map(Decimal, prevailing))),
        fix="Choose.",
    )


def test_a_clash_becomes_a_finding_that_names_both_sides() -> None:
    finding = _clash("3", "2", "4").finding()
    assert finding.message == (
        "A (one thing) allows 3, but B (another) allows 2 or 4: both cannot hold."
    )
    assert (finding.rule, finding.flag, finding.fix) == ("GW-07", Flag.FATAL, "Choose.")


def test_demands_that_agree_on_a_value_do_not_clash() -> None:
    with pytest.raises(ValueError, match="A and B do not clash"):
        _clash("2.00", "2", "4")


_LINE = {
    "invoiced_quantity": "1",
    "item_net_price": "33.35",
    "vat_category_code": "S",
    "vat_rate": "10",
}


def test_half_a_yen_clashes_with_the_exactness_peppol_wants() -> None:
    charge = {"percentage": "10", "reason": "x"} | {"vat_category_code": "S", "vat_rate": "10"}
    line = _LINE | {"allowances": [{"base_amount": "5", "percentage": "50", "reason": "x"}]}
    result = completed(currency_code="JPY", lines=[line], document_level_charges=[charge])
    found = {clash.pointer: clash for clash in result.clashes}
    assert {pointer: clash.wanted.rule for pointer, clash in found.items()} == {
        "/lines/0/net_amount": "PEPPOL-EN16931-R120",
        "/lines/0/allowances/0/amount": "PEPPOL-EN16931-R040",
    }
    line_amount = found["/lines/0/net_amount"]
    assert line_amount.wanted.values == (Decimal("30.35"),)  # 33.35 - 3
    assert line_amount.prevailing.values == (Decimal(30),)
    assert {(item.rule, item.flag) for item in result.findings} == {("GW-08", Flag.WARNING)}


@pytest.mark.parametrize(
    ("currency", "price"), [("JPY", "33"), ("EUR", "33.335"), ("KWD", "1.125")]
)
def test_amounts_of_the_currency_do_not_clash(currency: str, price: str) -> None:
    result = completed(currency_code=currency, lines=[_LINE | {"item_net_price": price}])
    assert result.clashes == ()


def test_an_amount_that_is_simply_wrong_is_no_clash() -> None:
    line = _LINE | {"net_amount": "35"}
    assert completed(currency_code="JPY", lines=[line]).clashes == ()
