"""A share of the random invoices, written and judged by the official rules through Saxon."""

from collections.abc import Callable
from pathlib import Path

import pytest

from formats import cii
from formats.en16931.model import Invoice
from formats.en16931.totals import Taxed
from formats.peppol.profile import PEPPOL_BIS_3
from formats.ubl import read, write
from schemas import Catalog
from tests.formats.cii import judges as cii_judges
from tests.formats.en16931.random_invoices import completed, random_body
from tests.formats.ubl import judges as ubl_judges
from tests.oracle.saxon import SaxonOracle

SHARE = 24
IN_FULL = 1000

ABOVE_ZERO = {f"BR-{islands}-{rule}" for islands in ("AF", "AG") for rule in ("05", "06", "07")}
"""The artefact for CII wants rates of IGIC and IPSI above 0; the one for UBL wants 0 or more."""


@pytest.mark.official
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("first", "count"),
    [
        (0, SHARE),
        pytest.param(SHARE, IN_FULL, marks=pytest.mark.full),
    ],
)
def test_the_official_rules_find_nothing_but_what_was_proven(
    official: Path, figures: Callable[..., None], first: int, count: int
) -> None:
    figures(seeds=f"{first} to {first + count - 1}", invoices=count, documents=2 * count)
    catalog = Catalog((official,))
    with SaxonOracle() as oracle:
        for seed in range(first, first + count):
            result = completed(random_body(seed))
            content = write(result.invoice)
            assert ubl_judges.violations(official, content) == [], seed
            assert read(content) == result.invoice, seed
            proven = {clash.wanted.rule for clash in result.clashes}
            fatal = set(ubl_judges.fatal_rules(catalog, oracle, PEPPOL_BIS_3, content))
            assert fatal <= proven, (seed, fatal)
            content = cii.write(result.invoice)
            assert cii_judges.violations(official, content) == [], seed
            assert cii.read(content) == result.invoice, seed
            fatal = set(cii_judges.fatal_rules(catalog, oracle, "EN-CII", content))
            assert fatal <= (ABOVE_ZERO if _islands_at_zero(result.invoice) else set()), seed


def _islands_at_zero(invoice: Invoice) -> bool:
    items: tuple[Taxed, ...] = (
        *invoice.lines,
        *invoice.document_level_allowances,
        *invoice.document_level_charges,
    )
    return any(item.vat_category_code in {"L", "M"} and item.vat_rate == 0 for item in items)
