"""The invoice every benchmark works on: ordinary, complete, with any number of lines."""

import datetime
from decimal import Decimal

from formats.en16931 import Invoice
from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller

_SELLER = {
    "name": "Nordlicht Handels GmbH",
    "trading_name": "Nordlicht",
    "legal_registration_identifier": {"value": "HRB 12345"},
    "vat_identifier": "DE123456789",
    "electronic_address": {"value": "DE123456789", "scheme_identifier": "9930"},
    "postal_address": {
        "line_1": "Hafenstrasse 7",
        "city": "Hamburg",
        "post_code": "20457",
        "country_code": "DE",
    },
    "contact": {
        "point": "Accounts",
        "telephone_number": "+49 40 555",
        "email_address": "accounts@example.org",
    },
}

_DRAFT = {
    "currency_code": "EUR",
    "payment_due_date": "2026-12-20",
    "buyer_reference": "04011000-12345-34",
    "purchase_order_reference": "PO-2026-118",
    "contract_reference": "C-17",
    "notes": [{"note": "Goods remain ours until paid in full."}],
    "buyer": {
        "name": "Zuidzicht BV",
        "vat_identifier": "NL123456789B01",
        "electronic_address": {"value": "12345678", "scheme_identifier": "0106"},
        "postal_address": {
            "line_1": "Singel 21",
            "city": "Utrecht",
            "post_code": "3511",
            "country_code": "NL",
        },
    },
    "delivery_information": {"actual_delivery_date": "2026-11-18"},
    "payment_instructions": [
        {
            "payment_means_type_code": "58",
            "remittance_information": "2026-4711",
            "credit_transfers": [
                {
                    "payment_account_identifier": "DE75512108001245126199",
                    "payment_account_name": "Nordlicht Handels GmbH",
                    "payment_service_provider_identifier": "HASPDEHHXXX",
                }
            ],
        }
    ],
    "document_level_charges": [
        {"amount": "12.50", "vat_category_code": "S", "vat_rate": "19", "reason": "Freight"}
    ],
}


def sample(lines: int) -> Invoice:
    """Return the invoice with so many lines, every fourth of them with an allowance."""
    draft = InvoiceDraft.model_validate(_DRAFT | {"lines": [_line(n) for n in range(lines)]})
    return complete(
        draft,
        seller=Seller.model_validate(_SELLER),
        number="2026-4711",
        issue_date=datetime.date(2026, 11, 20),
        type_code="380",
        process_control=ProcessControl(specification_identifier="urn:cen.eu:en16931:2017"),
    ).invoice


def _line(number: int) -> dict[str, object]:
    allowances = [{"amount": "0.50", "reason": "Discount"}] if number % 4 == 0 else []
    return {
        "invoiced_quantity": str(number % 9 + 1),
        "unit_code": "C62",
        "item_net_price": str(Decimal(1000 + number % 977) / 100),
        "vat_category_code": "S",
        "vat_rate": "7" if number % 3 == 0 else "19",
        "item_name": f"Article {number}",
        "item_description": "As in the catalogue, packed singly",
        "item_sellers_identifier": f"A-{number:06}",
        "item_standard_identifier": {"value": "4012345678901", "scheme_identifier": "0160"},
        "allowances": allowances,
    }
