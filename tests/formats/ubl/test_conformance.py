"""Every official UBL document is read, and written again without loss."""

from pathlib import Path

import pytest

from formats.en16931.comparison import differences
from formats.findings import Flag
from formats.registry import profile_for
from formats.ubl import read, write
from schemas import Catalog
from tests.formats.ubl.judges import fatal_rules, violations
from tests.official_documents import billing_documents, ubl_documents
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

DOCUMENTS = 618
BILLING_DOCUMENTS = 69


def test_documents_are_read_and_written_without_loss(official: Path) -> None:
    paths = ubl_documents(official)
    assert len(paths) == DOCUMENTS
    failures = {}
    for path in paths:
        invoice = read((official / path).read_bytes())
        written = write(invoice)
        again = read(written)
        assert violations(official, written) == [], path
        if wrong := differences(invoice, again):
            failures[path] = wrong
        assert again == invoice, path
    assert failures == {}


def test_rewritten_billing_documents_pass_the_official_rules(
    official: Path, oracle: SaxonOracle
) -> None:
    paths = billing_documents(official)
    assert len(paths) == BILLING_DOCUMENTS
    catalog = Catalog((official,))
    failures = {}
    for path in paths:
        invoice = read((official / path).read_bytes())
        written = write(invoice)
        profile = profile_for(invoice.process_control.specification_identifier)
        assert profile is not None
        fatal = fatal_rules(catalog, oracle, profile, written)
        own = [
            finding.rule
            for check in profile.rules
            for finding in check(invoice)
            if finding.flag is Flag.FATAL
        ]
        if fatal or own:
            failures[path] = (fatal, own)
    assert failures == {}
