"""What the caller expects must come out, to the cent; a difference stops the invoice."""

import pytest

from formats.findings import Flag
from tests.formats.samples import completed

# the sample: 3 x 33.35 at 22 % = 122.06


@pytest.mark.parametrize("total", ["122.06", "122.060", 122.06])
def test_the_expected_total_passes(total: object) -> None:
    expected = str(total)
    assert completed(expected_total=expected, expected_amount_due=expected).findings == ()


@pytest.mark.parametrize("expected", ["122.05", "122.07", "0", "-122.06"])
def test_another_total_is_refused_with_both_numbers(expected: str) -> None:
    (finding,) = completed(expected_total=expected).findings
    assert (finding.rule, finding.flag) == ("GW-06", Flag.FATAL)
    assert (finding.term, finding.pointer) == ("BT-112", "/expected_total")
    assert "122.06" in finding.message
    assert expected in finding.message


def test_the_amount_due_has_an_expectation_of_its_own() -> None:
    paid = {"paid_amount": "22.06"}
    assert completed(totals=paid, expected_amount_due="100.00").findings == ()
    (finding,) = completed(totals=paid, expected_amount_due="122.06").findings
    assert (finding.rule, finding.term) == ("GW-06", "BT-115")
    assert "100.00, but 122.06 is expected, -22.06 off" in finding.message


def test_with_prices_that_include_vat_the_sum_of_the_prices_is_expected() -> None:
    line = {
        "invoiced_quantity": "3",
        "item_net_price": "19.99",
        "vat_category_code": "S",
        "vat_rate": "22",
    }
    terms = {"lines": [line], "prices_include_vat": True, "rounding_permitted": True}
    assert completed(**terms, expected_total="59.97").findings == ()
    (finding,) = completed(**terms, expected_total="59.96").findings
    assert finding.rule == "GW-06"
    assert "BT-112 + BT-114" in finding.message


def test_nothing_is_compared_with_a_sum_that_has_a_hole() -> None:
    line = {"vat_category_code": "S", "vat_rate": "22", "item_name": "x"}
    findings = completed(lines=[line], expected_total="1").findings
    assert [finding.rule for finding in findings] == ["BR-24"]
