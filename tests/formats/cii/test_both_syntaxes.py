"""No business term of EN 16931 is lost on the way from UBL to CII and back, or the other way."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from formats import cii, ubl
from formats.en16931 import Invoice
from formats.en16931.comparison import differences, is_empty
from formats.en16931.hashing import semantic_hash
from tests.formats.cii.examples import EXAMPLES
from tests.formats.cii.invoices import any_invoice
from tests.formats.cii.judges import D22B, documents, violations
from tests.formats.cii.terms import Leaf, alone, leaves, together
from tests.formats.ubl.examples import credit_note, direct_debit, full_invoice
from tests.official_documents import ubl_documents

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # shrinking a whole invoice takes minutes
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=1_500, derandomize=False)

LEAVES = list(leaves())


def through_cii(invoice: Invoice) -> Invoice:
    return cii.read(cii.write(invoice))


def through_ubl(invoice: Invoice) -> Invoice:
    return ubl.read(ubl.write(invoice))


def check(invoice: Invoice) -> None:
    """Follow an invoice from UBL to CII and back, and from CII to UBL and back."""
    for first, second in ((through_ubl, through_cii), (through_cii, through_ubl)):
        start = first(invoice)
        there = second(start)
        assert differences(start, there) == ()
        back = first(there)
        assert differences(start, back) == ()
        assert semantic_hash(start) == semantic_hash(there) == semantic_hash(back)
        assert differences(invoice, back) == ()


def test_every_term_of_the_norm_is_tried() -> None:
    numbers = {int(leaf.term.removeprefix("BT-").split("-")[0]) for leaf in LEAVES}
    assert numbers == set(range(1, 166)) - {4}  # the norm has no BT-4
    assert {"BT-18-1", "BT-29-1", "BT-128-1", "BT-158-2"} <= {leaf.term for leaf in LEAVES}


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.term)
def test_every_term_alone_survives_both_syntaxes(leaf: Leaf) -> None:
    invoice = alone(leaf)
    for through in (through_cii, through_ubl):
        assert differences(invoice, through(invoice)) == (), through
    check(invoice)


def test_all_terms_together_survive_both_syntaxes() -> None:
    invoice = together(tuple(leaf for leaf in LEAVES if leaf.term != "BT-8"))
    check(invoice)


@pytest.mark.parametrize("example", [full_invoice, credit_note, direct_debit, *EXAMPLES.values()])
def test_examples_survive_both_syntaxes(example: object) -> None:
    assert callable(example)
    check(example())


@QUICK
@given(invoice=any_invoice())
def test_any_invoice_survives_both_syntaxes(invoice: Invoice) -> None:
    check(invoice)


@pytest.mark.full
@LONG
@given(invoice=any_invoice())
def test_many_more_invoices_survive_both_syntaxes(invoice: Invoice) -> None:
    check(invoice)


def says(invoice: Invoice, pointer: str) -> bool:
    """Tell whether an invoice says anything at a JSON pointer."""
    place: object = invoice
    for step in pointer.strip("/").split("/"):
        if isinstance(place, tuple):
            place = place[int(step)] if int(step) < len(place) else None
        else:
            place = getattr(place, step, None)
    return not is_empty(place)


def cross(official: Path, step: int) -> None:
    """Send official documents, every so many, through the other syntax and back.

    What extensions add is not asked for here: the other syntax may have no place for it. Nor is
    what only the other syntax takes for a term: a tax scheme VA in UBL is not VAT, in CII it is.
    """
    failures = {}
    for own, other, paths in (
        (ubl, cii, ubl_documents(official)),
        (cii, ubl, tuple(documents(official))),
    ):
        for path in paths[::step]:
            start = own.read((official / path).read_bytes())
            written = other.write(start)
            there = other.read(written)
            back = own.read(own.write(there))
            lost = {
                pointer
                for found in (differences(start, there), differences(start, back))
                for pointer in found
                if "/extensions" not in pointer and says(start, pointer)
            }
            if lost or (other is cii and violations(official, written, D22B)):
                failures[path] = lost
    assert failures == {}


@pytest.mark.official
def test_official_documents_survive_the_other_syntax(official: Path) -> None:
    cross(official, step=6)


@pytest.mark.official
@pytest.mark.full
def test_all_official_documents_survive_the_other_syntax(official: Path) -> None:
    cross(official, step=1)
