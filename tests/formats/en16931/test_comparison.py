from typing import Any

import pytest
from hypothesis import given, settings

from formats.en16931.comparison import differences
from formats.en16931.model import Invoice
from tests.formats.samples import DRAFT, SELLER, any_invoices, changed, invoice

_TRANSFER: dict[str, Any] = DRAFT["payment_instructions"][0]


@settings(max_examples=30)
@given(any_invoices)
def test_an_invoice_does_not_differ_from_its_copy(source: Invoice) -> None:
    copy = Invoice.model_validate_json(source.model_dump_json())
    assert differences(source, copy) == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/number", "2026-2"),
        ("/buyer_reference", None),
        ("/lines/0/net_amount", "100.06"),
        ("/lines/0/note", "new"),
        ("/seller/electronic_address/scheme_identifier", "9948"),
        ("/payment_due_date", "2026-12-21"),
    ],
)
def test_a_difference_is_named_by_its_pointer(pointer: str, value: object) -> None:
    base = invoice()
    assert differences(base, changed(base, pointer, value)) == (pointer,)
    assert differences(changed(base, pointer, value), base) == (pointer,)


def test_missing_elements_are_named() -> None:
    one, two = invoice(), invoice(lines=[DRAFT["lines"][0]] * 2)
    assert "/lines/1" in differences(one, two)
    assert "/lines/1" in differences(two, one)


def test_the_scale_of_an_amount_makes_no_difference() -> None:
    base = invoice()
    assert differences(base, changed(base, "/lines/0/vat_rate", "22.00")) == ()


def _account(number: str) -> dict[str, Any]:
    return _TRANSFER | {"credit_transfers": [{"payment_account_identifier": number}]}


def test_payment_instructions_equal_in_all_but_account_are_one() -> None:
    both = {"credit_transfers": [{"payment_account_identifier": number} for number in "AB"]}
    one = invoice(payment_instructions=[_TRANSFER | both])
    two = invoice(payment_instructions=[_account("A"), _account("B")])
    assert differences(one, two) == ()


@pytest.mark.parametrize(
    "second",
    [
        {"payment_means_type_code": "58"},
        {"remittance_information": "other"},
        {"credit_transfers": []},
        {"direct_debit": {"mandate_reference_identifier": "M"}},
    ],
)
def test_payment_instructions_that_differ_otherwise_are_two(second: dict[str, object]) -> None:
    one = invoice(payment_instructions=[_account("A"), _account("B")])
    two = invoice(payment_instructions=[_account("A"), _account("B") | second])
    assert differences(one, two) != ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/seller/contact", {}),
        ("/payment_instructions", [{}]),
        ("/delivery_information", {"invoicing_period": {}}),
    ],
)
def test_a_group_that_holds_nothing_is_no_group(pointer: str, value: object) -> None:
    base = invoice()
    without = changed(base, pointer, [] if isinstance(value, list) else None)
    assert differences(changed(base, pointer, value), without) == ()
    assert differences(without, changed(base, pointer, value)) == ()


_CREDITOR = {"value": "SI98ZZZ1", "scheme_identifier": "SEPA"}
_DEBIT = {"direct_debit": {"bank_assigned_creditor_identifier": "SI98ZZZ1"}}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"payment_instructions": [_TRANSFER, _DEBIT]}, True),
        ({"payment_instructions": [_TRANSFER | _DEBIT]}, True),
        ({"seller": SELLER | {"identifiers": [_CREDITOR]}}, True),
        ({"payee": {"identifier": _CREDITOR}}, True),
        ({"payee": {"identifier": _CREDITOR | {"scheme_identifier": "0088"}}}, False),
        ({"payee": {"identifier": _CREDITOR | {"value": "other"}}}, False),
        ({}, False),
    ],
)
def test_the_creditor_is_the_same_wherever_it_stands(
    changes: dict[str, object], *, same: bool
) -> None:
    with_creditor = invoice(payment_instructions=[_TRANSFER | _DEBIT])
    assert (differences(with_creditor, invoice(**changes)) == ()) is same
    assert (differences(invoice(**changes), with_creditor) == ()) is same


PRICES = {"item_net_price": "80", "item_gross_price": "100", "item_price_discount": "20"}


def with_line(**terms: object) -> Invoice:
    return changed(invoice(), "/lines/0", DRAFT["lines"][0] | terms)


@pytest.mark.parametrize("absent", ["item_gross_price", "item_price_discount"])
def test_a_price_that_follows_from_the_others_makes_no_difference(absent: str) -> None:
    assert differences(with_line(**PRICES), with_line(**PRICES | {absent: None})) == ()


@pytest.mark.parametrize("name", [*PRICES])
def test_a_price_that_does_not_follow_does(name: str) -> None:
    other = with_line(**PRICES | {name: "81"})
    assert differences(with_line(**PRICES), other) == (f"/lines/0/{name}",)


def test_a_gross_price_alone_says_more_than_none() -> None:
    without = with_line(item_net_price="80")
    gross = with_line(item_net_price="80", item_gross_price="80")
    assert "/lines/0/item_gross_price" in differences(without, gross)


def test_identifiers_with_a_scheme_stand_behind_those_without() -> None:
    plain, schemed = {"value": "1"}, {"value": "2", "scheme_identifier": "0088"}
    one = invoice(seller=SELLER | {"identifiers": [schemed, plain]})
    assert differences(one, invoice(seller=SELLER | {"identifiers": [plain, schemed]})) == ()
    plain["value"] = "3"
    assert differences(one, invoice(seller=SELLER | {"identifiers": [plain, schemed]}))


def test_the_subject_of_a_note_may_stand_in_front_of_it() -> None:
    apart = changed(invoice(), "/notes", [{"subject_code": "AAI", "note": "text"}])
    assert differences(apart, changed(invoice(), "/notes", [{"note": "#AAI#text"}])) == ()
    assert differences(apart, changed(invoice(), "/notes", [{"note": "#AAJ#text"}]))
