"""Receivables: a credit note reduces what is open of the invoice that it names."""

from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from gateway.fsck import figures
from gateway.fsck.report import InvariantReport
from tests.gateway.houses import House, Shop
from tests.gateway.reports.conftest import sell

AGES = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90")


def _open(shop: Shop, query: str = "") -> dict[str, Any]:
    """Return what is open in euro, without what is nothing."""
    rows = shop.get(f"/v1/reports/receivables?as_of=2026-11-21{query}")["data"]
    found = {name: one[name] for one in rows for name in (*AGES, "credits", "amount_due")}
    assert len(rows) <= 1
    return {name: amount for name, amount in found.items() if float(amount)}


def _credited(shop: Shop, document: dict[str, Any], quantity: str | None = None) -> dict[str, Any]:
    """Take a document back, or so much of its one line."""
    [line] = document["invoice"]["lines"]
    body: dict[str, Any] = {"reason": "Returned"}
    if quantity is not None:
        body["lines"] = [{"line": line["identifier"], "quantity": quantity}]
    draft = shop.call("POST", f"/v1/documents/{document['id']}/corrections", body).json()
    answer = shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _pay(shop: Shop, document: dict[str, Any], amount: str) -> None:
    answer = shop.call("POST", f"/v1/documents/{document['id']}/payments", {"amount": amount})
    assert answer.status_code == 201, answer.text


def test_what_was_taken_back_is_not_open(house: House) -> None:
    shop = Shop.opened(house)
    sold = sell(shop, "2026-10-05", "100.00", due_date="2026-10-20")
    assert _open(shop) == {"days_31_60": "122.00", "amount_due": "122.00"}
    _credited(shop, sold, "0.4")
    assert _open(shop) == {"days_31_60": "73.20", "amount_due": "73.20"}
    assert _open(shop, "&kind=invoice") == _open(shop)
    assert _open(shop, "&kind=credit_note") == {}
    _pay(shop, sold, "13.20")
    assert _open(shop) == {"days_31_60": "60.00", "amount_due": "60.00"}
    _credited(shop, sold, "0.6")
    assert _open(shop) == {"credits": "-13.20", "amount_due": "-13.20"}


def test_what_was_paid_too_much_is_a_credit_until_it_is_paid_back(house: House) -> None:
    shop = Shop.opened(house)
    sold = sell(shop, "2026-11-05", "100.00", due_date="2026-12-05")
    _pay(shop, sold, "122.00")
    assert _open(shop) == {}
    note = _credited(shop, sold, "0.4")
    assert _open(shop) == {"credits": "-48.80", "amount_due": "-48.80"}
    _pay(shop, note, "48.80")
    assert _open(shop) == {}


def test_a_credit_note_that_names_nothing_is_a_credit(house: House) -> None:
    shop = Shop.opened(house)
    sell(shop, "2026-11-05", "10.00", due_date="2026-12-05")
    sell(shop, "2026-11-06", "4.00", "credit-notes")
    assert _open(shop) == {"not_due": "12.20", "credits": "-4.88", "amount_due": "7.32"}


def test_of_a_replaced_invoice_nothing_is_open(house: House) -> None:
    shop = Shop.opened(house)
    sold = sell(shop, "2026-11-05", "100.00", due_date="2026-12-05")
    sell(shop, "2026-11-06", "50.00", due_date="2026-12-05", corrects=sold["id"])
    assert shop.get(f"/v1/documents/{sold['id']}")["state"] == "corrected"
    assert _open(shop) == {"not_due": "61.00", "amount_due": "61.00"}


def _sums(shop: Shop) -> tuple[str, str]:
    """Return the total without VAT and the VAT of what was sold, from two reports that agree."""
    [totals] = shop.get("/v1/reports/totals")["data"]
    [vat] = shop.get("/v1/reports/vat")["data"]
    assert (vat["taxable_amount"], vat["tax_amount"]) == (
        totals["total_without_vat"],
        totals["total_vat"],
    )
    return totals["total_without_vat"], totals["total_vat"]


def test_what_was_replaced_is_not_sold_twice(house: House) -> None:
    shop = Shop.opened(house)
    sold = sell(shop, "2026-11-05", "100.00", due_date="2026-12-05")
    assert _sums(shop) == ("100.00", "22.00")
    second = sell(shop, "2026-11-06", "50.00", due_date="2026-12-05", corrects=sold["id"])
    assert _sums(shop) == ("50.00", "11.00")
    third = sell(shop, "2026-11-07", "30.00", due_date="2026-12-05", corrects=second["id"])
    assert _sums(shop) == ("30.00", "6.60")
    assert _open(shop) == {"not_due": "36.60", "amount_due": "36.60"}
    draft = {"reason": "wrong", "method": "corrective_invoice"}
    shop.call("POST", f"/v1/documents/{third['id']}/corrections", draft)
    assert _sums(shop) == ("30.00", "6.60"), "a draft replaces nothing"
    _credited(shop, third, "0.5")
    assert _sums(shop) == ("15.00", "3.30")


def test_an_advance_and_what_settles_it_are_the_whole(house: House) -> None:
    shop = Shop.opened(house)
    advance = sell(shop, "2026-11-05", "40.00", "advance-invoices")
    assert _sums(shop) == ("40.00", "8.80")
    sell(shop, "2026-11-06", "100.00", settles=[advance["id"]])
    assert _sums(shop) == ("100.00", "22.00")


def test_the_checker_agrees_with_what_is_left_out(house: House) -> None:
    shop = Shop.opened(house)
    sold = sell(shop, "2026-11-05", "100.00")
    _credited(shop, sell(shop, "2026-11-06", "50.00", corrects=sold["id"]), "0.4")
    report = InvariantReport("INV11")
    with psycopg.connect(house.admin_url, row_factory=namedtuple_row) as connection:
        figures.check(connection, report)
    assert report.outcome == "holds", report.problems
    assert report.examined["documents"] >= 3
    damaged = InvariantReport("INV11")
    with psycopg.connect(house.admin_url, row_factory=namedtuple_row) as connection:
        connection.execute("set local session_replication_role = replica")
        connection.execute("delete from document_relation where kind = 'corrects'")
        figures.check(connection, damaged)
        connection.rollback()
    assert damaged.problems
