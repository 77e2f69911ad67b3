"""VAT is filled in where the law leaves no doubt, and asked for everywhere else."""

import datetime
from decimal import Decimal

import pytest

from countries.registry import country
from formats.en16931.line import Line
from gateway.tax.determination import determine

DAY = datetime.date(2026, 11, 21)


def _line(**terms: object) -> Line:
    return Line.model_validate({"item_name": "Bread", **terms})


@pytest.mark.parametrize(
    ("code", "day", "rate"),
    [
        ("SI", DAY, Decimal(22)),
        ("DE", DAY, Decimal(19)),
        ("DE", datetime.date(2020, 7, 1), Decimal(16)),
        ("DE", datetime.date(2020, 12, 31), Decimal(16)),
        ("DE", datetime.date(2021, 1, 1), Decimal(19)),
        ("BE", DAY, Decimal(21)),
        ("NL", DAY, Decimal(21)),
    ],
)
def test_a_domestic_line_without_vat_gets_the_standard_rate_of_the_day(
    code: str, day: datetime.date, rate: Decimal
) -> None:
    found = determine((_line(),), seller_country=country(code), buyer_country_code=code, day=day)
    assert [(line.vat_category_code, line.vat_rate) for line in found.lines] == [("S", rate)]
    assert found.findings == ()


def test_a_rate_above_zero_is_category_s() -> None:
    line = _line(vat_rate="9.5")
    found = determine((line,), seller_country=None, buyer_country_code="DE", day=DAY)
    assert found.lines[0].vat_category_code == "S"


def test_what_the_caller_says_stays() -> None:
    line = _line(vat_category_code="AE", vat_rate="0")
    found = determine((line,), seller_country=country("SI"), buyer_country_code="SI", day=DAY)
    assert found.lines == (line,)


@pytest.mark.parametrize(
    ("line", "buyer"),
    [(_line(), "DE"), (_line(vat_rate="0"), "SI"), (_line(vat_rate="0"), None)],
)
def test_what_is_not_certain_is_asked_for(line: Line, buyer: str | None) -> None:
    found = determine((line,), seller_country=country("SI"), buyer_country_code=buyer, day=DAY)
    assert [finding.rule for finding in found.findings] == ["GW-01"]
    assert found.findings[0].pointer == "/lines/0/vat_category_code"
    assert found.lines[0].vat_category_code is None
