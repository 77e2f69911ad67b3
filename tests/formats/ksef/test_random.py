"""What is written is valid and says what was to be said, or a finding names field and rule."""

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from formats.en16931.comparison import differences
from formats.en16931.model import Invoice
from formats.findings import Flag
from formats.ksef import read, write
from formats.ksef.names import NAMESPACE
from formats.ksef.rules import RULES, check
from tests.formats.ksef.documents import violations
from tests.formats.ksef.polish import SELLER, random_invoice
from tests.formats.samples import any_invoices

pytestmark = pytest.mark.official


def _fatal(invoice: Invoice) -> list[str]:
    found = [finding for finding in check(invoice) if finding.flag is Flag.FATAL]
    assert all(finding.pointer and finding.fix for finding in found)
    assert {finding.rule for finding in found} <= RULES.keys()
    return [finding.rule for finding in found]


def test_what_a_polish_seller_issues_is_written_and_read_back(official: Path) -> None:
    for seed in range(40):
        invoice = random_invoice(seed)
        content = write(invoice)
        assert _fatal(invoice) == [], seed
        assert violations(official, content) == [], seed
        assert differences(invoice, read(content)) == (), seed
        assert write(read(content)) == content, seed


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(any_invoices)
def test_whatever_is_invalid_is_refused_first(official: Path, invoice: Invoice) -> None:
    seller = invoice.seller.model_validate(SELLER)
    control = invoice.process_control.model_copy(
        update={"specification_identifier": NAMESPACE, "business_process_type": None}
    )
    day = datetime.date(2026, 3, 2)
    polish = invoice.model_copy(
        update={"seller": seller, "issue_date": day, "process_control": control}
    )
    for one in (invoice, polish):
        rules = _fatal(one)
        if violations(official, write(one)):
            assert "PL-10" in rules
        elif not rules:
            assert differences(one, read(write(one))) == ()
