"""Canonical invoices of a Spanish seller."""

import datetime
from typing import Any

from countries.es.filing import Filing
from formats.en16931 import Invoice
from tests.formats.verifactu.records import SISTEMA

TODAY = datetime.date(2026, 11, 22)
AT = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
SPANISH = {"name": "Cliente, S.L.", "vat_identifier": "ESB12345674"}
FRENCH = {
    "name": "Client SARL",
    "vat_identifier": "FR52422961982",
    "postal_address": {"country_code": "FR"},
}
AMERICAN = {
    "name": "Client Inc",
    "legal_registration_identifier": {"value": "12-3456789"},
    "postal_address": {"country_code": "US"},
}


def row(code: str, base: str, tax: str = "0.00", rate: str | None = None, **more: Any) -> Any:  # noqa: ANN401 - JSON
    return {
        "category_code": code,
        "category_taxable_amount": base,
        "category_tax_amount": tax,
        "category_rate": rate,
        **more,
    }


STANDARD = row("S", "100.00", "21.00", "21")


def invoice(*rows: Any, total: str = "121.00", **members: Any) -> Invoice:  # noqa: ANN401 - JSON
    """Return an invoice of 121 euros to a Spanish business, or another."""
    usual: dict[str, Any] = {
        "number": "A/1",
        "issue_date": TODAY,
        "type_code": "380",
        "currency_code": "EUR",
        "seller": {"name": "Una empresa", "vat_identifier": "ES89890001K"},
        "buyer": SPANISH,
        "lines": [{"identifier": "1", "item_name": "Servicio"}],
        "vat_breakdown": list(rows) or [STANDARD],
        "totals": {"total_with_vat": total},
    }
    return Invoice.model_validate(usual | members)


def filing(**members: Any) -> Filing:  # noqa: ANN401 - of a `Filing`
    usual: dict[str, Any] = {"system": SISTEMA, "generated_at": AT}
    return Filing(**usual | members)
