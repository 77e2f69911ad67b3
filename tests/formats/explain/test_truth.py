"""Fixes that can be followed: operands that are missing, small rates, dates, names."""

from typing import Any

import pytest

from formats.en16931.rules import check
from formats.explain import shape
from formats.peppol import rules as peppol
from tests.formats.samples import changed, invoice


def _fix(wrong: Any, rule: str) -> tuple[str | None, str]:  # noqa: ANN401
    found = next(one for one in (*check(wrong), *peppol.check(wrong)) if one.rule == rule)
    return found.pointer, found.fix or ""


def test_a_due_date_before_the_issue_date_is_a_warning() -> None:
    made = changed(invoice(), "/issue_date", "2026-11-10")
    assert (
        _fix(changed(made, "/payment_due_date", "2026-11-09"), "GW-12")[0] == "/payment_due_date"
    )
    same = changed(made, "/payment_due_date", "2026-11-10")
    assert "GW-12" not in {one.rule for one in check(same)}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("invoiced_quantity", "PEPPOL-EN16931-R120"),
        ("item_net_price", "PEPPOL-EN16931-R120"),
        ("item_net_price", "BR-27"),
    ],
)
def test_what_is_missing_is_asked_for(name: str, rule: str) -> None:
    fix = _fix(changed(invoice(), f"/lines/0/{name}", None), rule)[1]
    assert fix.startswith("Give ")


def test_a_rate_that_is_a_fraction_is_said_to_be_one() -> None:
    wrong = changed(invoice(), "/vat_breakdown/0/category_rate", "0.22")
    assert " 22 " in _fix(wrong, "BR-CO-17")[1]


@pytest.mark.parametrize("name", ["bueyr_reference", "buyer_referance"])
def test_a_misspelt_name_is_moved_unless_the_right_one_is_there(name: str) -> None:
    parts = [(f"/{name}", "is not a name we know here; did you mean buyer_reference?")]
    (alone,) = shape.findings(parts, {name: "x"})
    assert [change["op"] for change in alone.patch] == ["move"]
    (twice,) = shape.findings(parts, {name: "x", "buyer_reference": "y"})
    assert (twice.patch, twice.fix) == ((), "Remove it: buyer_reference is given already.")
