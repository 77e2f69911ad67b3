"""Sales of many lines, each with a code of its own: the work grows with them and no faster."""

import datetime
import sys
from collections.abc import Callable
from decimal import Decimal
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countries.vat.alternatives import alternatives
from countries.vat.codes import Coding, digits
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from countries.vat.jurisdictions import jurisdiction
from countries.vat.system import Coded
from countries.vat.systems import SYSTEMS
from countries.vat.treatment import treatment
from tests.countries.vat.test_determine import codes
from tests.countries.vat.test_systems import NUMBERS

DAY = datetime.date(2026, 3, 2)
MOST_LINES = 10_000
"""What the API permits."""
FEW = 40


def _telephones(number: int) -> Sale:
    seller = Seller("DE", NUMBERS["DE"])
    buyer = Buyer("DE", "DE129273398", BuyerKind.BUSINESS, Vies.VALID)
    return Sale(DAY, seller, buyer, _lines(number))


def _consignment(number: int) -> Sale:
    seller = Seller("CN", None, frozenset({Scheme.IOSS}))
    return Sale(DAY, seller, Buyer("DE", None, BuyerKind.CONSUMER), _lines(number))


def _lines(number: int) -> tuple[Supply, ...]:
    return tuple(Supply(SupplyKind.GOODS, Decimal(1), f"851713{n:04}") for n in range(number))


def _work(sale: Sale) -> int:
    """Return how many functions (and steps of generators) the answer takes."""
    entered = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal entered
        entered += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        alternatives(sale)
    finally:
        sys.setprofile(before)
    return entered


@pytest.mark.parametrize("sale", [_telephones, _consignment])
def test_the_work_grows_with_the_lines_and_no_faster(sale: Callable[[int], Sale]) -> None:
    alternatives(sale(4 * FEW))  # what is read once and kept
    assert _work(sale(4 * FEW)) <= 5 * _work(sale(FEW))


def test_what_the_law_says_of_every_code_of_a_sale_is_kept() -> None:
    germany = jurisdiction("DE", DAY)
    for code in (supply.item_code for supply in 2 * _lines(MOST_LINES)):
        treatment(germany, SupplyKind.GOODS, code, DAY)
    kept = treatment.cache_info().misses
    for supply in _lines(MOST_LINES):
        treatment(germany, SupplyKind.GOODS, supply.item_code, DAY)
    assert treatment.cache_info().misses == kept


def _plainly(entries: tuple[Coded, ...], goods: bool, code: str) -> tuple[Coded | None, bool]:  # noqa: FBT001
    """Return the entry of the longest prefix, and whether some prefix goes deeper, by looking."""
    best: Coded | None = None
    longest, deeper = 0, False
    for entry in (one for one in entries if one.holds_on(DAY)):
        for prefix in entry.cn if goods else (one.replace(".", "") for one in entry.cpa):
            deeper = deeper or prefix.startswith(code)
            if len(prefix) > longest and code.startswith(prefix):
                best, longest = entry, len(prefix)
    return best, deeper


@given(st.sampled_from(sorted(SYSTEMS)), st.sampled_from(["goods", "service"]), codes)
@settings(max_examples=200, deadline=None)
def test_codes_are_found_as_if_all_entries_were_read(
    country: str, kind: str, code: str | None
) -> None:
    system = SYSTEMS[country]
    bare = digits(code or "22")
    for entries in (system.lower_rates, system.exemptions, system.reverse_charges):
        found = Coding[Coded](entries, SupplyKind(kind))
        best, deeper = _plainly(entries, kind == "goods", bare)
        assert found.most_specific(bare, DAY) is best
        assert found.goes_deeper(bare, DAY) == deeper
