"""The same spoiled invoices as bodies that leave amounts to us: what is computed proves nothing.

A patch that is offered gives the very invoice back that the body was before it was spoiled.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from formats.en16931.changes import diff
from formats.en16931.model import Invoice
from formats.explain import json_patch
from formats.explain.repair import with_repairs
from formats.explain.repair.engine import judge_of
from formats.json.document import JsonReading, read_json
from formats.refusal import READING_ERRORS
from tests.formats.explain.corruptions import spoil_all
from tests.formats.explain.sources import PEPPOL, sources

Body = dict[str, Any]


def _body(invoice: Invoice, right: Invoice, *, amounts: bool, total: bool) -> Body:
    """Return an invoice as a body: no breakdown, no totals but one, line amounts or none."""
    body: Body = invoice.model_dump(mode="json", exclude_defaults=True)
    rows = body.pop("vat_breakdown", None) or []
    totals = body.pop("totals", {})
    kept = {"paid_amount", "rounding_amount"} | ({"amount_due"} if total else set())
    if given := {name: value for name, value in totals.items() if name in kept}:
        body["totals"] = given
    if not amounts:
        for line in body["lines"]:
            line.pop("net_amount", None)
    reasons = [
        {
            "category_code": row.category_code,
            "text": row.exemption_reason_text,
            "code": row.exemption_reason_code,
        }
        for row in right.vat_breakdown
        if row.exemption_reason_text or row.exemption_reason_code
    ]
    assert isinstance(rows, list)
    return body | ({"vat_exemptions": reasons} if reasons else {})


def _read(body: Body) -> JsonReading:
    return read_json(json.dumps(body).encode())


@pytest.mark.parametrize(("amounts", "total"), [(True, False), (True, True), (False, False)])
def test_bodies_get_their_own_values_back_or_none(
    official: Path, *, amounts: bool, total: bool
) -> None:
    judge, tally = judge_of(PEPPOL), Counter[str]()
    for name, before in sources(official):
        for kind, after in spoil_all(name, before):
            body = _body(after, before, amounts=amounts, total=total)
            right = _body(before, before, amounts=amounts, total=total)
            if body == right:
                continue
            try:
                found, wanted = _read(body), _read(right)
            except READING_ERRORS:
                tally["not readable"] += 1
                continue
            findings = with_repairs(
                (*found.findings, *judge(found.invoice)),
                body,
                invoice=found.invoice,
                pointers=found.pointers,
                profile=PEPPOL,
            )
            assert all(one.fix and one.pointer is not None for one in findings)
            patches = {json.dumps(one.patch): one.patch for one in findings if one.patch}
            for patch in patches.values():
                mended = _read(json_patch.apply(body, patch)).invoice
                changes = diff(wanted.invoice, mended)
                assert changes == (), (kind.name, name, changes)
            tally["patched" if patches else "not patched"] += 1
    print(tally)  # noqa: T201 - the figures
    assert tally["patched"] >= 40
