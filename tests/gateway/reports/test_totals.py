"""Totals, VAT, receivables and usage: what is summed up, and what never is."""

from gateway.kit.ids import parse_id
from tests.gateway.houses import Shop, kind
from tests.gateway.reports.conftest import Report


def test_amounts_are_summed_by_currency_and_credit_notes_are_taken_off(report: Report) -> None:
    euros, dollars = report("totals")
    assert euros == {
        "entity_id": None,
        "entity_name": None,
        "currency_code": "EUR",
        "month": None,
        "kind": None,
        "documents": 4,
        "total_without_vat": "126.00",
        "total_vat": "27.72",
        "total_with_vat": "153.72",
        "amount_paid": "0",
        "amount_due": "153.72",
    }
    assert (dollars["currency_code"], dollars["total_without_vat"]) == ("USD", "7.00")


def test_a_report_is_about_the_entity_that_is_named(
    report: Report, shop: Shop, sister: Shop
) -> None:
    (row,) = report("totals", Entity_Id=sister.entity)
    assert row["total_without_vat"] == "20.00"
    key = shop.account.entity_key(sister.entity)
    answer = shop.account.call("GET", "/v1/reports/totals", key=key)
    assert answer.json()["data"] == [row]


def test_entities_are_told_apart_and_come_in_pages(
    report: Report, shop: Shop, sister: Shop
) -> None:
    rows = report("totals?group_by=entity")
    assert [(row["entity_name"], row["currency_code"], row["documents"]) for row in rows] == [
        ("New bakery", "EUR", 1),
        ("Old bakery", "EUR", 3),
        ("Old bakery", "USD", 1),
    ]
    assert {row["entity_id"] for row in rows} == {shop.entity, sister.entity}
    path = "/v1/reports/totals?group_by=entity&limit=1"
    first = shop.account.call("GET", path, key=shop.key).json()
    second = shop.account.call("GET", f"{path}&cursor={first['next_cursor']}", key=shop.key).json()
    assert first["data"] + second["data"] == rows
    assert second["next_cursor"] is None


def test_months_and_kinds_are_told_apart(report: Report) -> None:
    rows = report("totals?group_by=month,kind&from=2026-10-01&to=2026-11-30")
    assert [(r["currency_code"], r["month"], r["kind"], r["total_without_vat"]) for r in rows] == [
        ("EUR", "2026-10", "invoice", "100.00"),
        ("EUR", "2026-11", "credit_note", "-4.00"),
        ("EUR", "2026-11", "invoice", "30.00"),
        ("USD", "2026-11", "invoice", "7.00"),
    ]
    assert [r["documents"] for r in report("totals?kind=credit_note")] == [1]
    assert report("totals?kind=estimate") == []
    assert report("totals?to=2026-10-04") == []


def test_vat_is_summed_up_by_category_and_rate(report: Report) -> None:
    rows = report("vat?from=2026-11-01&to=2026-11-30")
    assert [
        (r["currency_code"], r["month"], r["category_code"], r["rate"], r["taxable_amount"])
        for r in rows
    ] == [
        ("EUR", "2026-11", "S", "22", "26.00"),
        ("USD", "2026-11", "S", "22", "7.00"),
    ]
    assert rows[0]["tax_amount"] == "5.72"


def test_vat_and_totals_agree(report: Report) -> None:
    summed = [(row["currency_code"], row["total_vat"]) for row in report("totals")]
    assert summed == [(row["currency_code"], row["tax_amount"]) for row in report("vat?group_by=")]


def test_what_is_open_is_told_by_its_age(report: Report) -> None:
    euros, dollars = report("receivables?as_of=2026-11-21")
    assert euros["documents"] == 4
    ages = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "credits")
    assert [euros[age] for age in ages] == ["12.20", "24.40", "122.00", "0", "0", "-4.88"]
    assert euros["amount_due"] == "153.72"
    assert dollars["days_1_30"] == "8.54"


def test_a_payment_moves_from_due_to_paid(report: Report, sister: Shop) -> None:
    entity = parse_id(sister.entity, "ent")
    pay = "update document set amount_paid = %s where entity_id = %s"
    sister.house.sql(pay, "24.40", entity)
    try:
        (row,) = report("totals", Entity_Id=sister.entity)
        assert (row["amount_paid"], row["amount_due"]) == ("24.40", "0.00")
        assert report("receivables", Entity_Id=sister.entity) == []
    finally:
        sister.house.sql(pay, "0", entity)


def test_usage_counts_what_was_issued_and_the_sandbox_is_not_metered(
    report: Report, sister: Shop
) -> None:
    (row,) = report("usage")
    assert (row["documents"], row["active_entities"], row["metered"]) == (6, 2, False)
    rows = report("usage?group_by=entity")
    assert [(row["entity_name"], row["documents"]) for row in rows] == [
        ("New bakery", 1),
        ("Old bakery", 5),
    ]
    assert report(f"usage?from={row['month']}&to={row['month']}") == [row]
    assert report("usage?to=2020-01") == []
    live = sister.account.new_key(environment="live")
    assert sister.account.call("GET", "/v1/reports/usage", key=live).json()["data"] == []


def test_what_cannot_be_asked_is_refused_at_its_place(shop: Shop) -> None:
    for query, parameter in {
        "totals?group_by=colour": "group_by",
        "totals?from=2026-02-01&to=2026-01-01": "to",
        "totals?from=yesterday": "from",
        "totals?kind=letter": "kind",
        "usage?from=2026-13": "from",
        "totals?cursor=x": "cursor",
    }.items():
        answer = shop.account.call("GET", f"/v1/reports/{query}", key=shop.key)
        assert kind(answer) == "request-invalid"
        assert answer.json()["errors"][0]["parameter"] == parameter, query
