"""Worked cases: what the law says of sales, written from the law and not from the engine."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from countries.vat.determine import determine
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from formats.en16931.codes.taxes import VAT_EXEMPTIONS

AT_LEAST = 600
"""The cases are never fewer than this: a file that is not read would go unnoticed."""

Case = dict[str, Any]


def _cases() -> dict[str, Case]:
    return {
        f"{file.stem}:{case['id']}": case
        for file in sorted(Path(__file__).with_name("cases").glob("*.toml"))
        for case in tomllib.loads(file.read_text())["case"]
    }


CASES = _cases()


def _sale(case: Case) -> Sale:
    seller, buyer, line = case["seller"], case["buyer"], case["line"]
    return Sale(
        day=case["day"],
        seller=Seller(
            seller.get("country"),
            seller.get("vat_id"),
            frozenset(map(Scheme, seller.get("schemes", ()))),
        ),
        buyer=Buyer(
            buyer.get("country"),
            buyer.get("vat_id"),
            BuyerKind(buyer["kind"]) if "kind" in buyer else None,
            Vies(buyer["vies"]) if "vies" in buyer else None,
        ),
        supplies=(Supply(SupplyKind(line["kind"]), Decimal(line["net"]), line.get("item_code")),),
        place=case.get("place"),
    )


@pytest.mark.parametrize("name", CASES)
def test_a_sale_is_taxed_as_the_law_says(name: str) -> None:
    case = CASES[name]
    (decision,) = determine(_sale(case))
    expected = dict(case["expected"])
    if "undecided" in expected:
        assert [missing.fact for missing in decision.missing] == [expected["undecided"]]
        assert decision.category is None
        return
    assert {
        "category": decision.category,
        "rate": decision.rate,
        "vatex": decision.vatex,
        "tax_country": decision.tax_country,
    } == {
        "category": expected["category"],
        "rate": Decimal(expected["rate"]) if "rate" in expected else None,
        "vatex": expected.get("vatex"),
        "tax_country": expected.get("tax_country"),
    }, [missing.fact for missing in decision.missing]


def test_the_cases_are_read_and_name_their_law() -> None:
    assert len(CASES) >= AT_LEAST
    for name, case in CASES.items():
        assert len(case["law"]) > len("Art. 1"), name
        assert case["expected"].get("vatex", "VATEX-EU-O") in VAT_EXEMPTIONS, name
