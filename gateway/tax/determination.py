"""Fill in the VAT category and rate that a short invoice leaves out.

Only what the law makes certain is filled in: a domestic sale with nothing said is taxed at the
country's standard rate of the day; a rate above zero is category S. Everything else (reverse
charge, exemption, export) is a claim the seller must make, so it is asked for, not guessed.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from countries.base import Country
from formats.en16931.line import Line
from formats.findings import Finding, Flag

RULE_SET = "gateway.tax:determination"


@dataclass(frozen=True, slots=True)
class Determined:
    """The lines with their VAT filled in, and what could not be filled in."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]


def determine(
    lines: tuple[Line, ...],
    *,
    seller_country: Country | None,
    buyer_country_code: str | None,
    day: datetime.date,
) -> Determined:
    """Return the lines with category (BT-151) and rate (BT-152) filled in where they are certain.

    Args:
        lines: As the caller gave them.
        seller_country: Where the seller is established; None when the country is not declared.
        buyer_country_code: BT-55, ISO 3166-1; None is taken as the seller's country.
        day: The day whose rates apply (tax point).
    """
    findings: list[Finding] = []
    done: list[Line] = []
    for number, line in enumerate(lines):
        if line.vat_category_code is not None:
            done.append(line)
        elif line.vat_rate is not None and line.vat_rate > 0:
            done.append(line.model_copy(update={"vat_category_code": "S"}))
        elif (
            line.vat_rate is None
            and seller_country is not None
            and buyer_country_code in {None, seller_country.code}
            and (standard := _standard_rate(seller_country, day)) is not None
        ):
            update = {"vat_category_code": "S", "vat_rate": standard}
            done.append(line.model_copy(update=update))
        else:
            done.append(line)
            findings.append(_unknown(number, buyer_country_code))
    return Determined(tuple(done), tuple(findings))


def _standard_rate(country: Country, day: datetime.date) -> Decimal | None:
    rates = [rate.percent for rate in country.rates_on(day) if rate.name == "standard"]
    return rates[0] if len(rates) == 1 else None


def _unknown(number: int, buyer_country_code: str | None) -> Finding:
    return Finding(
        rule="GW-01",
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=(
            f"Line {number + 1} has no VAT category, and none is certain for a buyer in "
            f"{buyer_country_code or 'an unknown country'}."
        ),
        term="BT-151",
        pointer=f"/lines/{number}/vat_category_code",
        fix=(
            "Give vat_category_code: S with vat_rate, AE (reverse charge), K (intra-community "
            "supply), G (export), E (exempt), Z (zero rated) or O (outside the scope)."
        ),
    )
