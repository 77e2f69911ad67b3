"""The demo's invoices: each shows one thing that invoicing software gets wrong somewhere."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.demo.companies import BUYERS

_IBAN = {
    "BE": "BE71096123456769",
    "DE": "DE75512108001245126199",
    "NL": "NL02ABNA0123456789",
    "SI": "SI56192001234567892",
}


@dataclass(frozen=True, slots=True)
class DemoInvoice:
    """One document to submit.

    Attributes:
        title: What it shows.
        country: Which of the demo's sellers issues it.
        body: The JSON body for the API.
        collection: `invoices` or `credit-notes`.
        corrects: Title of the demo invoice that BG-3 must name.
        repair: What to change in the body after the refusal that this one is made for.
    """

    title: str
    country: str
    body: Mapping[str, Any]
    collection: str = "invoices"
    corrects: str | None = None
    repair: Mapping[str, Any] | None = None


def _payment(country: str) -> list[dict[str, Any]]:
    account = {"payment_account_identifier": _IBAN[country]}
    return [{"payment_means_type_code": "30", "credit_transfers": [account]}]


def _line(name: str, quantity: str, price: str, rate: str, **more: object) -> dict[str, Any]:
    return {
        "item_name": name,
        "invoiced_quantity": quantity,
        "unit_code": "C62",
        "item_net_price": price,
        "vat_category_code": "S",
        "vat_rate": rate,
        **more,
    }


def _body(seller: str, buyer: str, lines: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    return {
        "buyer": BUYERS[buyer],
        "buyer_reference": "PO-2026-118",
        "payment_terms": "30 days net",
        "payment_instructions": _payment(seller),
        "lines": lines,
        **more,
    }


INVOICES: tuple[DemoInvoice, ...] = (
    DemoInvoice(
        "short form, standard rate",
        "SI",
        {
            "customer": BUYERS["SI"],
            "items": [{"name": "Monthly subscription", "quantity": 1, "price": "99.00"}],
            "buyer_reference": "PO-2026-117",
            "payment_terms": "15 days net",
        },
    ),
    DemoInvoice(
        "reduced rate",
        "BE",
        _body("BE", "BE", [_line("Drinking water, crate", "12", "6.25", "6")]),
    ),
    DemoInvoice(
        "several rates",
        "SI",
        _body(
            "SI",
            "SI",
            [
                _line("Rye bread", "40", "2.345", "9.5", unit_code="H87"),
                _line("Baking course", "1", "180.00", "22"),
                _line("Cookery book, printed", "3", "24.90", "5"),
            ],
        ),
    ),
    DemoInvoice(
        "allowances and charges",
        "BE",
        _body(
            "BE",
            "BE",
            [
                _line(
                    "Tripel, 33 cl, crate of 24",
                    "20",
                    "31.20",
                    "21",
                    allowances=[{"amount": "24.00", "reason": "Volume discount"}],
                )
            ],
            document_level_allowances=[
                {
                    "base_amount": "600.00",
                    "percentage": "2",
                    "amount": "12.00",
                    "reason": "Loyalty discount",
                    "vat_category_code": "S",
                    "vat_rate": "21",
                }
            ],
            document_level_charges=[
                {
                    "amount": "35.00",
                    "reason": "Freight",
                    "vat_category_code": "S",
                    "vat_rate": "21",
                }
            ],
        ),
    ),
    DemoInvoice(
        "prepaid",
        "NL",
        _body(
            "NL",
            "NL",
            [_line("City bicycle", "2", "749.00", "21")],
            totals={"paid_amount": "500.00"},
        ),
    ),
    DemoInvoice(
        "reverse charge",
        "BE",
        _body(
            "BE",
            "DE",
            [
                _line(
                    "Consultancy, brewing line",
                    "8",
                    "120.00",
                    "0",
                    vat_category_code="AE",
                    unit_code="HUR",
                )
            ],
            vat_exemptions=[
                {"category_code": "AE", "code": "VATEX-EU-AE", "text": "Reverse charge"}
            ],
        ),
    ),
    DemoInvoice(
        "attachment",
        "DE",
        _body(
            "DE",
            "DE",
            [_line("Maintenance, hours", "6.5", "95.00", "19", unit_code="HUR")],
            additional_supporting_documents=[
                {
                    "reference": "timesheet-2026-11",
                    "description": "Time sheet",
                    "attached_document": {
                        "content": base64.b64encode(b"day;hours\n2026-11-02;6.5\n").decode(),
                        "mime_code": "text/csv",
                        "filename": "timesheet-2026-11.csv",
                    },
                }
            ],
        ),
    ),
    DemoInvoice(
        "foreign currency",
        "SI",
        _body(
            "SI",
            "SI",
            [_line("Oven parts", "4", "310.50", "22")],
            currency_code="USD",
            vat_accounting_currency_code="EUR",
            totals={"total_vat_in_accounting_currency": "235.62"},
        ),
    ),
    DemoInvoice(
        "credit note",
        "DE",
        _body(
            "DE",
            "DE",
            [
                _line(
                    "Maintenance, hours (half a day credited)", "4", "95.00", "19", unit_code="HUR"
                )
            ],
        ),
        collection="credit-notes",
        corrects="attachment",
    ),
    DemoInvoice(
        "wrong by a cent",
        "NL",
        _body(
            "NL",
            "NL",
            [_line("Inner tube", "7", "5.95", "21")],
            totals={"total_with_vat": "50.41", "amount_due": "50.41"},
        ),
        repair={"totals": {"total_with_vat": "50.40", "amount_due": "50.40"}},
    ),
)
