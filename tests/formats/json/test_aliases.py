"""The short form is the same invoice, and pointers lead back to what was sent."""

import pytest

from formats.json.aliases import AliasClashError, canonical


def test_the_short_form_becomes_en16931_names() -> None:
    body = {
        "customer": {"name": "Buyer", "email": "ap@buyer.example", "country_code": "SI"},
        "items": [{"name": "Bread", "quantity": 2, "price": "1.10"}],
    }
    renamed, _ = canonical(body)
    assert renamed == {
        "buyer": {
            "name": "Buyer",
            "contact": {"email_address": "ap@buyer.example"},
            "postal_address": {"country_code": "SI"},
        },
        "lines": [{"item_name": "Bread", "invoiced_quantity": 2, "item_net_price": "1.10"}],
    }


def test_en16931_names_pass_unchanged() -> None:
    body = {"buyer": {"name": "Buyer"}, "lines": [{"item_name": "Bread"}], "colour": "red"}
    renamed, pointers = canonical(body)
    assert renamed == body
    assert pointers.as_sent("/lines/0/item_name") == "/lines/0/item_name"


@pytest.mark.parametrize(
    ("pointer", "sent"),
    [
        ("/buyer", "/customer"),
        ("/buyer/name", "/customer/name"),
        ("/buyer/postal_address/country_code", "/customer/country_code"),
        ("/buyer/postal_address/city", "/customer/postal_address/city"),
        ("/lines", "/items"),
        ("/lines/1/item_net_price", "/items/1/price"),
        ("/lines/0/item_net_price", "/items/0/item_net_price"),
        ("/lines/0/vat_rate", "/items/0/vat_rate"),
        ("/payment_due_date", "/due_date"),
        ("/totals/amount_due", "/totals/amount_due"),
        ("", ""),
    ],
)
def test_a_pointer_names_the_place_in_the_body_as_sent(pointer: str, sent: str) -> None:
    body = {
        "customer": {"name": "Buyer", "country_code": "SI", "postal_address": {"city": "Kranj"}},
        "items": [{"item_net_price": "1"}, {"price": "2"}],
        "due_date": "2026-12-01",
    }
    _, pointers = canonical(body)
    assert pointers.as_sent(pointer) == sent


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"customer": {}, "buyer": {}}, "/customer"),
        ({"items": [{"price": "1", "item_net_price": "1"}]}, "/items/0/price"),
        (
            {"buyer": {"city": "Kranj", "postal_address": {"city": "Bled"}}},
            "/buyer/city",
        ),
        ({"buyer": {"city": "Kranj", "postal_address": "Bled"}}, "/buyer/city"),
    ],
)
def test_a_field_given_twice_is_refused(body: dict[str, object], pointer: str) -> None:
    with pytest.raises(AliasClashError) as caught:
        canonical(body)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize(
    ("pointer", "sent"),
    [
        ("/lines/0/item_name", "/items/0/name"),
        ("/lines/1/item_name", "/items/1/name"),
        ("/lines/1/invoiced_quantity", "/items/1/quantity"),
        ("/buyer/contact/telephone_number", "/customer/phone"),
        ("/buyer/postal_address/city", "/customer/postal_address/city"),
        ("/payment_due_date", "/due_date"),
        ("/buyer/name", "/customer/name"),
    ],
)
def test_what_the_short_form_lacks_is_named_in_the_short_form(pointer: str, sent: str) -> None:
    body = {
        "customer": {"postal_address": {"country_code": "SI"}},
        "items": [{"price": "1"}, {"item_net_price": "1"}],
    }
    _, pointers = canonical(body)
    assert pointers.as_sent(pointer) == sent


def test_what_the_long_form_lacks_keeps_its_long_name() -> None:
    _, pointers = canonical({"buyer": {"name": "Buyer"}, "lines": [{"item_net_price": "1"}]})
    for pointer in ("/lines/0/item_name", "/buyer/postal_address/city", "/payment_due_date"):
        assert pointers.as_sent(pointer) == pointer


def test_one_note_and_one_way_to_pay_need_no_list() -> None:
    renamed, pointers = canonical({"note": "Thanks", "payment_instructions": {"a": 1}})
    assert renamed == {"notes": [{"note": "Thanks"}], "payment_instructions": [{"a": 1}]}
    assert pointers.as_sent("/notes/0/note") == "/note"
    assert pointers.as_sent("/payment_instructions/0/a") == "/payment_instructions/a"
    many = {"notes": ["One", {"note": "Two"}], "payment_instructions": [{"a": 1}]}
    renamed, pointers = canonical(many)
    assert renamed == {**many, "notes": [{"note": "One"}, {"note": "Two"}]}
    assert pointers.as_sent("/notes/0/note") == "/notes/0"
    assert pointers.as_sent("/payment_instructions/0/a") == "/payment_instructions/0/a"


def test_groups_of_totals_and_delivery_have_flat_names() -> None:
    renamed, pointers = canonical({"paid_amount": "1", "delivery_date": "2026-11-01"})
    assert renamed == {
        "totals": {"paid_amount": "1"},
        "delivery_information": {"actual_delivery_date": "2026-11-01"},
    }
    assert pointers.as_sent("/totals/paid_amount") == "/paid_amount"
    with pytest.raises(AliasClashError):
        canonical({"paid_amount": "1", "prepaid_amount": "1"})
