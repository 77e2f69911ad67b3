"""No semantic rule takes more than its share of time for a bigger invoice: counted in calls."""

import sys
from collections.abc import Callable
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from formats.cii import rules as cii
from formats.en16931 import rules as en16931
from formats.en16931.model import Invoice
from formats.findings import Finding
from formats.peppol import rules as peppol
from formats.xrechnung import rules as xrechnung
from tests.formats.rule_sets import Check
from tests.formats.samples import DRAFT, invoice

_SMALL = 60
_MOST = 5
"""Four times as big, at most so many times as much to do: design S2 and R13."""

_CHECKS = {
    "EN 16931": en16931.check,
    "EN 16931 in CII": cii.check,
    "Peppol": peppol.check,
    "XRechnung": xrechnung.check,
    "XRechnung in CII": xrechnung.check_in_cii,
}


def _lines(size: int) -> dict[str, Any]:
    return {"lines": [DRAFT["lines"][0]] * size}


def _rates(size: int) -> dict[str, Any]:
    line = DRAFT["lines"][0]
    return {"lines": [line | {"vat_rate": f"{number}.5"} for number in range(size)]}


def _rows_of_one_rate(size: int) -> dict[str, Any]:
    row = {
        "category_taxable_amount": "100.05",
        "category_tax_amount": "22.01",
        "category_code": "O",
        "category_rate": "22",
    }
    return {"vat_breakdown": [row] * size}


def _reductions(size: int) -> dict[str, Any]:
    one = {"amount": "1.00", "vat_category_code": "E", "vat_rate": "0", "reason": "x"}
    return {"document_level_allowances": [one] * size, "document_level_charges": [one] * size}


def _reductions_of_a_line(size: int) -> dict[str, Any]:
    one = {"amount": "1.00", "reason": "x"}
    return {"lines": [DRAFT["lines"][0] | {"allowances": [one] * size, "charges": [one] * size}]}


def _payments(size: int) -> dict[str, Any]:
    one = DRAFT["payment_instructions"][0]
    debit = {"mandate_reference_identifier": "M", "debited_account_identifier": "DE1"}
    return {"payment_instructions": [one, one | {"direct_debit": debit}] * (size // 2)}


def _accounts(size: int) -> dict[str, Any]:
    one = DRAFT["payment_instructions"][0]
    return {"payment_instructions": [one | {"credit_transfers": one["credit_transfers"] * size}]}


def _attachments(size: int) -> dict[str, Any]:
    file = {"mime_code": "text/csv", "filename": "a.csv", "content": "YQ=="}
    one = {"reference": "1", "attached_document": file}
    return {"additional_supporting_documents": [one] * size}


def _notes(size: int) -> dict[str, Any]:
    return {"notes": [{"subject_code": "XXX", "note": "#a#" * 20}] * size}


def _terms(size: int) -> dict[str, Any]:
    return {"payment_terms": "#SKONTO#TAGE=1#PROZENT=2#\n" * size}


def _others(size: int) -> dict[str, Any]:
    seller = {"name": "S", "identifiers": [{"value": "1", "scheme_identifier": "x"}] * size}
    references = [{"reference": "1"}] * size
    return {"seller": seller, "preceding_invoice_references": references}


def _of_an_item(size: int) -> dict[str, Any]:
    scheme = {"value": "1", "scheme_identifier": "CVD"}
    more = {
        "item_attributes": [{"name": "cva", "value": "x"}] * size,
        "item_classification_identifiers": [scheme] * size,
    }
    return {"lines": [DRAFT["lines"][0] | more]}


_GROWING = (
    *(_lines, _rates, _rows_of_one_rate, _reductions, _reductions_of_a_line, _payments),
    *(_accounts, _attachments, _notes, _terms, _others, _of_an_item),
)


def _steps(check: Callable[[Invoice], tuple[Finding, ...]], source: Invoice) -> int:
    """Count the lines of Python that a check runs: the same on every machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - of sys
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        check(source)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("grown", _GROWING, ids=lambda grown: grown.__name__.strip("_"))
@pytest.mark.parametrize("check", _CHECKS.values(), ids=_CHECKS)
def test_four_times_the_size_is_at_most_five_times_the_work(
    check: Check, grown: Callable[[int], dict[str, Any]]
) -> None:
    small, big = (_steps(check, invoice(**grown(size))) for size in (_SMALL, 4 * _SMALL))
    assert big <= _MOST * small


def test_the_count_sees_what_is_quadratic() -> None:
    def quadratic(source: Invoice) -> tuple[Finding, ...]:
        for one in source.lines:
            for other in source.lines:
                assert one.net_amount == other.net_amount == Decimal("100.05")
        return ()

    small, big = (_steps(quadratic, invoice(**_lines(size))) for size in (_SMALL, 4 * _SMALL))
    assert big > _MOST * small
