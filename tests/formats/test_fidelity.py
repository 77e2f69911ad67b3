"""The report of losses is true, whatever the invoice and whatever the target."""

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from formats.conversion import Conversion, UnwritableInvoiceError, convert_reading
from formats.en16931.changes import diff
from formats.en16931.comparison import differences
from formats.en16931.leaves import leaves, leaves_at
from formats.en16931.model import Invoice
from formats.fidelity import (
    Fate,
    FidelityReport,
    Loss,
    LossyConversionError,
    shown,
)
from formats.reading import Reading, Source
from formats.registry import PROFILES
from tests.formats.samples import any_invoices, invoice
from tests.formats.ubl.examples import full_invoice

NOTES = ("/notes", "/process_control")


def _reading(source: Invoice) -> Reading:
    return Reading(source, Source.JSON, None)


def _converted(source: Invoice, target: str) -> Conversion:
    try:
        return convert_reading(_reading(source), PROFILES[target])
    except UnwritableInvoiceError as error:
        assert "more than 60 digits" in str(error)  # noqa: PT017 - any other is a defect
        reject()


def _chosen(count: int) -> settings:
    """The same examples every time; shrinking one would take longer than reading it."""
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


@_chosen(60)
@given(any_invoices, st.sampled_from(sorted(PROFILES)))
def test_every_difference_is_in_the_report(source: Invoice, target: str) -> None:
    made = _converted(source, target)
    told = {loss.pointer for loss in made.report.losses if loss.pointer}
    for change in diff(source, made.invoice, everything=True):
        pointer = change.old_pointer or change.pointer or ""
        if pointer.startswith(NOTES) or pointer.endswith("/note"):
            continue  # where what was moved went to
        places = {leaf.pointer for leaf in leaves_at(source, pointer)} or {pointer}
        covered = places <= told or any(
            pointer == one or pointer.startswith(f"{one}/") or one.startswith(f"{pointer}/")
            for one in told
        )
        assert covered, (target, change)


@_chosen(40)
@given(any_invoices, st.sampled_from(sorted(PROFILES)))
def test_lossless_means_that_nothing_differs(source: Invoice, target: str) -> None:
    made = _converted(source, target)
    if made.report.lossless:
        found = differences(source, made.invoice)
        assert all(pointer.startswith("/process_control") for pointer in found), found


def test_what_is_said_is_said_once() -> None:
    found = [leaf.pointer for leaf in leaves(full_invoice())]
    assert len(found) == len(set(found))
    assert {"/number", "/lines/0/item_attributes/0/name", "/seller/electronic_address"} <= {*found}
    terms = {leaf.pointer: leaf.term for leaf in leaves(full_invoice())}
    assert terms["/lines/0/item_name"] == "BT-153"
    assert terms["/seller/postal_address/city"] == "BT-37"


@pytest.mark.parametrize("pointer", ["/nothing", "/lines/99", "/lines/x", "/number/0", "//"])
def test_a_place_that_there_is_not_says_nothing(pointer: str) -> None:
    assert list(leaves_at(full_invoice(), pointer)) == []


def test_values_are_shown_as_people_read_them() -> None:
    seller = full_invoice().seller
    assert seller.electronic_address is not None
    assert shown(seller.electronic_address) == "SI50223054 9949"
    assert shown(invoice().totals.amount_due) == "122.06"
    assert shown(invoice().issue_date) == "2026-11-20"
    assert shown(None) is None


def test_a_refusal_names_the_first_loss_and_counts() -> None:
    losses = (Loss(Fate.DROPPED, "x", "Gone.", "BT-11"), Loss(Fate.DROPPED, "y", "Gone."))
    report = FidelityReport(losses)
    assert not report.lossless
    assert "2 values" in str(LossyConversionError(report))
    assert "BT-11" in str(LossyConversionError(report))
