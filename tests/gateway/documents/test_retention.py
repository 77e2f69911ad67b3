"""How long an issued document is kept: by the declaration of the seller's country and its day."""

import pytest

from tests.gateway.houses import House, Shop, invoice, kind, line, sold_to


@pytest.mark.parametrize(
    ("country", "until"),
    [("SI", "2036-12-31"), ("DE", "2034-12-31"), ("BE", "2036-12-31"), ("NL", "2033-12-31")],
)
def test_the_country_says_until_when(house: House, country: str, until: str) -> None:
    shop = Shop.opened(house, country)
    issued = shop.issued(sold_to(country, issue_date="2026-11-20"))
    assert issued["retain_until"] == until
    credit = sold_to(
        country, issue_date="2026-11-20", preceding_invoice_references=[{"reference": "1"}]
    )
    assert shop.issued(credit, "credit-notes")["retain_until"] == until


def test_the_day_of_issue_counts_not_today(shop: Shop) -> None:
    assert shop.issued(invoice(issue_date="2020-01-02"))["retain_until"] == "2030-12-31"


def test_a_country_without_declaration_is_kept_longest(house: House) -> None:
    shop = Shop.opened(house, "FR")
    issued = shop.issued(
        invoice(issue_date="2026-11-20", currency_code="EUR", lines=[line(vat_rate="20")])
    )
    assert issued["retain_until"] == "2037-12-31"  # eleven years, as in Croatia
    assert issued["layers"][0]["outcome"] == "not_judged"


@pytest.mark.parametrize("country", ["SI", "FR"])
@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_is_answered(house: House, country: str, day: str) -> None:
    shop = Shop.opened(house, country)
    body = invoice(issue_date=day, currency_code="EUR", payment_due_date=None)
    draft = shop.call("POST", "/v1/invoices", body)
    assert draft.status_code in {201, 422}, draft.text
    answer = shop.issue(body)
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert answer.json()["retain_until"] >= min(day, "9999-12-31")
    else:
        assert kind(answer) in {"invoice-not-compliant", "request-invalid"}
