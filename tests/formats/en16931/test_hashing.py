import json
from typing import Any

import pytest
from hypothesis import given, settings

from formats.en16931.comparison import differences
from formats.en16931.hashing import canonical_text, semantic_hash
from formats.en16931.model import Invoice
from tests.formats.samples import DRAFT, SELLER, any_invoices, changed, invoice
from tests.formats.ubl.examples import full_invoice

_TRANSFER: dict[str, Any] = DRAFT["payment_instructions"][0]


def test_the_hash_says_its_version_and_never_changes() -> None:
    """A hash that changes for the same invoice is another version: give it another number."""
    assert semantic_hash(invoice()) == (
        "en16931:1:8f390c5b2a2345349422f6425accdc83991c4fd9848479d74c281eba297bebe7"
    )


def test_the_canonical_form_is_by_terms() -> None:
    form = json.loads(canonical_text(invoice()))
    assert form["BT-1"] == "2026-1"
    assert form["BT-2"] == "2026-11-20"
    assert form["BG-4"]["BT-34"] == {"scheme": "9949", "value": "SI12345678"}
    assert form["BG-25"][0]["BT-152"] == "22"
    assert form["BG-25"][0]["BT-131"] == "100.05"
    assert "BG-2" not in form
    assert canonical_text(invoice()).startswith('{"BG-16":[{"BG-17":[{"BT-84":')


@settings(max_examples=40)
@given(any_invoices)
def test_invoices_without_differences_have_one_hash(source: Invoice) -> None:
    copy = Invoice.model_validate_json(source.model_dump_json())
    assert differences(source, copy) == ()
    assert semantic_hash(source) == semantic_hash(copy)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/lines/0/vat_rate", "22.000"),
        ("/lines/0/item_name", " Consulting\t"),
        ("/process_control/specification_identifier", "urn:other"),
        ("/process_control", {}),
        ("/seller/contact", {"point": "  "}),
        ("/buyer/trading_name", ""),
    ],
)
def test_what_says_the_same_has_the_same_hash(pointer: str, value: object) -> None:
    assert semantic_hash(changed(invoice(), pointer, value)) == semantic_hash(invoice())


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/number", "2026-2"),
        ("/lines/0/net_amount", "100.06"),
        ("/lines/0/identifier", "2"),
        ("/buyer_reference", None),
        ("/seller/electronic_address/scheme_identifier", "9948"),
        ("/payment_instructions/0/credit_transfers/0/payment_account_identifier", "SI0"),
        ("/lines/0/item_name", "\u00a0Consulting"),
        ("/lines/0/extensions", {"sub_lines": [{"identifier": "1.1", "net_amount": "3"}]}),
        ("/buyer/extensions", {"additional_identifiers": ["7"]}),
    ],
)
def test_what_says_something_else_has_another_hash(pointer: str, value: object) -> None:
    assert semantic_hash(changed(invoice(), pointer, value)) != semantic_hash(invoice())


def test_only_lines_and_notes_have_an_order() -> None:
    full = full_invoice()
    for field in ("additional_supporting_documents", "document_level_allowances", "vat_breakdown"):
        turned = full.model_copy(update={field: getattr(full, field)[::-1]})
        assert semantic_hash(turned) == semantic_hash(full), field
    two = invoice(lines=[DRAFT["lines"][0], DRAFT["lines"][0] | {"item_name": "Travel"}])
    turned = two.model_copy(update={"lines": two.lines[::-1]})
    assert semantic_hash(turned) != semantic_hash(two)


def _paid(*instructions: dict[str, Any]) -> Invoice:
    return invoice(payment_instructions=list(instructions))


def test_what_cii_has_once_a_document_may_stand_with_any_payment() -> None:
    reference = {"remittance_information": "RF18"}
    card = {"payment_means_type_code": "48"}
    everywhere = _paid(_TRANSFER | reference, card | reference)
    assert semantic_hash(_paid(_TRANSFER | reference, card)) == semantic_hash(everywhere)
    assert semantic_hash(_paid(_TRANSFER, card | reference)) == semantic_hash(everywhere)
    assert semantic_hash(_paid(_TRANSFER, card)) != semantic_hash(everywhere)
    other = card | {"remittance_information": "RF19"}
    apart, turned = _paid(_TRANSFER | reference, other), _paid(_TRANSFER, other)
    assert len({semantic_hash(apart), semantic_hash(turned), semantic_hash(everywhere)}) == 3


def test_a_mandate_is_the_documents() -> None:
    debit = {"payment_means_type_code": "59"}
    mandate = {"direct_debit": {"mandate_reference_identifier": "M-1"}}
    both = {"direct_debit": mandate["direct_debit"] | {"debited_account_identifier": "DE1"}}
    assert semantic_hash(_paid(debit | both, debit | mandate)) == semantic_hash(
        _paid(debit | both, debit)
    )


def test_the_creditor_has_the_same_hash_wherever_it_stands() -> None:
    creditor = {"value": "SI98ZZZ1", "scheme_identifier": "SEPA"}
    debit = {"direct_debit": {"bank_assigned_creditor_identifier": "SI98ZZZ1"}}
    one = semantic_hash(_paid(_TRANSFER | debit))
    assert semantic_hash(invoice(seller=SELLER | {"identifiers": [creditor]})) == one
    assert semantic_hash(invoice(payee={"identifier": creditor})) == one
    assert semantic_hash(invoice()) != one
