"""The general rules, for every ordered pair of member states: written from the Directive alone.

What is expected is said here in numbers and by three short functions, and owes nothing to the
declarations or to the engine. Articles are those of Directive 2006/112/EC.
"""

import datetime
import itertools
from decimal import Decimal

import pytest

from countries.vat.determine import determine
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from tests.countries.vat.test_systems import NUMBERS

Result = tuple[str | None, str | None, str | None, str | None]
"""Category, rate, reason, whose VAT."""

DAY = datetime.date(2026, 3, 2)
STANDARD = dict(
    [
        *(("AT", "20"), ("BE", "21"), ("BG", "20"), ("CY", "19"), ("CZ", "21"), ("DE", "19")),
        *(("DK", "25"), ("EE", "24"), ("ES", "21"), ("FI", "25.5"), ("FR", "20"), ("GR", "24")),
        *(("HR", "25"), ("HU", "27"), ("IE", "23"), ("IT", "22"), ("LT", "21"), ("LU", "17")),
        *(("LV", "21"), ("MT", "18"), ("NL", "21"), ("PL", "23"), ("PT", "23"), ("RO", "21")),
        *(("SE", "25"), ("SI", "22"), ("SK", "23")),
    ]
)
"""Standard rates on `DAY`."""

CROSS_BORDER: dict[SupplyKind, Result] = {
    SupplyKind.GOODS: ("K", "0", "VATEX-EU-IC", None),  # Article 138(1)
    SupplyKind.SERVICE: ("AE", "0", "VATEX-EU-AE", None),  # Articles 44, 196
    SupplyKind.DIGITAL: ("AE", "0", "VATEX-EU-AE", None),  # Articles 44, 196
}
UNDECIDED: Result = (None, None, None, None)

PAIRS = list(itertools.permutations(sorted(STANDARD), 2))


def charged(country: str) -> Result:
    """Article 96: the standard rate of a country."""
    return "S", STANDARD[country], None, country


def taxed(kind: SupplyKind, seller: str, buyer: Buyer, scheme: Scheme | None) -> Result:
    """Return what the general rules say of a sale to another member state."""
    confirmed = buyer.vat_id is not None and buyer.vies is Vies.VALID
    if buyer.kind is not BuyerKind.CONSUMER and buyer.vat_id is not None:
        if confirmed:
            return CROSS_BORDER[kind]
        if buyer.vies is not Vies.INVALID:
            return UNDECIDED
    return charged(place(kind, seller, buyer, scheme))


def place(kind: SupplyKind, seller: str, buyer: Buyer, scheme: Scheme | None) -> str:
    """Articles 32, 33, 45, 58, 59c: where a sale is taxed whose buyer counts as a consumer.

    A business without a confirmed number counts as one for services (Regulation (EU) 282/2011,
    Article 18); goods for it are no distance sale, and no exempt one either.
    """
    where_it_ends = kind is SupplyKind.DIGITAL or (
        kind is SupplyKind.GOODS and buyer.kind is not BuyerKind.BUSINESS
    )
    return str(buyer.country) if where_it_ends and scheme is not None else seller


def buyers(country: str) -> list[Buyer]:
    """Return every kind of buyer, with every answer about a number and with none."""
    numbers = [(None, None), *((NUMBERS[country], answer) for answer in (*Vies, None))]
    return [
        Buyer(country, number, kind, answer) for kind in BuyerKind for number, answer in numbers
    ]


@pytest.mark.parametrize(("seller", "country"), PAIRS)
def test_the_general_rules_hold_between_two_members(seller: str, country: str) -> None:
    schemes = (None, Scheme.OSS_UNION, Scheme.DISTANCE_THRESHOLD_EXCEEDED)
    for buyer, scheme, kind in itertools.product(buyers(country), schemes, CROSS_BORDER):
        seen = determine(
            Sale(
                day=DAY,
                seller=Seller(
                    seller, NUMBERS[seller], frozenset([scheme] if scheme is not None else [])
                ),
                buyer=buyer,
                supplies=(Supply(kind, Decimal(1000)),),
            )
        )[0]
        category, rate, *rest = taxed(kind, seller, buyer, scheme)
        expected = category, None if rate is None else Decimal(rate), *rest
        assert seen.result == expected, (buyer, scheme, kind)
        missing = [one.fact for one in seen.missing]
        assert missing == ([] if category else ["buyer.vies"]), (buyer, scheme, kind)


@pytest.mark.parametrize("country", sorted(STANDARD))
def test_at_home_nobody_asks_who_buys(country: str) -> None:
    for buyer, kind in itertools.product(buyers(country), CROSS_BORDER):
        sale = Sale(DAY, Seller(country, NUMBERS[country]), buyer, (Supply(kind, Decimal(1)),))
        assert determine(sale)[0].result == ("S", Decimal(STANDARD[country]), None, country)


def test_there_are_as_many_members_as_the_union_has() -> None:
    assert len(STANDARD) == len(NUMBERS) == 27
    assert len(PAIRS) == 27 * 26
