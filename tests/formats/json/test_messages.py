"""What a refusal says: the name that was meant, and how a number is to be written."""

import json
from typing import Any

import pytest

from formats.json.body import BodyRefusedError
from formats.json.document import read_json
from formats.json.names import known_names, unknown_name

BODY: dict[str, Any] = {
    "seller": {"name": "S", "country_code": "SI"},
    "customer": {"name": "B"},
    "items": [{"name": "Work", "quantity": 1, "price": "10", "vat_rate": 22}],
}


def _refusal(body: dict[str, Any], pointer: str) -> str:
    with pytest.raises(BodyRefusedError) as caught:
        read_json(json.dumps(body).encode())
    return dict(caught.value.parts)[pointer]


@pytest.mark.parametrize(
    ("body", "pointer", "meant"),
    [
        ({"customer": {"nam": "B"}}, "/customer/nam", ["name"]),
        ({"items": [{"discount": 1}]}, "/items/0/discount", ["allowances", "item_price_discount"]),
        ({"items": [{"prise": 1}]}, "/items/0/prise", ["price"]),
        ({"items": [{"unit_price": 1}]}, "/items/0/unit_price", ["price"]),
        ({"items": [{"vat": 1}]}, "/items/0/vat", ["vat_rate"]),
        ({"lines": [{"charges": [{"amout": 1}]}]}, "/lines/0/charges/0/amout", ["amount"]),
        ({"invoice_number": "1"}, "/invoice_number", ["number"]),
        ({"duedate": "1"}, "/duedate", ["due_date"]),
        ({"custmer": {}}, "/custmer", ["customer"]),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    body: dict[str, Any], pointer: str, meant: list[str]
) -> None:
    given = {name: value for name, value in BODY.items() if name != "items"} | body
    message = _refusal(given, pointer)
    suggested = message.rpartition("did you mean ")[2].rstrip("?").split(" or ")
    assert suggested[: len(meant)] == meant


def test_a_name_that_is_near_to_none_is_answered_with_all() -> None:
    message = _refusal(BODY | {"payment_instructions": {"foo": 1}}, "/payment_instructions/foo")
    assert message.endswith(
        "known are credit_transfers, direct_debit, extensions, payment_card_information, "
        "payment_means_text, payment_means_type_code, remittance_information"
    )
    assert "customer" in _refusal(BODY | {"foo": 1}, "/foo")


def test_where_nothing_is_known_nothing_is_suggested() -> None:
    assert known_names(type("Empty", (), {"model_fields": {}}), ["x"]) == ()
    assert unknown_name("x", ()) == "is not a name we know here"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("19%", 'percent sign; write the number alone, "19"'),
        ("9,5 %", 'percent sign; write the number alone, "9.5"'),
        ("1,5", 'a comma; the decimal sign is a point, and thousands have none, e.g. "1.5"'),
        (
            "1.234,50",
            'a comma; the decimal sign is a point, and thousands have none, e.g. "1234',
        ),
        ("1E+2", "an exponent; write all digits"),
        ("much", 'is not a decimal number, e.g. "12.50"'),
    ],
)
def test_a_number_that_is_none_is_told_why(written: str, said: str) -> None:
    item = {**BODY["items"][0], "vat_rate": written}
    assert said in _refusal(BODY | {"items": [item]}, "/items/0/vat_rate")


def test_a_number_in_the_place_of_a_text_is_told_how_to_be_one() -> None:
    assert 'write "4711"' in _refusal(BODY | {"buyer_reference": 4711}, "/buyer_reference")
    assert "write" not in _refusal(BODY | {"buyer_reference": True}, "/buyer_reference")


@pytest.mark.parametrize("items", [{"items": []}, {"lines": []}, {}])
def test_an_invoice_without_lines_is_told_so_first(items: dict[str, Any]) -> None:
    given = {name: value for name, value in BODY.items() if name != "items"} | items
    findings = read_json(json.dumps(given).encode()).findings
    assert [finding.rule for finding in findings] == ["BR-16", "BR-CO-18"]
