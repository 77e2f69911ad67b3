"""Every official UBL document is read, and written again without loss."""

from pathlib import Path

import pytest

from formats.en16931.comparison import differences
from formats.findings import Flag
from formats.registry import profile_for
from formats.ubl import read, write
from formats.xml import UnreadableDocumentError
from gateway.compliance.oracle import SaxonOracle
from schemas import Catalog
from tests.formats.ubl.judges import fatal_rules, violations
from tests.official_documents import billing_documents, ubl_documents

pytestmark = pytest.mark.official

DOCUMENTS = 618
BILLING_DOCUMENTS = 69

WITHOUT_AMOUNTS = {
    # The schema lets these amounts be absent, the canonical invoice does not (BR-12 to BR-14,
    # BR-24, BR-45). None of the documents claims to follow EN 16931.
    "tr-efatura/examples/invoice/ISTISNA-2.xml": "TaxableAmount",
    "tr-efatura/examples/invoice/OTV.xml": "TaxableAmount",
    "ubl21/examples/creditnote/UBL-CreditNote-2.0-Example.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Detached.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Enveloped.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS1.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS2.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS3.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS4.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example.xml": "TaxInclusiveAmount",
    "ubl21/examples/invoice/UBL-Invoice-2.1-Example-Trivial.xml": "LineExtensionAmount",
    "xrechnung/validator-configuration/test/instances/ubl008.xml": "LineExtensionAmount",
}


def test_documents_are_read_and_written_without_loss(official: Path) -> None:
    paths = ubl_documents(official)
    assert len(paths) == DOCUMENTS
    failures = {}
    for path in paths:
        if path in WITHOUT_AMOUNTS:
            continue
        invoice = read((official / path).read_bytes())
        written = write(invoice)
        again = read(written)
        if wrong := (*differences(invoice, again), *violations(official, written)):
            failures[path] = wrong
        assert again == invoice, path
    assert failures == {}


def test_documents_without_amounts_are_refused_where_the_amount_is_missing(official: Path) -> None:
    for path, amount in WITHOUT_AMOUNTS.items():
        with pytest.raises(UnreadableDocumentError) as error:
            read((official / path).read_bytes())
        assert error.value.code == "missing"
        assert error.value.message.endswith(f"{amount} is missing.")
        assert error.value.line
        assert error.value.location


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
