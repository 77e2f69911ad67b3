"""What the official documents say survives being given as a draft: no amount is changed."""

from pathlib import Path

import pytest

from formats.en16931.comparison import differences
from formats.en16931.draft import InvoiceDraft, complete
from formats.findings import Flag
from formats.ubl import read
from tests.formats.official_rules import verdicts

pytestmark = pytest.mark.official


def test_valid_documents_come_out_of_a_draft_as_they_went_in(official: Path) -> None:
    documents = 0
    for verdict in verdicts(official, "EN-UBL"):
        if verdict.fatal:
            continue
        documents += 1
        source = read(verdict.content)
        fields = source.model_dump(mode="json", exclude_none=True)
        del fields["seller"]
        result = complete(
            InvoiceDraft.model_validate(fields),
            seller=source.seller,
            number=source.number,
            issue_date=source.issue_date,
            type_code=source.type_code,
            process_control=source.process_control,
        )
        assert differences(result.invoice, source) == (), verdict.name
        fatal = [item.rule for item in result.findings if item.flag is Flag.FATAL]
        assert fatal == [], verdict.name
    assert documents >= 270


def test_valid_documents_without_their_amounts_get_them_back(official: Path) -> None:
    """Sellers may round otherwise; what we compute must agree for nearly all of them."""
    documents, same = 0, 0
    for verdict in verdicts(official, "EN-UBL"):
        if verdict.fatal:
            continue
        documents += 1
        source = read(verdict.content)
        fields = source.model_dump(mode="json", exclude_none=True)
        inputs = ("paid_amount", "rounding_amount", "total_vat_in_accounting_currency")
        fields["totals"] = {
            name: value for name, value in fields["totals"].items() if name in inputs
        }
        del fields["seller"], fields["vat_breakdown"]
        result = complete(
            InvoiceDraft.model_validate(fields),
            seller=source.seller,
            number=source.number,
            issue_date=source.issue_date,
            type_code=source.type_code,
            process_control=source.process_control,
        ).invoice.totals
        same += (result.total_without_vat, result.amount_due) == (
            source.totals.total_without_vat,
            source.totals.amount_due,
        )
    assert same >= documents * 0.95
