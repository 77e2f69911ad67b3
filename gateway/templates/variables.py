"""What a template may ask for, and how it is written in a language. Pure."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from formats.en16931 import Invoice
from formats.pdf.language import LOCALES, Language, language
from formats.pdf.view.document import title
from gateway.templates.rendering import Formats

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "what the document is called, in its language",
        "number": "of the document (BT-1); empty for a draft",
        "sender": "who sends it",
        "customer": "the buyer's name (BT-44)",
        "amount": "what is still to be paid, with currency",
        "amount_due": "the same",
        "total": "with VAT (BT-112), with currency",
        "issue_date": "BT-2, as the language writes days",
        "due_date": "BT-9; empty without one",
        "link": "where the document can be seen",
        "days_overdue": "whole days since it was due; empty before",
        "invoice": "the whole document in the words of EN 16931, as the API shows it",
        "metadata": "of the document",
    }
)
"""Names and what they hold. All but the last two are texts, as they are printed."""

SAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "title": "Invoice",
        "number": "INV-007",
        "sender": "Bakery d.o.o.",
        "customer": "Novak d.o.o.",
        "amount": "EUR 122.00",
        "amount_due": "EUR 122.00",
        "total": "EUR 122.00",
        "issue_date": "30 Nov 2026",
        "due_date": "15 Dec 2026",
        "link": "https://invoices.example/i/sample",
        "days_overdue": "",
        "invoice": {
            "number": "INV-007",
            "issue_date": "2026-11-30",
            "payment_due_date": "2026-12-15",
            "currency_code": "EUR",
            "seller": {"name": "Bakery d.o.o.", "postal_address": {"country_code": "SI"}},
            "buyer": {
                "name": "Novak d.o.o.",
                "contact": {"point": "Ana Novak", "email_address": "ana@example.com"},
            },
            "lines": [
                {
                    "item_name": "Bread",
                    "invoiced_quantity": "100",
                    "item_net_price": "1.00",
                    "net_amount": "100.00",
                }
            ],
            "totals": {"total_without_vat": "100.00", "total_with_vat": "122.00"},
        },
        "metadata": {"order": "77"},
    }
)
"""What a preview is made of when nothing is given."""


def of_invoice(  # noqa: PLR0913 - what only the caller knows
    invoice: Invoice,
    locale: str,
    *,
    sender: str,
    open_amount: Decimal | None = None,
    link: str = "",
    days_overdue: int = 0,
    metadata: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what templates may ask for of a document.

    Args:
        invoice: The document.
        locale: In whose words.
        sender: Who sends it.
        open_amount: What is still to be paid; None where that is what it says itself.
        link: Where it can be seen.
        days_overdue: Since it was due.
        metadata: Of the document.
    """
    printed = spoken(locale)
    currency, totals = invoice.currency_code, invoice.totals
    due = totals.amount_due if open_amount is None else open_amount
    days = {"issue_date": invoice.issue_date, "due_date": invoice.payment_due_date}
    amounts = {"amount": due, "amount_due": due, "total": totals.total_with_vat}
    return {
        "title": title(invoice, printed),
        "number": invoice.number or "",
        "sender": sender,
        "customer": invoice.buyer.name or "",
        **{k: "" if v is None else printed.money(v, currency) for k, v in amounts.items()},
        **{k: "" if v is None else printed.date(v) for k, v in days.items()},
        "link": link,
        "days_overdue": str(days_overdue) if days_overdue > 0 else "",
        "invoice": invoice.model_dump(mode="json", exclude_none=True),
        "metadata": dict(metadata or {}),
    }


def spoken(locale: str | None) -> Language:
    """Return the language of a locale, English where it is none that we speak."""
    code = (locale or "en").replace("_", "-").partition("-")[0].lower()
    return language(code if code in LOCALES else "en")


def formats(locale: str | None, currency: str | None) -> Formats:
    """Return the filters `money` and `date` of a language and a document's currency.

    What is no amount or no day is written as it stands.
    """
    printed = spoken(locale)

    def money(value: object) -> str:
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            return "" if value is None else str(value)
        return printed.money(amount, currency) if amount.is_finite() else str(value)

    def date(value: object) -> str:
        try:
            return printed.date(datetime.date.fromisoformat(str(value)))
        except ValueError:
            return "" if value is None else str(value)

    return Formats(money, date)
