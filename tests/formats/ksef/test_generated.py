"""Whatever the schema takes is kept, element by element, whether or not it makes sense."""

from pathlib import Path

import pytest

from formats.ksef import read, write
from formats.ksef.facets import violations as told
from formats.ksef.rules import check
from formats.ksef.tree import document_of
from tests.formats.ksef.documents import tree_of, violations
from tests.formats.ksef.generated import Generator
from tests.formats.ksef.polish import ordinary
from tests.formats.samples import changed

pytestmark = pytest.mark.official


def test_no_document_that_the_schema_takes_loses_anything(official: Path) -> None:
    for seed in range(40):
        tree = Generator(seed).tree()
        content = document_of(tree)
        assert list(told(tree, "Faktura")) == [], seed
        assert violations(official, content) == [], seed
        invoice = read(content)
        written = write(invoice)
        assert tree_of(written) == tree_of(content), seed
        assert violations(official, written) == [], seed
        assert read(written) == invoice, seed


def test_sums_that_contradict_the_vat_breakdown_are_not_issued() -> None:
    sums = {"poland": {"fa": {"p_13_1": "1.00", "p_14_1": "0.23"}}}
    invoice = changed(ordinary(), "/extensions", sums)
    found = {finding.pointer for finding in check(invoice) if finding.rule == "PL-11"}
    assert "/vat_breakdown/0/category_taxable_amount" in found
